"""Words that speak well or ill."""

import pytest

from analysis.language.opinion import load_opinions


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("praised", 1),
        ("accused", -2),
        ("admirable", 2),
        ("disagreed", -1),
        ("agreed", 1),
        ("table", 0),
        ("denmark", 0),
        ("denied", -1),
        ("liar", -2),
    ],
)
def test_the_longest_entry_counts(word, value):
    assert load_opinions("en").value(word) == value


def test_no_word_stands_twice():
    opinions = load_opinions("en")
    assert not set(opinions.words) & set(opinions.stems)
    assert len(opinions.words) + len(opinions.stems) > 800


def test_a_language_without_a_lexicon():
    assert load_opinions("und").value("good") == 0
