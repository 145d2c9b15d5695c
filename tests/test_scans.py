"""Which documents differ most from the rest."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.comparison.scans import (
    LEAST,
    MOST_PLACES,
    Chance,
    best_split,
    cut,
    draw_orders,
    far_splits,
    p_value,
    places_of,
    scan_stretches,
    thin,
    varies,
)
from analysis.comparison.series import Series


def series(hits, tokens=None, days=None):
    size = len(hits)
    return Series(
        "North",
        "accord",
        np.array(np.arange(size) if days is None else days).astype("datetime64[D]"),
        np.array(hits, dtype=float),
        np.array([1000.0] * size if tokens is None else tokens, dtype=float),
    )


def in_time(part):
    return np.arange(len(part.hits))[None, :]


def test_a_step_worked_by_hand():
    # Each document is 1 off the mean of 1; half of eight documents are 4 off, where chance would
    # be off by the root of 8 * 1/2 * 1/2.
    part = series([0, 0, 0, 0, 2, 2, 2, 2])
    scan = scan_stretches(part, in_time(part), places_of(part.days))
    assert (scan.first, scan.last) == (0, 4)
    assert scan.statistic == pytest.approx(4 / np.sqrt(8 / 4))
    assert best_split(part) == 4
    assert far_splits(part, in_time(part), np.array([0, 4, 8])) == pytest.approx([8])


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 9)), min_size=8, max_size=14))
def test_the_farthest_stretch_is_that_of_a_search_one_by_one(documents):
    hits, tokens = (np.array(values, dtype=float) for values in zip(*documents, strict=True))
    part, size = series(hits, tokens), len(hits)
    if not varies(part):
        return
    away = hits - tokens * hits.sum() / tokens.sum()
    far = {}
    for first in range(size):
        for last in range(first + LEAST, size + 1):
            left = [first, size - last]
            if all(rest == 0 or rest >= LEAST for rest in left) and any(left):
                share = tokens[first:last].sum() / tokens.sum()
                plain = share * (1 - share) * (away**2).sum()
                inside = (away[first:last] ** 2).sum()
                own = (1 - share) ** 2 * inside + share**2 * ((away**2).sum() - inside)
                far[first, last] = np.array([plain, own]) ** -1 * away[first:last].sum() ** 2
    scan = scan_stretches(part, in_time(part), places_of(part.days))
    plain, own = far[scan.first, scan.last]
    assert scan.statistic**2 == pytest.approx(plain, abs=1e-9)
    largest = np.max(list(far.values()), axis=0)
    assert plain == pytest.approx(largest[0], abs=1e-9) or own == pytest.approx(largest[1])


def test_the_p_value_of_all_orders_there_are():
    # Of the 70 ways to place four documents with hits among eight, two are a clean step.
    part = series([0, 0, 0, 0, 2, 2, 2, 2])
    orders = np.array([(*np.argsort(order, kind="stable"),) for order in ways()])
    scan = scan_stretches(part, orders, np.array([0, 4, 8]))
    assert scan.p == pytest.approx(2 / 70)


def ways():
    """Each way to place four of one kind and four of another."""
    return sorted(set(permutations([0] * 4 + [1] * 4)))


def test_equal_orders_reach_each_other():
    assert p_value(np.array([2.0, 2.0, 1.0, 3.0])) == 0.75
    assert p_value(np.array([2.0])) == 1


def test_the_first_order_is_that_in_time_and_a_seed_gives_the_same_orders():
    orders = draw_orders(9, Chance(3), 1, draws=20)
    assert orders[0].tolist() == list(range(9))
    assert (np.sort(orders, axis=1) == np.arange(9)).all()
    assert (orders == draw_orders(9, Chance(3), 1, draws=20)).all()
    assert (orders != draw_orders(9, Chance(3), 2, draws=20)).any()


def test_blocks_stay_together_and_the_last_may_be_short():
    orders = draw_orders(8, Chance(3, block=3), 0, draws=30)
    assert (np.sort(orders, axis=1) == np.arange(8)).all()
    for order in orders.tolist():
        text = " ".join(map(str, order))
        assert all(block in text for block in ("0 1 2", "3 4 5", "6 7"))


def test_documents_of_one_day_are_not_parted():
    days = series([0] * 12, days=[0, 0, 1, 1, 1, 2, 2, 3, 3, 3, 3, 4]).days
    assert places_of(days).tolist() == [0, 5, 7, 12]
    assert places_of(days, least=1).tolist() == [0, 2, 5, 7, 11, 12]


@given(st.permutations(range(4)))
def test_the_order_within_a_day_changes_nothing(order):
    hits = np.array([1, 5, 0, 2, 3, 1, 4, 0, 9, 7, 8, 6])
    mixed = np.concatenate([hits[:4], hits[4:8][list(order)], hits[8:]])
    found = [
        scan_stretches(part, in_time(part), places_of(part.days))
        for part in (series(values, days=np.repeat([0, 1, 2], 4)) for values in (hits, mixed))
    ]
    assert found[0][:2] == found[1][:2]
    assert found[0].statistic == pytest.approx(found[1].statistic)


def test_many_places_are_thinned_evenly_with_both_ends():
    few, many = np.arange(50), np.arange(1000)
    assert thin(few) is few
    assert len(thin(many)) == MOST_PLACES
    assert thin(many)[[0, -1]].tolist() == [0, 999]
    assert set(np.diff(thin(many))) == {10, 11}


def test_a_part_and_whether_it_varies():
    part = cut(series([1, 1, 2, 4], [10, 10, 20, 20]), 0, 3)
    assert part.hits.tolist() == [1, 1, 2]
    assert len(part.days) == 3
    assert not varies(part)
    assert varies(cut(series([1, 1, 2, 4], [10, 10, 20, 20]), 1, 4))
