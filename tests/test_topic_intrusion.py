"""Questions to people about topics."""

import pandas as pd
import pytest

from analysis.models.topic_intrusion import label_choice, topic_intrusion, word_intrusion
from analysis.models.topic_words import rank_probable
from analysis.models.topics import fit_topics
from tests.topical import world

LETTERS = "abcdef"


@pytest.fixture(scope="module")
def fitted():
    return fit_topics(*world(), k=4, seed=1, n_refits=1)


@pytest.fixture(scope="module")
def texts(fitted):
    return pd.Series({unit: f"words of {unit}" for unit in fitted.parts.matrix.unit_ids})


def options(row):
    found = [getattr(row, f"option_{letter}") for letter in LETTERS]
    return [option for option in found if isinstance(option, str)]


def test_of_six_words_five_are_of_the_topic_and_the_key_knows_the_sixth(fitted):
    task, key = word_intrusion(fitted, seed=2, n_items=4)
    terms = fitted.parts.matrix.terms
    tops = dict(zip(fitted.parts.names, rank_probable(fitted.parts.weights)[:, :10], strict=True))
    assert len(task) == len(key) == 16
    for row, kept in zip(task.itertuples(), key.itertuples(), strict=True):
        own = {terms[at] for at in tops[str(kept.topic)]}
        foreign = [LETTERS[at] for at, word in enumerate(options(row)) if word not in own]
        assert foreign == [kept.answer]
        assert kept.n_options == len(options(row)) == 6


def test_a_coder_sees_no_answer(fitted):
    task, _ = word_intrusion(fitted, seed=2)
    assert task["answer"].isna().all()
    assert "topic" not in task


def test_a_texts_three_first_topics_stand_beside_one_that_it_has_little_of(fitted, texts):
    task, key = topic_intrusion(fitted, texts, seed=2)
    shares = fitted.topic_shares.pivot_table(
        index="unit_id", columns="topic", values="share", observed=True
    )
    called = [
        ", ".join(fitted.parts.matrix.terms[at] for at in row)
        for row in rank_probable(fitted.parts.weights)[:, :5]
    ]
    for row, kept in zip(task.itertuples(), key.itertuples(), strict=True):
        assert row.shown == f"words of {kept.unit_id}"
        wrong = called.index(getattr(row, f"option_{kept.answer}"))
        assert shares.loc[kept.unit_id].iloc[wrong] == shares.loc[kept.unit_id].min()
        assert shares.loc[kept.unit_id].idxmax() == kept.topic


def test_labels_stand_in_place_of_words(fitted, texts):
    labels = {name: f"label {number}" for number, name in enumerate(fitted.parts.names)}
    task, key = topic_intrusion(fitted, texts, seed=2, labels=labels)
    assert set(task["task"]) == {"label_intrusion"}
    assert {option for row in task.itertuples() for option in options(row)} <= set(labels.values())
    task, key = label_choice(fitted, texts, seed=2, labels=labels)
    for row, kept in zip(task.itertuples(), key.itertuples(), strict=True):
        assert getattr(row, f"option_{kept.answer}") == labels[str(kept.topic)]


def test_the_same_seed_asks_the_same(fitted, texts):
    for one, other in zip(*(topic_intrusion(fitted, texts, seed=5) for _ in range(2)), strict=True):
        assert one.equals(other)
    assert not word_intrusion(fitted, seed=1)[0].equals(word_intrusion(fitted, seed=2)[0])


def test_labels_must_fit_the_topics(fitted, texts):
    names = fitted.parts.names
    with pytest.raises(ValueError, match="no topic 'T9'"):
        topic_intrusion(fitted, texts, seed=1, labels={"T9": "a"})
    with pytest.raises(ValueError, match="has none; give one for each"):
        label_choice(fitted, texts, seed=1, labels={names[0]: "a"})
    with pytest.raises(ValueError, match="two topics have the same"):
        label_choice(fitted, texts, seed=1, labels=dict.fromkeys(names, "a"))


def test_texts_of_other_units_and_models_of_few_terms_ask_nothing(fitted):
    with pytest.raises(ValueError, match=r"none is of a unit.*\['x'\], units \['u00', 'u01'"):
        topic_intrusion(fitted, pd.Series({"x": "words"}), seed=1)
    counts, units = world()
    few = counts[counts["term"].isin(["barley", "court", "sail"])].reset_index(drop=True)
    with pytest.raises(ValueError, match="3 terms; a topic's 10 leave none"):
        word_intrusion(fit_topics(few, units, k=2, seed=1, n_refits=1), seed=1)


def test_three_topics_are_too_few(texts):
    three = fit_topics(*world(), k=3, seed=1, n_refits=1)
    with pytest.raises(ValueError, match="3 topics; 4 are needed"):
        topic_intrusion(three, texts, seed=1)
