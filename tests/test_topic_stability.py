"""How much of each topic comes back."""

import numpy as np
import pytest

from analysis.models.topic_fits import Recipe, factorise, term_matrix
from analysis.models.topic_stability import topic_stability
from tests.topical import world


@pytest.fixture(scope="module")
def matrix():
    return term_matrix(*world()).counts


def test_topics_with_words_of_their_own_come_back(matrix):
    recipe = Recipe()
    weights = factorise(matrix, 3, seed=1, recipe=recipe).weights
    found = topic_stability(matrix, weights, seed=1, recipe=recipe)
    assert (found[["cosine", "seed_cosine"]] > 0.9).to_numpy().all()


def test_topics_of_nothing_do_not():
    noise = term_matrix(*world()).counts.copy()
    noise.data = np.random.default_rng(1).permutation(noise.data)
    weights = factorise(noise, 6, seed=1, recipe=Recipe()).weights
    assert topic_stability(noise, weights, seed=1, recipe=Recipe())["cosine"].min() < 0.9
