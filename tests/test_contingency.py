"""Two-by-two tables against scipy, a published value and their laws."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2, chi2_contingency

from analysis.features.contingency import (
    expected_both,
    p_value,
    signed_chi2,
    signed_g2,
    two_cell_g2,
)

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


@given(CELLS)
def test_yates_agrees_with_scipy(cells):
    table = np.reshape(cells, (2, 2))
    for statistic, kind in ((signed_chi2, None), (signed_g2, "log-likelihood")):
        oracle = chi2_contingency(table, correction=True, lambda_=kind).statistic
        found = statistic(*margins(*cells), correction="yates_always")
        assert abs(found) == pytest.approx(oracle, abs=1e-9)


@given(CELLS)
def test_yates_leaves_large_tables_alone(cells):
    means = chi2_contingency(np.reshape(cells, (2, 2))).expected_freq
    away = abs(cells[0] - means[0, 0])
    corrected = (means < 5).any() and away >= 0.5
    same = "yates_always" if corrected else "none"
    assert signed_chi2(*margins(*cells), correction="yates") == pytest.approx(
        signed_chi2(*margins(*cells), correction=same)
    )


@given(CELLS)
def test_williams_divides_by_a_factor_above_one(cells):
    a, b, c, d = cells
    n = sum(cells)
    rows, columns = n / (a + b) + n / (c + d) - 1, n / (a + c) + n / (b + d) - 1
    factor = 1 + rows * columns / (6 * n)
    for statistic in (signed_g2, signed_chi2):
        plain, less = (statistic(*margins(*cells), correction=c) for c in ("none", "williams"))
        assert less * factor == pytest.approx(plain, abs=1e-9)


def test_two_cells_of_a_published_example():
    # Rayson and Garside's formula for 120 of 8,000 tokens against 40 of 15,000.
    assert two_cell_g2(120, 40, 8000, 15000) == pytest.approx(107.70091672797179)
    assert two_cell_g2(40, 120, 15000, 8000) == pytest.approx(-107.70091672797179)
    assert two_cell_g2(0, 0, 10, 20) == 0


def test_an_unknown_correction_names_the_known_ones():
    with pytest.raises(ValueError, match=r"no correction 'yate'.*did you mean 'yates'"):
        signed_chi2(*margins(1, 2, 3, 4), correction="yate")
