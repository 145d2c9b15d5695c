"""How near topics may lie to each other: what words alone leave open, and its bounds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.models.topic_fits import project_units, token_chances

FARTHEST, FINE = 0.8, 0.05
# How far shares come to rest where they are only compared by how well they foretell.
TOLERANCE = 1e-4

Floats = NDArray[np.float64]


def blend_topics(weights: Floats, part: float) -> Floats:
    """Draw topics together: each keeps the rest and takes `part` of the mean of all.

    Parameters
    ----------
    weights
        Topics by terms; only proportions within a topic matter.
    part
        From 0, the topics as they are, to 1, all the same.

    Returns
    -------
    Shares of terms in topics.
    """
    within = weights / weights.sum(axis=1, keepdims=True)
    blended: Floats = (1 - part) * within + part * within.mean(axis=0)
    return blended


def widest_blend(matrix: Any, weights: Floats, *, seed: int) -> float:
    """Return how far topics may be drawn together: the part that foretells unseen words best.

    Parameters
    ----------
    matrix
        Counts, units by terms, that the topics were fitted to.
    weights
        The topics, by terms.
    seed
        Of the halves that each unit's words are parted into.

    Returns
    -------
    The part of `blend_topics`, from 0 to .8: with shares from one half of each unit's words, the
    other half is most likely, and the same the other way round. 0 where no unit has two words.

    Notes
    -----
    Topics that lie near each other, in texts that are nearly of one topic each, give the same words
    as topics farther apart in texts that mix them. A fit takes the latter: it fits shares to chance
    as well, and topics that are far apart leave room for that. Words that were not fitted show it.
    But they are foretold best by topics that leave chance no room, so that the best part is too
    large where texts mix all topics: it is a bound, not an estimate.

    References
    ----------
    Neyman and Scott (1948), Econometrica 16(1), on likelihoods with a parameter for each unit;
    Fu, Huang, Sidiropoulos and Ma (2019), IEEE Signal Processing Magazine 36(2), on what NMF leaves
    open; Jang and Hero (2019), AISTATS, for topics near each other; Wallach et al. (2009), ICML,
    for foretelling one part of a text from the other.
    """
    from scipy.optimize import minimize_scalar

    halves = list(_halves(matrix, seed))
    if not halves[0][0].shape[0]:
        return 0.0

    def surprise(part: float) -> float:
        topics = blend_topics(weights, part)
        return sum(_surprise(seen, unseen, topics) for seen, unseen in halves)

    bounds = (0.0, FARTHEST)
    found = minimize_scalar(surprise, bounds=bounds, method="bounded", options={"xatol": FINE})
    # The search never asks the ends themselves.
    return 0.0 if surprise(0.0) <= found.fun else float(found.x)


def _halves(matrix: Any, seed: int) -> Iterator[tuple[Any, Any]]:
    """Yield the units' words seen and unseen, and the other way round; units with both alone."""
    rng = np.random.default_rng(seed)
    first, second = matrix.copy(), matrix.copy()
    first.data = rng.binomial(matrix.data.astype(np.int64), 0.5).astype(float)
    second.data = matrix.data - first.data
    for half in (first, second):
        half.eliminate_zeros()
    both = np.flatnonzero((first.sum(axis=1) > 0) & (second.sum(axis=1) > 0))
    yield first[both], second[both]
    yield second[both], first[both]


def _surprise(seen: Any, unseen: Any, topics: Floats) -> float:
    """Return the unseen words' negative log likelihood, given shares from those seen."""
    lengths = np.asarray(seen.sum(axis=1)).reshape(-1, 1)
    shares = project_units(seen, topics, tolerance=TOLERANCE)
    # One word more, of no topic: else a topic that has none of the words seen could have none ever.
    shares = (shares * lengths + 1 / len(topics)) / (lengths + 1)
    entries = unseen.tocoo()
    return -float((entries.data * np.log(token_chances(entries, shares, topics))).sum())
