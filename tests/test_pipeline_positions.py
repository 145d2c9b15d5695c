"""Where groups stand, and whether that hangs on a choice, step by step."""

from datetime import date

import pytest

from analysis.pipeline_codes import add_agreement
from analysis.pipeline_positions import (
    add_corrections,
    add_positions,
    add_sensitivity,
    two_sides,
    why_no_positions,
)
from analysis.tables import TABLES, check_table
from tests.small_study import PERIODS, small_study, small_tables

STEPS = (add_agreement, add_positions, add_corrections, add_sensitivity)


@pytest.fixture(scope="module")
def compared():
    built = small_tables()
    for step in STEPS:
        step(small_study(), built)
    return built


def test_every_table_is_as_declared(compared):
    names = {"positions", "shares", "differences", "turnover", "coded_statements", "corrected"}
    names |= {"corrected_positions", "adjusted", "corrected_differences", "sensitivity"}
    assert names <= set(compared.tables)
    assert compared.left_out == {}
    for name, table in compared.tables.items():
        check_table(table, TABLES[name])


def test_what_the_patterns_missed_comes_back(compared):
    """Every fifth statement says nothing that a pattern finds."""
    tables = compared.tables
    truth = tables["shares"].query("period == 'all'").set_index("group")["share"]
    found = tables["corrected"].query("code == 'trade'").set_index("group")
    for group in truth.index:
        assert found.loc[group, "raw"] < truth[group]
        assert found.loc[group, "low"] < truth[group] < found.loc[group, "high"]


def test_as_if_few_were_coded_by_hand(compared):
    by_hand = compared.tables["corrected"].groupby("code", observed=True)["n_by_hand"].sum()
    assert (by_hand == 120).all()


def test_an_estimate_on_codes_that_coders_do_not_agree_on_says_so():
    built, study = small_tables(), small_study()
    add_agreement(study, built)
    reliability = built.tables["reliability"]
    built.tables["reliability"] = reliability.assign(alpha=0.5)
    for step in STEPS[1:3]:
        step(study, built)
    for name in ("positions", "shares", "differences", "turnover", "corrected", "adjusted"):
        assert built.tables[name]["note"].str.contains("alpha 0.50, under .67").all(), name


def test_without_codes_by_hand_the_patterns_are_compared():
    built, study = small_tables(hand=False), small_study(codes=None)
    for step in STEPS:
        step(study, built)
    assert "corrected" not in built.tables
    assert built.tables["positions"]["n_favor"].sum() > 0
    assert not built.tables["sensitivity"]["note"].str.contains("alpha", na=False).any()


def test_periods_that_overlap_have_no_change_from_one_to_the_next():
    periods = PERIODS | {"late": (date(1994, 1, 1), date(1999, 12, 31))}
    built = small_tables()
    add_positions(small_study(periods=periods), built)
    assert "name the earlier one first" in built.left_out["turnover"]
    assert "turnover" not in built.tables


def test_differences_are_between_the_first_two_groups():
    study = small_study(groups={name: (name,) for name in ("North", "South", "East")})
    assert list(two_sides(study)) == ["North", "South"]
    built = small_tables()
    add_positions(study, built)
    assert set(built.tables["differences"]["reference"]) == {"South"}
    assert set(built.tables["positions"]["group"]) == {"North", "South", "East"}


def test_why_nothing_can_be_compared():
    assert why_no_positions(small_study(), small_tables()) == ""
    invented = small_tables(voice=["synthetic"] * 160)
    assert "exercises, not evidence" in why_no_positions(small_study(), invented)
    alone = small_study(groups={"North": ("North",)})
    assert "has one group" in why_no_positions(alone, small_tables())
