"""Linear models of stance by target."""

import numpy as np
import pandas as pd

from analysis.models.stance_blocks import fit_words, see
from analysis.models.stance_linear import ALWAYS, NEVER, SHARED, fit_linear

ROWS = pd.DataFrame(
    {
        "target": ["bridge"] * 4 + ["toll"] * 4,
        "text": [
            *("good bridge", "fine bridge", "bad bridge", "ugly bridge"),
            *("good toll", "fine toll", "bad toll", "ugly toll"),
        ],
        "label": ["favor", "favor", "against", "against"] * 2,
    }
)
LABELS = ("against", "favor", "none")


TARGETS = ROWS["target"].to_numpy(dtype=object)


def fitted(labels=ROWS["label"], targets=TARGETS):
    matrix = see(fit_words(ROWS), ROWS)
    y = pd.Series(labels).to_numpy(dtype=object)
    return fit_linear(matrix, y, targets, labels=LABELS, strength=0.3), matrix


def test_each_target_has_weights_of_its_own():
    labels = ["favor"] * 2 + ["against"] * 4 + ["favor"] * 2
    linear, matrix = fitted(labels)
    scores = linear.scores(matrix, TARGETS)
    assert [LABELS[place] for place in scores[:, :2].argmax(axis=1)] == labels


def test_a_class_without_texts_is_never_near():
    linear, matrix = fitted()
    assert (linear.scores(matrix, TARGETS)[:, 2] == NEVER).all()
    linear, _ = fitted(["none"] * 8)
    assert (linear.intercepts[:, 2] == ALWAYS).all()


def test_one_model_for_all_targets():
    linear, matrix = fitted(targets=np.full(8, SHARED, dtype=object))
    assert linear.weights.shape == (1, 3, matrix.shape[1])
    assert linear.owner("bridge") == linear.owner("toll") == 0
