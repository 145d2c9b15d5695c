"""P values of many tests at once: rates of false discovery, and of any false find."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def q_values(p_values: ArrayLike) -> Floats:
    """Adjust p values for their number: the smallest false discovery rate at which each counts.

    Missing p values stay missing and do not count as tests. Benjamini and Hochberg (1995),
    Journal of the Royal Statistical Society B 57(1).
    """
    from scipy.stats import false_discovery_control

    given = np.asarray(p_values, dtype=float)
    known = ~np.isnan(given)
    adjusted = np.full(given.shape, np.nan)
    if known.any():
        adjusted[known] = false_discovery_control(given[known], method="bh")
    return adjusted


def holm_values(p_values: ArrayLike) -> Floats:
    """Adjust p values for their number: the smallest rate of any false find at which each counts.

    Missing p values stay missing and do not count as tests. Holm (1979), Scandinavian Journal of
    Statistics 6(2).
    """
    given = np.asarray(p_values, dtype=float)
    known = np.flatnonzero(~np.isnan(given))
    order = known[np.argsort(given[known], kind="stable")]
    steps = given[order] * (len(order) - np.arange(len(order)))
    adjusted = np.full(given.shape, np.nan)
    adjusted[order] = np.minimum(np.maximum.accumulate(steps), 1.0)
    return adjusted
