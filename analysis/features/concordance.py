"""Every place where a query stands, with the words around it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import TableError, check_choice
from analysis.features.queries import Hits, Query, as_written, find_hits
from analysis.index import TokenIndex, build_index
from analysis.language.sentences import sentence_spans
from analysis.tables import CONCORDANCE, build_table

Ints = NDArray[np.int64]

CASES = ("any", "exact")
COLUMNS = list(CONCORDANCE.columns)


def concordance(
    texts: pd.Series,
    query: Query,
    *,
    index: TokenIndex | None = None,
    window_tokens: int | None = 10,
    case: str = "any",
) -> pd.DataFrame:
    """Find a query in texts and show each hit in its context.

    Parameters
    ----------
    texts
        The texts, with the id of each unit (statement, speech) as index.
    query
        A word or a phrase with globs, in the pattern language of codebooks: ``good* neighbo*``;
        a list of such patterns; a frame, with its exclusions, as it is coded; or a regular
        expression made with `re.compile` (searched with the *regex* package; each text has two
        seconds). Where several patterns hit at one place the longest stands.
    index
        The index of these texts, if there is one; else it is built, in English.
    window_tokens
        How many words to show on either side; where the hit is part of a compound, the rest of
        that comes on top. None: the sentences that the hit stands in.
    case
        "any", or "exact": letters as the pattern writes them. (A regular expression says itself
        what it ignores.)

    Returns
    -------
    The `concordance` table, one row per hit, in the order of the texts. `node` is
    ``text[start:end]``; `left` and `right` are the text that adjoins it, as it stands, so
    ``left + node + right`` is one piece of the text. `place` is the share of the text that
    stands before the hit, `pattern` the one that hit.

    Raises
    ------
    ValueError
        If `window_tokens` is negative, `case` is neither, the query is of another kind, or a
        regular expression takes too long.
    TableError
        If the index is of other units.
    StudyError
        If a pattern is none.

    References
    ----------
    Luhn (1960), American Documentation 11(4), for keywords in context.
    """
    check_choice(case, CASES, "case")
    if window_tokens is not None and window_tokens < 0:
        raise ValueError(f"window_tokens is {window_tokens}; it is 0 or more, or None: sentences")
    index = build_index(texts) if index is None else _check_index(index, texts)
    listed = Texts(texts)
    hits = find_hits(index, listed, query)
    if case == "exact" and not hasattr(query, "flags"):
        hits = as_written(hits, listed)
    if window_tokens is None:
        left, right = _sentences(hits, listed, index.language)
    else:
        left, right = _windows(index, hits, window_tokens)
    return _lines(index, listed, hits, left, right)


class Texts(Sequence[str]):
    """Texts by number; each is made a string when it is first asked for."""

    def __init__(self, texts: pd.Series) -> None:
        self._texts = texts
        self._known: dict[int, str] = {}

    def __len__(self) -> int:
        return len(self._texts)

    def __getitem__(self, place: int) -> str:  # type: ignore[override]
        if place not in self._known:
            text = self._texts.array[place]
            self._known[place] = text if isinstance(text, str) else ""
        return self._known[place]


def _check_index(index: TokenIndex, texts: pd.Series) -> TokenIndex:
    if not index.unit_ids.equals(pd.Index(texts.index.astype(str))):
        raise TableError("index: its units are not those of the texts; give the index of these")
    return index


def _windows(index: TokenIndex, hits: Hits, window: int) -> tuple[Ints, Ints]:
    """Return where the words around each hit begin and end."""
    if not window or not len(index.codes):
        return hits.starts, hits.ends
    first, end = index.bounds[hits.units], index.bounds[hits.units + 1]
    left = np.maximum(hits.first - window, first)
    right = np.minimum(hits.last + window, end - 1)
    starts = index.starts[np.minimum(left, len(index.codes) - 1)]
    ends = index.ends[np.maximum(right, 0)]
    return (
        np.where(left < end, np.minimum(starts, hits.starts), hits.starts),
        np.where(right >= first, np.maximum(ends, hits.ends), hits.ends),
    )


def _sentences(hits: Hits, texts: Sequence[str], language: str) -> tuple[Ints, Ints]:
    """Return where the sentence in which each hit begins starts, and that of its end ends."""
    left, right = hits.starts.copy(), hits.ends.copy()
    for unit in np.unique(hits.units).tolist():
        rows = np.flatnonzero(hits.units == unit)
        spans = sentence_spans(texts[unit], language)
        before = np.searchsorted(spans[:, 0], hits.starts[rows], side="right") - 1
        after = np.searchsorted(spans[:, 1], hits.ends[rows])
        left[rows] = np.minimum(spans[np.maximum(before, 0), 0], hits.starts[rows])
        right[rows] = np.maximum(spans[np.minimum(after, len(spans) - 1), 1], hits.ends[rows])
    return left, right


def _lines(
    index: TokenIndex, texts: Sequence[str], hits: Hits, left: Ints, right: Ints
) -> pd.DataFrame:
    cut = zip(
        *(edge.tolist() for edge in (hits.units, left, hits.starts, hits.ends, right)), strict=True
    )
    pieces = [
        (text[a:b], text[b:c], text[c:d], b / len(text))
        for text, a, b, c, d in ((texts[unit], *places) for unit, *places in cut)
    ]
    rows = pd.DataFrame(pieces, columns=["left", "node", "right", "place"]).assign(
        unit_id=pd.Categorical.from_codes(hits.units, categories=index.unit_ids),
        pattern=pd.Categorical(hits.patterns),
        start=hits.starts,
        end=hits.ends,
    )
    return build_table(rows[COLUMNS], CONCORDANCE)
