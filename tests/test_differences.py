"""Differences of two groups with their probability."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from analysis.comparison.differences import compare_differences
from analysis.comparison.positions import compare_frames, compare_positions
from analysis.multiple import q_values
from analysis.tables import CODES, DIFFERENCES, build_table, check_table
from tests.coded import codes, statements

GROUPS = {"North": ("North",), "South": ("South",)}
PERIODS = {
    "early": (date(1990, 1, 1), date(1994, 12, 31)),
    "late": (date(1995, 1, 1), date(1999, 12, 31)),
}
STANCES = ["favor", "against", "not_addressed"]


def said(seed=1, n=120, more=0.3, together=False):
    """Stances on "toll" and a frame "road", by North and South in two periods."""
    rng = np.random.default_rng(seed)
    sides = np.where(np.arange(n) % 2, "South", "North")
    chances = {"North": [0.5 + more / 2, 0.3 - more / 2, 0.2], "South": [0.3, 0.5, 0.2]}
    stances = [rng.choice(STANCES, p=chances[side]) for side in sides]
    frames = rng.choice(["present", "absent"], n)
    days = pd.to_datetime(np.where(np.arange(n) % 4 < 2, "1992-05-01", "1996-05-01"))
    episodes = [f"e{place // 4 if together else place}" for place in range(n)]
    both = [
        codes("toll", hand=stances).astype("object"),
        codes("road", hand=frames).astype("object"),
    ]
    rows = statements(actor=sides, said_on=days, episode_id=episodes)
    return rows, build_table(pd.concat(both), CODES)


def compared(tables, groups=GROUPS):
    table = compare_differences(*tables, groups=groups, periods=PERIODS, coder="hand")
    return check_table(table, DIFFERENCES).set_index(["code", "measure", "period"])


def test_figures_are_those_of_positions_and_shares():
    tables = said()
    found = compared(tables)
    how = {"groups": GROUPS, "periods": PERIODS, "coder": "hand"}
    right = compare_positions(*tables, **how).set_index(["group", "period"])
    frames = compare_frames(*tables, **how).set_index(["group", "period"])
    for period in (*PERIODS, "all"):
        for measure in ("salience", "direction"):
            row = found.loc[("toll", measure, period)]
            pair = [right.loc[(side, period), measure] for side in GROUPS]
            assert [row["figure_target"], row["figure_reference"]] == pytest.approx(pair)
            assert row["difference"] == pytest.approx(pair[0] - pair[1])
        shares = [frames.loc[(side, period), "share"] for side in GROUPS]
        assert found.loc[("road", "share", period), "difference"] == pytest.approx(
            shares[0] - shares[1]
        )


def test_with_an_episode_each_it_is_the_jackknifes_t_test():
    from scipy.stats import t

    row = compared(said()).loc[("road", "share", "all")]
    reach = row["high"] - row["difference"]
    error = reach / t.ppf(0.975, 59)
    parts = [p * (1 - p) / 59 for p in (row["figure_target"], row["figure_reference"])]
    assert error == pytest.approx(sum(parts) ** 0.5, rel=0.02)
    assert row["p"] == pytest.approx(2 * t.sf(abs(row["difference"]) / error, 59))
    assert min(row["probability"], 1 - row["probability"]) == pytest.approx(row["p"] / 2)


def test_exchanging_the_groups_turns_the_difference_round():
    tables = said(together=True)
    there = compared(tables)
    back = compared(tables, {name: GROUPS[name] for name in reversed(GROUPS)})
    assert there["difference"].tolist() == pytest.approx((-back["difference"]).tolist())
    assert there["p"].tolist() == pytest.approx(back["p"].tolist())
    assert there["probability"].tolist() == pytest.approx((1 - back["probability"]).tolist())


def test_what_is_there_is_found_and_what_is_not_seldom():
    apart = compared(said()).loc[("toll", "direction", "all")]
    assert apart["p"] < 0.01
    assert apart["probability"] > 0.99
    none = [
        compared(said(seed, n=80)).loc[("road", "share", "all"), "p"] < 0.05 for seed in range(40)
    ]
    assert np.mean(none) <= 0.15


def test_q_is_over_the_whole_table():
    found = compared(said())
    assert found["q"].tolist() == pytest.approx(q_values(found["p"]).tolist())


def test_small_cells_and_cells_without_variation_have_figures_but_no_difference():
    sides = ["North"] * 10 + ["South"] * 10
    values = ["favor"] * 10 + ["favor"] * 2 + ["against"] * 2 + ["not_addressed"] * 6
    rows = statements(actor=sides, said_on=pd.to_datetime(["1992-05-01"] * 20))
    found = compared((rows, codes("toll", hand=values)))
    direction = found.loc[("toll", "direction", "all")]
    assert direction["note"] == "North: all 10 alike, not estimable; South: n = 4, not estimable"
    assert direction["figure_target"] == 1
    assert direction[["difference", "low", "p", "q"]].isna().all()
    silent = found.loc[("toll", "salience", "late")]
    assert (silent["n_target"], silent["note"][:25]) == (0, "North: n = 0, not estimab")


def test_what_is_refused():
    with pytest.raises(ValueError, match="a difference is between two"):
        compared(said(), {"North": ("North",)})
    with pytest.raises(ValueError, match=r"no coder 'hnd'.*did you mean 'hand'"):
        compare_differences(*said(), groups=GROUPS, periods=PERIODS, coder="hnd")


def test_a_code_of_which_no_side_speaks_has_rows_that_say_so():
    tables = statements(actor=["East"] * 6), codes(hand=["favor"] * 6)
    found = compare_differences(*tables, groups=GROUPS, periods=PERIODS, coder="hand")
    assert set(found["note"]) == {"North: n = 0, not estimable; South: n = 0, not estimable"}
    assert found["difference"].isna().all()
