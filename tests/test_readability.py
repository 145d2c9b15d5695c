"""How hard texts are to read."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import TableError
from analysis.features.readability import readability
from analysis.tables import READABILITY, check_table

TEXT = "The ministers met in Geneva. They signed an agreement about the islands."


def row(text, **options):
    return check_table(readability(pd.Series({"a": text}), **options), READABILITY).iloc[0]


def test_worked_by_hand():
    # 12 words, 2 sentences, 59 letters; 20 syllables; hard: ministers, Geneva, agreement;
    # long: ministers, agreement, islands.
    found = row(TEXT)
    assert (found.n_words, found.n_sentences) == (12, 2)
    assert found.letters_per_word == 59 / 12
    assert found.syllables_per_word == 20 / 12
    assert found.flesch == pytest.approx(206.835 - 1.015 * 6 - 84.6 * 20 / 12)
    assert found.flesch_kincaid == pytest.approx(0.39 * 6 + 11.8 * 20 / 12 - 15.59)
    assert found.gunning_fog == pytest.approx(0.4 * (6 + 100 * 3 / 12))
    assert found.smog == pytest.approx(1.043 * np.sqrt(30 * 3 / 2) + 3.1291)
    assert found.coleman_liau == pytest.approx(5.88 * 59 / 12 - 29.6 * 2 / 12 - 15.8)
    assert found.automated_readability == pytest.approx(4.71 * 59 / 12 + 0.5 * 6 - 21.43)
    assert found.lix == pytest.approx(6 + 100 * 3 / 12)
    assert found.rix == 1.5
    assert found.note == "fewer than 100 words"


def test_a_text_said_twice_is_as_hard_as_once():
    numbers = [name for name, kind in READABILITY.columns.items() if kind == "number"]
    once, twice = row(TEXT)[numbers], row(f"{TEXT} {TEXT}")[numbers]
    assert once.tolist() == pytest.approx(twice.tolist())


def test_longer_sentences_are_harder():
    easy, hard = row("He came. He saw. He won."), row("He came and he saw and then he won.")
    assert easy.flesch > hard.flesch
    assert easy.lix < hard.lix


def test_other_languages_are_measured_by_letters():
    found = row("Les ministres se réunissent. Ils signent.", language="fr")
    assert found.lix == pytest.approx(3 + 100 * 3 / 6)
    assert np.isnan(found[["flesch", "smog", "syllables_per_word"]].tolist()).all()
    assert found.note == (
        "fewer than 100 words; "
        "not in 'fr': no syllables_per_word, flesch, flesch_kincaid, gunning_fog, smog"
    )
    with pytest.raises(ValueError, match="xx"):
        row("a", language="xx")


def test_where_words_are_written_together_words_have_no_length():
    found = row("交渉は続く。島は近い。", language="ja")
    assert found.n_sentences == 2
    assert np.isnan(found[["lix", "rix", "coleman_liau", "automated_readability"]].tolist()).all()
    assert "words are written together: no coleman_liau" in found.note


WORDS = st.lists(st.sampled_from(["peace", "island", "negotiation", "a"]), min_size=1, max_size=9)


@given(st.lists(WORDS, min_size=1, max_size=5))
def test_sums_of_words(sentences):
    text = " ".join(" ".join(words).capitalize() + "." for words in sentences)
    found, words = row(text), [word for words in sentences for word in words]
    syllables = {"peace": 1, "island": 2, "negotiation": 5, "a": 1}
    assert (found.n_words, found.n_sentences) == (len(words), len(sentences))
    assert found.letters_per_word == pytest.approx(np.mean([len(word) for word in words]))
    assert found.syllables_per_word == pytest.approx(np.mean([syllables[word] for word in words]))


def test_texts_do_not_hear_each_other_and_signs_are_no_sentence():
    both = readability(pd.Series({"a": TEXT, "b": "Peace. ... Trade!"}))
    numbers = [name for name, kind in READABILITY.columns.items() if kind == "number"]
    assert both.loc[0, numbers].tolist() == pytest.approx(row(TEXT)[numbers].tolist())
    assert both.loc[1, "n_sentences"] == 2


def test_an_id_stands_once():
    with pytest.raises(TableError, match="id 'a' stands twice"):
        readability(pd.Series(["x", "y"], index=["a", "a"]))


def test_no_words():
    found = readability(pd.Series({"a": None, "b": "?!", "c": "word " * 100}))
    assert found["note"].tolist()[:2] == ["no words"] * 2
    assert found.loc[:1, "lix"].isna().all()
    assert pd.isna(found["note"][2])
