"""Two-by-two tables, many at a time: the arithmetic that keyness and collocations share.

A table is given by its first cell and its margins: `both`, the first row `row`, the first
column `column` and the whole `total`. Signed statistics are positive where `both` is larger
than independence lets expect, negative where it is smaller.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def expected_both(row: ArrayLike, column: ArrayLike, total: ArrayLike) -> Floats:
    """Return what the first cell would hold if rows and columns were independent."""
    rows, columns, totals = _floats(row, column, total)
    return rows * columns / totals


def signed_g2(both: ArrayLike, row: ArrayLike, column: ArrayLike, total: ArrayLike) -> Floats:
    """Return the log-likelihood ratio of all four cells, signed (Dunning 1993)."""
    from scipy.special import xlogy

    found, means = _cells(both, row, column, total)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = np.where(means > 0, found / means, 1.0)
    sums: Floats = 2 * xlogy(found, ratios).sum(axis=0)
    return _signed(np.maximum(sums, 0.0), found[0] - means[0])


def signed_chi2(both: ArrayLike, row: ArrayLike, column: ArrayLike, total: ArrayLike) -> Floats:
    """Return Pearson's chi-squared of all four cells, without correction, signed."""
    found, means = _cells(both, row, column, total)
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = np.where(means > 0, (found - means) ** 2 / means, 0.0)
    return _signed(parts.sum(axis=0), found[0] - means[0])


def p_value(statistic: ArrayLike) -> Floats:
    """Return how often chance alone, with one degree of freedom, exceeds the statistic."""
    from scipy.special import chdtrc

    tails: Floats = chdtrc(1, np.abs(np.asarray(statistic, dtype=np.float64)))
    return tails


def _cells(
    both: ArrayLike, row: ArrayLike, column: ArrayLike, total: ArrayLike
) -> tuple[Floats, Floats]:
    """Return observed and expected cells, stacked along the first axis."""
    a, r, c, n = np.broadcast_arrays(*_floats(both, row, column, total))
    found = np.stack([a, r - a, c - a, n - r - c + a])
    with np.errstate(divide="ignore", invalid="ignore"):
        means = np.stack([r * c, r * (n - c), (n - r) * c, (n - r) * (n - c)]) / n
    return found, np.where(n > 0, means, 0.0)


def _signed(values: Floats, differences: Floats) -> Floats:
    signed: Floats = np.where(differences < 0, -values, values)
    return signed


def _floats(*values: ArrayLike) -> list[Floats]:
    return [np.asarray(value, dtype=np.float64) for value in values]
