"""Where words that follow each other stand in indexed texts.

Words are looked up in the vocabulary; of a phrase the rarest word is followed through the index
and its neighbours are compared, so that time grows with the hits of that word and not with the
texts. As in `analysis.matching`, a hyphen parts words, a possessive ending belongs to none, and
nothing but space, hyphens or quotation marks stands between the words of a phrase.
"""

from __future__ import annotations

import fnmatch
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from analysis.index import TokenIndex
from analysis.language.scanning import PARTED, UNSURE
from analysis.language.tokens import APOSTROPHES, HYPHENS
from analysis.language.wordbreaks import JOINED, clause_words

Ints = NDArray[np.int64]
Element = Sequence[str]

_PARTING = re.compile(rf"[{HYPHENS}\s]+")
_PART = re.compile(rf"[^{HYPHENS}\s]+")
_POSSESSIVE = re.compile(rf"[{APOSTROPHES}][sS]$")
_WILD = re.compile(r"[*?]")
_NONE: Ints = np.empty(0, dtype=np.int64)


class Places(NamedTuple):
    """Words in a row: their tokens, and which word of each token it is."""

    tokens: Ints
    inner: Ints

    def taken(self, rows: NDArray[np.generic]) -> Places:
        """Return some of the rows."""
        return Places(self.tokens[rows], self.inner[rows])


class Runs(NamedTuple):
    """The first and the last word of each hit, in the order of the texts."""

    first: Places
    last: Places


@dataclass(frozen=True, eq=False)
class Parts:
    """The words that each term consists of: *good-neighbourly* of two, *Russia's* of one.

    The parts of term ``i`` are ``codes[bounds[i]:bounds[i + 1]]``, places in the sorted `words`;
    `owners` has the term of each part. `order` lists parts by word: those of word ``j`` are
    ``order[begins[j]:begins[j + 1]]``. A term is its one word, or that with a possessive ending
    of two signs, or a compound.
    """

    words: list[str]
    codes: Ints
    bounds: Ints
    owners: Ints
    order: Ints
    begins: Ints
    possessive: NDArray[np.bool_]
    compound: NDArray[np.bool_]

    @classmethod
    def of(cls, index: TokenIndex) -> Parts:
        """Split the terms of an index."""
        terms = index.terms.tolist()
        split = [_split(term) for term in terms]
        words = sorted(set(chain.from_iterable(split)))
        places = {word: place for place, word in enumerate(words)}
        codes = np.array([places[word] for parts in split for word in parts], dtype=np.int64)
        sizes = np.array([len(parts) for parts in split], dtype=np.int64)
        ended = [parts != [term] for parts, term in zip(split, terms, strict=True)]
        return cls(
            words=words,
            codes=codes,
            bounds=_running(sizes),
            owners=np.repeat(np.arange(len(terms)), sizes),
            order=np.argsort(codes, kind="stable"),
            begins=_running(np.bincount(codes, minlength=len(words))),
            possessive=np.array(ended, dtype=bool) & (sizes == 1),
            compound=sizes > 1,
        )

    def matching(self, element: Element) -> Ints:
        """Return the words that one of the alternatives stands for."""
        found = {code for word in element for code in self._words(word)}
        return np.array(sorted(found), dtype=np.int64)

    def _words(self, word: str) -> Sequence[int]:
        fixed = _WILD.split(word, maxsplit=1)[0]
        first = bisect_left(self.words, fixed)
        if fixed == word:
            known = first < len(self.words) and self.words[first] == word
            return [first] if known else []
        last = bisect_right(self.words, fixed + chr(0x10FFFF))
        matches = re.compile(fnmatch.translate(word)).match
        return [code for code in range(first, last) if matches(self.words[code])]


_PARTS: WeakKeyDictionary[TokenIndex, Parts] = WeakKeyDictionary()


def parts_of(index: TokenIndex) -> Parts:
    """Return the words of the terms of an index; they are split once."""
    if index not in _PARTS:
        _PARTS[index] = Parts.of(index)
    return _PARTS[index]


def find_run(index: TokenIndex, elements: Sequence[Element], texts: Sequence[str]) -> Runs:
    """Find words that follow each other, each given as its alternatives (globs among them).

    The texts are looked at only where a full stop, a dash or an empty line stands between two
    words: which of them part words depends on the words.
    """
    runs = _chains(index, elements)
    return _unparted(index, runs, texts) if len(elements) > 1 else runs


def units_with(index: TokenIndex, element: Element) -> NDArray[np.bool_]:
    """Tell which units have one of the alternatives; of a lone ``*`` all that have a token."""
    if _is_any(element):
        return index.n_tokens > 0
    parts = parts_of(index)
    order, begins = index.by_term
    terms = parts.owners[_gathered(parts.order, parts.begins, parts.matching(element))]
    held = np.zeros(len(index.unit_ids), dtype=bool)
    held[index.unit_codes[_gathered(order, begins, terms)]] = True
    return held


def character_spans(index: TokenIndex, runs: Runs, texts: Sequence[str]) -> tuple[Ints, Ints]:
    """Return where runs of words start and end in their texts."""
    first, last = runs
    starts = index.starts[first.tokens].astype(np.int64)
    ends = index.ends[last.tokens].astype(np.int64)
    parts = parts_of(index)
    ends -= 2 * parts.possessive[index.term_codes[last.tokens]]
    compound = parts.compound[index.term_codes[first.tokens]]
    compound |= parts.compound[index.term_codes[last.tokens]]
    for row in np.flatnonzero(compound).tolist():
        text = texts[index.unit_codes[first.tokens[row]]]
        starts[row] = _part_span(index, parts, text, first, row)[0]
        ends[row] = _part_span(index, parts, text, last, row)[1]
    return starts, ends


