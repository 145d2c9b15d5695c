"""How near topics may lie to each other."""

import numpy as np
import pytest
from scipy.sparse import csr_array

from analysis.models.topic_blends import blend_topics, widest_blend
from analysis.models.topic_fits import project_units

TOPICS = np.array([[0.5, 0.3, 0.1, 0.1], [0.1, 0.1, 0.3, 0.5]])
APART = np.array([[0.6, 0.4, 0.0, 0.0], [0.0, 0.0, 0.4, 0.6]])


def texts(mixes, topics, tokens, seed=3):
    """Units of so many tokens, each by its mix of topics."""
    rng = np.random.default_rng(seed)
    return csr_array(np.array([rng.multinomial(tokens, mix @ topics) for mix in mixes], float))


def mixed(low, high, n=60, seed=4):
    """Mixes of two topics, the first between `low` and `high`."""
    first = np.random.default_rng(seed).uniform(low, high, n)
    return np.column_stack([first, 1 - first])


def test_a_blend_takes_a_part_of_the_mean_of_all():
    assert blend_topics(TOPICS * 7, 0) == pytest.approx(TOPICS)
    assert blend_topics(TOPICS, 0.5)[0] == pytest.approx([0.4, 0.25, 0.15, 0.2])
    assert blend_topics(TOPICS, 1) == pytest.approx(np.tile(TOPICS.mean(axis=0), (2, 1)))
    assert blend_topics(TOPICS, 0.3).sum(axis=1) == pytest.approx(np.ones(2))


def test_nearer_topics_in_purer_texts_give_the_same_words():
    # By hand: what lies between even shares grows by one over what the topics keep.
    shares = np.array([[0.6, 0.4], [0.35, 0.65]])
    seen = project_units(csr_array(shares @ TOPICS * 1000), blend_topics(TOPICS, 0.4))
    assert seen == pytest.approx(0.5 + (shares - 0.5) / 0.6, abs=2e-3)
    assert seen @ blend_topics(TOPICS, 0.4) == pytest.approx(shares @ TOPICS, abs=1e-3)


def test_topics_that_lie_too_far_apart_may_be_drawn_to_where_the_words_were_from():
    near = blend_topics(APART, 0.4)
    found = widest_blend(texts(mixed(0, 1), near, 200), APART, seed=1)
    assert found == pytest.approx(0.4, abs=0.08)


def test_the_widest_blend_is_that_of_a_search_through_all():
    units, part = texts(mixed(0, 1), TOPICS, 60), 0.5
    halves = np.random.default_rng(9).binomial(units.data.astype(int), part)
    assert halves.sum() > 0
    found = widest_blend(units, APART, seed=9)
    first = units.copy()
    first.data = halves.astype(float)
    pairs = (first.toarray(), (units - first).toarray())
    tried = np.linspace(0, 0.8, 81)
    likely = [sum(foretold(*p, tried_part) for p in (pairs, pairs[::-1])) for tried_part in tried]
    assert found == pytest.approx(tried[int(np.argmax(likely))], abs=0.03)


def foretold(seen, unseen, part):
    """The log likelihood of words unseen, by an EM of its own."""
    topics = blend_topics(APART, part) + 1e-12
    shares = np.full((len(seen), 2), 0.5)
    for _ in range(400):
        shares = shares * ((seen / (shares @ topics)) @ topics.T) / seen.sum(axis=1, keepdims=True)
    n = seen.sum(axis=1, keepdims=True)
    return (unseen * np.log((shares * n + 0.5) / (n + 1) @ topics)).sum()


def test_long_texts_wholly_of_one_topic_leave_nothing_open():
    pure = np.repeat(np.eye(2), 10, axis=0)
    assert widest_blend(texts(pure, APART, 500), APART, seed=1) < 0.02


def test_the_same_seed_gives_the_same_and_units_of_one_word_tell_nothing():
    units = texts(mixed(0, 1), TOPICS, 60)
    assert widest_blend(units, APART, seed=2) == widest_blend(units, APART, seed=2)
    assert widest_blend(csr_array(np.eye(4)), TOPICS, seed=2) == 0
