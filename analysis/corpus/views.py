"""A view of a text for matching: repaired, with the way back to every offset.

Press texts come with lost apostrophes, holes in brackets and marks that were decoded twice.
The text itself is never altered; patterns look at the view and their spans are led back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.language.lexicon import Language

# UTF-8 marks that were read as Windows-1252, and what they were.
MOJIBAKE = {
    "â€œ": "“",
    "â€™": "’",
    "â€˜": "‘",
    "â€”": "—",
    "â€“": "–",
    "â€¦": "…",
    "Â«": "«",
    "Â»": "»",
    "â€\x9d": "”",
    "â€": "”",
}
_MOJIBAKE = re.compile("|".join(sorted(map(re.escape, MOJIBAKE), key=len, reverse=True)))
_HOLE = re.compile(r"\[[ \t.…]{0,5}\]")
_CAPITALISED = re.compile(r"\b[^\W\d_a-z][^\W\d_]*\b")
_LOST = re.compile(r"\b([^\W\d_a-z][^\W\d_]+)s\b(?= (\w))")
_WORD = re.compile(r"\b[a-zA-Z]+nt\b")


@dataclass(frozen=True, eq=False)
class View:
    """A repaired text; ``text[i]`` stands for the original from `offsets[i]` to `ends[i]`."""

    text: str
    offsets: NDArray[np.int64]
    ends: NDArray[np.int64]

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Return where the non-empty ``text[start:end]`` stands in the original text."""
        return int(self.offsets[start]), int(self.ends[end - 1])

    def locate(self, position: int) -> int:
        """Return the first place of the view at or after an original offset."""
        return int(np.searchsorted(self.offsets, position))


class _Repair(NamedTuple):
    start: int
    end: int
    text: str


def repair_text(text: str, language: Language) -> View:
    """Return a view of `text` with what was lost put back.

    Repaired are marks decoded twice, empty brackets, the apostrophes of names ("Norths
    envoy" where "North" is a known place or stands in the text by itself) and of "didnt".
    """
    pieces: list[str] = []
    kept: list[NDArray[np.int64]] = []
    ends: list[NDArray[np.int64]] = []
    done = 0
    for repair in _without_overlap(_repairs(text, language)):
        pieces += [text[done : repair.start], repair.text]
        places = _places_of(repair)
        kept += [np.arange(done, repair.start), places]
        ends += [np.arange(done, repair.start) + 1, _ends_of(places, repair)]
        done = repair.end
    pieces.append(text[done:])
    kept.append(np.arange(done, len(text)))
    ends.append(kept[-1] + 1)
    offsets = np.concatenate(kept).astype(np.int64)
    return View("".join(pieces), offsets, np.concatenate(ends).astype(np.int64))


def _places_of(repair: _Repair) -> NDArray[np.int64]:
    """Spread the signs of a repair over the signs that it stands for."""
    last = max(repair.start, repair.end - 1)
    return np.minimum(repair.start + np.arange(len(repair.text)), last)


def _ends_of(places: NDArray[np.int64], repair: _Repair) -> NDArray[np.int64]:
    """Let the last sign of a repair reach to the end of what was repaired."""
    return np.append(np.maximum(places[1:], places[:-1] + 1), repair.end)[: len(places)]


def _without_overlap(repairs: Iterator[_Repair]) -> Iterator[_Repair]:
    done = 0
    for repair in sorted(repairs):
        if repair.start >= done:
            done = repair.end
            yield repair


def _repairs(text: str, language: Language) -> Iterator[_Repair]:
    for match in _MOJIBAKE.finditer(text):
        yield _Repair(*match.span(), MOJIBAKE[match.group()])
    for match in _HOLE.finditer(text):
        yield _Repair(*match.span(), "")
    yield from _lost_possessives(text, language)
    for match in _WORD.finditer(text):
        if match.group().lower() in language.sets["contractions"]:
            yield _Repair(match.start(), match.end(), match.group()[:-1] + "'t")


def _lost_possessives(text: str, language: Language) -> Iterator[_Repair]:
    """Yield *Norths envoy* -> *North's envoy*, where *North* is a name."""
    names = {match.group() for match in _CAPITALISED.finditer(text)}
    for match in _LOST.finditer(text):
        before = text[max(0, match.start() - 4) : match.start()]
        if _is_possessive(match, names, before, language):
            yield _Repair(match.start(), match.end(), match.group(1) + "'s")


def _is_possessive(match: re.Match[str], names: set[str], before: str, language: Language) -> bool:
    name, following = match.groups()
    if name.isupper() or f"{name}s".lower() in language.places:
        return False
    place = language.places.get(name.lower())
    if place is not None:
        return place.by != "people"
    if following.isupper() or before.lower() == "the ":
        return False
    return name in names and name.lower() not in language.sets["titles"]
