"""Sums of exponentials without a matrix of all of them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.models.kernel_sums import KernelSums

NUMBERS = st.lists(st.floats(-4, 4), min_size=1, max_size=30)


@settings(max_examples=60)
@given(NUMBERS, NUMBERS, st.integers(1, 12))
def test_they_are_the_sums(levels, slopes, reach):
    size = min(len(levels), len(slopes))
    a, y = np.array(levels[:size]), np.array(slopes[:size])
    x = np.linspace(-reach, reach, 23)
    found = KernelSums(a, y, -reach, reach)(x)
    dense = np.exp(a[:, None] + np.outer(y, x))
    scale = np.exp(a[:, None] + np.abs(np.outer(y, x))).sum(axis=0).max(initial=1)
    for power in range(3):
        expected = (dense * (y**power)[:, None]).sum(axis=0)
        assert np.abs(found[power] - expected).max() < 1e-9 * scale * 16


def test_points_beyond_the_range_are_taken_at_its_edge():
    sums = KernelSums(np.zeros(1), np.ones(1), -1, 1)
    assert sums(np.array([5.0]))[0] == pytest.approx(np.e)
