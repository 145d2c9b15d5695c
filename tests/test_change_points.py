"""When a rate changed."""

import numpy as np
import pandas as pd
import pytest
from test_smoothing import rates

from analysis.comparison.change_points import find_change_points
from analysis.resampling import ratio_interval
from analysis.tables import CHANGE_POINTS, check_table


def found(hits, tokens=None, **options):
    table = rates(hits, np.full(len(hits), 1000) if tokens is None else tokens)
    return check_table(find_change_points(table, **({"seed": 1} | options)), CHANGE_POINTS)


def test_a_step_is_found_where_it_is():
    hits = [1, 0, 2, 1, 1, 0, 2, 1, 9, 8, 10, 9, 11, 8, 9, 10]
    row = found(hits).iloc[0]
    assert (row.number, row.n_before, row.n_after) == (1, 8, 8)
    assert row.date == rates(hits, [1000] * 16)["date"][8]
    assert row.date_low <= row.date <= row.date_high
    assert row.rate_before_per_10k == pytest.approx(10_000 * 8 / 8000)
    after = ratio_interval(hits[8:], [1000] * 8)
    assert (row.low_after, row.high_after) == pytest.approx((1e4 * after.low, 1e4 * after.high))
    assert row.p == 0.001


def test_a_stretch_gives_two_changes_and_both_dates():
    hits = [1, 2, 1, 0, 1, 1, 9, 10, 8, 9, 11, 10, 1, 0, 2, 1, 1, 1]
    rows = found(hits)
    assert rows["number"].tolist() == [1, 2]
    assert rows["n_before"].tolist() == [6, 6]
    assert rows["rate_after_per_10k"].iloc[1] == pytest.approx(10_000 * 6 / 6000)


def test_three_levels():
    rows = found([1, 0, 1, 2, 1, 0, 1, 1, 6, 7, 5, 6, 6, 7, 5, 6, 15, 14, 16, 15, 14, 15])
    assert rows["number"].tolist() == [1, 2]
    assert rows["n_before"].tolist() == [8, 8]


def test_without_a_change_there_is_one_row():
    row = found([2, 1, 3, 2, 2, 1, 3, 2, 2, 3]).iloc[0]
    assert row.number == 0
    assert pd.isna(row.date)
    assert row.n_before == 10
    assert row.p > 0.05


def test_in_series_without_change_few_are_found():
    rng = np.random.default_rng(8)
    tables = [
        rates(rng.negative_binomial(1, 1 / (1 + tokens * 5 / 10_000)), tokens, code=f"c{number:03}")
        for number in range(120)
        for tokens in [rng.integers(1000, 9000, 24)]
    ]
    together = pd.concat(tables, ignore_index=True).astype({"group": "category"})
    together["code"] = together["code"].astype("category")
    rows = find_change_points(together, seed=4)
    share = rows.groupby("code", observed=True)["number"].max().gt(0).mean()
    assert share <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / 120)


def test_a_series_does_not_hear_the_others():
    one, two = rates([1, 5, 2, 8, 3, 9, 4, 7], [1000] * 8), rates([1] * 8, [1000] * 8, code="b")
    both = pd.concat([two, one], ignore_index=True)
    both["code"], both["group"] = both["code"].astype("category"), both["group"].astype("category")
    alone = find_change_points(one, seed=1)
    together = find_change_points(both, seed=1)
    row = together[together["code"] == "accord"].iloc[0]
    assert (row.p, row.statistic) == (alone["p"][0], alone["statistic"][0])


def test_scale_and_direction_change_nothing():
    hits = [1, 0, 2, 1, 1, 0, 6, 5, 7, 6, 5, 6]
    there = found(hits)
    assert found(hits, np.full(12, 50_000))["statistic"][0] == pytest.approx(there["statistic"][0])
    back = found(hits[::-1])
    assert back["statistic"][0] == pytest.approx(there["statistic"][0])


def test_why_there_is_no_test():
    assert found([1, 2, 3])["note"].tolist() == ["fewer than 8 documents: no test"]
    assert found([0] * 12)["note"].tolist() == ["all alike: no test"]
    assert np.isnan(found([0] * 12)["q"][0])
    with pytest.raises(ValueError, match="alpha is 1; it lies between 0 and 1"):
        found([1, 2, 3], alpha=1)
    assert find_change_points(rates([], []), seed=1).empty
