"""Labelled texts and predictions on disk."""

import pandas as pd
import pytest

from analysis.errors import LoadError
from analysis.models.stance_files import load_labelled, save_predictions


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
