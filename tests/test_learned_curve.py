"""What more labels buy."""

import numpy as np
import pandas as pd
import pytest
import tolls
from scipy.stats import t
from sklearn.metrics import f1_score

from analysis.models.learned_curve import (
    DRAWS,
    _counts,
    _draw,
    _in_groups,
    _interval,
    _macro,
    measure_learning,
)
from analysis.models.learned_rows import gather_labels

STATEMENTS, CODES = tolls.statements(60), tolls.codes(60)
LEARNING = measure_learning(STATEMENTS, CODES, sizes=(10, 25), seed=1)


def curve(code="toll"):
    return LEARNING[LEARNING["code"] == code].reset_index(drop=True)


def test_a_row_for_each_size_and_one_for_all_that_four_fifths_hold():
    assert curve()["n_labels"].tolist() == [10, 25, 48]
    assert set(LEARNING["n_statements"]) == {60}
    assert set(LEARNING["n_groups"]) == {60}
    assert set(LEARNING["n_draws"]) == {DRAWS}


def test_more_labels_buy_more():
    levels = curve()["macro_f1"]
    assert levels.iloc[2] > levels.iloc[0]
    assert levels.iloc[2] > 0.9
    few = curve().iloc[:2]
    assert (few["low"] < few["macro_f1"]).all()
    assert (few["macro_f1"] < few["high"]).all()


def test_a_gain_is_what_fifty_more_labels_bought():
    rows = curve()
    assert np.isnan(rows["gain"].iloc[0])
    expected = (rows["macro_f1"].iloc[1] - rows["macro_f1"].iloc[0]) * 50 / 15
    assert rows["gain"].iloc[1] == pytest.approx(expected)


def test_macro_f1_of_a_draw_is_that_of_others():
    known = gather_labels(STATEMENTS, CODES, "adjudicated", None)
    given = _draw(known, [20], 3)[20]["toll"]
    counts = _counts(known, "toll", given)
    found = _macro(counts[None], np.arange(counts.shape[-1]))[0]
    truth = known.rows.labels["toll"]
    assert found == pytest.approx(f1_score(truth, given, average="macro"))


def test_limits_hold_the_variation_of_groups_and_of_draws():
    rng = np.random.default_rng(0)
    truth = rng.integers(0, 2, (2, 40)).astype(float)
    hits = [truth * (rng.random((2, 40)) < 0.8) for _ in range(6)]
    counts = np.stack([np.stack([truth, truth, hit], axis=1) for hit in hits])
    found = _interval([counts], 1.0)
    kept = [np.delete(np.arange(40), unit) for unit in range(40)]
    means = np.array([_macro(counts, units).mean() for units in kept])
    variance = 39 / 40 * ((means - means.mean()) ** 2).sum()
    variance += _macro(counts, np.arange(40)).var(ddof=1) / 6
    assert found.high - found.estimate == pytest.approx(t.ppf(0.975, 39) * variance**0.5)


def test_what_never_varies_has_no_limits_and_says_so():
    ones = np.ones((6, 1, 3, 10))
    found = _interval([ones], 1.0)
    assert found.estimate == 1
    assert np.isnan(found.low)
    assert "no variation" in found.note


def test_groups_are_drawn_whole():
    days = pd.to_datetime([f"2001-01-{1 + n // 5:02d}" for n in range(60)]).tolist()
    known = gather_labels(tolls.statements(60, said_on=days), CODES, "adjudicated", None)
    order = _in_groups(known.rows, 4)
    runs = known.rows.groups[order]
    assert (np.diff(runs) != 0).sum() == len(set(runs)) - 1


def test_the_same_seed_gives_the_same_table():
    again = measure_learning(STATEMENTS, CODES, sizes=(10, 25), seed=1)
    pd.testing.assert_frame_equal(again, LEARNING)


@pytest.mark.parametrize("sizes", [(), (1, 20), (500,)])
def test_sizes_that_cannot_be_had_are_named_with_those_that_can(sizes):
    with pytest.raises(ValueError, match="they lie from 2 to 48"):
        measure_learning(STATEMENTS, CODES, sizes=sizes)
