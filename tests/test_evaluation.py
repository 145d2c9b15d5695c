"""Codes against a reference: scikit-learn is the oracle."""

import coded
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import precision_recall_fscore_support

from analysis.errors import TableError
from analysis.models.evaluation import evaluate_codes
from analysis.tables import CODES, build_table

YES, NO = "present", "absent"
REFERENCE = [YES] * 8 + [NO] * 12
CODED = [YES] * 5 + [NO] * 3 + [YES] * 2 + [NO] * 10


def evaluation(reference=REFERENCE, coded_as=CODED, **columns):
    table = coded.statements(*["a"] * len(reference), **columns)
    frame = evaluate_codes(coded.codes(adjudicated=reference, patterns=coded_as), statements=table)
    return frame.set_index(frame["value"].astype("str"))


def test_a_hand_worked_case():
    row = evaluation().loc[YES]
    assert (row["n_reference"], row["n_coded"], row["n_both"]) == (8, 7, 5)
    assert row["precision"] == pytest.approx(5 / 7)
    assert row["recall"] == pytest.approx(5 / 8)
    assert row["f1"] == pytest.approx(10 / 15)


VALUES = st.sampled_from(["against", "favor", "not_addressed"])


@settings(max_examples=40)
@given(st.lists(st.tuples(VALUES, VALUES), min_size=20, max_size=40))
def test_figures_are_those_of_scikit_learn(pairs):
    reference, coded_as = (list(part) for part in zip(*pairs, strict=True))
    found = evaluation(reference, coded_as)
    labels = sorted({*reference, *coded_as})
    by_value = precision_recall_fscore_support(reference, coded_as, labels=labels, zero_division=0)
    macro = precision_recall_fscore_support(
        reference, coded_as, labels=labels, average="macro", zero_division=0
    )
    assert found.loc["macro", ["precision", "recall", "f1"]].tolist() == pytest.approx(macro[:3])
    for value, f1 in zip(labels, by_value[2], strict=True):
        if found.loc[value, "n_reference"] >= 5:
            assert found.loc[value, "f1"] == pytest.approx(f1)


def test_exchanging_the_coders_exchanges_precision_and_recall():
    table = coded.statements(*["a"] * 20)
    both = coded.codes(adjudicated=REFERENCE, patterns=CODED)
    there = evaluate_codes(both, statements=table)
    back = evaluate_codes(both, statements=table, reference="patterns", coder="adjudicated")
    assert there["precision"].tolist() == pytest.approx(back["recall"].tolist())
    assert there["f1"].tolist() == pytest.approx(back["f1"].tolist())


def test_a_coder_agrees_with_itself():
    found = evaluation(REFERENCE, REFERENCE)
    assert found["f1"].tolist() == [1, 1, 1]
    assert (found.loc[[YES, NO], "low"] < 1).all()
    assert found.loc["macro", "note"] == "no variation between units: no interval"


def test_intervals_hold_the_estimate_and_stay_within_bounds():
    found = evaluation()
    assert (found["low"] < found["f1"]).all()
    assert (found["f1"] < found["high"]).all()
    assert found["low"].ge(0).all()
    assert found["high"].le(1).all()


def test_statements_of_one_episode_do_not_count_as_many():
    clustered = evaluation(REFERENCE * 2, CODED * 2, episode_id=[f"e{n}" for n in range(20)] * 2)
    apart = evaluation(REFERENCE * 2, CODED * 2)
    for value in (YES, "macro"):
        one, two = clustered.loc[value], apart.loc[value]
        assert one["f1"] == two["f1"]
        assert one["high"] - one["low"] > 1.2 * (two["high"] - two["low"])


def test_one_episode_gives_no_interval():
    found = evaluation(episode_id=["e0"] * 20)
    assert found["low"].isna().all()
    assert found.loc[YES, "note"] == "fewer than two units: no interval"


def test_a_rare_value_is_not_estimable_but_counts_in_the_mean():
    found = evaluation([YES] * 4 + [NO] * 6, [YES] * 3 + [NO] * 7)
    assert found.loc[YES, "note"] == "n = 4, not estimable"
    assert np.isnan(found.loc[YES, "f1"])
    assert found.loc["macro", "note"] == "few: present"
    assert found.loc["macro", "f1"] == pytest.approx((6 / 7 + 12 / 13) / 2)


def test_a_value_never_coded_has_no_precision_and_an_f1_of_zero():
    row = evaluation([YES] * 6 + [NO] * 6, [NO] * 12).loc[YES]
    assert np.isnan(row["precision"])
    assert (row["recall"], row["f1"]) == (0, 0)


def test_what_one_of_the_two_left_out_does_not_count():
    row = evaluation([*REFERENCE, YES, None], [*CODED, None, YES]).loc["macro"]
    assert row["n_reference"] == 20


def test_duplicates_do_not_count():
    marks = [None] * 19 + ["s0"]
    row = evaluation(duplicate_of=pd.Series(marks, dtype="str")).loc["macro"]
    assert row["n_reference"] == 19


def test_codes_are_measured_apart():
    table = coded.statements(*["a"] * 20)
    parts = [
        coded.codes(code, adjudicated=REFERENCE, patterns=values).astype("object")
        for code, values in (("toll", CODED), ("road", REFERENCE))
    ]
    frame = evaluate_codes(build_table(pd.concat(parts), CODES), statements=table)
    alone = evaluate_codes(
        coded.codes("toll", adjudicated=REFERENCE, patterns=CODED), statements=table
    )
    tolls = frame[frame["code"] == "toll"]
    assert tolls["f1"].tolist() == alone["f1"].tolist()


def test_versions_of_the_codebook_are_told_apart():
    made = coded.codes(adjudicated=REFERENCE, patterns=CODED)
    versions = ["1"] * 20 + ["2"] * 20
    mixed = build_table(made.assign(codebook_version=versions), CODES)
    found = evaluate_codes(mixed, statements=coded.statements(*["a"] * 20))
    assert found["note"].str.contains("codebook versions 1 and 2 mixed").all()


def test_coders_who_met_nowhere_are_told_so():
    with pytest.raises(TableError, match="no statement was coded by both 'adjudicated' and"):
        evaluation([YES, NO, None, None], [None, None, YES, NO])


def test_synthetic_statements_bear_no_evaluation():
    with pytest.raises(TableError, match="synthetic"):
        evaluation(voice=["synthetic"] * 20)


def test_an_unknown_coder_names_the_known_ones():
    with pytest.raises(ValueError, match=r"no coder 'nobody'.*\['adjudicated', 'patterns'\]"):
        evaluate_codes(
            coded.codes(adjudicated=[YES], patterns=[YES]),
            statements=coded.statements("a"),
            coder="nobody",
        )


def test_a_statement_without_episode_and_document_stands_for_itself():
    alone = {"episode_id": [None] * 20, "doc_id": [None] * 20}
    whole, apart = evaluation(), evaluation(**alone)
    assert apart["f1"].tolist() == pytest.approx(whole["f1"].tolist())
    assert apart["low"].tolist() == pytest.approx(whole["low"].tolist())


def test_a_coder_is_not_held_to_herself():
    made = coded.statements("x"), coded.codes(hand=[YES])
    with pytest.raises(ValueError, match="coder and reference are both 'hand'; name two"):
        evaluate_codes(made[1], statements=made[0], reference="hand", coder="hand")
