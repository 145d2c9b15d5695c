"""Shares by counting and adjusting."""

import numpy as np
import pytest
from test_correction import CODERS, GROUPS, drawn, studied, two_groups

from analysis.comparison.adjusted import adjust_shares
from analysis.tables import ADJUSTED, check_table


def adjusted(tables):
    table = check_table(adjust_shares(*tables, groups=GROUPS, coders=CODERS), ADJUSTED)
    return table.set_index(["group", "errors"])


def counted(right, found, wrong, left):
    """Statements that have the code (found of all), then those that lack it (wrongly found)."""
    truth = np.repeat([1.0, 0.0], [right, wrong + left])
    automatic = np.repeat([1.0, 0.0, 1.0, 0.0], [found, right - found, wrong, left])
    order = np.random.default_rng(1).permutation(len(truth))
    return truth[order], automatic[order], np.repeat(np.arange(len(truth) // 5), 5)


def test_a_hand_worked_case():
    # Of 40 that have it 30 are found, of 60 that lack it 12: 42 are counted, 40 it is.
    row = adjusted(studied(*counted(40, 30, 12, 48), n=100)).loc[("North", "own")]
    assert (row["sensitivity"], row["specificity"], row["raw"]) == pytest.approx((0.75, 0.8, 0.42))
    assert row["adjusted"] == pytest.approx((0.42 + 0.8 - 1) / (0.75 + 0.8 - 1))
    assert row["adjusted"] == pytest.approx(0.4)
    assert row["low"] < 0.4 < row["high"]


def test_all_read_by_hand_is_the_share_by_hand():
    truth, automatic, units = drawn(np.random.default_rng(4))
    row = adjusted(studied(truth, automatic, units, n=240)).loc[("North", "own")]
    assert row["adjusted"] == pytest.approx(truth.mean())


def test_a_coder_that_never_errs_is_left_as_it_is():
    truth, _, units = drawn(np.random.default_rng(5))
    row = adjusted(studied(truth, truth, units)).loc[("North", "pooled")]
    assert (row["sensitivity"], row["specificity"]) == (1, 1)
    assert row["adjusted"] == pytest.approx(row["raw"])


def test_errors_pooled_and_of_the_group_itself():
    found = adjusted(two_groups())
    assert len(found) == 4
    pooled = found.xs("pooled", level="errors")
    assert pooled["sensitivity"].nunique() == 1
    assert set(pooled["n_by_hand"]) == {120}
    own = found.xs("own", level="errors")
    assert own["n_by_hand"].sum() == 120
    assert (found["low"] < found["adjusted"]).all()
    assert (found["adjusted"] < found["high"]).all()


def test_a_coder_no_better_than_chance_cannot_be_adjusted_by():
    row = adjusted(studied(*counted(40, 20, 30, 30), n=100)).loc[("North", "own")]
    assert np.isnan([row["adjusted"], row["low"]]).all()
    assert row["note"] == "sensitivity and specificity add up to 1.00: not to be adjusted by"


def test_too_little_by_hand_is_not_adjusted():
    row = adjusted(studied(*drawn(np.random.default_rng(1)), n=9)).loc[("North", "own")]
    assert np.isnan(row["adjusted"])
    assert row["note"].startswith("9 by hand")


def test_a_group_that_says_nothing_has_rows_that_say_so():
    tables = studied(*drawn(np.random.default_rng(1)))
    found = adjust_shares(*tables, groups=GROUPS, coders=CODERS)
    silent = found[found["group"] == "South"]
    assert silent["note"].tolist() == ["no statements"] * 2
    assert silent["adjusted"].isna().all()
