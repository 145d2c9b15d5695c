"""Intervals over units: each has an oracle and obeys a law."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta, binomtest, norm, t

from analysis.resampling import (
    bootstrap_interval,
    bootstrap_se,
    difference_interval,
    draw_sample,
    draw_units,
    jackknife_interval,
    jackknife_se,
    ratio_interval,
    share_interval,
    shuffle_units,
)

HITS, TOKENS = np.array([3.0, 0, 5, 2, 7]), np.array([100.0, 80, 150, 60, 210])
units_of_statements = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 9)).map(lambda pair: (min(pair), max(pair))),
    min_size=2,
    max_size=12,
).filter(lambda units: sum(trials > 0 for _, trials in units) >= 2)


def split(units):
    return [hits for hits, _ in units], [trials for _, trials in units]


# Shares


@pytest.mark.parametrize(("n", "hits"), [(5, 2), (12, 1), (40, 39), (8, 0), (8, 8)])
def test_with_one_statement_per_unit_a_share_has_clopper_and_pearsons_limits(n, hits):
    found = share_interval([1] * hits + [0] * (n - hits), [1] * n)
    oracle = binomtest(hits, n).proportion_ci(method="exact")
    assert (found.low, found.high) == pytest.approx((oracle.low, oracle.high))
    assert (found.estimate, found.n_units) == (hits / n, n)


def test_a_share_over_clusters_agrees_with_korn_and_graubard_worked_by_hand():
    hits, trials = np.array([4, 1, 0, 3, 2, 2]), np.full(6, 5)
    share = 12 / 30
    # Equal clusters: the variance of the share is that of the mean of the clusters' shares.
    variance = np.var(hits / 5, ddof=1) / 6
    design_effect = variance / (share * (1 - share) / 29)
    effective = 30 / design_effect * (t.ppf(0.975, 29) / t.ppf(0.975, 5)) ** 2
    low = beta.ppf(0.025, effective * share, effective * (1 - share) + 1)
    high = beta.ppf(0.975, effective * share + 1, effective * (1 - share))
    found = share_interval(hits, trials)
    assert (found.low, found.high) == pytest.approx((low, high))


def test_nothing_found_in_few_units_still_has_an_upper_limit():
    found = share_interval([0, 0, 0, 0], [9, 4, 7, 1])
    assert (found.estimate, found.low) == (0, 0)
    assert found.high == pytest.approx(1 - 0.025 ** (1 / 4))


def test_units_that_repeat_themselves_count_no_more_than_once():
    once = share_interval([1, 0, 1, 0, 0, 1], [1] * 6)
    fivefold = share_interval([5, 0, 5, 0, 0, 5], [5] * 6)
    assert fivefold.high - fivefold.low >= once.high - once.low


@given(units_of_statements)
def test_a_share_lies_between_its_limits_and_the_rest_mirrors_it(units):
    hits, trials = split(units)
    found = share_interval(hits, trials)
    rest = share_interval(np.subtract(trials, hits), trials)
    assert 0 <= found.low <= found.estimate <= found.high <= 1
    assert found.low < found.high
    mirrored = (1 - rest.high, 1 - rest.estimate, 1 - rest.low)
    assert (found.low, found.estimate, found.high) == pytest.approx(mirrored, abs=1e-6)


@given(units_of_statements, st.randoms())
def test_the_order_of_units_and_units_without_statements_change_nothing(units, random):
    shuffled = [*units, (0, 0)]
    random.shuffle(shuffled)
    assert share_interval(*split(shuffled)) == pytest.approx(
        share_interval(*split(units)), abs=1e-7
    )


def test_a_wider_level_gives_wider_limits():
    narrow, wide = (share_interval(HITS, TOKENS, level=level) for level in (0.8, 0.99))
    assert wide.low < narrow.low < narrow.high < wide.high


def test_more_successes_than_trials_are_refused():
    with pytest.raises(ValueError, match="more successes than trials"):
        share_interval([2, 1], [1, 1])


# Ratios and differences


def test_a_ratio_has_the_limits_of_its_leave_outs_on_the_log_scale():
    found = ratio_interval(HITS, TOKENS)
    ratio = HITS.sum() / TOKENS.sum()
    rest = [np.delete(HITS, i).sum() / np.delete(TOKENS, i).sum() for i in range(5)]
    error = np.sqrt(4 / 5 * ((np.array(rest) - ratio) ** 2).sum())
    freedom = TOKENS.sum() ** 2 / (TOKENS**2).sum() - 1
    factor = np.exp(t.ppf(0.975, freedom) * error / ratio)
    assert found[:3] == pytest.approx((ratio, ratio / factor, ratio * factor))


def test_a_ratio_that_may_be_negative_is_a_plain_mean_with_students_t():
    values = np.array([-1.0, 2, 0.5, 3, -2.5])
    found = ratio_interval(values, np.ones(5))
    oracle = t.interval(0.95, 4, values.mean(), values.std(ddof=1) / 5**0.5)
    assert (found.low, found.high) == pytest.approx(oracle)


@given(st.floats(0.01, 100), st.floats(0.01, 100))
def test_a_ratio_scales_with_its_units_of_measure(up, down):
    plain, scaled = ratio_interval(HITS, TOKENS), ratio_interval(HITS * up, TOKENS * down)
    assert scaled[:3] == pytest.approx([value * up / down for value in plain[:3]])


def test_a_difference_of_groups_with_units_of_their_own_adds_their_variances():
    ones, zeros = np.ones(4), np.zeros(4)
    first, second = np.array([1.0, 2, 4, 6]), np.array([2.0, 3, 3, 8])
    found = difference_interval(
        (np.r_[first, zeros], np.r_[ones, zeros]), (np.r_[zeros, second], np.r_[zeros, ones])
    )
    assert found.estimate == pytest.approx(first.mean() - second.mean())
    # One set of eight units against two of four: (7/8) / (3/4) of the separate variances.
    expected = np.sqrt((first.var(ddof=1) + second.var(ddof=1)) / 4 * (7 / 8) / (3 / 4))
    assert found.high - found.estimate == pytest.approx(t.ppf(0.975, 3) * expected)


def test_a_difference_within_shared_units_is_the_paired_t():
    first, second = np.array([1.0, 2, 4, 6] * 2), np.array([2.0, 3, 3, 7, 1, 2, 3, 6])
    found = difference_interval((first, np.ones(8)), (second, np.ones(8)))
    gaps = first - second
    oracle = t.interval(0.95, 7, gaps.mean(), gaps.std(ddof=1) / 8**0.5)
    assert (found.low, found.high) == pytest.approx(oracle)


def test_one_unit_in_which_both_sides_did_a_rare_thing_makes_no_difference_sure():
    rare = np.r_[1.0, np.zeros(19)]
    pairs = (rare, np.ones(20)), (rare * 2, np.ones(20) + rare)
    found = difference_interval(*pairs)
    errors = [
        jackknife_se(lambda kept, pair=pair: pair[0][kept].sum() / pair[1][kept].sum(), 20)
        for pair in pairs
    ]
    half = t.ppf(0.975, 19) * np.hypot(*errors)
    assert found.high - found.estimate == pytest.approx(half, rel=0.01)


def test_swapping_the_sides_of_a_difference_turns_it_round():
    pairs = (HITS, TOKENS), (HITS[::-1], TOKENS)
    there, back = difference_interval(*pairs), difference_interval(*pairs[::-1])
    assert there[:3] == pytest.approx((-back.estimate, -back.high, -back.low))


# Any statistic


def test_the_jackknife_of_a_mean_is_students_t():
    values = np.array([2.0, 4, 4, 9, 1])
    found = jackknife_interval(lambda kept: values[kept].mean(), 5)
    oracle = t.interval(0.95, 4, values.mean(), values.std(ddof=1) / 5**0.5)
    assert (found.low, found.high) == pytest.approx(oracle)


def test_the_bootstrap_of_a_mean_has_the_error_that_theory_gives():
    values = norm.ppf((np.arange(200) + 0.5) / 200)
    error = bootstrap_se(lambda drawn: values[drawn].mean(), 200, seed=1, draws=3000)
    assert error == pytest.approx(values.std() / 200**0.5, rel=0.04)


def test_the_basic_bootstrap_turns_the_draws_round_the_estimate():
    values = np.array([1.0, 1, 1, 1, 20])
    found = bootstrap_interval(lambda drawn: values[drawn].mean(), 5, seed=3)
    means = values[draw_units(5, seed=3, draws=1999)].mean(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    assert (found.low, found.high) == pytest.approx((2 * 4.8 - high, 2 * 4.8 - low))


def test_the_same_seed_draws_the_same_units_and_another_does_not():
    first, again, other = (draw_units(6, seed=seed, draws=4).tolist() for seed in (7, 7, 8))
    assert first == again != other


def test_draws_that_a_statistic_cannot_use_are_reported_not_dropped():
    def torn(drawn):
        return np.nan if 0 not in drawn else 1.0 + drawn.mean()

    assert np.isnan(bootstrap_interval(torn, 5, seed=1).low)
    assert "not defined without some" in bootstrap_interval(torn, 5, seed=1).note
    assert "not defined without some" in jackknife_interval(torn, 5).note


# Where there is no interval


@pytest.mark.parametrize(
    ("found", "estimate", "note"),
    [
        (share_interval([2], [4]), 0.5, "fewer than two units"),
        (ratio_interval([2], [4]), 0.5, "fewer than two units"),
        (difference_interval(([2, 0], [4, 0]), ([0, 1], [0, 4])), 0.25, "fewer than two units"),
        (jackknife_interval(lambda kept: 3.0, 1), 3, "fewer than two units"),
        (bootstrap_interval(lambda kept: 3.0, 1, seed=0), 3, "fewer than two units"),
        (ratio_interval([0, 0, 0], [4, 5, 6]), 0, "no variation between units"),
        (ratio_interval([0.1, 0.3], [1, 3]), 0.1, "no variation between units"),
        (difference_interval(([1, 2], [2, 4]), ([1, 1], [2, 2])), 0, "no variation between units"),
        (bootstrap_interval(lambda kept: 3.0, 4, seed=0), 3, "no variation between units"),
    ],
)
def test_without_an_interval_the_estimate_stays_and_the_note_says_why(found, estimate, note):
    assert found.estimate == pytest.approx(estimate)
    assert np.isnan([found.low, found.high]).all()
    assert note in found.note


def test_no_units_give_no_estimate():
    nothing = (
        share_interval([], []),
        ratio_interval([0], [0]),
        jackknife_interval(np.mean, 0),
        difference_interval(([1], [2]), ([0], [0])),
    )
    for found in nothing:
        assert np.isnan(found.estimate)
        assert "no units" in found.note


def test_a_single_unit_has_no_jackknife_error():
    assert np.isnan(jackknife_se(np.mean, 1))


@pytest.mark.parametrize("pair", [([1, 2], [3]), ([np.nan, 1], [2, 2]), ([1, 1], [2, -2])])
def test_values_that_do_not_pair_are_refused(pair):
    with pytest.raises(ValueError, match=r"one value per unit|missing value or a negative"):
        ratio_interval(*pair)


def test_ratios_over_different_units_cannot_be_subtracted():
    with pytest.raises(ValueError, match="different numbers of units"):
        difference_interval(([1, 2], [3, 3]), ([1], [3]))


# A sample


@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 99))
def test_a_sample_holds_different_units_in_rising_order(n_units, size, seed):
    size = min(size, n_units)
    drawn = draw_sample(n_units, size, seed=seed).tolist()
    assert len(drawn) == size
    assert drawn == sorted(set(drawn))
    assert set(drawn) <= set(range(n_units))


def test_every_pair_of_units_is_drawn_as_often():
    pairs = [tuple(draw_sample(4, 2, seed=seed)) for seed in range(1200)]
    counts = [pairs.count(pair) for pair in set(pairs)]
    # Six pairs, 200 of each expected; a standard deviation is 12.9.
    assert len(counts) == 6
    assert max(abs(count - 200) for count in counts) < 4 * 12.9


def test_more_than_there_are_cannot_be_drawn():
    with pytest.raises(ValueError, match="size is 4; of 3 units 0 to 3 can be drawn"):
        draw_sample(3, 4, seed=1)


def test_orders_hold_every_unit_and_are_the_same_for_a_seed():
    orders = shuffle_units(5, seed=3, draws=20)
    assert orders.shape == (20, 5)
    assert (np.sort(orders, axis=1) == np.arange(5)).all()
    assert (orders == shuffle_units(5, seed=3, draws=20)).all()
    assert len({tuple(order) for order in orders.tolist()}) > 10
