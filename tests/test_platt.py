"""Scores as probabilities."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from analysis.models.platt import Calibration, fit_calibration

RNG = np.random.default_rng(4)
VALUES = np.array(["against", "favor", "none"], dtype=object)


@pytest.mark.parametrize("n_values", [2, 3])
def test_a_multinomial_regression_on_scores(n_values):
    y = VALUES[np.arange(60) % n_values]
    scores = RNG.normal(size=(60, n_values)) + (y[:, None] == VALUES[:n_values])
    found = fit_calibration(scores, y).probabilities(scores)
    oracle = LogisticRegression(C=1.0, max_iter=1000).fit(scores, y)
    assert found == pytest.approx(oracle.predict_proba(scores), abs=1e-6)
    assert found.sum(axis=1) == pytest.approx(np.ones(60))


def test_how_often_a_score_holds_is_known():
    scores = np.repeat([[1.0, 0.0]], 400, axis=0)
    y = np.array(["absent"] * 300 + ["present"] * 100, dtype=object)
    found = fit_calibration(scores, y).probabilities(scores)[0]
    assert found == pytest.approx([0.75, 0.25], abs=0.01)


def test_a_shift_of_all_logits_changes_nothing():
    slopes = np.array([[1.0, 0], [0, 2]])
    one = Calibration(slopes, np.array([0.0, 1])).probabilities(np.ones((1, 2)))
    two = Calibration(slopes, np.array([5.0, 6])).probabilities(np.ones((1, 2)))
    assert one == pytest.approx(two)
