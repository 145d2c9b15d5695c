"""What a stance model sees of texts."""

import pandas as pd
import pytest

from analysis.models.stance_blocks import OpinionBlock, fit_letters, fit_words, opinions_of

ROWS = pd.DataFrame({"text": ["a good bridge", "not a good toll", "no bridge", "the toll"]})


def test_words_are_named_by_their_column():
    words, opinion = fit_words(ROWS)
    assert {"word: good", "word: good_NEG", "word: a good bridge"} <= set(words.names())
    assert words.matrix(ROWS).shape == (4, len(words.names()))
    assert opinion.names()[0] == "text: good words"
    before = fit_words(ROWS.rename(columns={"text": "before"}), "before")[0]
    assert "before: good" in before.names()


def test_letters_stay_within_words():
    names = fit_letters(ROWS).names()
    assert "letters: brid" in names
    assert not any("d t" in name for name in names)


@pytest.mark.parametrize(
    ("words", "values"),
    [
        (["praised", "them"], [1, 0]),
        (["praised_NEG"], [-0.7]),
        (["accused", "accused_NEG"], [-2, 1.4]),
    ],
)
def test_negation_turns_an_opinion_and_weakens_it(words, values):
    assert opinions_of(words) == pytest.approx(values)


def test_good_and_bad_words_are_weighed_against_each_other():
    rows = pd.DataFrame({"text": ["They praised it", "They accused him", "The table"]})
    good, bad, both = OpinionBlock("text").matrix(rows).toarray().T
    assert good[0] > 0 == bad[0]
    assert bad[1] > 0 == good[1]
    assert both.tolist() == pytest.approx((good - bad).tolist())
    assert not good[2] and not bad[2]
