"""A model of one code."""

import numpy as np
import pytest
from scipy.sparse import csr_array
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from analysis.models.learned_models import (
    ALWAYS,
    NEVER,
    fit_model,
    macro_f1,
)

RNG = np.random.default_rng(5)
Y = np.array(["favor"] * 10 + ["against"] * 8 + ["not_addressed"] * 22, dtype=object)
DENSE = RNG.normal(size=(40, 3)) + 3 * np.stack(
    [Y == "favor", Y == "against", Y == "not_addressed"], axis=1
)
SEEN = csr_array(DENSE)
CHOICES = ("against", "favor", "not_addressed")


def test_one_step_is_a_balanced_logistic_regression_for_each_value():
    model = fit_model(SEEN, Y, CHOICES, np.ones(3), two_steps=False)
    oracle = LogisticRegression(C=10, solver="liblinear", class_weight="balanced", random_state=0)
    oracle.fit(DENSE, Y == "favor")
    assert model.weights[1] == pytest.approx(oracle.coef_[0])
    assert model.scores(SEEN)[:, 1] == pytest.approx(oracle.decision_function(DENSE))


def test_two_steps_decide_first_whether_and_then_how():
    model = fit_model(SEEN, Y, CHOICES, np.ones(3), two_steps=True)
    scores = model.scores(SEEN)
    addressed = SEEN @ model.gate[0] + model.gate[1] > 0
    assert ((scores.argmax(axis=1) == 2) == ~addressed).all()
    how = (SEEN @ model.weights.T + model.intercepts)[:, :2].argmax(axis=1)
    assert (scores.argmax(axis=1)[addressed] == how[addressed]).all()
    assert (np.array(CHOICES, dtype=object)[scores.argmax(axis=1)] == Y).mean() > 0.9


def test_without_a_resting_value_two_steps_are_one():
    y = np.where(Y == "not_addressed", "ambiguous", Y)
    model = fit_model(SEEN, y, ("against", "ambiguous", "favor"), np.ones(3), two_steps=True)
    assert model.gate is None


def test_what_does_not_count_has_no_weight():
    for two_steps in (False, True):
        scales = np.array([1.0, 0.0, 1.0])
        model = fit_model(SEEN, Y, CHOICES, scales, two_steps=two_steps)
        assert (model.pulls()[:, 1] == 0).all()
        assert (model.pulls()[:, 0] != 0).any()


def test_scaling_a_column_and_weighing_it_by_hand_are_the_same():
    scaled = csr_array(DENSE * np.array([2.0, 1, 1]))
    one = fit_model(scaled, Y, CHOICES, np.ones(3), two_steps=False)
    two = fit_model(SEEN, Y, CHOICES, np.array([2.0, 1, 1]), two_steps=False)
    assert two.scores(SEEN) == pytest.approx(one.scores(scaled))


def test_a_value_that_nobody_has_is_never_given_and_one_that_all_have_always():
    y = np.array(["absent"] * 40, dtype=object)
    model = fit_model(SEEN, y, ("absent", "present"), np.ones(3), two_steps=False)
    assert (model.scores(SEEN) == [ALWAYS, NEVER]).all()
    nothing = fit_model(SEEN[:0], y[:0], ("absent", "present"), np.ones(3), two_steps=False)
    assert (nothing.scores(SEEN).argmax(axis=1) == 0).all()


def test_pulls_in_two_steps_join_both():
    model = fit_model(SEEN, Y, CHOICES, np.ones(3), two_steps=True)
    assert model.pulls()[2] == pytest.approx(-model.gate[0])
    assert model.pulls()[1] == pytest.approx(model.gate[0] + model.weights[1])


def test_macro_f1_is_that_of_others():
    truth, found = Y, np.roll(Y, 3)
    assert macro_f1(truth, found) == pytest.approx(f1_score(truth, found, average="macro"))
    assert macro_f1(truth, truth) == 1
