"""A model of one code: a score for each of its values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.models.learned_features import RESTING

Floats = NDArray[np.float64]
Words = NDArray[np.object_]

STRENGTH = 10.0
# The score of a value that no text of the training has, and of one that all have.
NEVER, ALWAYS = -5.0, 3.0


@dataclass(frozen=True)
class Setting:
    """What a model sees beside its code's own patterns, and whether it decides in two steps."""

    name: str
    words: bool
    others: bool
    two_steps: bool = False


# One of these is chosen by cross-validation within the labels that are learnt from.
SETTINGS = (
    Setting("words and all patterns", True, True),
    Setting("words and own patterns", True, False),
    Setting("all patterns", False, True),
    Setting("words and all patterns, two steps", True, True, True),
    Setting("words and own patterns, two steps", True, False, True),
    Setting("all patterns, two steps", False, True, True),
)
WORDS_ALONE = (Setting("words", True, False), Setting("words, two steps", True, False, True))


@dataclass(frozen=True)
class CodeModel:
    """Weights of one code.

    Attributes
    ----------
    choices
        The values that the code can have.
    weights, intercepts
        Of each value against the others; in two steps, of values among those that are addressed.
    gate
        Weights and intercept of whether it is addressed at all; None for one step.
    """

    choices: tuple[str, ...]
    weights: Floats
    intercepts: Floats
    gate: tuple[Floats, float] | None

    def scores(self, matrix: Any) -> Floats:
        """Return a row for each text, a column for each value; the highest is the value given."""
        found: Floats = matrix @ self.weights.T + self.intercepts
        if self.gate is None:
            return found
        addressed = matrix @ self.gate[0] + self.gate[1]
        resting = np.array([value in RESTING for value in self.choices])
        best = found[:, ~resting].max(axis=1, keepdims=True)
        told: Floats = np.where(resting, -addressed[:, None], addressed[:, None] + found - best)
        return told

    def pulls(self) -> Floats:
        """Return how much each column (of rows: values) speaks for a value."""
        if self.gate is None:
            return self.weights
        resting = np.array([[value in RESTING] for value in self.choices])
        found: Floats = np.where(resting, -self.gate[0], self.gate[0] + self.weights)
        return found


def fit_model(
    matrix: Any, y: Words, choices: tuple[str, ...], scales: Floats, *, two_steps: bool
) -> CodeModel:
    """Learn the weights of one code: logistic regressions, the two sides of each counting alike.

    `choices` are the values that the code can have, also where no text at hand has one. Two steps
    are only for three values and more, one of them a resting one.
    """
    from scipy.sparse import diags_array

    seen = (matrix @ diags_array(scales)).tocsr()
    addressed = ~np.isin(y, RESTING)
    if not (two_steps and len(choices) > 2 and set(choices) & set(RESTING)):
        fitted = _fit_sides(seen, y, choices)
        gate = None
    else:
        fitted = _fit_sides(seen[addressed], y[addressed], choices)
        weights, intercept = _fit_side(seen, addressed)
        gate = (weights * scales, intercept)
    weights = np.array([side[0] for side in fitted]) * scales
    return CodeModel(choices, weights, np.array([side[1] for side in fitted]), gate)


def macro_f1(truth: Words, found: Words) -> float:
    """Return the mean F1 of all values that either has."""
    sums = [
        (
            np.sum((truth == value) & (found == value)),
            np.sum(truth == value),
            np.sum(found == value),
        )
        for value in {*truth, *found}
    ]
    return float(np.mean([2 * both / (left + right) for both, left, right in sums]))


def _fit_sides(matrix: Any, y: Words, choices: tuple[str, ...]) -> list[tuple[Floats, float]]:
    """Fit each value against the others; of two values one is the other turned."""
    if len(choices) == 2 and len(set(y)) == 2:
        weights, intercept = _fit_side(matrix, y == choices[1])
        return [(-weights, -intercept), (weights, intercept)]
    return [_fit_side(matrix, y == value) for value in choices]


def _fit_side(matrix: Any, has: NDArray[np.bool_]) -> tuple[Floats, float]:
    from sklearn.linear_model import LogisticRegression

    if has.all() or not has.any():
        return np.zeros(matrix.shape[1]), ALWAYS if has.all() else NEVER
    model = LogisticRegression(
        C=STRENGTH, solver="liblinear", class_weight="balanced", random_state=0
    )
    model.fit(matrix, has)
    return model.coef_[0], float(model.intercept_[0])
