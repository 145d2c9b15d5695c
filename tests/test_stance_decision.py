"""From scores to probabilities and classes."""

import numpy as np
import pytest

from analysis.models.stance_decision import fit_decision

LABELS = ["against", "favor", "none"]


def scored(n=3000, seed=1):
    """Return scores that say too much of the truth, and classes drawn by their halves."""
    rng = np.random.default_rng(seed)
    logits = rng.normal(0, 1, (n, 3)) - np.array([0, 1.5, 0])
    powers = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    places = (powers.cumsum(axis=1) > rng.random((n, 1))).argmax(axis=1)
    return 2 * logits, np.array(LABELS, dtype=object)[places], powers


def test_probabilities_are_those_the_classes_were_drawn_by():
    scores, y, truth = scored()
    found = fit_decision(scores, y, LABELS, LABELS).probabilities(scores)
    assert found.sum(axis=1) == pytest.approx(1)
    assert np.abs(found - truth).mean() < 0.02


def test_a_rare_class_is_chosen_before_it_is_the_likeliest():
    scores, y, _ = scored()
    decision = fit_decision(scores, y, LABELS, ["against", "favor"])
    likeliest = decision.probabilities(scores).argmax(axis=1)
    chosen = decision.choose(decision.probabilities(scores))
    assert (chosen == 1).sum() > (likeliest == 1).sum()
    assert decision.factors[1] > 1


def test_with_two_classes_the_probabilities_add_up():
    scores, y, _ = scored()
    two = y != "none"
    decision = fit_decision(scores[two, :2], y[two], LABELS[:2], LABELS[:2])
    assert decision.probabilities(scores[two, :2]).sum(axis=1) == pytest.approx(1)
