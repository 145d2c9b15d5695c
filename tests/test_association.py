"""Measures of attraction against nltk, published values and their laws."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.collocations import BigramCollocationFinder
from nltk.metrics import BigramAssocMeasures

from analysis.features.association import (
    delta_p,
    dice,
    interaction,
    log_dice,
    measure_association,
    measure_cells,
)

CELLS = st.tuples(*[st.integers(1, 300)] * 4)
TEXT = "the united north and the united south of the united north call on the united north"


def pairs(*rows):
    return pd.DataFrame(rows, columns=["n", "n_1", "n_2"])


def test_nltk_scores_from_word_frequencies_and_a_scaled_count():
    words, window = TEXT.split(), 5
    finder = BigramCollocationFinder.from_words(words, window_size=window)
    oracle = BigramAssocMeasures
    for (one, two), n in finder.ngram_fd.items():
        row = (n / (window - 1), words.count(one), words.count(two))
        found = measure_association(pairs(row), len(words)).iloc[0]
        assert found["mi"] == pytest.approx(finder.score_ngram(oracle.pmi, one, two))
        assert found["t"] == pytest.approx(finder.score_ngram(oracle.student_t, one, two))
        assert found["dice"] == pytest.approx(finder.score_ngram(oracle.dice, one, two))


def test_published_values():
    # Rychlý (2008), Manning and Schütze (1999) 5.3, Gries (2013) on "of course".
    assert log_dice(8, 389 + 230) == pytest.approx(8.726204, abs=1e-6)
    assert measure_association(pairs((8, 15828, 4675)), 14307668)["t"][0] == pytest.approx(
        0.999932, abs=1e-6
    )
    of, course, words = 5610 + 168938, 5610 + 2257, 5610 + 168938 + 2257 + 10233063
    assert delta_p(5610, of, course, words) == pytest.approx(0.032, abs=5e-4)
    assert delta_p(5610, course, of, words) == pytest.approx(0.697, abs=5e-4)


@given(CELLS)
def test_delta_p_is_a_difference_of_conditional_shares(cells):
    a, b, c, d = cells
    assert delta_p(a, a + b, a + c, sum(cells)) == pytest.approx(a / (a + b) - c / (c + d))


@given(CELLS)
def test_the_interaction_of_a_pair_is_the_log_odds_ratio(cells):
    d, b, c, a = cells
    value, z = interaction(np.array([d, b, c, a]), smoothing=0)
    assert value == pytest.approx(math.log(a * d / (b * c)), abs=1e-9)
    assert z == pytest.approx(value / math.sqrt(sum(1 / cell for cell in cells)), abs=1e-9)


@given(CELLS, CELLS)
def test_the_interaction_of_three_is_a_ratio_of_odds_ratios(without, within):
    # The third word's bit is the highest: the second half of the cells agrees in it.
    value, _ = interaction(np.array([*without, *within]), smoothing=0)
    one, other = (interaction(np.array(half), smoothing=0)[0] for half in (within, without))
    assert value == pytest.approx(one - other, abs=1e-9)


def test_an_empty_cell_without_smoothing_is_infinitely_far():
    value, z = interaction(np.array([4, 0, 3, 2]), smoothing=0)
    assert value == np.inf
    assert np.isnan(z)
    assert np.isfinite(interaction(np.array([4, 0, 3, 2]))).all()


@given(CELLS)
def test_pairs_and_cells_are_measured_alike(cells):
    _, b, c, a = cells
    table = measure_cells(np.array(cells, dtype=float)[:, None])
    found = measure_association(pairs((a, a + b, a + c)), sum(cells))
    for name in table.keys() & set(found.columns):
        assert table[name] == pytest.approx(found[name].to_numpy(), abs=1e-7), name


def test_three_words_worked_by_hand():
    # Eight tosses of three coins, all heads five times, all tails three times.
    cells = np.array([3, 0, 0, 0, 0, 0, 0, 5.0])[:, None]
    found = measure_cells(cells)
    assert found["expected"] == pytest.approx(8 * (5 / 8) ** 3)
    assert found["mi"] == pytest.approx(np.log2(5 / (8 * (5 / 8) ** 3)))
    assert found["g2"] == pytest.approx(2 * (5 * 2 * np.log(8 / 5) + 3 * 2 * np.log(8 / 3)))
    assert found["dice"] == pytest.approx(1)
    assert found["log_dice"] == pytest.approx(14)


def test_dice_falls_by_one_in_the_logarithm_when_halved():
    assert log_dice(3, 6000) + 1 == pytest.approx(log_dice(6, 6000))
    assert dice(130, 3121 + 143) == pytest.approx(0.0797, abs=1e-4)
