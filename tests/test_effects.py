"""Effect sizes against published values and their laws."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta

from analysis.features.effects import (
    bayesian_information,
    conservative_log_ratio,
    difference_coefficient,
    log_ratio,
    odds_ratio,
    percent_diff,
    simple_maths,
    weighted_log_odds,
)

RATES = st.tuples(
    st.integers(1, 400), st.integers(1, 400), st.integers(500, 10_000), st.integers(500, 10_000)
)


def test_published_values():
    # Pojanapunya and Watson Todd (2018) for the odds ratio; Hofland and Johansson (1982).
    assert odds_ratio(16217, 735, 2796938, 2087946) == pytest.approx(16.56, abs=0.01)
    assert difference_coefficient(18, 35, 10**6, 10**6) == pytest.approx(-0.32, abs=0.005)


def test_worked_by_hand():
    assert simple_maths(30, 10, 10**6, 10**6, constant=10) == pytest.approx(2)
    assert percent_diff(30, 10, 100, 100) == pytest.approx(200)
    assert bayesian_information(-12.0, np.exp(2)) == pytest.approx(10)
    assert odds_ratio(30, 10, 100, 100) == pytest.approx((30 / 70) / (10 / 90))


@given(RATES)
def test_swapping_the_sides(sides):
    a, b, n_a, n_b = sides
    there, back = (a, b, n_a, n_b), (b, a, n_b, n_a)
    for size in (log_ratio, difference_coefficient, conservative_log_ratio):
        assert size(*there) == pytest.approx(-size(*back), abs=1e-9)
    for ratio in (odds_ratio, simple_maths):
        assert ratio(*there) * ratio(*back) == pytest.approx(1)
    prior = [7.0]
    for variance in ("two_terms", "four_terms"):
        one = weighted_log_odds([a], [b], (n_a, n_b), prior, variance=variance)
        other = weighted_log_odds([b], [a], (n_b, n_a), prior, variance=variance)
        assert np.array(one) == pytest.approx(-np.array(other), abs=1e-9)


@given(RATES, st.integers(2, 9))
def test_sizes_do_not_grow_with_the_corpus(sides, factor):
    more = tuple(factor * value for value in sides)
    for size in (log_ratio, percent_diff, odds_ratio, simple_maths, difference_coefficient):
        assert size(*sides) == pytest.approx(size(*more))


@given(RATES)
def test_the_conservative_ratio_lies_between_nothing_and_the_ratio(sides):
    plain, careful = float(log_ratio(*sides)), float(conservative_log_ratio(*sides))
    assert abs(careful) <= abs(plain)
    assert careful * plain >= 0


def test_the_conservative_ratio_is_a_limit_of_the_exact_interval():
    low = beta.ppf(0.025, 120, 41)
    expected = np.log2(15000 / 8000 * low / (1 - low))
    assert conservative_log_ratio(120, 40, 8000, 15000) == pytest.approx(expected)
    stricter = conservative_log_ratio(120, 40, 8000, 15000, level=1 - 0.05 / 4)
    assert 0 < stricter < expected


@given(RATES)
def test_the_full_variance_is_larger(sides):
    a, b, n_a, n_b = sides
    two, four = (
        weighted_log_odds([a], [b], (n_a, n_b), 0.01, variance=variance)[1]
        for variance in ("two_terms", "four_terms")
    )
    assert abs(two) >= abs(four)


def test_a_flat_prior_is_the_same_number_for_every_term():
    counts = np.array([3.0, 0, 7]), np.array([1.0, 4, 2])
    flat, spelled = (weighted_log_odds(*counts, (10, 7), prior) for prior in (0.1, [0.1] * 3))
    assert np.array(flat) == pytest.approx(np.array(spelled))


def test_terms_that_neither_side_uses():
    assert np.isnan(difference_coefficient(0, 0, 10, 10))
    assert log_ratio(0, 0, 10, 10) == 0


def test_an_unknown_variance_names_the_known_ones():
    with pytest.raises(ValueError, match=r"no variance 'two'; there are \['four_terms'"):
        weighted_log_odds([1], [2], (9, 9), 0.1, variance="two")
