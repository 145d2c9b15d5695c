"""The columns of the keyness table, each from the least that it needs."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from analysis.features.contingency import p_value, signed_chi2, signed_g2
from analysis.features.effects import (
    difference_coefficient,
    log_ratio,
    odds_ratio,
    percent_diff,
    simple_maths,
    weighted_log_odds,
)
from analysis.features.spread import (
    Spread,
    deviation_of_proportions,
    juilland_d,
    normalised_deviation,
)
from analysis.multiple import q_values

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

PRIOR_TOKENS = 500
FLAT_PRIOR = 0.01


def measure_totals(a: Counts, b: Counts, n_a: int, n_b: int) -> pd.DataFrame:
    """Return the columns that need nothing but each side's totals."""
    sides = a, b, n_a, n_b
    delta, z = weighted_log_odds(a, b, (n_a, n_b), PRIOR_TOKENS * (a + b) / (n_a + n_b))
    delta_flat, z_flat = weighted_log_odds(a, b, (n_a, n_b), FLAT_PRIOR)
    return pd.DataFrame(
        {
            "n_target": a,
            "n_reference": b,
            "n_tokens_target": n_a,
            "n_tokens_reference": n_b,
            "rate_target_per_10k": 10_000 * a / n_a,
            "rate_reference_per_10k": 10_000 * b / n_b,
            "log_ratio": log_ratio(*sides),
            "percent_diff": percent_diff(*sides),
            "simple_maths": simple_maths(*sides),
            "odds_ratio": odds_ratio(*sides),
            "difference_coefficient": difference_coefficient(*sides),
            "log_odds": delta,
            "z": z,
            "log_odds_flat": delta_flat,
            "z_flat": z_flat,
        }
    ).assign(**measure_evidence((a, a + b, n_a, n_a + n_b), "none"))


def measure_evidence(
    cells: tuple[ArrayLike, ArrayLike, ArrayLike, ArrayLike], correction: str
) -> dict[str, Any]:
    """Return the columns that say how sure a difference is.

    `cells` are those of `contingency`: the target's count, both counts, the target's tokens
    and all tokens.
    """
    g2 = signed_g2(*cells, correction=correction)
    p = p_value(g2)
    return {
        "g2": g2,
        "chi2": signed_chi2(*cells, correction=correction),
        "p": p,
        "q": q_values(p),
        "correction": pd.Categorical([correction] * len(p), categories=[correction]),
    }


def measure_spread(matrix: Any, sizes: Counts) -> dict[str, Floats]:
    """Return the dispersion of each column of a sparse units-by-terms matrix."""
    spread = Spread(matrix, sizes)
    return {
        "dp": deviation_of_proportions(spread),
        "dp_norm": normalised_deviation(spread),
        "juilland_d": juilland_d(spread),
    }
