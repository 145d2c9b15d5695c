"""An index comes back from disk as it was."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.errors import LoadError
from analysis.index import build_index
from analysis.index_files import load_index, save_index

TEXTS = pd.Series({"n1": "Peace, peace and Trade.", "s1": "", "s2": "No peace: Ärger, 善隣"})


def files(folder):
    return {path.name: path.read_bytes() for path in Path(folder).iterdir()}


@pytest.mark.parametrize("texts", [TEXTS, TEXTS.iloc[:0]], ids=["texts", "no text"])
def test_what_was_saved_comes_back(tmp_path, texts):
    index = build_index(texts)
    again = load_index(save_index(index, tmp_path / "index"))
    for name in ("bounds", "codes", "starts", "ends", "form_terms", "term_codes", "unit_codes"):
        assert getattr(again, name).tolist() == getattr(index, name).tolist()
        assert getattr(again, name).dtype == getattr(index, name).dtype
    for name in ("unit_ids", "forms", "terms"):
        assert list(getattr(again, name)) == list(getattr(index, name))
    assert again.positions("peace").tolist() == index.positions("peace").tolist()


def test_arrays_stay_on_disk(tmp_path):
    again = load_index(save_index(build_index(TEXTS), tmp_path / "index"))
    assert isinstance(again.codes, np.memmap)


def test_the_same_texts_give_the_same_bytes_and_replace_what_was_there(tmp_path):
    save_index(build_index(TEXTS.iloc[:1]), tmp_path / "a")
    first = files(save_index(build_index(TEXTS), tmp_path / "a"))
    assert first == files(save_index(build_index(TEXTS), tmp_path / "b"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


def test_nothing_there_is_no_index(tmp_path):
    with pytest.raises(LoadError, match="no index of tokens"):
        load_index(tmp_path / "index")


def test_an_index_by_other_rules_is_refused(tmp_path):
    folder = save_index(build_index(TEXTS), tmp_path / "index")
    settings = json.loads((folder / "settings.json").read_text())
    (folder / "settings.json").write_text(json.dumps({**settings, "tokens_version": 0}))
    with pytest.raises(LoadError, match="version 0 of the rules for tokens, today's is 2; build"):
        load_index(folder)
