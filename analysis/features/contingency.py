"""Two-by-two tables, many at a time: the arithmetic that keyness and collocations share.

A table is given by its first cell and its margins: `both`, the first row `row`, the first
column `column` and the whole `total`. Signed statistics are positive where `both` is larger
than independence lets expect, negative where it is smaller.

Corrections for small tables:

none
    The statistic as it is.
yates
    Each cell moves half a count towards what is expected, in tables of which an expected cell
    is below 5 and that lie half a count or more away from it.
quanteda
    What the R package quanteda.textstats does by default, digit for digit: as "yates", and it
    adds 1e-9 to each ratio of G2 before its logarithm.
yates_always
    The same in every table; a table less than half a count away becomes 0.
williams
    The statistic is divided by Williams' factor, in tables without an empty cell. (The R
    package multiplies chi-squared by it, which makes small tables look surer, not less sure.)

References
----------
Yates (1934), Supplement to the Journal of the Royal Statistical Society 1(2). Williams (1976),
Biometrika 63(1).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.errors import check_choice

Floats = NDArray[np.float64]

CORRECTIONS = ("none", "yates", "yates_always", "quanteda", "williams")
SMALL_CELL = 5
QUANTEDA_EPSILON = 1e-9


def expected_both(row: ArrayLike, column: ArrayLike, total: ArrayLike) -> Floats:
    """Return what the first cell would hold if rows and columns were independent."""
    rows, columns, totals = _floats(row, column, total)
    return rows * columns / totals


def signed_g2(
    both: ArrayLike,
    row: ArrayLike,
    column: ArrayLike,
    total: ArrayLike,
    *,
    correction: str = "none",
) -> Floats:
    """Return the log-likelihood ratio of all four cells, signed (Dunning 1993)."""
    from scipy.special import xlogy

    found, means = _cells(both, row, column, total)
    moved = _moved(found, means, correction)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = np.where(means > 0, moved / means, 1.0)
    ratios = ratios + (QUANTEDA_EPSILON if correction == "quanteda" else 0.0)
    sums: Floats = 2 * xlogy(moved, ratios).sum(axis=0)
    sums = np.maximum(sums, 0.0) / _williams(found, correction)
    return _signed(sums, found[0] - means[0])


def signed_chi2(
    both: ArrayLike,
    row: ArrayLike,
    column: ArrayLike,
    total: ArrayLike,
    *,
    correction: str = "none",
) -> Floats:
    """Return Pearson's chi-squared of all four cells, signed."""
    found, means = _cells(both, row, column, total)
    moved = _moved(found, means, correction)
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = np.where(means > 0, (moved - means) ** 2 / means, 0.0)
    return _signed(parts.sum(axis=0) / _williams(found, correction), found[0] - means[0])


def two_cell_g2(a: ArrayLike, b: ArrayLike, n_a: ArrayLike, n_b: ArrayLike) -> Floats:
    """Return the log-likelihood ratio of a term's two counts alone, signed.

    What corpus tools after Rayson and Garside (2000) print: the cells of all other tokens are
    left out, so it is a little below `signed_g2`.
    """
    from scipy.special import xlogy

    first, second, size_a, size_b = _floats(a, b, n_a, n_b)
    rate = (first + second) / (size_a + size_b)
    expected_a, expected_b = size_a * rate, size_b * rate
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio_a = np.where(expected_a > 0, first / expected_a, 1.0)
        ratio_b = np.where(expected_b > 0, second / expected_b, 1.0)
    sums = 2 * (xlogy(first, ratio_a) + xlogy(second, ratio_b))
    return _signed(np.asarray(np.maximum(sums, 0.0)), first - expected_a)


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


def _moved(found: Floats, means: Floats, correction: str) -> Floats:
    """Return the cells after Yates' correction, if that is asked for."""
    check_choice(correction, CORRECTIONS, "correction")
    if correction in ("none", "williams"):
        return found
    away = np.abs(found - means)
    step = np.minimum(away, 0.5)
    if correction != "yates_always":
        step = np.where((means < SMALL_CELL).any(axis=0) & (away >= 0.5 - 1e-12), step, 0.0)
    moved: Floats = found - np.sign(found - means) * step
    return moved


def _williams(found: Floats, correction: str) -> Floats:
    """Return what the statistic is divided by: 1 unless Williams' factor is asked for."""
    if correction != "williams":
        return np.ones(found.shape[1:])
    a, b, c, d = found
    total = found.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        rows = total / (a + b) + total / (c + d) - 1
        columns = total / (a + c) + total / (b + d) - 1
        factor = 1 + rows * columns / (6 * total)
    full: Floats = np.where((found > 0).all(axis=0), factor, 1.0)
    return full


def _signed(values: Floats, differences: Floats) -> Floats:
    signed: Floats = np.where(differences < 0, -values, values)
    return signed


def _floats(*values: ArrayLike) -> list[Floats]:
    return [np.asarray(value, dtype=np.float64) for value in values]
