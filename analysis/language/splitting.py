"""Tokens of languages that write words together: elided articles, and scripts without spaces.

A form is cut once, in the vocabulary; every token of that form then becomes as many.

- French and Italian: an elided word is one of its own (*l'*, *accord*).
- Japanese: a change of script parts words (kanji, hiragana, katakana and the rest). This cuts
  off most particles and endings and keeps compounds whole; it is not a dictionary.
- Chinese: each character is a token, as is usual where no dictionary is at hand.

References
----------
Manning, Raghavan and Schütze (2008), Introduction to Information Retrieval, section 2.2.1, for
characters as tokens; Asahara and Matsumoto (2003), HLT-NAACL, for types of characters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from itertools import pairwise

import numpy as np

from analysis.language.scanning import JOINED, Scanned
from analysis.language.tokens import APOSTROPHES

_HAN = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_HIRAGANA = "\u3041-\u309f"
_KATAKANA = "\u30a0-\u30ff\u31f0-\u31ff\uff66-\uff9f"
_ELIDED = {
    "fr": "[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu",
    "it": "[cdlmstv]|un|gl|all|dall|dell|nell|sull|quest|quell",
}


def split_forms(scanned: Scanned, language: str) -> Scanned:
    """Cut the forms of a language into its words; of other languages all stay as they are."""
    cutter = _cutters().get(language)
    if cutter is None:
        return scanned
    cuts = [[0, *cutter(form), len(form)] for form in scanned.forms]
    pieces = [
        form[a:b] for form, cut in zip(scanned.forms, cuts, strict=True) for a, b in pairwise(cut)
    ]
    places = {form: place for place, form in enumerate(dict.fromkeys(pieces))}
    return _renumbered(scanned, cuts, pieces, places)


def _renumbered(
    scanned: Scanned, cuts: list[list[int]], pieces: list[str], places: Mapping[str, int]
) -> Scanned:
    """Put the pieces of its form in the place of each token."""
    n_pieces = np.array([len(cut) - 1 for cut in cuts], dtype=np.int64)
    before = np.concatenate([[0], np.cumsum(n_pieces)]).astype(np.int64)
    times = n_pieces[scanned.codes]
    firsts = np.concatenate([[0], np.cumsum(times)]).astype(np.int64)
    inner = np.arange(firsts[-1]) - np.repeat(firsts[:-1], times)
    row = np.repeat(before[scanned.codes], times) + inner
    lefts = np.array([a for cut in cuts for a in cut[:-1]], dtype=np.int32)
    rights = np.array([b for cut in cuts for b in cut[1:]], dtype=np.int32)
    codes = np.array([places[piece] for piece in pieces], dtype=np.int32)
    starts = np.repeat(scanned.starts, times)
    bounds = np.concatenate([[0], np.cumsum(scanned.sizes)]).astype(np.int64)
    return replace(
        scanned,
        forms=list(places),
        codes=codes[row],
        starts=starts + lefts[row],
        ends=starts + rights[row],
        gaps=np.where(inner == 0, np.repeat(scanned.gaps, times), JOINED).astype(np.int8),
        sizes=np.diff(firsts[bounds]),
    )


@cache
def _cutters() -> Mapping[str, Callable[[str], list[int]]]:
    """Return language -> a function that tells where a form is cut."""
    elided = {
        language: re.compile(rf"(?:{words})[{APOSTROPHES}](?=\w)", re.IGNORECASE)
        for language, words in _ELIDED.items()
    }
    scripts = re.compile(
        rf"[{_HAN}]+|[{_HIRAGANA}]+|[{_KATAKANA}]+|[^{_HAN}{_HIRAGANA}{_KATAKANA}]+"
    )
    characters = re.compile(rf"[{_HAN}]|[^{_HAN}]+")
    return {
        **{language: _after_elision(pattern) for language, pattern in elided.items()},
        "ja": _between(scripts),
        "zh": _between(characters),
    }


def _after_elision(pattern: re.Pattern[str]) -> Callable[[str], list[int]]:
    def cut(form: str) -> list[int]:
        found = pattern.match(form)
        return [found.end()] if found else []

    return cut


def _between(pattern: re.Pattern[str]) -> Callable[[str], list[int]]:
    def cut(form: str) -> list[int]:
        return [found.start() for found in pattern.finditer(form)][1:]

    return cut
