"""Linear models of stance by target."""

import pandas as pd

from analysis.models.stance_blocks import fit_words
from analysis.models.stance_linear import ALWAYS, NEVER, SHARED, fit_linear, see

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


def fitted(rows=ROWS, targets=("bridge", "toll")):
    blocks = tuple(fit_words(rows))
    matrix = see(blocks, rows)
    return fit_linear(blocks, matrix, rows, labels=LABELS, targets=targets), matrix


def test_each_target_has_weights_of_its_own():
    rows = ROWS.assign(label=["favor"] * 2 + ["against"] * 4 + ["favor"] * 2)
    linear, matrix = fitted(rows)
    scores = linear.scores(matrix, linear.owners(rows))
    found = [LABELS[place] for place in scores[:, :2].argmax(axis=1)]
    assert found == rows["label"].tolist()


def test_a_class_without_texts_is_never_near():
    linear, matrix = fitted()
    assert (linear.scores(matrix, linear.owners(ROWS))[:, 2] == NEVER).all()
    linear, _ = fitted(ROWS.assign(label="none"))
    assert (linear.intercepts[:, 2] == ALWAYS).all()


def test_one_model_for_all_targets():
    linear, matrix = fitted(targets=(SHARED,))
    assert linear.weights.shape == (1, 3, matrix.shape[1])
    assert linear.owners(ROWS).tolist() == [0] * 8
