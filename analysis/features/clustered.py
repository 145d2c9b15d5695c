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
    leaves out one document at a time, with a t quantile; degrees of freedom: how many
    documents of one size would weigh as much, on the side with fewer, less one. The note is
    empty where there is an interval.

    References
    ----------
    Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapter 11.
    """
    from scipy.special import stdtrit

    variance = np.sum([_log_rate_variance(side) for side in sides], axis=0)
    notes = _notes(sides, variance)
    weights = min(_equal_documents(side.sizes) for side in sides)
    reach = stdtrit(max(weights - 1, 1), 0.975) * np.sqrt(variance)
    reach = np.where(notes == "", reach, np.nan)
    return estimates - reach, estimates + reach, notes


def _notes(sides: Sequence[Side], variance: Floats) -> NDArray[np.object_]:
    notes = np.full(len(variance), "", dtype=object)
    notes[~(variance > 0)] = "no variation between documents: no interval"
    for side in sides:
        notes[side.matrix.sum(axis=0) == 0] = f"{side.name} does not use it: no interval"
    for side in sides:
        n_documents = int((side.sizes > 0).sum())
        if n_documents < MIN_DOCUMENTS:
            notes[:] = f"{side.name} has {n_documents} of {MIN_DOCUMENTS} documents: no interval"
    return notes


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
