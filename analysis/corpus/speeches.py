"""Speeches: whose a text is that one person says from beginning to end.

The title or one of the first lines says so: *Statement by Anna Keller, Minister of Harbours, at
the Assembly*, *Foreign Minister Keller's remarks*. What follows is theirs, paragraph by paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from analysis.corpus.grammar import Span
from analysis.corpus.spans import Attribution
from analysis.language.lexicon import Language, load_language

OPENING_LINES = 4
LONGEST_LINE = 300
FEWEST_WORDS = 2
_CLOSED = re.compile(r"[.!?…:;。！？][\"”’»›)\]」』]*$")
_WHO_ENDS = re.compile(
    r",? (?:at|in|on|during|before|following|after|with|upon|and answers|and replies"
    r"|devant|à|au|lors|vor|bei|beim|auf|am|im|zur|zum)\b|[(\d]|\s[-–—]\s"
)
# "Address by Keller to the Assembly", but "Representative of North to the Assembly".
_TO = re.compile(r" (?:to|for) ")
_EXCELLENCY = re.compile(r"(?:H\.\s?E\.|(?:His|Her) Excellency),?\s+", re.IGNORECASE)


def find_speaker(text: str, line: Span, language: Language) -> Span | None:
    """Return who a title or first line says that the speech is by, or None."""
    if line.end - line.start > LONGEST_LINE or not language.words["speech_words"]:
        return None
    match = _opening(language.code).match(text, *line)
    if match is None:
        return None
    name = "by" if match["by"] else "of"
    start, end = match.span(name)
    honour = _EXCELLENCY.match(text, start, end)
    start = honour.end() if honour else start
    if name == "by":
        end = _end_of_who(text, start, end, language)
    who = text[start:end].strip(" ,.*_")
    if not who or not any(word[:1].isupper() for word in who.split()):
        return None
    start = text.index(who, start, end)
    return Span(start, start + len(who))


def body_of_speech(text: str, paragraphs: Sequence[Span], heading: int) -> Iterator[Span]:
    """Yield the paragraphs that are said, those from number `heading` on.

    A line that ends in no full stop, as a salutation or a heading, is left out.
    """
    for start, end in paragraphs[heading:]:
        words = text[start:end].split(maxsplit=FEWEST_WORDS)
        if len(words) >= FEWEST_WORDS and _CLOSED.search(text, max(start, end - 5), end):
            yield Span(start, end)


def opening_lines(text: str, paragraphs: Sequence[Span]) -> int:
    """Return how many of the first paragraphs are a heading: short lines without a full stop."""
    number = 0
    while number < min(OPENING_LINES, len(paragraphs)):
        start, end = paragraphs[number]
        if end - start > LONGEST_LINE or _CLOSED.search(text, max(start, end - 5), end):
            break
        number += 1
    return number


def speech_attributions(
    body: Sequence[Span], who: Span | None, around: Span | None
) -> list[Attribution]:
    """Return each paragraph of a speech as one attribution without a reporting word."""
    return [
        Attribution(
            source=(who,) if who else (),
            cue=(),
            content=(paragraph,),
            pattern="speech",
            around=around or Span(paragraph.start, paragraph.start),
        )
        for paragraph in body
    ]


def _end_of_who(text: str, start: int, end: int, language: Language) -> int:
    """Leave out the place and day behind a name: keep it, and segments that hold an office."""
    cut = _WHO_ENDS.search(text, start, end)
    end = cut.start() if cut else end
    kept = 0
    for number, segment in enumerate(text[start:end].split(",")):
        if number and not _has_office(segment, language):
            break
        kept += len(segment) + (number > 0)
        cut = _TO.search(segment)
        if cut and not _has_office(segment[: cut.start()], language):
            kept -= len(segment) - cut.start()
            break
    return start + kept


def _has_office(words: str, language: Language) -> bool:
    roles = language.sets["roles"]
    return any(word.strip(".").lower() in roles for word in words.split())


@cache
def _opening(code: str) -> re.Pattern[str]:
    language = load_language(code)
    kinds = "|".join(map(re.escape, language.words["speech_words"]))
    by = "|".join(map(re.escape, language.words["by_words"]))
    return re.compile(
        rf"[*_#\s]*(?:(?:\w+ ){{0,4}}?(?:{kinds})(?: and (?:answers|replies)[^,.]{{0,40}}?)?"
        rf" (?:delivered |given |made |gehalten )?(?:{by}) (?:the |la |der |dem )?(?P<by>.+)"
        rf"|(?P<of>[^\W\d_][^.!?\n]{{2,120}}?)['’]s? (?:\w+ ){{0,3}}?(?:{kinds})\b)",
        re.IGNORECASE,
    )
