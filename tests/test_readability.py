"""How hard texts are to read."""

import numpy as np
import pandas as pd
import pytest

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
    assert np.isnan(found.flesch)
    with pytest.raises(ValueError, match="xx"):
        row("a", language="xx")


def test_no_words():
    found = readability(pd.Series({"a": None, "b": "?!", "c": "word " * 100}))
    assert found["note"].tolist()[:2] == ["no words"] * 2
    assert found.loc[:1, "lix"].isna().all()
    assert pd.isna(found["note"][2])
