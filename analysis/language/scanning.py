"""All tokens of many texts at once, as numbers: what `token_spans` finds one text at a time.

Texts are joined into chunks of some million signs. Each sign has a class (a table over code
points), and whole arrays of classes tell where tokens begin and end; their distinct forms are
numbered by Arrow's dictionary encoding. No token is ever an object of its own.

References
----------
Evert and Hardie (2011), Corpus Linguistics conference, for the layout (corpus workbench).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.language.tokens import LINE_BREAK, sign_classes
from analysis.language.wordbreaks import DOUBTFUL_SIGNS, PARTING_SIGNS

if TYPE_CHECKING:
    import pyarrow as pa

Codes = NDArray[np.int32]
Gaps = NDArray[np.int8]
Flags = NDArray[np.bool_]
Signs = NDArray[np.unsignedinteger]

CHUNK_SIGNS = 4_000_000
# Parts texts within a chunk: no letter, no joint, no white space.
SEPARATOR = "\x00"
LETTER, MARK, JOINT, HYPHEN, DOUBTFUL, PARTING, NEW_LINE = 1, 2, 4, 8, 16, 32, 64
# What parts a token from the one before: nothing but space and quotation marks; signs of which
# `analysis.language.wordbreaks` says what they do here; signs that always part.
JOINED, UNSURE, PARTED = 0, 1, 2
# Bytes of a number -> how many code points it has to tell apart.
_TABLES = {1: 0x80, 2: 0x10000, 4: sys.maxunicode + 1}


@dataclass(frozen=True, eq=False)
class Scanned:
    """Every token of many texts.

    Attributes
    ----------
    forms
        The distinct forms as they stand in the texts, in the order in which they come up.
    codes
        The form of each token: a place in `forms`.
    starts, ends
        Where each token stands in its text: half-open code-point offsets.
    gaps
        What parts each token from the one before: `JOINED`, `UNSURE` or `PARTED` (int8). The
        first of a text is parted.
    sizes
        How many tokens each text has.
    """

    forms: list[str]
    codes: Codes
    starts: Codes
    ends: Codes
    gaps: Gaps
    sizes: NDArray[np.int64]


class _Part(NamedTuple):
    """The tokens of a chunk, as in `Scanned`."""

    codes: Codes
    starts: Codes
    ends: Codes
    gaps: Gaps
    sizes: NDArray[np.int64]


def scan_tokens(texts: Sequence[str]) -> Scanned:
    """Find the tokens of texts; `analysis.language.tokens` says what a token is."""
    places: dict[str, int] = {}
    parts = [_scan_chunk(chunk, places) for chunk in _chunks(texts)] or [_scan_chunk([], places)]
    columns = [np.concatenate(arrays) for arrays in zip(*parts, strict=True)]
    return Scanned(list(places), *columns)


def _chunks(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    first, size = 0, 0
    for place, text in enumerate(texts):
        if size and size + len(text) > CHUNK_SIGNS:
            yield texts[first:place]
            first, size = place, 0
        size += len(text) + 1
    if first < len(texts):
        yield texts[first:]


def _scan_chunk(texts: Sequence[str], places: dict[str, int]) -> _Part:
    """Find the tokens of a chunk; new forms are added to `places`."""
    joined = SEPARATOR.join(texts)
    signs = _signs(joined)
    classes = _class_table(_TABLES[signs.dtype.itemsize])[signs]
    inside = _inside_tokens(classes, joined)
    edges = np.flatnonzero(np.diff(inside, prepend=False, append=False))
    starts, ends = edges[::2], edges[1::2]
    codes = _encode(signs[inside], ends - starts, places)
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    first = np.r_[0, np.cumsum(lengths + 1)]
    bounds = np.asarray(np.searchsorted(starts, first), dtype=np.int64)
    gaps = _gaps(classes, inside, starts)
    gaps[bounds[:-1][bounds[:-1] < len(starts)]] = PARTED
    sizes = np.diff(bounds)
    offset = np.repeat(first[:-1], sizes)
    here, there = (starts - offset).astype(np.int32), (ends - offset).astype(np.int32)
    return _Part(codes, here, there, gaps, sizes)


def _signs(text: str) -> Signs:
    """Return the code points of a text in the smallest numbers that hold them."""
    if text.isascii():
        return np.frombuffer(text.encode("ascii"), np.uint8)
    narrow = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), "<u2")
    if len(narrow) == len(text):
        return narrow
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")


def _inside_tokens(classes: NDArray[np.uint8], text: str) -> Flags:
    """Tell of each sign whether it stands in a token."""
    run = _runs(classes)
    after_run = np.empty_like(run)
    after_run[0:1] = False
    after_run[1:] = run[:-1]
    before_run = np.empty_like(run)
    before_run[-1:] = False
    before_run[:-1] = run[1:]
    joint = (classes & (JOINT | HYPHEN)) != 0
    joint &= after_run
    broken = np.flatnonzero(joint & (classes == HYPHEN) & ~before_run)
    joint &= before_run
    inside = run
    inside |= joint
    for place in broken.tolist():
        end = _after_break(text, place + 1)
        if end is not None and end < len(classes) and classes[end] == LETTER:
            inside[place:end] = True
    return inside


def _gaps(classes: NDArray[np.uint8], inside: Flags, starts: NDArray[np.intp]) -> Gaps:
    """Say what stands before each token."""
    gaps = np.zeros(len(starts) + 1, np.int8)
    marks = np.flatnonzero(classes >= HYPHEN)
    marks = marks[~inside[marks]]
    kinds, before = classes[marks], np.searchsorted(starts, marks)
    lines = before[kinds == NEW_LINE]
    gaps[lines[1:][lines[1:] == lines[:-1]]] = UNSURE
    gaps[before[(kinds == DOUBTFUL) | (kinds == HYPHEN)]] = UNSURE
    gaps[before[kinds == PARTING]] = PARTED
    return gaps[:-1]


def _runs(classes: NDArray[np.uint8]) -> Flags:
    """Tell which signs are letters, digits, or marks that follow one, marks between or not."""
    letters: Flags = classes == LETTER
    marks = np.flatnonzero(classes == MARK)
    if len(marks):
        others = np.where(classes == MARK, 0, np.arange(1, len(classes) + 1))
        last = np.maximum.accumulate(others)[marks]
        letters[marks] = (last > 0) & (classes[np.maximum(last - 1, 0)] == LETTER)
    return letters


def _after_break(text: str, place: int) -> int | None:
    found = _line_break().match(text, place)
    return None if found is None else found.end()


@cache
def _line_break() -> re.Pattern[str]:
    return re.compile(LINE_BREAK)


@cache
def _class_table(count: int) -> NDArray[np.uint8]:
    """Return the class of the first code points, by the classes that make a token's pattern."""
    every = "".join(map(chr, range(count)))
    table = np.zeros(count, np.uint8)
    for number, signs in zip((LETTER, MARK, JOINT, HYPHEN), sign_classes(), strict=True):
        for found in re.finditer(f"{signs}+", every):
            table[found.start() : found.end()] = number
    for number, listed in ((DOUBTFUL, DOUBTFUL_SIGNS), (PARTING, PARTING_SIGNS), (NEW_LINE, "\n")):
        places = [ord(sign) for sign in listed if ord(sign) < count]
        table[places] = np.where(table[places] == 0, number, table[places])
    return table


