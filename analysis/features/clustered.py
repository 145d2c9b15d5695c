"""Intervals of a log ratio over documents: words of one document are not independent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.features.effects import no_zeros

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

MIN_DOCUMENTS = 5


class Side(NamedTuple):
    """One side of a comparison: terms by documents (sparse), and the tokens of each document."""

    name: str
    matrix: Any
    sizes: Counts


def by_document(name: str, matrix: Any, units: pd.DataFrame) -> Side:
    """Add up the units of each document: passages of one speech are not independent."""
    from scipy.sparse import csr_array

    documents = units["doc_id"].fillna(units["unit_id"].astype("str"))
    codes, names = pd.factorize(documents)
    places = codes, np.arange(len(codes))
    adder = csr_array((np.ones(len(codes), dtype=np.int64), places), (len(names), len(codes)))
    sizes = np.bincount(codes, weights=units["n_tokens"]).astype(np.int64)
    return Side(name, adder @ matrix, sizes)


def documents_with(side: Side) -> Counts:
    """Count the documents that use each term."""
    entries = side.matrix.tocoo()
    used = entries.col[entries.data > 0]
    return np.bincount(used, minlength=side.matrix.shape[1]).astype(np.int64)


def log_ratio_interval(
    sides: Sequence[Side], estimates: Floats
) -> tuple[Floats, Floats, NDArray[np.object_]]:
    """Return 95 % limits of log ratios over the documents of all sides, and why any are NaN.

    A side that is not given (a frequency list) counts as known without error. Jackknife that
    leaves out one document at a time, with the t quantile of `half_widths`. The note is empty
    where there is an interval.

    References
    ----------
    Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapter 11.
    """
    variance = np.sum([_log_rate_variance(side) for side in sides], axis=0)
    reach, notes = half_widths_of_terms(sides, variance)
    return estimates - reach, estimates + reach, notes


def half_widths(sides: Sequence[Side], variance: Floats) -> tuple[Floats, NDArray[np.object_]]:
    """Return how far 95 % intervals reach to either side, and why any are NaN.

    The t quantile has as many degrees of freedom as documents of one size would weigh as much,
    on the side with fewer, less one.
    """
    from scipy.special import stdtrit

    notes = np.full(len(variance), "", dtype=object)
    notes[~(variance > 0)] = "no variation between documents: no interval"
    for side in sides:
        n_documents = int((side.sizes > 0).sum())
        if n_documents < MIN_DOCUMENTS:
            notes[:] = f"{side.name} has {n_documents} of {MIN_DOCUMENTS} documents: no interval"
    weights = min(_equal_documents(side.sizes) for side in sides)
    reach = stdtrit(max(weights - 1, 1), 0.975) * np.sqrt(np.maximum(variance, 0.0))
    return np.where(notes == "", reach, np.nan), notes


def half_widths_of_terms(
    sides: Sequence[Side], variance: Floats
) -> tuple[Floats, NDArray[np.object_]]:
    """Return the same for terms: none where a side does not use the term."""
    reach, notes = half_widths(sides, variance)
    for side in sides:
        unused = (side.matrix.sum(axis=0) == 0) & ~np.char.endswith(
            notes.astype(str), "documents: no interval"
        )
        notes[unused] = f"{side.name} does not use it: no interval"
    return np.where(notes == "", reach, np.nan), notes


def share_variance(side: Side) -> Floats:
    """Return the jackknife variance of each term's share of the side's tokens.

    Without document d a share p becomes p + (p t - n) / (T - t), t its tokens and n its count.
    """
    sizes, total = side.sizes.astype(np.float64), float(side.sizes.sum())
    n_documents = int((sizes > 0).sum())
    if n_documents < 2:
        return np.full(side.matrix.shape[1], np.nan)
    entries = side.matrix.tocoo()
    p = np.asarray(side.matrix.sum(axis=0)) / total
    without = 1 / (total - sizes) ** 2
    expected = p[entries.col] * sizes[entries.row]
    moved = ((expected - entries.data) ** 2 - expected**2) * without[entries.row]
    squares = p**2 * (sizes**2 * without).sum()
    squares = squares + np.bincount(entries.col, weights=moved, minlength=len(p))
    variance: Floats = (n_documents - 1) / n_documents * np.maximum(squares, 0.0)
    return variance


def _equal_documents(sizes: Counts) -> float:
    squares = float((sizes.astype(np.float64) ** 2).sum())
    return float(sizes.sum()) ** 2 / squares if squares else 0.0


def _log_rate_variance(side: Side) -> Floats:
    """Return the jackknife variance of each term's log2 rate, leaving out a document at a time.

    Without a document that does not use the term only the tokens grow fewer, by the same for
    all terms; so the sum over documents is that constant, put right where the term occurs.
    """
    filled = side.sizes > 0
    n_documents, n_tokens = int(filled.sum()), side.sizes.sum()
    if n_documents < 2:
        return np.full(side.matrix.shape[1], np.nan)
    with np.errstate(divide="ignore"):
        emptier = np.where(filled, -np.log2(1 - side.sizes / n_tokens), 0.0)
    entries = side.matrix.tocoo()
    totals = side.matrix.sum(axis=0)
    left = totals[entries.col] - entries.data
    shifts = np.log2(no_zeros(left) / totals[entries.col]) + emptier[entries.row]
    extra = np.bincount(
        entries.col, weights=shifts**2 - emptier[entries.row] ** 2, minlength=len(totals)
    )
    variance: Floats = (n_documents - 1) / n_documents * ((emptier**2).sum() + extra)
    return variance
