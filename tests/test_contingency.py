"""Two-by-two tables against scipy, a published value and their laws."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2, chi2_contingency

from analysis.features.contingency import expected_both, p_value, signed_chi2, signed_g2

CELLS = st.tuples(*[st.integers(1, 400)] * 4)


def margins(a, b, c, d):
    """Cells row by row to first cell, first row, first column, total."""
    return a, a + b, a + c, a + b + c + d


@given(CELLS)
def test_both_statistics_agree_with_scipy(cells):
    table = np.reshape(cells, (2, 2))
    oracle = chi2_contingency(table, correction=False)
    likelihood = chi2_contingency(table, correction=False, lambda_="log-likelihood")
    assert abs(signed_chi2(*margins(*cells))) == pytest.approx(oracle.statistic, abs=1e-9)
    assert abs(signed_g2(*margins(*cells))) == pytest.approx(likelihood.statistic, abs=1e-9)
    assert expected_both(*margins(*cells)[1:]) == pytest.approx(oracle.expected_freq[0, 0])


@given(CELLS)
def test_swapping_the_rows_flips_the_sign(cells):
    a, b, c, d = cells
    for statistic in (signed_g2, signed_chi2):
        there, back = statistic(*margins(a, b, c, d)), statistic(*margins(c, d, a, b))
        assert there == pytest.approx(-back, abs=1e-9)


@given(CELLS, st.integers(2, 5))
def test_both_statistics_grow_in_proportion_to_the_counts(cells, factor):
    larger = [cell * factor for cell in cells]
    for statistic in (signed_g2, signed_chi2):
        expected = factor * statistic(*margins(*cells))
        assert statistic(*margins(*larger)) == pytest.approx(expected, abs=1e-7)


def test_a_published_chi_squared():
    # Kilgarriff's and Dunning's example of a pair that never stands apart: 3, 0, 0, 31774.
    assert signed_chi2(*margins(3, 0, 0, 31774)) == pytest.approx(31777)


def test_empty_cells_add_nothing():
    assert signed_g2(*margins(0, 10, 10, 80)) < 0
    assert signed_g2(*margins(0, 0, 5, 5)) == 0
    assert signed_chi2(*margins(0, 0, 5, 5)) == 0


def test_p_values_are_the_tail_of_chi_squared():
    assert p_value([3.841458820694124, -6.6]) == pytest.approx([0.05, chi2.sf(6.6, 1)])
