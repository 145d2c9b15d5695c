"""How far coders agree on where in a text something begins and ends, and on what it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import TableError, check_choice
from analysis.models.coder_agreement import TORN
from analysis.models.reliability import LOWEST_ALPHA, chance_corrected
from analysis.resampling import jackknife_interval, jackknife_se
from analysis.tables import DOCUMENTS, UNITISED, UNITISING, build_table, check_table
from analysis.versions import join_notes
from analysis.voices import check_not_synthetic

Floats = NDArray[np.float64]
Spans = NDArray[np.int64]

MEASURES = ("units", "characters")
EVERY = "all"
_UNDEFINED = "no variation: undefined"


class Continuum(NamedTuple):
    """One document, of one category: its length, and each coder's spans (start, end) in order."""

    length: int
    coders: tuple[Spans, ...]


def measure_unitising(
    spans: pd.DataFrame, documents: pd.DataFrame, *, coders: Sequence[str]
) -> pd.DataFrame:
    """Measure how far coders who marked passages of the same texts marked the same ones.

    Parameters
    ----------
    spans
        The `unitised` table: a row for each passage that a coder marked, of a category, half-open
        from `start` to `end` in characters of the document. Passages of one category by one coder
        do not overlap; those of two categories may.
    documents
        The `documents` table: the texts that every one of the coders has read. One in which a
        coder marked nothing is one in which there was nothing to mark.
    coders
        Two or more values of the `coder` column.

    Returns
    -------
    The `unitising` table: two rows for each category and for "all".

    units
        Krippendorff's alpha for unitising: passages that begin and end elsewhere disagree by the
        squares of both distances, passages that the other coder lacks by the square of their
        length, all against what passages of these lengths laid anywhere would give.
    characters
        Nominal alpha of characters, marked or not: whether the same matter was marked, however it
        was cut into passages.

    `observed` and `expected` are the disagreements, for "all" their means over categories; `alpha`
    is 1 less their ratio: 1 where all is the same, 0 where it is as by chance.
    `low` and `high` are 95 % limits over documents, Korn and Graubard's of the observed
    disagreement, as for `measure_reliability`: of both alphas they held 90 to 96 % with 10
    documents, 92 to 95 % with 20 and 94 to 97 % with 50, in 400 runs each
    (``tests/benchmarks/unitising_coverage.py``), least where alpha is near 1. Alpha is NaN where
    nothing varies, and `note` says so.

    Raises
    ------
    ValueError
        If fewer than two coders are named, or one has no spans (those that have are listed).
    TableError
        If a table is not as declared, a document has no text or is invented, a span is of no such
        document, is empty, ends behind its document, overlaps another one of the same coder and
        category, or is of a category called "all".

    References
    ----------
    Krippendorff (1995), Sociological Methodology 25, 47-76; in the form of Krippendorff (2004),
    Measuring the reliability of qualitative text analysis data, Quality & Quantity 38, 787-800,
    whose example is among the tests. Several documents are laid end to end, but no passage of the
    expected disagreement reaches from one into the next.
    """
    lengths = _text_lengths(documents)
    marked = _checked(spans, lengths, coders)
    categories = sorted(marked["category"].astype("str").unique())
    found = {name: _continua(marked, name, lengths, coders) for name in categories}
    rows = [
        {"category": name, **estimate_unitising(of, measure)}
        for name, of in [(EVERY, list(found.values())), *((n, [c]) for n, c in found.items())]
        for measure in MEASURES
    ]
    return build_table(pd.DataFrame(rows, columns=list(UNITISING.columns)), UNITISING)


