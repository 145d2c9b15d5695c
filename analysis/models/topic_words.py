"""Which words speak for a topic: by probability, relevance and FREX; and how exclusive they are."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

RELEVANCE = 0.6
FREX = 0.5
EXCLUSIVE_TERMS = 10

Floats = NDArray[np.float64]
Places = NDArray[np.intp]


def rank_probable(weights: Floats) -> Places:
    """Order each topic's terms by their share of the topic's tokens, heaviest first."""
    return _falling(_within(weights))


def rank_relevant(weights: Floats) -> Places:
    """Order each topic's terms by relevance: heavy in the topic, and more so than elsewhere.

    References
    ----------
    Sievert and Shirley (2014), ILLVI, at their 0.6.
    """
    within = _within(weights)
    whole = weights.sum(axis=0) / weights.sum()
    logs = np.log(np.maximum(within, 1e-300))
    lift = logs - np.log(np.maximum(whole, 1e-300))
    return _falling(RELEVANCE * logs + (1 - RELEVANCE) * lift)


def rank_frex(weights: Floats) -> Places:
    """Order each topic's terms by FREX: both frequent in the topic and exclusive to it."""
    return _falling(frex(weights))


def frex(weights: Floats) -> Floats:
    """Score terms by the harmonic mean of two ranks within the topic: of frequency and exclusivity.

    Parameters
    ----------
    weights
        Topics by terms: the tokens of a term that a topic accounts for.

    Returns
    -------
    A score from 0 to 1 for each topic and term. Frequency is the term's share of the topic,
    exclusivity that share over its sum across topics; each enters as its empirical distribution
    function within the topic, with weights of one half.

    References
    ----------
    Bischof and Airoldi (2012), ICML; as ``labelTopics`` and ``calcfrex`` of R's stm (without its
    optional shrinkage).
    """
    within = _within(weights)
    exclusive = within / np.maximum(within.sum(axis=0), 1e-300)
    scores: Floats = 1 / (FREX / _spread(exclusive) + (1 - FREX) / _spread(within))
    return scores


def exclusivity(weights: Floats, *, n_terms: int = EXCLUSIVE_TERMS) -> Floats:
    """Measure how far each topic's most probable terms are its own: their sum of FREX.

    Parameters
    ----------
    weights
        Topics by terms.
    n_terms
        How many terms: the sum is at most this.

    References
    ----------
    Roberts et al. (2014), American Journal of Political Science 58(4), as ``exclusivity`` of R's
    stm, which weighs exclusivity by .7.
    """
    within = _within(weights)
    exclusive = _spread(within / np.maximum(within.sum(axis=0), 1e-300))
    scores = 1 / (0.7 / exclusive + 0.3 / _spread(within))
    top = rank_probable(weights)[:, :n_terms]
    found: Floats = np.take_along_axis(scores, top, axis=1).sum(axis=1)
    return found


def _within(weights: Floats) -> Floats:
    found: Floats = weights / np.maximum(weights.sum(axis=1, keepdims=True), 1e-300)
    return found


def _spread(values: Floats) -> Floats:
    """Return the share of a topic's terms that have at most this value."""
    found = np.empty_like(values)
    for place, row in enumerate(values):
        found[place] = np.searchsorted(np.sort(row), row, side="right") / len(row)
    return found


def _falling(scores: Floats) -> Places:
    return np.argsort(-scores, axis=1, kind="stable")
