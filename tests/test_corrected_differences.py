"""Differences put right by a few codes given by hand."""

import numpy as np
import pytest
from test_correction import CODERS, GROUPS, two_groups

from analysis.comparison.corrected_differences import correct_differences
from analysis.comparison.correction import correct_shares
from analysis.tables import CORRECTED_DIFFERENCES, check_table


def test_a_difference_is_that_of_the_corrected_shares():
    tables = two_groups()
    shares = correct_shares(*tables, groups=GROUPS, coders=CODERS).set_index("group")
    found = correct_differences(*tables, groups=GROUPS, coders=CODERS)
    row = check_table(found, CORRECTED_DIFFERENCES).iloc[0]
    apart = shares.loc["North", "corrected"] - shares.loc["South", "corrected"]
    assert row["corrected"] == pytest.approx(apart)
    assert row["raw"] == pytest.approx(shares.loc["North", "raw"] - shares.loc["South", "raw"])
    assert row["low"] < row["corrected"] < row["high"]
    turned = {name: GROUPS[name] for name in reversed(GROUPS)}
    back = correct_differences(*tables, groups=turned, coders=CODERS).iloc[0]
    assert (back["corrected"], back["p"]) == pytest.approx((-row["corrected"], row["p"]))


def test_a_group_with_too_little_by_hand_has_no_difference():
    row = correct_differences(*two_groups(n=15), groups=GROUPS, coders=CODERS).iloc[0]
    assert "by hand" in row["note"]
    assert np.isnan(row["corrected"])
    with pytest.raises(ValueError, match="a difference is between two"):
        correct_differences(*two_groups(), groups={"North": ("North",)}, coders=CODERS)


def test_the_raw_difference_stands_where_it_cannot_be_corrected():
    statements, codes, sample = two_groups(n=20)
    few = sample.iloc[:9].reset_index(drop=True)
    read = (codes["coder"] != "hand") | codes["statement_id"].isin(few["statement_id"])
    codes = codes[read].reset_index(drop=True)
    row = correct_differences(statements, codes, few, groups=GROUPS, coders=CODERS).iloc[0]
    shares = correct_shares(statements, codes, few, groups=GROUPS, coders=CODERS)["raw"]
    assert row["raw"] == pytest.approx(shares[0] - shares[1])
    assert row["raw_low"] < row["raw"] < row["raw_high"]
    assert np.isnan(row["corrected"])
    assert "by hand" in row["note"]


def test_a_side_that_says_nothing_has_no_difference():
    tables = two_groups()
    groups = {"North": ["North"], "West": ["West"]}
    row = correct_differences(*tables, groups=groups, coders=CODERS).iloc[0]
    assert row["note"] == "West: no statements"
    assert np.isnan(row["raw"])
