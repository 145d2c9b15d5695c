"""The topics of two models side by side."""

import numpy as np
import pytest

from analysis.models.topic_matching import match_topics

TOPICS = np.eye(3, 30) * 5 + np.random.default_rng(3).random((3, 30))


def test_a_model_matches_itself_in_any_order():
    found = match_topics(TOPICS, TOPICS[[2, 0, 1]])
    assert found.places.tolist() == [1, 2, 0]
    assert found.cosine == pytest.approx(np.ones(3))
    assert found.jaccard.tolist() == [1, 1, 1]


def test_scale_does_not_matter():
    found = match_topics(TOPICS, TOPICS * np.array([[3.0], [0.1], [9]]))
    assert found.cosine == pytest.approx(np.ones(3))


def test_no_topic_is_matched_twice():
    twice = np.stack([TOPICS[0], TOPICS[0], TOPICS[2]])
    assert sorted(match_topics(twice, TOPICS).places) == [0, 1, 2]


def test_a_smaller_model_leaves_topics_of_the_other_unmatched():
    assert match_topics(TOPICS[[2]], TOPICS).places.tolist() == [2]
    with pytest.raises(ValueError, match="must have a topic for each"):
        match_topics(TOPICS, TOPICS[:2])
