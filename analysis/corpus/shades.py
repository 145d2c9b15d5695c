"""How a statement is put: quoted or not, certain, possible, obliged or under a condition."""

from __future__ import annotations

import re
from bisect import bisect_right

from analysis.corpus.attribution import Reading
from analysis.corpus.spans import Attribution
from analysis.language.lexicon import Language

ALL_QUOTED = 0.95


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


def modality_of(content: str, language: Language) -> str:
    """Return the modality of a content by its first telling word.

    A condition (*if*, *unless*, *provided*) goes before obligation (*must*, *should*), that
    before possibility (*may*, *could*); without any of them it is ``certain``.
    """
    words = re.findall(r"\w+(?:['’]\w+)?", content.lower())
    pairs = {" ".join(words[k : k + size]) for size in (1, 2, 3) for k in range(len(words))}
    for modality in ("conditional", "obliged", "possible"):
        if not language.sets[modality].isdisjoint(pairs):
            return modality
    return "certain"
