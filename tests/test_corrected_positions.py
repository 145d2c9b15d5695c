"""Positions from automatic codes, put right by codes given by hand."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from analysis.comparison.corrected_positions import correct_positions, separate_stances
from analysis.comparison.correction import correct_shares
from analysis.comparison.positions import compare_positions
from analysis.errors import TableError
from analysis.models.sampling import sample_statements
from analysis.tables import CODES, CORRECTED_POSITIONS, build_table, check_table
from tests.coded import codes, statements

GROUPS = {"North": ("North",), "South": ("South",)}
CODERS = ("patterns", "hand")
PERIODS = {"then": (date(2000, 1, 1), date(2001, 1, 1))}


def said(truth, automatic):
    """Half of the statements by North, half by South; two to an episode."""
    n = len(truth)
    sides = ["North"] * (n // 2) + ["South"] * (n - n // 2)
    episodes = [f"e{place // 2}" for place in range(n)]
    return statements(actor=sides, episode_id=episodes), codes(hand=truth, patterns=automatic)


def invented(rng, n=80):
    values = ["favor", "against", "not_addressed", "ambiguous"]
    truth = rng.choice(values, n, p=[0.4, 0.2, 0.3, 0.1])
    wrong = rng.random(n) < 0.2
    return truth, np.where(wrong, rng.choice(values, n), truth)


def corrected(made, sample):
    """Correct by what the sample holds of the codes by hand."""
    rows = made[1]
    read = (rows["coder"] != "hand") | rows["statement_id"].isin(sample["statement_id"])
    made = (made[0], rows[read].reset_index(drop=True))
    table = correct_positions(*made, sample, groups=GROUPS, coders=CODERS)
    return check_table(table, CORRECTED_POSITIONS).set_index("group")


def test_all_read_by_hand_gives_the_positions_by_hand():
    made = said(*invented(np.random.default_rng(1)))
    sample = sample_statements(made[0], n=80, seed=1)
    found = corrected(made, sample)
    right = compare_positions(*made, groups=GROUPS, periods=PERIODS, coder="hand")
    right = right[right["period"] == "all"].set_index("group")
    for side in GROUPS:
        assert found.loc[side, "salience"] == pytest.approx(right.loc[side, "salience"])
        assert found.loc[side, "direction"] == pytest.approx(right.loc[side, "direction"])
        assert found.loc[side, "direction_low"] < right.loc[side, "direction"]


def test_the_raw_figures_are_those_of_the_automatic_coder():
    made = said(*invented(np.random.default_rng(2)))
    found = corrected(made, sample_statements(made[0], n=60, seed=1))
    raw = compare_positions(*made, groups=GROUPS, periods=PERIODS, coder="patterns")
    raw = raw[raw["period"] == "all"].set_index("group")
    assert found["raw_salience"].to_dict() == pytest.approx(raw["salience"].to_dict())
    for name in ("direction", "direction_low", "direction_high", "salience_low", "salience_high"):
        assert found[f"raw_{name}"].to_dict() == pytest.approx(raw[name].to_dict())
    assert found["n_raw_favor"].to_dict() == raw["n_favor"].to_dict()
    assert found["n_raw_against"].to_dict() == raw["n_against"].to_dict()


def test_direction_needs_both_sides_and_five_by_hand():
    truth = ["favor"] * 10 + ["not_addressed"] * 10 + ["favor"] * 4 + ["not_addressed"] * 16
    made = said(truth, truth)
    found = corrected(made, sample_statements(made[0], n=40, seed=1))
    raw = "raw: all 10 in favor; not estimable"
    assert found.loc["North", "note"] == f"all 10 by hand for: no direction; {raw}"
    assert found.loc["North", "salience"] == pytest.approx(0.5)
    assert found.loc["South", "note"].startswith("4 of 20 by hand are of the rarer kind")
    assert found[["direction", "raw_direction"]].isna().all(axis=None)
    assert found["n_raw_favor"].to_dict() == {"North": 10, "South": 4}


def test_frames_are_no_propositions():
    made = said(*invented(np.random.default_rng(3)))
    frame = made[1].assign(code="law", value=["present"] * len(made[1]))
    both = build_table(pd.concat([made[1], frame]).astype("object"), CODES)
    sample = sample_statements(made[0], n=60, seed=1)
    assert set(corrected((made[0], both), sample)["proposition"]) == {"toll"}


def test_stances_apart_are_codes_that_can_be_corrected():
    made = said(*invented(np.random.default_rng(4)))
    apart = separate_stances(made[1])
    assert set(apart["code"]) == {"toll: favor", "toll: against"}
    sample = sample_statements(made[0], n=80, seed=1)
    shares = correct_shares(made[0], apart, sample, groups=GROUPS, coders=CODERS)
    north = shares[shares["group"] == "North"].set_index("code")["corrected"]
    expected = np.mean(made[1].query("coder == 'hand'")["value"][:40] == "favor")
    assert north["toll: favor"] == pytest.approx(expected)


def test_an_automatic_value_that_is_no_stance_is_refused():
    made = said(*invented(np.random.default_rng(3)))
    sample = sample_statements(made[0], n=60, seed=1)
    wrong = made[1].astype({"value": "str"})
    at = wrong.index[wrong["coder"] == "patterns"][3]
    for value, message in (("favour", "did you mean 'favor'"), ("present", "beside the stances")):
        wrong.loc[at, "value"] = value
        with pytest.raises(TableError, match=message):
            corrected((made[0], build_table(wrong, CODES)), sample)


def test_a_group_that_says_nothing_has_a_row_that_says_so():
    made = said(*invented(np.random.default_rng(3)))
    sample = sample_statements(made[0], n=80, seed=1)
    groups = {**GROUPS, "West": ["West"]}
    found = correct_positions(*made, sample, groups=groups, coders=CODERS).set_index("group")
    assert found.loc["West", "note"] == "no statements"
    assert found.loc["West", ["n_statements", "n_by_hand", "n_raw_favor"]].tolist() == [0, 0, 0]


def test_one_episode_has_no_limits_and_says_so():
    made = said(*invented(np.random.default_rng(3)))
    one = made[0].assign(episode_id="e0")
    found = corrected((one, made[1]), sample_statements(one, n=80, seed=1))
    assert found[["direction_low", "salience_low"]].isna().all(axis=None)
    assert found["note"].str.startswith("fewer than two units: no interval").all()
