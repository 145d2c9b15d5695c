"""The formulas of dispersion, for every column of a sparse units-by-terms matrix at once.

N is how often a term occurs, f its counts in the units, s the units' shares of all tokens, p the
units' shares of the term, r its rates (count over tokens), n the units that have tokens. Units
without the term enter in closed form, so nothing is densified. All are NaN where a term is absent.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

# Units times distinct frequencies that are held at once.
BLOCK = 1 << 22


class Spread:
    """The entries of a units-by-terms matrix, and what all formulas need of them."""

    def __init__(self, matrix: Any, sizes: Counts) -> None:
        entries = matrix.tocoo()
        kept = entries.data > 0
        self.sizes = sizes[sizes > 0].astype(np.float64)
        self.n_units, self.width = len(self.sizes), matrix.shape[1]
        self.column = entries.col[kept]
        self.f = entries.data[kept].astype(np.float64)
        rows = entries.row[kept]
        self.s = sizes[rows] / max(self.sizes.sum(), 1.0)
        self.r = self.f / np.maximum(sizes[rows], 1)
        self.total = self.sum(self.f)
        self.p = self.f / self.total[self.column]

    def sum(self, values: Floats) -> Floats:
        """Add up the entries of each column."""
        return np.bincount(self.column, weights=values, minlength=self.width).astype(np.float64)

    def known(self, values: Floats) -> Floats:
        """Return the values of terms that occur; the others, and what is not finite, are NaN."""
        known: Floats = np.where((self.total > 0) & np.isfinite(values), values, np.nan)
        return known


def deviation_of_proportions(spread: Spread) -> Floats:
    """Return DP, Σ|p - s| / 2: 0 where each unit has its share (Gries 2008)."""
    away = spread.sum(np.abs(spread.p - spread.s) - spread.s)
    return spread.known(0.5 * (1 + away))


def normalised_deviation(spread: Spread) -> Floats:
    """Return DP over the most that it can be; NaN with one unit (Lijffijt and Gries 2012)."""
    if spread.n_units < 2:
        return np.full(spread.width, np.nan)
    most: float = 1 - spread.sizes.min() / spread.sizes.sum()
    return deviation_of_proportions(spread) / most


def standard_deviation(spread: Spread) -> Floats:
    """Return the standard deviation of the counts in the units (of the whole, not a sample)."""
    means = spread.total / max(spread.n_units, 1)
    squares = spread.sum(spread.f**2) / max(spread.n_units, 1)
    return spread.known(np.sqrt(np.maximum(squares - means**2, 0.0)))


def juilland_d(spread: Spread) -> Floats:
    """Return 1 - v / √(n - 1), v the variation coefficient of the rates; NaN with one unit.

    Juilland and Chang-Rodríguez (1964), for units of any size as in Gries (2008).
    """
    if spread.n_units < 2:
        return np.full(spread.width, np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        means = spread.sum(spread.r) / spread.n_units
        squares = spread.sum(spread.r**2) / spread.n_units
        deviations = np.sqrt(np.maximum(squares - means**2, 0.0))
        return spread.known(1 - deviations / means / np.sqrt(spread.n_units - 1))


def carroll_d2(spread: Spread) -> Floats:
    """Return the entropy of the rates over the most that it can be; NaN with one unit.

    Carroll (1970), Computer Studies in the Humanities and Verbal Behavior 3(2).
    """
    if spread.n_units < 2:
        return np.full(spread.width, np.nan)
    shares = spread.r / spread.sum(spread.r)[spread.column]
    return spread.known(spread.sum(-shares * np.log(shares)) / np.log(spread.n_units))


def lyne_d3(spread: Spread) -> Floats:
    """Return 1 - χ² / 4N, χ² between counts and shares of tokens (Lyne 1985)."""
    with np.errstate(divide="ignore", invalid="ignore"):
        means = spread.total[spread.column] * spread.s
        chi2 = spread.total + spread.sum((spread.f - means) ** 2 / means - means)
        return spread.known(1 - chi2 / (4 * spread.total))


def rosengren_s(spread: Spread) -> Floats:
    """Return (Σ√(s f))² / N: 1 where even (Rosengren 1971)."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return spread.known(spread.sum(np.sqrt(spread.s * spread.f)) ** 2 / spread.total)


def kl_divergence(spread: Spread) -> Floats:
    """Return Σ p log2(p / s): 0 where even, in bits (Gries 2020)."""
    return spread.known(spread.sum(spread.p * np.log2(spread.p / spread.s)))


def entropy(spread: Spread) -> Floats:
    """Return the entropy of the units' shares of a term, in bits (Shannon 1948)."""
    return spread.known(np.maximum(spread.sum(-spread.p * np.log2(spread.p)), 0.0))


def kromer_ur(spread: Spread) -> Floats:
    """Return the sum of 1 + 1/2 + ... + 1/f over the units (Kromer 2003)."""
    from scipy.special import digamma

    return spread.known(spread.sum(digamma(spread.f + 1) + np.euler_gamma))


def mean_difference(spread: Spread) -> Floats:
    """Return DA, 1 - (mean difference of two units' rates) / (2 mean rate); NaN with one unit.

    Burch, Egbert and Biber (2017), Journal of Research Design and Statistics 3(2).
    """
    if spread.n_units < 2:
        return np.full(spread.width, np.nan)
    order = np.lexsort((spread.r, spread.column))
    columns, rates = spread.column[order], spread.r[order]
    used = np.bincount(columns, minlength=spread.width)
    within = np.arange(len(order)) - np.repeat(np.cumsum(used) - used, used)
    # Units without the term come first, so its smallest rate stands after them.
    rank = spread.n_units - used[columns] + within
    weights = 2 * rank - spread.n_units + 1
    pairs = spread.n_units * (spread.n_units - 1) / 2
    sums = np.bincount(columns, weights=weights * rates, minlength=spread.width)
    with np.errstate(divide="ignore", invalid="ignore"):
        return spread.known(1 - sums / pairs / (2 * spread.sum(spread.r) / spread.n_units))


def dissemination(spread: Spread) -> Floats:
    """Return the units that use a term over how many would if its tokens were dealt out.

    Expected are Σ(1 - exp(-N s)) units. Church and Gale (1995), Natural Language Engineering
    1(2); Altmann, Pierrehumbert and Motter (2011), PLoS ONE 6(5), for the ratio.
    """
    totals, places = np.unique(spread.total, return_inverse=True)
    sizes, times = np.unique(spread.sizes / max(spread.sizes.sum(), 1.0), return_counts=True)
    step = max(1, BLOCK // max(len(sizes), 1))
    expected = [
        -np.expm1(-np.outer(totals[start : start + step], sizes)) @ times
        for start in range(0, len(totals), step)
    ]
    used = spread.sum(np.ones(len(spread.f)))
    with np.errstate(divide="ignore", invalid="ignore"):
        return spread.known(used / np.concatenate([np.empty(0), *expected])[places])
