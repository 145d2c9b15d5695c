"""Where a word, a phrase, a list of patterns, a frame or a regular expression stands in texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.codebook import Frame
from analysis.features.runs import character_spans, find_run, units_with
from analysis.index import TokenIndex
from analysis.language.tokens import APOSTROPHES, HYPHENS
from analysis.matching import compile_pattern, find_labelled

Ints = NDArray[np.int64]
Query = str | re.Pattern[str] | Frame | Sequence[str]

SECONDS = 2.0

_PARTING = re.compile(rf"[{HYPHENS}\s]+")
_POSSESSIVE = re.compile(rf"[{APOSTROPHES}][sS]$")


@dataclass(frozen=True, eq=False)
class Hits:
    """Places in texts: the number of the text, half-open offsets, and the pattern that hit.

    `first` and `last` are the tokens that a hit overlaps; one among signs that belong to no
    token has its `last` before its `first`.
    """

    units: Ints
    starts: Ints
    ends: Ints
    first: Ints
    last: Ints
    patterns: NDArray[np.object_]

    def __len__(self) -> int:
        return len(self.units)

    def taken(self, rows: NDArray[np.generic]) -> Hits:
        """Return some of the hits."""
        return Hits(*(getattr(self, name)[rows] for name in self.__dataclass_fields__))


def find_hits(index: TokenIndex, texts: Sequence[str], query: Query) -> Hits:
    """Find every place where a query stands, by text and place.

    Parameters
    ----------
    index
        The tokens of the texts.
    texts
        The texts of its units, in its order.
    query
        As for `analysis.features.concordance.concordance`.

    Raises
    ------
    ValueError
        If the query is of another kind, or a regular expression takes too long.
    StudyError
        If a pattern is none.
    """
    if isinstance(query, re.Pattern):
        return _located(index, _search(texts, query, index.unit_ids.tolist()), query.pattern)
    if isinstance(query, Frame):
        return _find_listed(index, texts, query.patterns, query.not_patterns)
    if isinstance(query, str):
        return _find_pattern(index, texts, query)
    if isinstance(query, Sequence) and query and all(isinstance(text, str) for text in query):
        return _longest([_find_pattern(index, texts, pattern) for pattern in query])
    raise ValueError(
        f"query is {query!r}; it is a pattern, a list of patterns, a frame of the codebook or a "
        "regular expression as re.compile makes it"
    )


def as_written(hits: Hits, texts: Sequence[str]) -> Hits:
    """Keep the hits whose letters are written as in their pattern."""
    written = {pattern: _expression(pattern) for pattern in set(hits.patterns.tolist())}
    rows = zip(hits.units.tolist(), hits.starts.tolist(), hits.ends.tolist(), strict=True)
    kept = [
        written[pattern].fullmatch(texts[unit], start, end) is not None
        for (unit, start, end), pattern in zip(rows, hits.patterns.tolist(), strict=True)
    ]
    return hits.taken(np.array(kept, dtype=bool))


def _find_pattern(index: TokenIndex, texts: Sequence[str], pattern: str) -> Hits:
    runs = compile_pattern(pattern).runs
    if len(runs) > 1 or any("." in word for element in runs[0] for word in element):
        return _find_listed(index, texts, [pattern], [])
    found = find_run(index, runs[0], texts)
    starts, ends = character_spans(index, found, texts)
    first, last = found.first.tokens, found.last.tokens
    units = index.unit_codes[first].astype(np.int64)
    return Hits(units, starts, ends, first, last, _named(pattern, len(first)))


def _find_listed(
    index: TokenIndex, texts: Sequence[str], patterns: Sequence[str], without: Sequence[str]
) -> Hits:
    """Find patterns as coding does: what `without` overlaps does not count."""
    units = _candidates(index, patterns)
    numbered = pd.Series([texts[unit] for unit in units], index=units, dtype="str")
    labelled = {"patterns": patterns, "not_patterns": without}
    found = find_labelled(numbered, labelled, language=index.language)
    hits, barred = (found[found["label"] == label] for label in labelled)
    for row in barred.itertuples():
        over = (hits["id"] == row.id) & (hits["start"] < row.end) & (hits["end"] > row.start)
        hits = hits[~over]
    rows = hits[["id", "start", "end"]].to_numpy(dtype=np.int64)
    return _longest([_located(index, rows, hits["pattern"].to_numpy(dtype=object))])


def _candidates(index: TokenIndex, patterns: Sequence[str]) -> list[int]:
    """Return the units that have a word for every word of a pattern; the others cannot match.

    A word parted by a line break is read in two ways; units with such a word are candidates.
    """
    lengths = index.forms.str.len().to_numpy()[index.codes]
    chosen = np.zeros(len(index.unit_ids), dtype=bool)
    chosen[index.unit_codes[index.ends - index.starts != lengths]] = True
    for pattern in patterns:
        holds = np.ones(len(chosen), dtype=bool)
        for element in chain.from_iterable(compile_pattern(pattern).runs):
            holds &= units_with(index, [word.split(".")[0] for word in element])
        chosen |= holds
    return np.flatnonzero(chosen).tolist()


def _search(texts: Sequence[str], expression: re.Pattern[str], names: Sequence[str]) -> Ints:
    """Find a regular expression: text, start and end of each hit; stop one that runs away."""
    if not isinstance(expression.pattern, str):
        raise ValueError(f"query {expression.pattern!r} is of bytes; texts are searched by text")
    rows = [
        (unit, start, end)
        for unit, text in enumerate(texts)
        for start, end in _spans(text, expression, names[unit])
        if end > start
    ]
    return np.array(rows, dtype=np.int64).reshape(-1, 3)


def _spans(text: str, expression: re.Pattern[str], name: str) -> Iterator[tuple[int, int]]:
    import regex

    flags = expression.flags & (re.IGNORECASE | re.MULTILINE | re.DOTALL | re.VERBOSE)
    search = regex.compile(expression.pattern, int(flags) | int(regex.V0))
    try:
        for match in search.finditer(text, timeout=SECONDS):
            yield match.span()
    except TimeoutError as error:
        raise ValueError(
            f"regular expression {expression.pattern!r} took more than {SECONDS:g} seconds in "
            f"text {name!r}: repeats inside repeats, as in (a+)+, try every way to part a run; "
            "write it with one repeat, or as a pattern of words"
        ) from error


def _located(index: TokenIndex, rows: Ints, patterns: str | NDArray[np.object_]) -> Hits:
    """Find the tokens of hits that are known by their signs."""
    tokens = []
    for unit, start, end in rows.tolist():
        begin, stop = index.bounds[unit : unit + 2]
        before = np.searchsorted(index.ends[begin:stop], start, side="right")
        inside = np.searchsorted(index.starts[begin:stop], end)
        tokens.append((begin + before, begin + inside - 1))
    places = np.array(tokens, dtype=np.int64).reshape(-1, 2)
    first, last = places[:, 0], places[:, 1]
    names = _named(patterns, len(rows))
    return Hits(rows[:, 0], rows[:, 1], rows[:, 2], first, last, names)


def _named(patterns: str | NDArray[np.object_], size: int) -> NDArray[np.object_]:
    return np.full(size, patterns, dtype=object) if isinstance(patterns, str) else patterns


def _longest(found: Sequence[Hits]) -> Hits:
    """Join hits; of those that begin at one place the longest stands."""
    columns = [[getattr(hits, name) for hits in found] for name in Hits.__dataclass_fields__]
    joined = Hits(*(np.concatenate(arrays) for arrays in columns))
    ordered = joined.taken(np.lexsort((-joined.ends, joined.starts, joined.units)))
    same = (np.diff(ordered.units, prepend=-1) == 0) & (np.diff(ordered.starts, prepend=-1) == 0)
    return ordered.taken(~same)


def _expression(pattern: str) -> re.Pattern[str]:
    """Return a regular expression for the words of a pattern in the case that they have."""
    words = _PARTING.split(pattern.strip().replace("…", "..."))
    choices = [
        ".*" if word == "..." else f"(?:{'|'.join(map(_glob, word.split('|')))})" for word in words
    ]
    return re.compile(r"\W*".join(choices), re.DOTALL)


def _glob(word: str) -> str:
    signs = {"*": ".*", "?": "."}
    return "".join(signs.get(sign, re.escape(sign)) for sign in _POSSESSIVE.sub("", word))
