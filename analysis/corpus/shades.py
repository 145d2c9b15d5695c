"""How a statement is put: quoted or not, certain, possible, obliged or under a condition."""

from __future__ import annotations

import re
from bisect import bisect_right

from analysis.corpus.attribution import Reading
from analysis.corpus.spans import Attribution
from analysis.language.lexicon import Language

ALL_QUOTED = 0.95
# How far before a reporting word or a source its negation is looked for.
NEAR = 40
_MONTH = re.compile(
    r"(?<=\w )May\b(?! [a-z])|\b(?:in|of|on|last|since|until|by|the|next|this) May\b|\bMay \d"
)
_WHETHER = re.compile(r"\W*(?:if|whether)\b", re.IGNORECASE)


def quote_type(reading: Reading, found: Attribution) -> str:
    """Return ``direct`` for content all in marks, ``indirect`` for none of it, else ``mixed``.

    All means 95 % of its letters and digits; a turn of a transcript and a speech are direct
    without marks.
    """
    if found.pattern in ("turn", "speech"):
        return "direct"
    text, starts = reading.view.text, reading.quote_starts
    total = inside = 0
    for start, end in found.content:
        total += _letters(text, start, end)
        first = max(0, bisect_right(starts, start) - 1)
        for quote in reading.quotes[first : bisect_right(starts, end)]:
            inside += _letters(text, max(start, quote.start), min(end, quote.end))
    if not inside:
        return "indirect"
    return "direct" if inside >= ALL_QUOTED * total else "mixed"


def _letters(text: str, start: int, end: int) -> int:
    return sum(sign.isalnum() for sign in text[start:end])


def is_negated(reading: Reading, found: Attribution, language: Language) -> bool:
    """Tell whether the sentence denies that it was said: *never said*, *neither Keller nor Holm*.

    A denial that somebody makes, as in *Keller denied*, is none.
    """
    if found.negated or not found.cue:
        return found.negated
    text, start = reading.view.text, found.around.start
    cue = found.cue[0].start
    before = re.findall(r"\w+", text[max(start, cue - NEAR) : cue].lower())
    if before and before[-1] in ("never", "not") and language.code == "en":
        return True
    leads = [
        text[max(start, span.start - NEAR) : span.end].lower().split() for span in found.source
    ]
    return any({"neither", "nor"} <= set(words) for words in leads)


def modality_of(content: str, language: Language) -> str:
    """Return the modality of a content by its first telling word.

    A condition (*if*, *unless*, *provided*) goes before obligation (*must*, *should*), that
    before possibility (*may*, *could*); without any of them it is ``certain``. The month is no
    possibility, and the *if* of *asked if* no condition.
    """
    lead = _WHETHER.match(content)
    content = _MONTH.sub("", content[lead.end() :] if lead else content)
    words = re.findall(r"\w+(?:['’]\w+)?", content.lower())
    pairs = {" ".join(words[k : k + size]) for size in (1, 2, 3) for k in range(len(words))}
    for modality in ("conditional", "obliged", "possible"):
        if not language.sets[modality].isdisjoint(pairs):
            return modality
    return "certain"
