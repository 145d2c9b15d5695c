"""Which words speak for a topic."""

import numpy as np
import pytest

from analysis.models.topic_words import (
    exclusivity,
    frex,
    rank_frex,
    rank_probable,
    rank_relevant,
)

# Both topics say the first word most; the second and the third word belong to one each.
TOPICS = np.array([[50.0, 40, 0, 10], [50, 0, 40, 10]])


def test_the_most_probable_word_may_be_everyones():
    assert rank_probable(TOPICS)[:, 0].tolist() == [0, 0]


def test_relevance_prefers_the_topics_own():
    assert rank_relevant(TOPICS)[:, 0].tolist() == [1, 2]


def test_frex_prefers_words_that_are_both_frequent_and_own():
    weights = np.array([[50.0, 40, 0, 1, 9, 0], [60, 0, 40, 0, 2, 1]])
    assert rank_frex(weights)[:, 0].tolist() == [1, 2]


def test_frex_by_hand():
    # In the first topic: exclusivity 1/2, 1, 0, 1/2 -> ranks 3/4, 1, 1/4, 3/4; frequency ranks
    # 1, 3/4, 1/4, 1/2; then the harmonic means.
    expected = [2 / (4 / 3 + 1), 2 / (1 + 4 / 3), 2 / (4 + 4), 2 / (4 / 3 + 2)]
    assert frex(TOPICS)[0] == pytest.approx(expected)


def test_topics_of_own_words_are_more_exclusive_than_topics_of_the_same_words():
    apart = np.array([[4.0, 3, 2, 1, 0, 0, 0, 0], [0, 0, 0, 0, 4, 3, 2, 1]])
    alike = np.array([[4.0, 3, 2, 1, 1, 1, 1, 1], [4, 3, 2, 1, 1, 1, 1, 2]])
    assert (exclusivity(apart, n_terms=3) > exclusivity(alike, n_terms=3)).all()
    assert (exclusivity(apart, n_terms=3) <= 3).all()
