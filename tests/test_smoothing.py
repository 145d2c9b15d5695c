"""Rates as smooth lines."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.comparison.smoothing import line_weights, smooth_rates
from analysis.tables import DOCUMENT_RATES, TREND, build_table, check_table


def rates(hits, tokens, code="accord", years=None):
    days = pd.Timestamp("1950-01-01") + pd.to_timedelta(
        np.array(years if years is not None else np.arange(len(hits))) * 365, unit="D"
    )
    frame = pd.DataFrame(
        {
            "group": "North",
            "code": code,
            "doc_id": [f"d{n}" for n in range(len(hits))],
            "date": days,
            "n": hits,
            "n_tokens": tokens,
            "rate_per_10k": 10_000 * np.array(hits) / np.array(tokens),
        }
    )
    return build_table(frame, DOCUMENT_RATES)


def smoothed(hits, tokens, years=None, **options):
    return check_table(smooth_rates(rates(hits, tokens, years=years), **options), TREND)


@given(st.lists(st.integers(1, 9), min_size=6, max_size=20))
def test_a_constant_rate_stays_and_a_line_stays_a_line(sizes):
    tokens = np.array(sizes) * 1000
    found = smoothed(tokens // 100, tokens, bandwidth_years=8)
    assert found["rate_per_10k"].to_numpy() == pytest.approx(100)
    weights = line_weights(
        np.arange(len(sizes)) * 10.0, tokens.astype(float), np.array([3.0, 17.0]), 40
    )
    assert weights.sum(axis=1) == pytest.approx(1)
    assert weights @ (np.arange(len(sizes)) * 10.0) == pytest.approx([3.0, 17.0])


def test_a_lone_document_counts_by_itself():
    weights = line_weights(np.array([0.0, 1000.0]), np.ones(2), np.array([0.0, 1000.0]), 5)
    assert weights == pytest.approx(np.eye(2))


def test_tokens_in_thousands_change_the_rate_in_proportion():
    hits, tokens = [3, 1, 4, 1, 5, 9, 2, 6], [1000, 900, 1100, 800, 1000, 1200, 700, 1000]
    there = smoothed(hits, tokens, bandwidth_years=50)
    tenfold = smoothed(hits, np.array(tokens) * 10, bandwidth_years=50)
    assert there["low"].notna().any()
    for column in ("rate_per_10k", "low", "high"):
        assert there[column].to_numpy() == pytest.approx(
            10 * tenfold[column].to_numpy(), nan_ok=True
        )


def test_rows_in_any_order_give_the_same_line():
    table = rates([3, 1, 4, 1, 5, 9, 2, 6], [1000, 900, 1100, 800, 1000, 1200, 700, 1000])
    mixed = table.sample(frac=1, random_state=2, ignore_index=True)
    pd.testing.assert_frame_equal(smooth_rates(mixed), smooth_rates(table))


def test_a_line_worked_by_hand():
    # At the middle of three documents at equal distances the line is their weighted mean: tricube
    # weights of (1 - 1/8) ** 3 at half the bandwidth, 1 in the middle.
    found = smooth_rates(rates([1, 2, 6], [1000] * 3), bandwidth_years=730 / 365.25, n_dates=3)
    side = (7 / 8) ** 3
    expected = 10 * (side * 1 + 2 + side * 6) / (1 + 2 * side)
    assert found["rate_per_10k"][1] == pytest.approx(expected)


def test_intervals_hold_a_known_rate():
    rng = np.random.default_rng(3)
    held = []
    for n_documents in [20, 40] * 30:
        tokens = rng.integers(2000, 8000, n_documents)
        hits = rng.negative_binomial(1, 1 / (1 + tokens * 20 / 10_000))
        found = smoothed(hits, tokens, n_dates=9)
        known = found.dropna(subset="low")
        held += ((known["low"] <= 20) & (known["high"] >= 20)).tolist()
    assert len(held) > 0.7 * 60 * 9
    assert np.mean(held) > 0.92


def test_the_bandwidth_is_chosen_by_foretelling():
    rng = np.random.default_rng(5)
    tokens = np.full(60, 5000)
    flat = rng.poisson(10, 60)
    steep = rng.poisson(np.where(np.arange(60) < 30, 2, 30))
    wide, narrow = (smoothed(hits, tokens)["bandwidth_years"][0] for hits in (flat, steep))
    assert wide > 30 > narrow


def test_few_documents_of_a_level_rate_are_smoothed_widely():
    rng = np.random.default_rng(3)
    chosen = [
        smoothed(rng.negative_binomial(1, 1 / 11, 20), np.full(20, 5000))["bandwidth_years"][0]
        for _ in range(30)
    ]
    assert np.median(chosen) > 10
    assert min(chosen) > 1


def test_documents_that_nobody_is_near_are_smoothed_over_all_the_time():
    found = smoothed([3, 5], [1000, 1000], years=[0, 40])
    assert found["bandwidth_years"][0] == pytest.approx(40, rel=0.01)


def test_limits_lie_around_the_rate_and_run_nowhere():
    hits = [0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 4, 9, 6, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0]
    found = smoothed(hits, [5000] * 24, bandwidth_years=7).dropna(subset="low")
    assert (found["low"] <= found["rate_per_10k"]).all()
    assert (found["rate_per_10k"] <= found["high"]).all()
    assert found["high"].max() < 4 * found["rate_per_10k"].max()
    assert (found["low"] >= 0).all()


def test_documents_of_one_day_have_one_rate():
    found = smooth_rates(rates([1, 2, 3], [1000] * 3, years=[0, 0, 0]))
    assert found["rate_per_10k"].tolist() == pytest.approx([20])


def test_few_documents_have_no_interval():
    found = smoothed([1, 2, 3], [1000] * 3, bandwidth_years=2)
    assert found["low"].isna().all()
    assert found["note"][0] == "fewer than 5 documents in reach: no interval"
    silent = smoothed([0] * 8, [1000] * 8, bandwidth_years=50)
    assert silent["note"].unique().tolist() == ["no variation between documents: no interval"]


def test_what_is_refused():
    with pytest.raises(ValueError, match="bandwidth_years is 0"):
        smoothed([1, 2], [10, 10], bandwidth_years=0)
    with pytest.raises(ValueError, match="n_dates is 1"):
        smoothed([1, 2], [10, 10], n_dates=1)
    assert smooth_rates(rates([], [])).empty
