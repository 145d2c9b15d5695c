"""From scores to probabilities that hold, and from these to a class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.models.platt import Calibration, Floats, Words, fit_calibration

# What the probability of a class may be multiplied with before the classes are compared.
FACTORS = (0.5, 0.71, 1.0, 1.41, 2.0, 2.83)
ROUNDS = 2


@dataclass(frozen=True)
class Decision:
    """How scores become probabilities, and these a class.

    Attributes
    ----------
    calibration
        What makes scores probabilities.
    factors
        What each probability is multiplied with before the largest is taken.
    """

    calibration: Calibration
    factors: Floats

    def probabilities(self, scores: Floats) -> Floats:
        """Return a row for each text, a column for each class."""
        return self.calibration.probabilities(scores)

    def choose(self, probabilities: Floats) -> NDArray[np.intp]:
        """Return the place of each text's class."""
        return np.asarray((probabilities * self.factors).argmax(axis=1), dtype=np.intp)


def fit_decision(
    scores: Floats, y: Words, labels: Sequence[str], counted: Sequence[str]
) -> Decision:
    """Learn to decide from the scores of texts that their model had not seen.

    Each probability is multiplied with the factor by which the mean F1 of the counted classes is
    best on these texts, for the likeliest class is seldom a rare one.
    """
    calibration = fit_calibration(scores, y)
    truth = np.array([list(labels).index(label) for label in y], dtype=np.intp)
    classes = [list(labels).index(label) for label in counted]
    found = _factors(calibration.probabilities(scores), truth, classes)
    return Decision(calibration, found)


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
