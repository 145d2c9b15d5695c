"""Hits in their context."""

import json
import re
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import TableError
from analysis.features.concordance import concordance
from analysis.index import build_index
from analysis.language.tokens import token_spans
from analysis.tables import CONCORDANCE, check_table

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "stats"
TEXTS = pd.Series(
    {
        "n1": "The North wants good neighbours. Good neighbours, it says, trade.",
        "s1": "Nothing here.",
        "s2": "Good-neighbourly words",
    }
)


def test_each_hit_with_the_words_around_it():
    found = check_table(concordance(TEXTS, "good* neighbo*", window_tokens=2), CONCORDANCE)
    assert found[["unit_id", "left", "node", "right"]].astype(str).to_numpy().tolist() == [
        ["n1", "North wants ", "good neighbours", ". Good neighbours"],
        ["n1", "good neighbours. ", "Good neighbours", ", it says"],
        ["s2", "", "Good-neighbourly", " words"],
    ]


def test_no_context_and_no_hit():
    bare = concordance(TEXTS, "trade", window_tokens=0)
    assert bare[["left", "node", "right"]].to_numpy().tolist() == [["", "trade", ""]]
    assert concordance(TEXTS, "war").empty


@given(st.lists(st.text(alphabet="ab A.\n-'", max_size=40), max_size=3), st.integers(0, 4))
def test_offsets_and_contexts_give_the_text_back(texts, window):
    series = pd.Series(texts, index=[f"u{i}" for i in range(len(texts))], dtype="str")
    for row in concordance(series, "a*", window_tokens=window).itertuples():
        text = series[row.unit_id]
        assert text[row.start : row.end] == row.node
        assert text[row.start - len(row.left) : row.end + len(row.right)] == (
            row.left + row.node + row.right
        )
        # the rest of a compound that the hit is part of comes on top
        assert len(token_spans(row.left)) <= window + 1
        assert len(token_spans(row.right)) <= window + 1


@pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared/data/stats")
def test_quanteda_finds_the_same_nodes():
    cases = json.loads((SHARED / "reference_cases.json").read_text(encoding="utf-8"))
    case = next(case for case in cases if case["name"] == "kwic_phrase")
    texts = pd.Series(case["input"]["texts"])
    found = concordance(texts, case["input"]["phrase"], window_tokens=case["input"]["window"])
    # Signs are tokens there and none here, so only the first context is the same.
    expected = case["expected"]["rows"]
    assert found["unit_id"].tolist() == [row["docname"] for row in expected]
    assert found["node"].tolist() == [row["keyword"] for row in expected]
    assert found["left"].str.strip()[0] == expected[0]["pre"]
    assert found["right"].str.strip()[0] == expected[0]["post"]


def test_whole_sentences():
    found = concordance(TEXTS, "trade", window_tokens=None)
    assert found.loc[0, ["left", "right"]].tolist() == ["Good neighbours, it says, ", "."]
    across = concordance(pd.Series({"a": "One. Two?\n\nThree"}), re.compile(r"One\. T"))
    assert across["node"].tolist() == ["One. T"]


def test_where_in_the_text_a_hit_stands():
    found = concordance(pd.Series({"a": "peace or peace"}), "peace")
    assert found["place"].tolist() == [0, 9 / 14]
    assert found["pattern"].tolist() == ["peace", "peace"]


def test_an_index_at_hand_changes_nothing():
    index = build_index(TEXTS)
    there, here = concordance(TEXTS, "good*", index=index), concordance(TEXTS, "good*")
    pd.testing.assert_frame_equal(there, here)
    with pytest.raises(TableError, match="its units are not those of the texts"):
        concordance(TEXTS.iloc[1:], "good*", index=index)


def test_case():
    texts = pd.Series({"a": "May we? We may."})
    assert concordance(texts, "May", case="exact")["start"].tolist() == [0]
    assert concordance(texts, "may")["start"].tolist() == [0, 11]
    assert concordance(texts, re.compile("may"), case="exact")["start"].tolist() == [11]
    with pytest.raises(ValueError, match="case"):
        concordance(texts, "may", case="lower")


def test_missing_texts_and_no_texts():
    assert concordance(pd.Series({"a": None, "b": "peace"}), "peace")["unit_id"].tolist() == ["b"]
    assert concordance(pd.Series(dtype="str"), "peace").empty
    assert concordance(pd.Series({"a": "?!"}), re.compile(r"\?"))["right"].tolist() == [""]


def test_a_negative_window_is_refused():
    with pytest.raises(ValueError, match="window_tokens is -1; it is 0 or more"):
        concordance(TEXTS, "trade", window_tokens=-1)
