"""The experts of a stance model."""

import numpy as np
import pytest
from scipy.sparse import csr_array

from analysis.models.stance_experts import Sight, fit_experts, weights_toward

LABELS = ("against", "favor")
Y = np.array(["favor", "favor", "against", "against"] * 2, dtype=object)
WORDS = csr_array(np.array([[1, 0, 1], [1, 0, 0], [0, 1, 1], [0, 1, 0]] * 2, dtype=float))
TARGETS = np.array(["bridge"] * 4 + ["toll"] * 4, dtype=object)


def sight(meaning=None, targets=TARGETS):
    return Sight(WORDS, targets, meaning)


def test_every_expert_gives_each_class_a_score():
    assert fit_experts(sight(), Y, LABELS).scores(sight()).shape == (8, 4)
    one = sight(targets=np.full(8, "bridge", dtype=object))
    assert fit_experts(one, Y, LABELS).scores(one).shape == (8, 2)
    seen = sight(meaning=WORDS.toarray())
    assert fit_experts(seen, Y, LABELS).scores(seen).shape == (8, 6)


def test_a_part_of_what_is_seen():
    part = sight(meaning=WORDS.toarray()).part(np.array([0, 4]))
    assert part.targets.tolist() == ["bridge", "toll"]
    assert part.words.shape == part.meaning.shape == (2, 3)


def test_weights_toward_labels_add_up_to_what_sets_labels_apart():
    seen = sight(meaning=2 * WORDS.toarray())
    experts = fit_experts(seen, Y, LABELS)
    slopes = np.random.default_rng(1).normal(size=(6, 2))
    toward = weights_toward(experts, slopes, "toll")
    text = seen.part(np.array([6]))
    added = (text.words @ toward["words"].T)[0] + (text.meaning @ toward["meaning"].T)[0]
    alone = sum(
        slopes[2 * place : 2 * place + 2].T @ expert.intercepts[expert.owner("toll")]
        for place, (_, expert) in enumerate(experts.parts())
    )
    logits = (experts.scores(text) @ slopes)[0] - alone
    assert added == pytest.approx(logits - logits.mean())
