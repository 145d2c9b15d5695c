"""Coefficients of agreement: their authors' examples, another implementation, their laws."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.metrics.agreement import AnnotationTask
from test_reliability import coded, spoken

from analysis.models.coder_agreement import (
    alpha,
    cohen_kappa,
    fleiss_kappa,
    list_disagreements,
    measure_agreement,
    specific_agreement,
)
from analysis.models.reliability import measure_reliability
from analysis.tables import AGREEMENT, CODES, DISAGREEMENTS, build_table, check_table

EXAMPLE_C = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")
PAIRS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=4, max_size=20)


def ratings(*coders):
    return np.array([[np.nan if v == "." else float(v) for v in coder] for coder in coders])


@pytest.mark.parametrize(
    ("level", "value"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)]
)
def test_krippendorffs_example_with_missing_values(level, value):
    assert alpha(ratings(*EXAMPLE_C), level=level) == pytest.approx(value, abs=5e-4)


def test_fleiss_own_example():
    # Fleiss (1971): ten of fourteen raters' subjects, five categories; kappa is .210.
    table = """0 0 0 0 14 0 2 6 4 2 0 0 3 5 6 0 3 9 2 0 2 2 8 1 1 7 7 0 0 0 3 2 6 3 0 2 5 3 2 2
    6 5 2 1 0 0 2 2 3 7"""
    counts = np.array(table.split(), dtype=int).reshape(10, 5)
    columns = [np.repeat(np.arange(5), row) for row in counts]
    assert fleiss_kappa(np.array(columns, dtype=float).T) == pytest.approx(0.210, abs=5e-4)


def test_cohen_worked_by_hand():
    # Both "yes" 20, both "no" 15, apart 5 and 10: agreement .7, by chance .5.
    first = [1] * 25 + [0] * 25
    second = [1] * 20 + [0] * 5 + [1] * 10 + [0] * 15
    assert cohen_kappa(np.array([first, second], dtype=float)) == pytest.approx(0.4)


@settings(max_examples=60)
@given(PAIRS)
def test_two_coders_agree_with_nltk(pairs):
    first, second = np.array(pairs, dtype=float).T
    rows = [
        (name, place, value)
        for name, values in (("a", first), ("b", second))
        for place, value in enumerate(values)
    ]
    if len({value for pair in pairs for value in pair}) < 2:
        return
    oracle = AnnotationTask(rows)
    found = np.stack([first, second])
    assert alpha(found) == pytest.approx(oracle.alpha())
    assert cohen_kappa(found) == pytest.approx(oracle.kappa())


@settings(max_examples=60)
@given(PAIRS, st.permutations(range(4)))
def test_names_of_values_do_not_matter_to_nominal_measures(pairs, names):
    found = np.array(pairs, dtype=float).T
    renamed = np.array([[names[int(value)] for value in row] for row in found], dtype=float)
    for measure in (alpha, cohen_kappa, fleiss_kappa, specific_agreement):
        assert measure(found) == pytest.approx(measure(renamed), nan_ok=True)


def test_specific_agreement():
    # Of the pairs that hold a 1, both do in one of three; of those with a 0, in two of four.
    found = ratings("1100", "1010")
    assert specific_agreement(found, 1) == pytest.approx(2 / 4)
    assert specific_agreement(ratings("1110", "1000"), 1) == pytest.approx(2 / 4)


def test_a_row_for_each_measure_with_its_interval():
    coders = ["121112212211221", "121112212212222"]
    frame = measure_agreement(
        coded(*coders), spoken(15), coders=["coder_1", "coder_2"], order=["1", "2"]
    )
    found = check_table(frame, AGREEMENT).set_index("measure")
    assert set(found.index) == {
        *("alpha_nominal", "alpha_ordinal", "alpha_interval", "cohen_kappa", "fleiss_kappa"),
        *("agreement", "agreement:1", "agreement:2"),
    }
    assert found.loc["agreement", "value"] == pytest.approx(13 / 15)
    assert (found["low"] < found["value"]).all()
    assert (found["n_units"] == 15).all()
    other = measure_reliability(coded(*coders), spoken(15), coders=["coder_1", "coder_2"])
    assert found.loc["alpha_nominal", "value"] == pytest.approx(other["alpha"][0])


def test_without_variation_nothing_is_perfect():
    frame = measure_agreement(coded("11111", "11111"), spoken(5), coders=["coder_1", "coder_2"])
    found = frame.set_index("measure")
    assert np.isnan(found.loc[["alpha_nominal", "cohen_kappa", "fleiss_kappa"], "value"]).all()
    assert found.loc["alpha_nominal", "note"] == "no variation: undefined"
    assert found.loc["agreement", "value"] == 1


def test_alpha_and_its_limits_are_those_of_reliability():
    made = coded("abababababababab", "abababbbababaaab"), spoken(16)
    names = ["coder_1", "coder_2"]
    row = measure_agreement(*made, coders=names).set_index("measure").loc["alpha_nominal"]
    right = measure_reliability(*made, coders=names).iloc[0]
    assert row[["value", "low", "high"]].tolist() == pytest.approx(
        right[["alpha", "low", "high"]].tolist()
    )


def test_perfect_agreement_has_lower_limits_below_one():
    frame = measure_agreement(
        coded("abababababab", "abababababab"), spoken(12), coders=["coder_1", "coder_2"]
    )
    assert (frame["value"] == 1).all()
    assert (frame["high"] == 1).all()
    assert frame["low"].between(0, 0.99).all()


def test_coders_who_met_nowhere_are_told_so():
    frame = measure_agreement(coded("ab..", "..ab"), spoken(4), coders=["coder_1", "coder_2"])
    assert set(frame["note"]) == {"no statement with two coders: undefined"}
    assert frame["value"].isna().all()
    assert set(frame["n_statements"]) == {0}


def test_versions_of_the_codebook_are_told_apart():
    made = coded("abababab", "abbbabab")
    versions = np.where(made["coder"] == "coder_1", "1", "2")
    mixed = build_table(made.assign(codebook_version=versions), CODES)
    for measure in (measure_agreement, measure_reliability):
        found = measure(mixed, spoken(8), coders=["coder_1", "coder_2"])
        assert found["note"].str.contains("codebook versions 1 and 2 mixed").all()


def test_disagreements_are_listed_with_their_words():
    statements = spoken(3)
    statements["content"] = ["first", "second", "third"]
    found = list_disagreements(
        coded("121", "111"), statements.astype({"content": "str"}), coders=["coder_1", "coder_2"]
    )
    row = check_table(found, DISAGREEMENTS).iloc[0]
    assert len(found) == 1
    assert (row["values"], row["content"]) == ("coder_1: 2; coder_2: 1", "second")


def test_what_is_refused():
    with pytest.raises(ValueError, match="level"):
        alpha(ratings("12", "11"), level="ratio")
    with pytest.raises(ValueError, match="agreement needs two or more"):
        measure_agreement(coded("1", "1"), spoken(1), coders=["coder_1"])


def test_values_beside_the_order_are_named_where_ranks_were_asked():
    made = coded("abc", "abb"), spoken(3)
    found = measure_agreement(*made, coders=["coder_1", "coder_2"], order=["a", "b"])
    rows = found.set_index("measure").loc[["alpha_ordinal", "alpha_interval"]]
    assert rows["value"].isna().all()
    assert set(rows["note"]) == {"values ['c'] are not in the order ['a', 'b']"}
    assert rows["n_statements"].tolist() == [3, 3]


def test_fleiss_asks_for_statements_that_all_coders_coded():
    made = coded("ab.", ".ba", "a.b"), spoken(3)
    found = measure_agreement(*made, coders=["coder_1", "coder_2", "coder_3"])
    row = found.set_index("measure").loc["fleiss_kappa"]
    assert np.isnan(row["value"])
    assert row["note"] == "no statement that all coders coded: undefined"


def test_one_unit_has_coefficients_without_limits():
    made = coded("abab", "abbb"), spoken(4, episodes=["e"] * 4)
    found = measure_agreement(*made, coders=["coder_1", "coder_2"]).set_index("measure")
    assert found["value"].notna().all()
    assert found[["low", "high"]].isna().all(axis=None)
    assert set(found["note"]) == {"fewer than two units: no interval"}


def test_orders_and_ratings_that_cannot_be():
    made = coded("ab", "ab"), spoken(2)
    with pytest.raises(ValueError, match="each value stands in it once"):
        measure_agreement(*made, coders=["coder_1", "coder_2"], order=["a", "b", "a"])
    for wrong in (np.array([1.0, 2.0]), np.array([[1.0, np.inf], [1.0, 2.0]])):
        with pytest.raises(ValueError, match="a row for each coder"):
            alpha(wrong)
    assert np.isnan(alpha(np.empty((2, 0))))
