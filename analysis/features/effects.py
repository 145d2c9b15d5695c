"""How large a difference between two rates is: the effect sizes of keyness.

`a` and `b` are the counts of terms on two sides of `n_a` and `n_b` tokens. Unless it says
otherwise, a count of 0 enters logarithms and quotients as 0.5.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.errors import check_choice

Floats = NDArray[np.float64]

ZERO = 0.5
MILLION = 1_000_000
VARIANCES = ("two_terms", "four_terms")


def log_ratio(a: ArrayLike, b: ArrayLike, n_a: float, n_b: float) -> Floats:
    """Return log2 of the ratio of two rates (Hardie 2014)."""
    ratios: Floats = np.log2(no_zeros(a) / n_a) - np.log2(no_zeros(b) / n_b)
    return ratios


def percent_diff(a: ArrayLike, b: ArrayLike, n_a: float, n_b: float) -> Floats:
    """Return the difference of two rates in per cent of the second (Gabrielatos, Marchi 2012)."""
    rates = no_zeros(b) / n_b
    return 100 * (np.asarray(a, dtype=np.float64) / n_a - rates) / rates


def simple_maths(
    a: ArrayLike, b: ArrayLike, n_a: float, n_b: float, *, constant: float = 1
) -> Floats:
    """Return the ratio of two rates per million, with a constant added to both.

    The larger the constant, the more frequent the words that score high (Kilgarriff 2009).
    """
    first, second = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    return (MILLION * first / n_a + constant) / (MILLION * second / n_b + constant)


def odds_ratio(a: ArrayLike, b: ArrayLike, n_a: float, n_b: float) -> Floats:
    """Return the odds of a term on the first side over those on the second."""
    (first, rest_a), (second, rest_b) = (
        (no_zeros(count), no_zeros(size - np.asarray(count)))
        for count, size in ((a, n_a), (b, n_b))
    )
    return (first / rest_a) / (second / rest_b)


def difference_coefficient(a: ArrayLike, b: ArrayLike, n_a: float, n_b: float) -> Floats:
    """Return the difference of two rates over their sum: -1 to 1 (Hofland, Johansson 1982).

    NaN for a term that neither side uses.
    """
    first, second = np.asarray(a, dtype=np.float64) / n_a, np.asarray(b, dtype=np.float64) / n_b
    with np.errstate(divide="ignore", invalid="ignore"):
        difference: Floats = (first - second) / (first + second)
    return difference


def weighted_log_odds(
    a: ArrayLike,
    b: ArrayLike,
    totals: tuple[float, float],
    prior: ArrayLike,
    *,
    variance: str = "two_terms",
) -> tuple[Floats, Floats]:
    """Return the difference of log odds under a Dirichlet prior, and its z score.

    Parameters
    ----------
    a, b
        The counts, as they are: 0 is 0.
    totals
        The tokens of both sides.
    prior
        Pseudo-counts: one for each term, or one number that all have (a flat prior).
    variance
        "two_terms": ``1 / (a + prior) + 1 / (b + prior)``, the approximation of Monroe et al.
        (2008), equation 20. "four_terms": those and the same of all other tokens, equation 19.

    References
    ----------
    Monroe, Colaresi and Quinn (2008), Political Analysis 16(4), equations 15 to 22.
    """
    check_choice(variance, VARIANCES, "variance")
    counts = np.asarray(a, dtype=np.float64)
    pseudo = np.broadcast_to(np.asarray(prior, dtype=np.float64), counts.shape)
    sides = []
    for side, total in zip((counts, np.asarray(b, dtype=np.float64)), totals, strict=True):
        term = side + pseudo
        sides.append((term, total + pseudo.sum() - term))
    (first, rest_a), (second, rest_b) = sides
    with np.errstate(divide="ignore", invalid="ignore"):
        delta: Floats = np.log(first / rest_a) - np.log(second / rest_b)
        spread = 1 / first + 1 / second
        if variance == "four_terms":
            spread = spread + 1 / rest_a + 1 / rest_b
        return delta, delta / np.sqrt(spread)


def conservative_log_ratio(
    a: ArrayLike, b: ArrayLike, n_a: float, n_b: float, *, level: float = 0.95
) -> Floats:
    """Return the limit nearer to 0 of an exact interval of the log ratio, or 0 if it holds 0.

    Clopper-Pearson limits of the first side's part of each term's tokens. For a whole table of
    ``m`` terms give ``level=1 - 0.05 / m`` (Bonferroni). Tokens count as independent, which
    those of one document are not. Counts of 0 stay 0.

    References
    ----------
    Evert (2022), Measuring keyness, Digital Humanities 2022.
    """
    from scipy.special import betaincinv

    first, second = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    tail = (1 - level) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        low = np.where(first > 0, betaincinv(first, second + 1, tail), 0.0)
        high = np.where(second > 0, betaincinv(first + 1, second, 1 - tail), 1.0)
        floor, ceiling = (np.log2(n_b / n_a * part / (1 - part)) for part in (low, high))
    limits: Floats = np.where(floor > 0, floor, np.where(ceiling < 0, ceiling, 0.0))
    return limits


def bayesian_information(g2: ArrayLike, total: float) -> Floats:
    """Return how far the evidence exceeds what so many tokens ask for: |G2| - ln(total).

    Above 10 very strong, below 0 none (Wilson 2013, after Kass and Raftery 1995).
    """
    excess: Floats = np.abs(np.asarray(g2, dtype=np.float64)) - np.log(total)
    return excess


def no_zeros(counts: ArrayLike) -> Floats:
    """Return counts with 0.5 for 0, so that logarithms and quotients exist."""
    values: Floats = np.asarray(counts, dtype=np.float64)
    return np.where(values == 0, ZERO, values)