def observed_by_units(continuum: Continuum) -> float:
    """Return the sum of squared distances between the passages of every ordered pair of coders."""
    total = 0.0
    for place, first in enumerate(continuum.coders):
        for second in continuum.coders[place + 1 :]:
            starts = np.subtract.outer(first[:, 0], second[:, 0])
            ends = np.subtract.outer(first[:, 1], second[:, 1])
            after = np.subtract.outer(first[:, 0], second[:, 1]) < 0
            met = after & (np.subtract.outer(first[:, 1], second[:, 0]) > 0)
            total += float((starts**2 + ends**2)[met].sum())
            for own, alone in ((first, ~met.any(axis=1)), (second, ~met.any(axis=0))):
                total += float((np.diff(own, axis=1)[:, 0][alone] ** 2).sum())
    return 2 * total


def alpha_of_units(continua: Sequence[Continuum]) -> tuple[float, float]:
    """Return observed and expected disagreement of passages over documents (Krippendorff 2004)."""
    length = float(sum(each.length for each in continua))
    n_coders = len(continua[0].coders)
    units = np.concatenate([_lengths(own) for each in continua for own in each.coders])
    gaps = np.concatenate([_gaps(own, each.length) for each in continua for own in each.coders])
    observed = sum(map(observed_by_units, continua)) / (n_coders * (n_coders - 1) * length**2)
    ordered = np.sort(gaps)
    # In a gap of g characters a passage of u has g - u + 1 places.
    sums = np.concatenate([np.cumsum(ordered[::-1])[::-1], [0.0]])
    first = np.searchsorted(ordered, units)
    places = sums[first] - (units - 1) * (len(ordered) - first)
    meeting = (len(units) - 1) / 3 * (2 * units**3 - 3 * units**2 + units)
    pairs = n_coders * length * (n_coders * length - 1) - (units * (units - 1)).sum()
    expected = 2 / length * float((meeting + units**2 * places).sum()) / pairs if pairs else 0.0
    return observed, expected


def alpha_of_characters(continua: Sequence[Continuum]) -> tuple[float, float]:
    """Return observed and expected disagreement of characters: marked or not."""
    apart = marked = total = 0.0
    for each in continua:
        n_coders = len(each.coders)
        edges = np.unique(np.concatenate([[0, each.length], *(c.ravel() for c in each.coders)]))
        widths = np.diff(edges)
        within = np.stack([_covers(own, edges[:-1]) for own in each.coders]).sum(axis=0)
        apart += float((widths * 2 * within * (n_coders - within)).sum()) / (n_coders - 1)
        marked += float((widths * within).sum())
        total += float(n_coders * each.length)
    observed = apart / total if total else 0.0
    expected = 2 * marked * (total - marked) / (total * (total - 1)) if total > 1 else 0.0
    return observed, expected


def estimate_unitising(categories: list[list[Continuum]], measure: str) -> dict[str, object]:
    """Return the row of some categories, but for their name: alpha and its limits."""
    score = alpha_of_units if measure == "units" else alpha_of_characters
    n_documents = len(categories[0])

    def sums(chosen: NDArray[np.int64]) -> Floats:
        parts = [score([continua[place] for place in chosen]) for continua in categories]
        total: Floats = np.asarray(parts, dtype=np.float64).sum(axis=0)
        return total

    def alpha(chosen: NDArray[np.int64]) -> float:
        observed, expected = sums(chosen)
        varied = any(_varies(continua[place]) for continua in categories for place in chosen)
        return 1 - float(observed / expected) if varied and expected > 0 else float("nan")

    observed, expected = sums(np.arange(n_documents)) / len(categories)
    found = jackknife_interval(alpha, n_documents)
    known = found.note != TORN and n_documents > 1 and not np.isnan(found.estimate)
    if known:
        sizes = np.array([each.length for each in categories[0]], dtype=np.float64)
        # Squares of distances are no shares; half of the larger one and less is as good as one.
        scale = 1.0 if measure == "characters" else 2 * max(observed, expected)
        parts = (observed / scale, expected / scale)
        found = chance_corrected(parts, sizes, jackknife_se(alpha, n_documents))
    weak = "alpha under .67: for illustration only" if found.estimate < LOWEST_ALPHA else ""
    low, high = np.clip([found.low, found.high], -1.0, 1.0)
    return {
        "measure": measure,
        "n_documents": n_documents,
        "n_spans": sum(len(own) for of in categories for each in of for own in each.coders),
        **{"observed": observed, "expected": expected, "alpha": found.estimate},
        **{"low": low, "high": high},
        "note": _UNDEFINED if np.isnan(found.estimate) else join_notes(found.note, weak),
    }


