"""From scores to probabilities that hold, and from these to a class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Words = NDArray[np.object_]

# How strongly slopes of the calibration are held back; the less, the more texts they rest on.
STRENGTH = 1.0
# What the probability of a class may be multiplied with before the classes are compared.
FACTORS = (0.5, 0.71, 1.0, 1.41, 2.0, 2.83)
ROUNDS = 2


@dataclass(frozen=True)
class Decision:
    """How scores become probabilities, and these a class.

    Attributes
    ----------
    labels
        The classes.
    slopes, shifts
        The scores of all classes, times the slopes and plus the shifts, are the logits of the
        probabilities.
    factors
        What each probability is multiplied with before the largest is taken.
    """

    labels: tuple[str, ...]
    slopes: Floats
    shifts: Floats
    factors: Floats

    def probabilities(self, scores: Floats) -> Floats:
        """Return a row for each text, a column for each class."""
        logits = scores @ self.slopes + self.shifts
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        found: Floats = powers / powers.sum(axis=1, keepdims=True)
        return found

    def choose(self, probabilities: Floats) -> NDArray[np.intp]:
        """Return the place of each text's class."""
        return np.asarray((probabilities * self.factors).argmax(axis=1), dtype=np.intp)


def fit_decision(
    scores: Floats, y: Words, labels: Sequence[str], counted: Sequence[str]
) -> Decision:
    """Learn to decide from the scores of texts that their model had not seen.

    Probabilities are those of a multinomial regression on the scores (Platt 1999, for two classes).
    Each is multiplied with the factor by which the mean F1 of the counted classes is best on these
    texts, for the likeliest class is seldom a rare one.
    """
    from sklearn.linear_model import LogisticRegression

    fitted = LogisticRegression(C=STRENGTH, max_iter=1000).fit(scores, y)
    slopes, shifts = fitted.coef_, fitted.intercept_
    if len(labels) == 2:
        slopes = np.stack([-slopes[0], slopes[0]]) / 2
        shifts = np.array([-shifts[0], shifts[0]]) / 2
    decision = Decision(tuple(labels), slopes.T, shifts, np.ones(len(labels)))
    truth = np.array([list(labels).index(label) for label in y], dtype=np.intp)
    classes = [list(labels).index(label) for label in counted]
    return replace(decision, factors=_factors(decision.probabilities(scores), truth, classes))


def _factors(probabilities: Floats, truth: NDArray[np.intp], classes: Sequence[int]) -> Floats:
    """Return the factors with the best mean F1, found one class at a time, in two rounds."""
    best = np.ones(probabilities.shape[1])
    top = _mean_f1(truth, probabilities.argmax(axis=1), classes)
    for place in [*range(len(best))] * ROUNDS:
        for factor in FACTORS:
            tried = best.copy()
            tried[place] = factor
            reached = _mean_f1(truth, (probabilities * tried).argmax(axis=1), classes)
            if reached > top:
                top, best = reached, tried
    return best


def _mean_f1(truth: NDArray[np.intp], found: NDArray[np.intp], classes: Sequence[int]) -> float:
    both = [int(((truth == place) & (found == place)).sum()) for place in classes]
    sums = [int((truth == place).sum() + (found == place).sum()) for place in classes]
    return float(np.mean([2 * b / max(s, 1) for b, s in zip(both, sums, strict=True)]))
