"""Tokens of a text and what the tagger sees of them: the same code in training and in use.

Features are small integers of two kinds: of the word form, looked up once per form, and of
the place (quotation, sentence, paragraph), by arithmetic on whole arrays.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from analysis.corpus.tagger.marks import CLOSERS, MARKS, Surroundings, read_marks

Numbers = NDArray[np.int64]

TOKEN = re.compile(r"['’]s\b|\w+(?:['’](?!s\b)\w+)*|``|''|[^\w\s]|_")
AFTER_STOP = CLOSERS | {'"', "''", ")", "]"}
STOPS = frozenset(".!?")
ABBREVIATIONS = frozenset(
    (
        *("mr", "mrs", "ms", "dr", "gen", "sen", "rep", "gov", "lt", "col", "sgt", "st", "prof"),
        *("rev", "hon", "jr", "sr", "u.s", "vs", "no", "d", "r", "u", "s", "e.g", "i.e", "p"),
        *("jan", "feb", "aug", "sept", "oct", "nov", "dec", "a.m", "p.m", "inc", "corp", "co"),
        "ltd",
    )
)
DISTANCES = np.array([1, 2, 3, 4, 6, 9, 13, 20, 35])
# How many values each feature of the place can take.
PLACE_SIZES = (64, 100, 32, 32, 64, 32)
# Tokens that are decoded as one sequence, at the most.
LONGEST = 192


@dataclass(frozen=True, eq=False)
class Tokens:
    """A text as tokens, one entry each.

    Attributes
    ----------
    forms
        As written; quotation marks of every family are “ and ”.
    starts, ends
        Half-open code-point offsets into the text.
    paragraph, sentence
        Their numbers.
    quoted
        0 outside quotation marks, 1 inside, 2 inside marks that are never closed.
    mark
        1 for a mark that opens, 2 for one that closes.
    nested
        1 inside single marks that stand inside double ones.
    """

    forms: list[str]
    starts: Numbers
    ends: Numbers
    paragraph: Numbers
    sentence: Numbers
    quoted: NDArray[np.int8]
    mark: NDArray[np.int8]
    nested: NDArray[np.int8]


def read_tokens(text: str) -> Tokens:
    """Split a text into tokens and read its paragraphs, sentences and quotation marks."""
    found = list(TOKEN.finditer(text))
    starts = np.fromiter((m.start() for m in found), np.int64, len(found))
    ends = np.fromiter((m.end() for m in found), np.int64, len(found))
    forms = [m.group() for m in found]
    breaks = np.array([i for i, sign in enumerate(text) if sign == "\n"], np.int64)
    paragraph = np.searchsorted(breaks, starts).astype(np.int64)
    quoted, mark, nested = read_marks(Surroundings(text, forms, starts, ends, paragraph))
    sentence = _sentences(forms, paragraph)
    for place in np.flatnonzero(mark).tolist():
        forms[place] = "“" if mark[place] == 1 else "”"
    return Tokens(forms, starts, ends, paragraph, sentence, quoted, mark, nested)


def _sentences(forms: list[str], paragraph: Numbers) -> Numbers:
    """Return the sentence number of each token; sentences inside quotations count too."""
    new = np.zeros(len(forms), bool)
    new[1:] = np.diff(paragraph) != 0
    for place in [i for i, form in enumerate(forms) if form in STOPS]:
        following = _after_stop(forms, paragraph, place)
        if following is not None:
            first = forms[following][0]
            new[following] |= first.isupper() or first.isdigit() or first in "'‘"
            new[following] |= forms[following] in MARKS
    return np.cumsum(new).astype(np.int64)


def _after_stop(forms: list[str], paragraph: Numbers, place: int) -> int | None:
    """Return the first token after a stop and its closing signs; None if it ends no sentence."""
    following = place + 1
    while (
        following < len(forms)
        and forms[following] in AFTER_STOP
        and paragraph[following] == paragraph[place]
    ):
        following += 1
    if following >= len(forms) or paragraph[following] != paragraph[place]:
        return None
    last = forms[place - 1] if place else ""
    initial = len(last) == 1 and last.isupper()
    short = forms[place] == "." and (initial or last.lower() in ABBREVIATIONS)
    return None if short else following


def plain_form(form: str) -> str:
    """Return a form in lower case, with straight apostrophes and zeros for digits."""
    return re.sub(r"\d", "0", form.lower().replace("’", "'"))


def form_features(form: str, classes: Mapping[str, tuple[int, int]]) -> tuple[str, ...]:
    """Return the features of a form; `classes` are the distributional ones of plain forms."""
    low = plain_form(form)
    coarse, fine = classes.get(low, (-1, -1))
    return (
        *(f"w:{low}", f"W:{form}", f"2:{low[-2:]}", f"3:{low[-3:]}", f"4:{low[-4:]}"),
        *(f"p:{low[:3]}", f"P:{low[:5]}", f"s:{_shape(form)}", f"c:{coarse}", f"C:{fine}"),
    )


def _shape(form: str) -> str:
    if form.isdigit():
        return f"d{min(4, len(form))}"
    if not any(sign.isalnum() for sign in form):
        return "p" + form[:2]
    if form.isupper():
        return "A" if len(form) == 1 else "AA"
    if form[0].isupper():
        return "Aa" if form[1:].islower() else "Am"
    if form.islower():
        return "a"
    return "mix" if any(sign.isdigit() for sign in form) else "aA"


def place_features(t: Tokens) -> Numbers:
    """Return the features of the place: a row per token, each value under its PLACE_SIZES."""
    count = len(t.forms)
    if not count:
        return np.zeros((0, len(PLACE_SIZES)), np.int64)
    at, quoted = np.arange(count), (t.quoted > 0).astype(np.int64)
    first_s, first_p = _firsts(t.sentence), _firsts(t.paragraph)
    s, p = t.sentence, np.cumsum(np.r_[0, np.diff(t.paragraph) != 0])
    end_s, end_p = np.r_[first_s[1:], count], np.r_[first_p[1:], count]
    size_s, size_p = (end_s - first_s)[s], (end_p - first_p)[p]
    in_s, in_p = np.add.reduceat(quoted, first_s)[s], np.add.reduceat(quoted, first_p)
    unclosed_before = np.r_[0, (t.quoted[end_p - 1] == 2)[:-1]][p]
    quoted_before = np.r_[0, (in_p > 0)[:-1]][p]
    columns = (
        t.quoted + 3 * t.mark + 9 * t.nested + 18 * np.r_[0, quoted[:-1]],
        _bins(at - first_s[s]) * 10 + _bins(end_s[s] - 1 - at),
        _share(in_s, size_s) * 4 + _share(in_p[p], size_p),
        ((p == 0) & (p[-1] > 0))
        + 2 * (first_s[s] == first_p[p])
        + 4 * (t.quoted[first_p][p] > 0)
        + 8 * quoted_before
        + 16 * unclosed_before,
        _bins(size_s) + 10 * np.minimum(s - s[first_p[p]], 4),
        np.minimum(size_p // 20, 7) + 8 * (at == first_p[p]) + 16 * (at == end_p[p] - 1),
    )
    return np.stack(columns, axis=1).astype(np.int64)


def sequences(t: Tokens) -> list[tuple[int, int]]:
    """Return the stretches that are decoded on their own.

    Short paragraphs go together; long ones are cut, at the end of a sentence where there is one.
    """
    found: list[tuple[int, int]] = []
    bounds = np.r_[_firsts(t.paragraph), len(t.forms)].tolist() if t.forms else []
    for first, end in pairwise(bounds):
        start = first
        while end - start > LONGEST:
            stops = np.flatnonzero(np.diff(t.sentence[start : start + LONGEST])) + 1
            cut = start + (int(stops[-1]) if len(stops) else LONGEST)
            found.append((start, cut))
            start = cut
        if found and end - found[-1][0] <= LONGEST:
            start = found.pop()[0]
        found.append((start, end))
    return found


def _firsts(groups: Numbers) -> Numbers:
    found: Numbers = np.r_[0, np.flatnonzero(np.diff(groups)) + 1]
    return found


def _share(quoted: Numbers, size: Numbers) -> Numbers:
    """None (0), up to half (1), over half (2) or all (3) of a stretch is quoted."""
    over_half = np.where(quoted * 2 > size, 2, 1)
    shares: Numbers = np.where(quoted == 0, 0, np.where(quoted >= size - 1, 3, over_half))
    return shares


def _bins(distance: Numbers) -> Numbers:
    return np.searchsorted(DISTANCES, distance, "right").astype(np.int64)