def _encode(signs: Signs, lengths: NDArray[np.intp], places: dict[str, int]) -> Codes:
    """Give the forms that stand one after the other in `signs` their numbers."""
    import pyarrow as pa

    width = signs.dtype.itemsize
    offsets = np.zeros(len(lengths) + 1, np.int32)
    np.cumsum(lengths * width, out=offsets[1:])
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(np.ascontiguousarray(signs))]
    forms = pa.Array.from_buffers(pa.binary(), len(lengths), buffers).dictionary_encode()
    words = _words(forms.dictionary, width)
    known = np.fromiter((places.setdefault(w, len(places)) for w in words), np.int32, len(words))
    codes: Codes = known[forms.indices.to_numpy()]
    return codes


def _words(dictionary: pa.BinaryArray, width: int) -> list[str]:
    """Return the forms as strings; all are decoded at once, since each sign has one width."""
    _, places, data = dictionary.buffers()
    ends = np.frombuffer(places, np.int32)[: len(dictionary) + 1] // width
    decoder = {1: "ascii", 2: "utf-16-le", 4: "utf-32-le"}[width]
    text = data.to_pybytes()[: int(ends[-1]) * width].decode(decoder, "surrogatepass")
    return [text[start:end] for start, end in pairwise(ends.tolist())]
