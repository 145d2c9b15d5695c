"""Linear models of stance: a score for each text and class, by target or for all targets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Words = NDArray[np.object_]

# The score of a class that a target has no text of, and of one that all its texts have.
NEVER, ALWAYS = -1.5, 1.0
# What a model is called that all targets share.
SHARED = ""


@dataclass(frozen=True)
class LinearScores:
    """Weights that give each text a score for each class.

    Attributes
    ----------
    targets
        The targets with weights of their own; the empty name stands for all.
    weights, intercepts
        By target, of each class (rows) and feature; by target, of each class.
    """

    targets: tuple[str, ...]
    weights: Floats
    intercepts: Floats

    def owner(self, target: str) -> int:
        """Return the place of a target's weights."""
        return 0 if self.targets == (SHARED,) else self.targets.index(target)

    def scores(self, matrix: Any, targets: Words) -> Floats:
        """Return a row for each text, a column for each class."""
        found = np.zeros((len(targets), self.weights.shape[1]))
        for target in np.unique(targets):
            mine, place = targets == target, self.owner(target)
            found[mine] = matrix[mine] @ self.weights[place].T + self.intercepts[place]
        return found


def fit_linear(
    matrix: Any, y: Words, targets: Words, *, labels: Sequence[str], strength: float
) -> LinearScores:
    """Learn the weights of each target and class from the texts of the target.

    A support vector machine for each class against the others, all classes counting alike
    (Mohammad and others 2016, SemEval-2016 Task 6, for models by target).

    Parameters
    ----------
    matrix
        What is seen of the texts.
    y, targets
        The class and the target of each; targets that are all empty make one model of all.
    labels
        The classes in the order of the scores.
    strength
        How dear errors are (C).
    """
    names = tuple(np.unique(targets).tolist())
    weights = np.zeros((len(names), len(labels), matrix.shape[1]))
    intercepts = np.full((len(names), len(labels)), NEVER)
    for place, target in enumerate(names):
        mine = targets == target
        for column, label in enumerate(labels):
            has = y[mine] == label
            if has.all():
                intercepts[place, column] = ALWAYS
            elif has.any():
                fitted = _fit_class(matrix[mine], has, strength)
                weights[place, column], intercepts[place, column] = fitted
    return LinearScores(names, weights, intercepts)


def _fit_class(matrix: Any, has: NDArray[np.bool_], strength: float) -> tuple[Floats, float]:
    from sklearn.svm import LinearSVC

    model = LinearSVC(C=strength, class_weight="balanced", random_state=0).fit(matrix, has)
    return model.coef_[0], float(model.intercept_[0])
