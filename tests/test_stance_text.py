"""The words of a text as a stance model reads them."""

import pandas as pd
import pytest

from analysis.models.stance_text import clean, masked_texts, mentions, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("We do not want this treaty. Peace!", "we do not want_NEG this_NEG treaty_NEG . peace !"),
        ("I can't accept it", "i can't accept_NEG it_NEG"),
        ("No one two three four five", "no one_NEG two_NEG three_NEG four_NEG five"),
        ("Hardly a success", "hardly a_NEG success_NEG"),
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


def test_a_mention_stands_without_its_name():
    rows = pd.DataFrame({"text": ["They praised Mr. North again"], "start": ["13"], "end": ["22"]})
    assert mentions(rows) == [("They praised ", "Mr. North", " again")]
    assert masked_texts(rows) == ["They praised TARGETX again"]
    assert masked_texts(rows[["text"]]) == ["They praised Mr. North again"]
