"""Labelled texts and predictions on disk."""

import pandas as pd
import pytest

from analysis.errors import LoadError
from analysis.models.stance_files import add_context, load_labelled, save_predictions


def test_words_stay_words(tmp_path):
    path = tmp_path / "train.csv"
    path.write_text("\ufeffid,target,text,label\n001,a,NA,none\n", encoding="utf-8")
    row = load_labelled(path).iloc[0]
    assert row.tolist() == ["001", "a", "NA", "none"]


def test_probabilities_have_six_digits(tmp_path):
    path = save_predictions(pd.DataFrame({"id": ["a"], "favor": [1 / 3]}), tmp_path / "out.csv")
    assert path.read_text() == "id,favor\na,0.333333\n"


def test_a_missing_file(tmp_path):
    with pytest.raises(LoadError, match="cannot be opened"):
        load_labelled(tmp_path / "none.csv")


def test_texts_of_a_speech_are_seen_with_their_neighbours(tmp_path):
    rows = pd.DataFrame(
        {
            "id": list("abcde"),
            "text": ["one", "two", "three", "four", "five"],
            "speech": list("ppppq"),
        }
    )
    found = add_context(rows)
    assert found["before"].tolist() == ["", "one", "one two", "two three", ""]
    assert found["after"].tolist() == ["two three", "three four", "four", "", ""]
    assert found["group"].tolist() == list("ppppq")
    assert add_context(rows.assign(debate="d"))["group"].tolist() == ["d"] * 5
    rows.to_csv(tmp_path / "texts.csv", index=False)
    assert load_labelled(tmp_path / "texts.csv").equals(found.astype("str"))
