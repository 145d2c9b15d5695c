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


def bursty(levels, growth=1.0, series=400):
    """Return the table of many series whose hits come in bursts, of levels one after another."""
    rng, tables = np.random.default_rng(8), []
    for number in range(series):
        tokens = rng.integers(1000, 9000, len(levels)) * np.geomspace(1, growth, len(levels))
        tokens = tokens.round().astype(int)
        means = tokens * levels / 10_000
        hits = rng.negative_binomial(1, 1 / (1 + means))
        tables.append(rates(hits, tokens, code=f"c{number:03}"))
    together = pd.concat(tables, ignore_index=True).astype({"group": "category"})
    return together.assign(code=together["code"].astype("category"))


@pytest.mark.parametrize("growth", [1, 1 / 6])
def test_in_series_without_change_few_are_found_though_documents_grow_or_shrink(growth):
    rows = find_change_points(bursty(np.full(24, 5), growth), seed=4)
    share = rows.groupby("code", observed=True)["number"].max().gt(0).mean()
    assert share <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / 400)


def test_changes_among_bursts_are_found_and_their_days_hold_the_true_one():
    table = bursty(np.repeat([5, 20], 30), series=40)
    rows = find_change_points(table, seed=4)
    first = rows[rows["number"] == 1]
    assert len(first) >= 0.7 * 40
    true = table["date"][30]
    assert ((first["date_low"] <= true) & (true <= first["date_high"])).mean() >= 0.85


def test_neighbours_that_copy_each_other_are_fewer_changes_in_blocks():
    hits = [1, 1, 1, 4, 4, 4, 0, 0, 0, 5, 5, 5, 6, 6, 6, 2, 2, 2, 7, 7, 7, 5, 5, 5]
    assert found(hits)["p"][0] < 0.05 < found(hits, block=3)["p"][0]


def test_a_long_low_and_a_short_high_stretch_are_found_among_bursts():
    low = find_change_points(bursty(np.repeat([20, 3, 20], 20), series=20), seed=4)
    high = find_change_points(bursty(np.repeat([3, 40, 3], [27, 6, 27]), series=20), seed=4)
    for rows in (low, high):
        assert rows.groupby("code", observed=True)["number"].max().gt(0).mean() >= 0.6


def test_rows_in_any_order_and_names_of_documents_change_nothing():
    table = rates([1, 0, 2, 1, 1, 0, 2, 1, 9, 8, 10, 9, 11, 8, 9, 10], [1000] * 16)
    there = find_change_points(table, seed=1)
    mixed = table.sample(frac=1, random_state=2, ignore_index=True)
    pd.testing.assert_frame_equal(find_change_points(mixed, seed=1), there)
    named = table.assign(doc_id=table["doc_id"].str[::-1] + "x")
    pd.testing.assert_frame_equal(find_change_points(named, seed=1), there)


def test_the_names_of_groups_change_no_statistic():
    table = rates([1, 0, 2, 1, 1, 0, 2, 1, 9, 8, 10, 9, 11, 8, 9, 10], [1000] * 16)
    south = table.assign(group=table["group"].cat.rename_categories({"North": "South"}))
    there, other = (find_change_points(frame, seed=1) for frame in (table, south))
    assert there[["date", "statistic", "n_before"]].equals(other[["date", "statistic", "n_before"]])


def test_a_change_stands_between_days():
    years = np.repeat(np.arange(6), 4)
    table = rates([1, 0, 2, 1] * 3 + [2, 9, 9, 8] * 3, [1000] * 24, years=years)
    row = find_change_points(table, seed=1).iloc[0]
    assert (row.n_before, row.date) == (12, table["date"][12])


def test_long_series_are_tested_at_fewer_places_but_dated_at_all():
    hits = [1, 2, 0, 1, 1] * 31 + [6, 5, 7, 4, 6] * 29
    row = found(hits).iloc[0]
    assert row.n_before == 155
    assert row.date_low <= row.date <= row.date_high


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
    with pytest.raises(ValueError, match="block is 0; it is 1 or more documents"):
        found([1, 2, 3], block=0)
    assert found([1, 2, 3])["note"].tolist() == ["fewer than 8 documents: no test"]
    one_day = find_change_points(rates([1, 2] * 6, [1000] * 12, years=[0] * 12), seed=1)
    assert one_day["note"].tolist() == [
        "no day with 4 documents before it and 4 from it on: no test"
    ]
    assert found([0] * 12)["note"].tolist() == ["all alike: no test"]
    assert np.isnan(found([0] * 12)["q"][0])
    with pytest.raises(ValueError, match="alpha is 1; it lies between 0 and 1"):
        found([1, 2, 3], alpha=1)
    assert find_change_points(rates([], []), seed=1).empty
