"""The topics of two models side by side: which is which, and how far they are the same."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.models.topic_words import rank_relevant

MATCHED_TERMS = 10

Floats = NDArray[np.float64]


class Match(NamedTuple):
    """For each topic of the first model: its place in the second, and how alike the two are.

    `jaccard` is the overlap of the ten most relevant terms, `cosine` that of all weights.
    """

    places: NDArray[np.intp]
    jaccard: Floats
    cosine: Floats


def match_topics(first: Floats, second: Floats) -> Match:
    """Pair the topics of two models one to one, so that the sum of their cosines is largest.

    Parameters
    ----------
    first, second
        Topics by terms, the terms the same; as many topics in both, or more in the second.

    Returns
    -------
    The match.

    Raises
    ------
    ValueError
        If terms differ in number, or the second has fewer topics.

    References
    ----------
    Greene, O'Callaghan and Cunningham (2014), ECML; Kuhn (1955) for the assignment.
    """
    from scipy.optimize import linear_sum_assignment

    if first.shape[1] != second.shape[1] or len(first) > len(second):
        raise ValueError(
            f"topics by terms are {first.shape} and {second.shape}; terms must be the same, and "
            "the second model must have a topic for each of the first"
        )
    cosines = _normed(first) @ _normed(second).T
    _, places = linear_sum_assignment(-cosines)
    tops = [rank_relevant(part)[:, :MATCHED_TERMS] for part in (first, second)]
    overlaps = [
        len(np.intersect1d(top, tops[1][other])) / len(np.union1d(top, tops[1][other]))
        for top, other in zip(tops[0], places, strict=True)
    ]
    return Match(places, np.array(overlaps), cosines[np.arange(len(places)), places])


def _normed(weights: Floats) -> Floats:
    lengths = np.linalg.norm(weights, axis=1, keepdims=True)
    found: Floats = weights / np.maximum(lengths, 1e-300)
    return found
