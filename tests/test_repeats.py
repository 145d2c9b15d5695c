"""How far a coder agrees with herself."""

import numpy as np
import pandas as pd
import pytest
from test_reliability import coded, spoken

from analysis.errors import TableError
from analysis.models.coder_agreement import measure_agreement
from analysis.models.reliability import measure_reliability
from analysis.models.repeats import measure_repeats
from analysis.tables import CODES, REPEATS, build_table, check_table

FIRST, LATER = "aabbdcccedda", "babbbccceddd"


def rounds(*coders, names):
    table = coded(*coders)
    called = dict(zip([f"coder_{n}" for n in range(1, len(coders) + 1)], names, strict=True))
    return build_table(table.assign(coder=table["coder"].astype("str").map(called)), CODES)


def test_two_rounds_of_one_coder_are_measured_as_two_coders_are():
    made = rounds(FIRST, LATER, names=["anna", "anna#2"])
    row = check_table(measure_repeats(made, spoken(12)), REPEATS).iloc[0]
    right = measure_reliability(
        coded(FIRST, LATER), spoken(12), coders=["coder_1", "coder_2"]
    ).iloc[0]
    assert row["coder"] == "anna"
    assert row["alpha"] == pytest.approx(0.692, abs=5e-4)
    pd.testing.assert_series_equal(row[right.index], right, check_names=False)


def test_coders_with_one_round_have_no_row_and_do_not_count():
    made = rounds(FIRST, LATER, FIRST, names=["anna", "anna#2", "ben"])
    found = measure_repeats(made, spoken(12))
    assert found["coder"].tolist() == ["anna"]
    assert found["n_statements"].tolist() == [12]


def test_a_part_coded_again_and_none_of_it():
    part = measure_repeats(rounds("abab", "ab..", names=["anna", "anna#2"]), spoken(4)).iloc[0]
    assert (part["n_statements"], part["alpha"]) == (2, 1)
    none = measure_repeats(rounds("ab..", "..ab", names=["anna", "anna#2"]), spoken(4)).iloc[0]
    assert np.isnan(none["alpha"])
    assert none["note"] == "no statement with two coders: undefined"


def test_what_is_refused():
    with pytest.raises(TableError, match=r"no coder coded twice; coders are \['anna', 'ben'\]"):
        measure_repeats(rounds("ab", "ab", names=["anna", "ben"]), spoken(2))
    made = rounds("abab", "abba", names=["anna", "anna#2"])
    for measure in (measure_reliability, measure_agreement):
        with pytest.raises(ValueError, match=r"'anna#2' is the same coder again"):
            measure(made, spoken(4), coders=["anna", "anna#2"])
