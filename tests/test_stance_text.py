"""What a stance model sees of a text."""

import pytest

from analysis.models.stance_text import clean, fit_text_features, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("We do not want this treaty. Peace!", "we do not want_NEG this_NEG treaty_NEG . peace !"),
        ("I can't accept it", "i can't accept_NEG it_NEG"),
        ("No one two three four five", "no one_NEG two_NEG three_NEG four_NEG five"),
        ("#Peace @North", "#peace @north"),
    ],
)
def test_negation_reaches_four_words_or_a_sign(text, words):
    assert words_of(text) == words.split()


def test_addresses_of_pages_are_one_word():
    assert clean("see  https://example.org/a?b=1 now") == "see URL now"


def test_hashtags_are_followed_by_their_words():
    assert clean("#BuildTheBridge #peace #USAToday") == (
        "#BuildTheBridge Build The Bridge #peace #USAToday USA Today"
    )


def test_features_are_shared_and_copied_for_their_target():
    features = fit_text_features(["good bridge", "bad bridge", "good toll"], ["b", "b", "t"])
    matrix = features.matrix(["good"] * 2, ["b", "t"])
    names = features.names()
    assert matrix.shape == (2, len(names))
    filled = [{names[column] for column in matrix[[row]].indices} for row in (0, 1)]
    assert {"word: good", "word: good [b]", "target: b"} <= filled[0]
    assert {"word: good", "word: good [t]", "target: t"} <= filled[1]
    assert "word: good [t]" not in filled[0]