def _split(term: str) -> list[str]:
    if term.isalnum():
        return [term]
    return [_POSSESSIVE.sub("", part) or part for part in _PARTING.split(term) if part]


def _chains(index: TokenIndex, elements: Sequence[Element]) -> Runs:
    """Find words that follow each other, whatever signs stand between them."""
    parts = parts_of(index)
    wanted = [None if _is_any(element) else parts.matching(element) for element in elements]
    held = {
        place: _gathered(parts.order, parts.begins, codes)
        for place, codes in enumerate(wanted)
        if codes is not None
    }
    order, begins = index.by_term
    uses = begins[1:] - begins[:-1]
    anchor = min(held, key=lambda place: int(uses[parts.owners[held[place]]].sum()))
    terms = parts.owners[held[anchor]]
    tokens = _gathered(order, begins, terms).astype(np.int64)
    inner = np.repeat(held[anchor] - parts.bounds[terms], uses[terms])
    start = Places(tokens, inner)
    if len(terms) > 1:
        start = start.taken(np.lexsort((inner, tokens)))
    return _walk(index, parts, wanted, anchor, start)


def _is_any(element: Element) -> bool:
    return all(not word.strip("*") for word in element)


def _walk(
    index: TokenIndex,
    parts: Parts,
    wanted: Sequence[Ints | None],
    anchor: int,
    start: Places,
) -> Runs:
    """Go from each use of the rarest word to both ends of the phrase; drop those that are none."""
    runs = Runs(start, start)
    for codes in wanted[anchor + 1 :]:
        moved, kept = _step(index, parts, runs.last, 1, codes)
        runs = Runs(runs.first.taken(kept), moved.taken(kept))
    for codes in reversed(wanted[:anchor]):
        moved, kept = _step(index, parts, runs.first, -1, codes)
        runs = Runs(moved.taken(kept), runs.last.taken(kept))
    return runs


def _step(
    index: TokenIndex, parts: Parts, here: Places, direction: int, codes: Ints | None
) -> tuple[Places, NDArray[np.bool_]]:
    """Go to the next word or the one before; tell where it is one of the wanted."""
    size = parts.bounds[1:] - parts.bounds[:-1]
    terms, n_tokens = index.term_codes, len(index.codes)
    inner = here.inner + direction
    out = (inner < 0) | (inner >= size[terms[here.tokens]])
    tokens = here.tokens + direction * out
    kept = (tokens >= 0) & (tokens < n_tokens)
    # A parted token has a word, but not the one that follows.
    crossed = np.where(kept, tokens if direction > 0 else here.tokens, 0)
    kept &= ~out | (index.gaps[crossed] != PARTED)
    tokens = np.where(kept, tokens, 0)
    inner = np.where(out, 0 if direction > 0 else size[terms[tokens]] - 1, inner)
    if codes is not None:
        kept &= _among(parts.codes[np.where(kept, parts.bounds[terms[tokens]] + inner, 0)], codes)
    return Places(tokens, inner), kept


def _unparted(index: TokenIndex, runs: Runs, texts: Sequence[str]) -> Runs:
    """Drop the runs whose words a full stop, a dash or an empty line parts."""
    first, last = runs.first.tokens, runs.last.tokens
    longest = int((last - first).max(initial=0))
    unsure = np.zeros(len(first), dtype=bool)
    for step in range(1, longest + 1):
        token = np.minimum(first + step, last)
        unsure |= (index.gaps[token] == UNSURE) & (token > first)
    kept = np.ones(len(first), dtype=bool)
    for row in np.flatnonzero(unsure).tolist():
        text = texts[index.unit_codes[first[row]]]
        piece = text[index.starts[first[row]] : index.ends[last[row]]]
        kept[row] = (clause_words(piece, index.language).breaks[1:] == JOINED).all()
    return Runs(runs.first.taken(kept), runs.last.taken(kept))


def _among(values: Ints, codes: Ints) -> NDArray[np.bool_]:
    """Tell which values are among the sorted codes."""
    if not len(codes):
        return np.zeros(len(values), dtype=bool)
    found = np.minimum(np.searchsorted(codes, values), len(codes) - 1)
    same: NDArray[np.bool_] = codes[found] == values
    return same


def _gathered(order: Ints, begins: Ints, codes: Ints) -> Ints:
    """Return the runs of `order` that belong to the codes, one after the other."""
    spans = [order[begins[code] : begins[code + 1]] for code in codes]
    return spans[0] if len(spans) == 1 else np.concatenate([_NONE, *spans])


def _running(sizes: Ints) -> Ints:
    return np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)


def _part_span(
    index: TokenIndex, parts: Parts, text: str, words: Places, row: int
) -> tuple[int, int]:
    """Return where one word of a compound stands, without a possessive ending."""
    token = words.tokens[row]
    term = index.term_codes[token]
    start, end = int(index.starts[token]), int(index.ends[token])
    found = [match.span() for match in _PART.finditer(text, start, end)]
    if len(found) == parts.bounds[term + 1] - parts.bounds[term]:
        start, end = found[words.inner[row]]
    ending = _POSSESSIVE.search(text, start, end)
    return start, ending.start() if ending and ending.start() > start else end
