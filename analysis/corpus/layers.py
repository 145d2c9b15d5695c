"""News or background: whether a statement belongs to what a text reports, or to its history.

Agencies close a bulletin with paragraphs of history. A paragraph opens the background when it
is not the first, holds no quotation, no day of the week and nobody who spoke in the news, and
its own words (not what it attributes) tell an old time: one more than
`OLD_AFTER_DAYS` before publication, *since*, *century*, *decades*. The background goes on until
a paragraph comes back to a day, a quotation or a speaker of the news. A statement that tells
its own day is background if that day is that old, wherever it stands. Six days: what a weekday
can name is news.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from analysis.corpus.attribution import Reading
from analysis.corpus.dates import Said
from analysis.corpus.grammar import Span
from analysis.corpus.shades import quote_type
from analysis.corpus.spans import Attribution
from analysis.corpus.times import find_said_on
from analysis.language.lexicon import Language, load_language

OLD_AFTER_DAYS = 6
_HISTORY = re.compile(
    r"\b(?:centur(?:y|ies)|decades?|historically|world war|since)\b", re.IGNORECASE
)
_FULL_QUOTE = 4


def is_old(said: Said, published_on: date | None) -> bool:
    """Tell whether a day lies too far before publication to be the news.

    Of a month or a year the last day counts: this year's is never old.
    """
    return published_on is not None and (published_on - _last_day(said)).days > OLD_AFTER_DAYS


def _last_day(said: Said) -> date:
    if said.precision == "day":
        return said.day
    if said.precision == "year":
        return date(said.day.year, 12, 31)
    return (said.day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def background_paragraphs(
    reading: Reading,
    speakers: Sequence[str | None],
    *,
    published_on: date | None,
    language: Language,
) -> list[bool]:
    """Tell for each paragraph whether it is background; `speakers` go with the attributions.

    Without a day of publication nothing is.
    """
    attributions = reading.attributions
    flags: list[bool] = []
    in_news: set[str] = set()
    position = 0
    for n, paragraph in enumerate(reading.paragraphs):
        inside = []
        while position < len(attributions) and attributions[position].hull.start < paragraph.end:
            inside.append((attributions[position], speakers[position]))
            position += 1
        own = own_words(reading.view.text, paragraph, [a for a, _ in inside])
        returns = _returns(reading, own, inside, in_news)
        old = (n > 0 and flags[-1]) or _tells_old_time(own, published_on, language)
        flags.append(n > 0 and published_on is not None and not returns and old)
        if not flags[-1]:
            in_news |= {name for _, name in inside if name}
    return flags


def own_words(text: str, paragraph: Span, attributions: Sequence[Attribution]) -> str:
    """Return a paragraph without what it attributes."""
    pieces, at = [], paragraph.start
    for span in sorted(span for a in attributions for span in a.content):
        pieces.append(text[at : max(at, span.start)])
        at = max(at, min(span.end, paragraph.end))
    return " ".join((*pieces, text[at : paragraph.end]))


def _returns(
    reading: Reading,
    own: str,
    inside: Sequence[tuple[Attribution, str | None]],
    in_news: set[str],
) -> bool:
    language = load_language(reading.language)
    words = set(re.findall(r"\w+", own.lower()))
    days = {w for kind in ("weekdays", "today", "yesterday") for w in language.words[kind]}
    quoted = any(quote_type(reading, a) == "direct" for a, _ in inside)
    return bool(words & days) or quoted or any(name in in_news for _, name in inside if name)


def _tells_old_time(own: str, published_on: date | None, language: Language) -> bool:
    if _HISTORY.search(own):
        return True
    said = find_said_on(own, published_on, language)
    return said is not None and is_old(said, published_on)
