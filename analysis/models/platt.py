"""Scores of a coder as probabilities that hold."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Words = NDArray[np.object_]

# So strongly slopes are held back; the less, the more texts they rest on.
STRENGTH = 1.0


@dataclass(frozen=True)
class Calibration:
    """Slopes and shifts that make scores the logits of the probabilities of values.

    Attributes
    ----------
    slopes, shifts
        Of each score (rows) toward each value; of each value.
    """

    slopes: Floats
    shifts: Floats

    def probabilities(self, scores: Floats) -> Floats:
        """Return a row for each text, a column for each value."""
        logits = scores @ self.slopes + self.shifts
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        found: Floats = powers / powers.sum(axis=1, keepdims=True)
        return found


def fit_calibration(scores: Floats, y: Words) -> Calibration:
    """Learn probabilities from the scores of texts that their models had not seen.

    A multinomial regression on the scores (Platt 1999, for two values); values in order of name.
    """
    from sklearn.linear_model import LogisticRegression

    fitted = LogisticRegression(C=STRENGTH, max_iter=1000).fit(scores, y)
    slopes, shifts = fitted.coef_, fitted.intercept_
    if len(shifts) == 1:
        slopes = np.stack([-slopes[0], slopes[0]]) / 2
        shifts = np.array([-shifts[0], shifts[0]]) / 2
    return Calibration(slopes.T, shifts)
