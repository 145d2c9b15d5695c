"""Whose words may be counted."""

import pandas as pd
import pytest

from analysis.errors import TableError
from analysis.voices import check_not_synthetic, check_voice


def units(*voices):
    names = [f"u{number}" for number in range(len(voices))]
    return pd.DataFrame({"unit_id": names, "voice": pd.Categorical(voices)})


def test_one_voice_of_own_words_passes_and_is_named():
    assert check_voice(units("original", "original")) == "original"


@pytest.mark.parametrize(
    "voices", [("paraphrase",), ("original", "press_translation"), ("original", None), ()]
)
def test_other_words_are_refused_unless_the_user_says_any(voices):
    with pytest.raises(TableError, match=r"voices are .*voice='any'"):
        check_voice(units(*voices))
    assert check_voice(units(*voices), "any") == "any"


def test_synthetic_is_refused_always_and_the_message_says_why():
    for voice in (None, "any"):
        with pytest.raises(TableError, match=r"1 of 2 rows .*'u1'.*not evidence"):
            check_voice(units("original", "synthetic"), voice)


def test_a_table_without_synthetic_rows_comes_back():
    frame = units("original", "paraphrase")
    assert check_not_synthetic(frame) is frame


def test_another_word_for_voice_names_the_choices():
    with pytest.raises(ValueError, match=r"voice is 'all'; it is None .* or 'any'"):
        check_voice(units("original"), "all")
