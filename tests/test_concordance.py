"""Hits in their context."""

import json
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.features.concordance import concordance
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


def test_a_negative_window_is_refused():
    with pytest.raises(ValueError, match="window_tokens is -1; it is 0 or more"):
        concordance(TEXTS, "trade", window_tokens=-1)
