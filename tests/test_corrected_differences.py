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
