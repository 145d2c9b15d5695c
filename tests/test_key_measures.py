"""Columns of keyness; most are tested there."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array

from analysis.features.key_measures import measure_evidence, measure_spread


def test_juilland_of_gries_2019():
    # The word "a" in five parts, as Gries (2019) works it: 0.785.
    parts = ["b a m n i b e u p", "b a s a t b e w q n", "b c a g a b e s t a"]
    parts += ["b a g h a b e a a t", "b a h a a b e a x a t"]
    words = [part.split() for part in parts]
    column = csr_array([[part.count("a")] for part in words])
    sizes = np.array([len(part) for part in words])
    assert measure_spread(column, sizes)["juilland_d"] == pytest.approx([0.785], abs=5e-4)
    assert measure_spread(column, sizes)["dp_norm"] == pytest.approx([0.2195], abs=5e-4)


def test_juilland_of_equal_parts():
    # Published with Wordless: frequencies 0, 4, 3, 2, 1.
    column = csr_array([[0], [4], [3], [2], [1]])
    assert measure_spread(column, np.full(5, 100))["juilland_d"] == pytest.approx(
        [0.6464], abs=5e-5
    )


@given(st.integers(2, 9), st.integers(1, 5))
def test_even_is_one_and_all_in_one_unit_is_zero(n_units, uses):
    even = np.full((n_units, 1), uses)
    single = np.zeros((n_units, 1), dtype=int)
    single[0] = uses
    matrix = csr_array(np.hstack([even, single]))
    assert measure_spread(matrix, np.full(n_units, 50))["juilland_d"] == pytest.approx(
        [1, 0], abs=1e-7
    )


def test_one_unit_or_no_use_is_missing():
    assert np.isnan(measure_spread(csr_array([[3]]), np.array([9]))["juilland_d"]).all()
    absent = measure_spread(csr_array([[0], [0]]), np.array([9, 9]))
    assert np.isnan(list(absent.values())).all()


def test_q_is_never_below_p():
    found = measure_evidence(([30, 4, 9], [40, 9, 20], [100] * 3, [200] * 3), "none")
    assert (found["q"] >= found["p"]).all()
