"""Precision by confidence, on judgments counted by hand."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.corpus.calibration import measure_confidence
from analysis.errors import TableError
from analysis.resampling import share_interval
from analysis.storage import load_table, save_table
from analysis.tables import JUDGMENTS, build_table


def judged(*rows):
    """Judgments of (document, confidence, right)."""
    columns = ("doc_id", "confidence", "right")
    named = [
        dict(zip(columns, row, strict=True), statement_id=f"s{n}") for n, row in enumerate(rows)
    ]
    return build_table(named, JUDGMENTS)


def bins(judgments):
    return measure_confidence(judgments).astype({"bin": "str"}).set_index("bin")


# Two documents: at 0.9 and over two of three hold, in the fifties one of two.
HAND = judged(
    ("a", 0.95, True), ("a", 0.9, False), ("b", 1.0, True), ("b", 0.55, True), ("b", 0.5, False)
)


def test_the_figures_are_those_counted_by_hand():
    table = bins(HAND)
    high = table.loc["0.9 to 1.0"]
    assert high[["n_found", "n_right", "n_units"]].tolist() == [3, 2, 2]
    assert high["confidence"] == pytest.approx((0.95 + 0.9 + 1.0) / 3)
    assert high["precision"] == pytest.approx(2 / 3)
    assert table.loc["0.5 to 0.6", ["n_found", "n_right", "n_units"]].tolist() == [2, 1, 1]
    assert table.loc["all", ["n_found", "n_right", "n_units"]].tolist() == [5, 3, 2]


def test_the_expected_calibration_error_is_the_weighted_mean_of_the_bins_errors():
    # 0.95 said and 2/3 right for three of five, 0.525 said and 1/2 right for two of five.
    expected = 3 / 5 * (0.95 - 2 / 3) + 2 / 5 * 0.025
    assert bins(HAND).loc["all", "error"] == pytest.approx(expected)


def test_a_tenth_without_statements_is_a_row_all_the_same():
    table = bins(HAND)
    assert len(table) == 11
    empty = table.loc["0.0 to 0.1"]
    assert empty["n_found"] == 0
    assert np.isnan(empty["precision"])
    assert empty["note"] == "no statements: no estimate"


def test_few_documents_have_no_interval_and_say_so():
    row = bins(HAND).loc["0.9 to 1.0"]
    assert np.isnan(row["low"])
    assert row["note"] == "fewer than 5 documents: no interval"


def test_the_interval_is_korn_and_graubards_over_documents():
    rows = [(f"d{n}", 0.75, n + place > 1) for n in range(6) for place in range(2)]
    row = bins(judged(*rows)).loc["0.7 to 0.8"]
    oracle = share_interval([0, 1, 2, 2, 2, 2], [2] * 6)
    assert (row["low"], row["high"]) == pytest.approx((oracle.low, oracle.high))
    assert pd.isna(row["note"])


@pytest.mark.parametrize(
    ("confidence", "name"),
    [
        *((0.0, "0.0 to 0.1"), (0.1, "0.1 to 0.2"), (0.3, "0.3 to 0.4"), (0.7, "0.7 to 0.8")),
        *((0.89999, "0.8 to 0.9"), (0.6 * 0.5, "0.3 to 0.4"), (1.0, "0.9 to 1.0")),
    ],
)
def test_a_tenth_holds_its_lower_end_and_the_last_holds_one(confidence, name):
    assert bins(judged(("a", confidence, True))).loc[name, "n_found"] == 1


ROWS = st.lists(st.tuples(st.sampled_from("abcdef"), st.floats(0, 1), st.booleans()), max_size=40)


@given(ROWS)
@settings(max_examples=30)
def test_the_tenths_sum_to_all(rows):
    table = bins(judged(*rows))
    tenths, total = table.drop(index="all"), table.loc["all"]
    assert tenths["n_found"].sum() == total["n_found"] == len(rows)
    assert tenths["n_right"].sum() == total["n_right"]
    if rows:
        # The mean of distances is no less than the distance of the means.
        assert total["error"] >= abs(total["confidence"] - total["precision"]) - 1e-9


@given(ROWS)
@settings(max_examples=30)
def test_the_estimate_lies_in_its_interval(rows):
    known = bins(judged(*rows)).dropna(subset=["low"])
    assert (known["low"] <= known["precision"]).all()
    assert (known["precision"] <= known["high"]).all()


def test_confidence_that_is_none_is_refused():
    with pytest.raises(TableError, match="statement 's1' has no confidence"):
        measure_confidence(judged(("a", 0.5, True), ("a", None, True)))
    with pytest.raises(TableError, match=r"\(s0\): confidence 90\.0; it is from 0 to 1"):
        measure_confidence(judged(("a", 90.0, True)))


def test_it_comes_back_from_a_file(tmp_path):
    table = measure_confidence(HAND)
    read = load_table(save_table(table, tmp_path / "curve.csv"), "confidence")
    assert read["n_found"].tolist() == table["n_found"].tolist()
    assert read["bin"].astype("str").tolist() == table["bin"].astype("str").tolist()


def test_a_sample_that_was_checked_by_hand_serves(tmp_path):
    checked = tmp_path / "checked.csv"
    checked.write_text("statement_id,doc_id,cue,confidence,right\ns:1,s,said,.9,True\n")
    table = measure_confidence(load_table(checked, "judgments"))
    assert table["n_right"].iloc[-1] == 1


@pytest.mark.parametrize("mark", ["", "no", "?"])
def test_a_cell_that_was_left_blank_is_not_taken_for_right(tmp_path, mark):
    checked = tmp_path / "checked.csv"
    checked.write_text(f"statement_id,doc_id,confidence,right\ns:1,s,.9,True\ns:2,s,.9,{mark}\n")
    with pytest.raises(
        TableError, match=r"column 'right' is no bool: it holds .*; each is True or False"
    ):
        load_table(checked, "judgments")
