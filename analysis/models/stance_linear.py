"""Linear models of stance: one for each target and class, on the features of all texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.models.stance_blocks import Block

Floats = NDArray[np.float64]

STRENGTH = 0.3
# The score of a class that a target has no text of, and of one that all its texts have.
NEVER, ALWAYS = -1.5, 1.0
# What a model is called that all targets share.
SHARED = ""


@dataclass(frozen=True)
class LinearScores:
    """Weights that give each text a score for each class.

    Attributes
    ----------
    blocks
        What is seen of a text.
    targets
        The targets with weights of their own; the empty name stands for all.
    weights, intercepts
        By target, of each class (rows) and feature; by target, of each class.
    """

    blocks: tuple[Block, ...]
    targets: tuple[str, ...]
    weights: Floats
    intercepts: Floats

    def owners(self, rows: pd.DataFrame) -> NDArray[np.intp]:
        """Return the place of each text's target."""
        if self.targets == (SHARED,):
            return np.zeros(len(rows), dtype=np.intp)
        return np.array([self.targets.index(target) for target in rows["target"]], dtype=np.intp)

    def scores(self, matrix: Any, owners: NDArray[np.intp]) -> Floats:
        """Return a row for each text, a column for each class."""
        found = np.zeros((len(owners), self.weights.shape[1]))
        for place in range(len(self.targets)):
            mine = owners == place
            found[mine] = matrix[mine] @ self.weights[place].T + self.intercepts[place]
        return found


def see(blocks: Sequence[Block], rows: pd.DataFrame) -> Any:
    """Return what all blocks see of texts, side by side: a sparse matrix, a row for each."""
    from scipy.sparse import csr_array, hstack

    return csr_array(hstack([block.matrix(rows) for block in blocks]))


def fit_linear(
    blocks: tuple[Block, ...],
    matrix: Any,
    rows: pd.DataFrame,
    *,
    labels: Sequence[str],
    targets: tuple[str, ...],
) -> LinearScores:
    """Learn the weights of each target and class from the texts of the target.

    A support vector machine for each class against the others, all classes counting alike
    (Mohammad and others 2016, SemEval-2016 Task 6, for models by target).
    """
    weights = np.zeros((len(targets), len(labels), matrix.shape[1]))
    intercepts = np.full((len(targets), len(labels)), NEVER)
    for place, target in enumerate(targets):
        mine = np.ones(len(rows), dtype=bool)
        if target != SHARED:
            mine = (rows["target"] == target).to_numpy()
        for column, label in enumerate(labels):
            has = (rows["label"] == label).to_numpy()[mine]
            if has.all():
                intercepts[place, column] = ALWAYS
            elif has.any():
                fitted = _fit_class(matrix[mine], has)
                weights[place, column], intercepts[place, column] = fitted
    return LinearScores(blocks, targets, weights, intercepts)


def _fit_class(matrix: Any, has: NDArray[np.bool_]) -> tuple[Floats, float]:
    from sklearn.svm import LinearSVC

    model = LinearSVC(C=STRENGTH, class_weight="balanced", random_state=0).fit(matrix, has)
    return model.coef_[0], float(model.intercept_[0])
