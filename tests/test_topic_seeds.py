"""Topics guided by words that the researcher names."""

import pytest

from analysis.codebook import Codebook, Frame
from analysis.models.topic_seeds import frame_seeds
from analysis.models.topics import fit_topics
from tests.topical import FIELDS, world

SEEDS = {"justice": ["court", "judge"], "fields": ["barley", "plough"]}


def top(model, topic):
    rows = model.topic_terms[(model.topic_terms["topic"] == topic)]
    return set(rows[rows["rank"] <= 8]["term"])


def test_a_seeded_topic_keeps_its_name_and_takes_the_words_that_go_with_its_seed():
    model = fit_topics(*world(), k=3, seed=1, seeds=SEEDS)
    assert top(model, "justice") == set(FIELDS["law"])
    assert top(model, "fields") == set(FIELDS["farm"])
    assert next(name for name in model.parts.names if name not in SEEDS).startswith("T")


def test_a_seed_pulls_words_together_that_do_not_meet_by_themselves():
    mixed = {"mixed": ["anchor", "court"]}
    model = fit_topics(*world(), k=4, seed=1, seeds=mixed)
    assert {"anchor", "court"} <= top(model, "mixed")


def test_the_same_seed_gives_the_same_guided_topics():
    first, second = (fit_topics(*world(), k=3, seed=4, seeds=SEEDS) for _ in range(2))
    assert first.topic_terms.equals(second.topic_terms)


def test_terms_that_the_model_does_not_have_are_told_with_near_ones():
    with pytest.raises(ValueError, match=r"seed 'justice'.*'courts'.*did you mean 'court'"):
        fit_topics(*world(), k=3, seed=1, seeds={"justice": ["courts"]})
    with pytest.raises(ValueError, match="give a list"):
        fit_topics(*world(), k=3, seed=1, seeds={"justice": []})


def test_more_seeds_than_topics_and_seeds_for_lda_are_refused():
    three = {**SEEDS, "waters": ["sail"]}
    with pytest.raises(ValueError, match=r"3 seeds .* but k is 2"):
        fit_topics(*world(), k=2, seed=1, seeds=three)
    with pytest.raises(ValueError, match="'kl_nmf' alone; the method is 'lda'"):
        fit_topics(*world(), k=3, seed=1, seeds=SEEDS, method="lda")


def frame(*patterns):
    return Frame(code="f", label="a frame", patterns=patterns)


def test_frames_give_their_one_word_patterns_but_not_those_of_two_frames():
    frames = {
        "justice": frame("judg*|court", "verdict of ... jury", "clause"),
        "trade": frame("clause", "voyage"),
        "none": frame("zeugma"),
    }
    terms = [term for field in FIELDS.values() for term in field]
    book = Codebook(version="1", frames=frames)
    assert frame_seeds(book, terms) == {"justice": ["court", "judge"], "trade": ["voyage"]}