def _varies(continuum: Continuum) -> bool:
    """Say whether anyone could have marked something else: not all in one, and not nothing."""
    return any(
        0 < _lengths(own).sum() < continuum.length or len(own) > 1 for own in continuum.coders
    )


def _text_lengths(documents: pd.DataFrame) -> pd.Series:
    """Return the length of each document's text."""
    check_not_synthetic(check_table(documents, DOCUMENTS))
    lengths = documents.set_index("doc_id")["text"].str.len().fillna(0)
    if (lengths == 0).any():
        raise TableError(
            f"documents: {lengths.index[lengths == 0][0]!r} has no text, so nobody could mark "
            "anything in it; leave it out"
        )
    return lengths


def _checked(spans: pd.DataFrame, lengths: pd.Series, coders: Sequence[str]) -> pd.DataFrame:
    check_table(spans, UNITISED)
    for coder in coders:
        check_choice(coder, spans["coder"].astype("str").unique(), "coder")
    if len(set(coders)) < 2:
        raise ValueError(f"coders are {list(coders)}; agreement needs two or more")
    mine = spans[spans["coder"].isin(list(coders))]
    mine = mine.sort_values(["coder", "category", "doc_id", "start"], kind="stable")
    ends = mine["doc_id"].map(lengths)
    last = mine.groupby(["coder", "category", "doc_id"], observed=True)["end"].shift()
    for wrong, why in (
        (mine["category"] == EVERY, "stands for every category; call this one otherwise"),
        (ends.isna(), "is of no document in the table"),
        (mine["start"] >= mine["end"], "is empty"),
        ((mine["start"] < 0) | (mine["end"] > ends), "ends outside its document"),
        (mine["start"] < last, "overlaps the one before it, of the same coder and category"),
    ):
        if wrong.any():
            row = mine[wrong].iloc[0]
            where = f"{row['doc_id']} {row['start']}-{row['end']} by {row['coder']}"
            raise TableError(f"unitised: {where} ({row['category']}) {why}")
    return mine


def _continua(
    marked: pd.DataFrame, category: str, lengths: pd.Series, coders: Sequence[str]
) -> list[Continuum]:
    """Return every document with each coder's spans of one category."""
    mine = marked[marked["category"] == category]
    by_place = {
        place: part[["start", "end"]].to_numpy(dtype=np.int64)
        for place, part in mine.groupby(["doc_id", "coder"], observed=True)
    }
    nothing = np.zeros((0, 2), dtype=np.int64)
    return [
        Continuum(int(length), tuple(by_place.get((doc_id, c), nothing) for c in coders))
        for doc_id, length in lengths.items()
    ]


def _lengths(own: Spans) -> Floats:
    return (own[:, 1] - own[:, 0]).astype(np.float64)


def _gaps(own: Spans, length: int) -> Floats:
    """Return the lengths of what lies before, between and behind a coder's spans."""
    edges = np.concatenate([[0], own.ravel(), [length]]).reshape(-1, 2)
    gaps: Floats = (edges[:, 1] - edges[:, 0]).astype(np.float64)
    return gaps[gaps > 0]


def _covers(own: Spans, places: Spans) -> NDArray[np.int64]:
    """Say of each place whether it lies in a span: 1 or 0."""
    inside = np.searchsorted(own[:, 0], places, side="right") - np.searchsorted(
        own[:, 1], places, side="right"
    )
    return inside.astype(np.int64)
