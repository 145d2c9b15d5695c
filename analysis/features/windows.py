"""How far apart words may stand to count as together, and what they may not reach across."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import TableError, check_choice
from analysis.index import TokenIndex
from analysis.language.lexicon import load_language
from analysis.language.sentences import split_sentences
from analysis.tables import UNITS, check_table

Places = NDArray[np.int64]

_JOINING = "-‐‑\u00ad'’＇\"“”„«»‘‚‹›"
PARTS = ("sentence", "clause")


@dataclass(frozen=True, eq=False, kw_only=True)
class Window:
    """Where a word's collocates may stand: so many places to its left and to its right.

    `starts` are token places that no pair may reach across, as `part_starts` finds them.
    Pairs never cross units.
    """

    left: int = 0
    right: int = 1
    starts: Places | None = None

    def __post_init__(self) -> None:
        for name, value in (("left", self.left), ("right", self.right)):
            if value < 0:
                raise ValueError(f"{name} is {value}; it is 0 or more")
        if self.left + self.right < 1:
            raise ValueError("left and right are both 0; a window has one place or more")


@dataclass(frozen=True, eq=False, kw_only=True)
class Shape:
    """What an n-gram is: how many words, and how many are skipped between two of them.

    ``skips=(0,)`` are neighbours; ``(0, 1)`` lets one word stand between any two, or none.
    `starts` are token places that no n-gram may reach across, as `part_starts` finds them.
    """

    size: int = 2
    skips: tuple[int, ...] = (0,)
    starts: Places | None = None

    def __post_init__(self) -> None:
        if not 2 <= self.size <= 9:
            raise ValueError(f"size is {self.size}; an n-gram has 2 to 9 words")
        if not self.skips or min(self.skips) < 0 or len(set(self.skips)) < len(self.skips):
            raise ValueError(f"skips are {self.skips}; they are different numbers of 0 or more")


def part_starts(
    index: TokenIndex, texts: pd.Series, *, at: str = "sentence", language: str = "en"
) -> Places:
    """Find the tokens at which a sentence or a clause begins.

    Parameters
    ----------
    index
        The tokens.
    texts
        The texts that the index was built from.
    at
        "sentence", or "clause": wherever a sign other than space, hyphen, apostrophe or
        quotation mark stands before a token (so collocations do not cross a comma).
    language
        Whose abbreviations tell a full stop from the end of a sentence.

    Returns
    -------
    Places in ``index.codes``, rising; the first token of a unit is always one.

    Raises
    ------
    TableError
        If `texts` are not those of the index.
    ValueError
        If `at` is neither.
    """
    check_choice(at, PARTS, "part")
    named = check_texts(index, texts)
    parts = [np.empty(0, dtype=np.int64)]
    for place, text in enumerate(named):
        first, last = index.bounds[place : place + 2]
        if first == last:
            continue
        starts, ends = index.starts[first:last], index.ends[first:last]
        if at == "clause":
            inside = _parted(text, starts, ends)
        else:
            found = split_sentences(text, 0, len(text), quotes=(), language=load_language(language))
            inside = np.searchsorted(starts, [begin for begin, _ in found])
        parts.append(first + np.unique(np.append(inside[inside < last - first], 0)))
    return np.concatenate(parts).astype(np.int64)


def check_texts(index: TokenIndex, texts: pd.Series) -> list[str]:
    """Return the texts as a list, if they have the ids of the index, in its order."""
    same = len(texts) == len(index.unit_ids) and texts.index.astype("str").equals(
        pd.Index(index.unit_ids.astype("str"))
    )
    if not same:
        raise TableError("texts: their ids are not those of the index; build it from these texts")
    return [text if isinstance(text, str) else "" for text in texts]


def kept_units(index: TokenIndex, units: pd.DataFrame) -> NDArray[np.bool_]:
    """Tell which units of the index `units` names."""
    check_table(units, UNITS)
    places = index.unit_ids.get_indexer(pd.Index(units["unit_id"].astype("str")))
    if (places < 0).any():
        name = units["unit_id"].iloc[int(np.argmax(places < 0))]
        raise TableError(f"units: the index has no unit {name!r}; build it from the same texts")
    kept = np.zeros(len(index.unit_ids), dtype=bool)
    kept[places] = True
    return kept


def run_lengths(
    index: TokenIndex, kept: NDArray[np.bool_], starts: Places | None
) -> NDArray[np.int64]:
    """Return how many tokens follow each within its part of its unit; -1 where a unit is not kept.

    Two tokens `step` places apart count as together where the first has `step` or more.
    """
    opening = np.zeros(len(index.codes) + 1, dtype=bool)
    opening[index.bounds] = True
    if starts is not None:
        opening[starts] = True
    edges = np.flatnonzero(opening)
    sizes = np.diff(edges)
    left = np.repeat(edges[1:], sizes) - np.arange(len(index.codes)) - 1
    return np.where(kept[index.unit_codes], left, -1)


def _parted(text: str, starts: NDArray[np.int32], ends: NDArray[np.int32]) -> Places:
    """Return which tokens have a sign between them and the one before."""
    signs = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    alphabet = np.unique(signs)
    plain = [chr(code).isspace() or chr(code) in _JOINING for code in alphabet.tolist()]
    parting = ~np.array(plain, dtype=bool)[np.searchsorted(alphabet, signs)]
    before = np.concatenate([[0], np.cumsum(parting)])
    return np.flatnonzero(before[starts[1:]] > before[ends[:-1]]) + 1
