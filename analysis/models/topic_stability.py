"""How much of each topic comes back: with units drawn anew, and from other seeds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.models.topic_fits import REFIT, Recipe, factorise
from analysis.models.topic_matching import match_topics
from analysis.resampling import draw_units

REFITS = 5

Floats = NDArray[np.float64]


def topic_stability(
    matrix: Any, weights: Floats, *, seed: int, recipe: Recipe, n_refits: int = REFITS
) -> pd.DataFrame:
    """Refit topics and see what of each comes back.

    Parameters
    ----------
    matrix
        Units by terms; each unit holds a term.
    weights
        The topics, by terms.
    seed
        That of the fit; refits take others.
    recipe
        That of the fit.
    n_refits
        How many refits of each kind.

    Returns
    -------
    A row for each topic, in their order: `jaccard` and `cosine`, the likeness (of ten most relevant
    terms, of weights) to the topic's match in fits to units drawn with replacement, mean over
    `n_refits`; `seed_jaccard` and `seed_cosine`, to that in fits of the same units by other seeds,
    mean over `n_seeds`. KL-NMF tries a start from singular vectors under every seed; where that is
    the best, the seed changes little. Refits stop earlier than the fit, at a tolerance of 1e-3 in
    place of 1e-4.
    """
    k = len(weights)
    redrawn = (
        factorise(part, k, seed=seed, recipe=recipe, effort=REFIT).weights
        for part in _redrawn(matrix, seed, n_refits)
    )
    # Far from the fit's own starts, whose numbers follow on its seed.
    reseeded = (
        factorise(matrix, k, seed=seed + 1000 * (place + 1), recipe=recipe, effort=REFIT).weights
        for place in range(n_refits)
    )
    units, seeds = _likeness(weights, redrawn), _likeness(weights, reseeded)
    return pd.DataFrame(
        {
            "n_refits": n_refits,
            "jaccard": units[0],
            "cosine": units[1],
            "n_seeds": n_refits,
            "seed_jaccard": seeds[0],
            "seed_cosine": seeds[1],
        }
    )


def _redrawn(matrix: Any, seed: int, n_refits: int) -> Iterator[Any]:
    for drawn in draw_units(matrix.shape[0], seed=seed, draws=n_refits):
        # A unit drawn twice weighs twice: the same loss as two rows, in less time.
        times = np.bincount(drawn, minlength=matrix.shape[0])
        yield matrix[times > 0].multiply(times[times > 0, None]).tocsr()


def _likeness(weights: Floats, refits: Iterable[Floats]) -> Floats:
    found = [match_topics(weights, again)[1:] for again in refits]
    means: Floats = np.mean(found, axis=0)
    return means
