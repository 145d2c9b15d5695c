"""P values of many tests at once."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.multiple import holm_values, q_values


def test_q_values_agree_with_benjamini_and_hochbergs_example():
    p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344]
    p += [0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000]
    # Their 1995 example at .05: the first four hypotheses are rejected, the fifth is not.
    assert (q_values(p) <= 0.05).tolist() == [True] * 4 + [False] * 11
    assert q_values(p)[3] == pytest.approx(0.0095 * 15 / 4)


def test_a_missing_p_value_is_no_test():
    found = q_values([0.01, np.nan, 0.04])
    assert np.isnan(found[1])
    assert found[[0, 2]] == pytest.approx(q_values([0.01, 0.04]))


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_q_values_keep_the_order_of_p_values_and_are_no_smaller(p):
    q = q_values(p)
    assert (q >= np.array(p) - 1e-12).all()
    assert (np.diff(q[np.argsort(p)]) >= -1e-12).all()


def test_holm_worked_by_hand():
    # The second is 0.01 * 3, the smallest 0.005 * 4; none is smaller than one before it.
    assert holm_values([0.03, 0.01, np.nan, 0.005, 0.04]).tolist() == pytest.approx(
        [0.06, 0.03, np.nan, 0.02, 0.06], nan_ok=True
    )


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_holm_is_stricter_than_the_false_discovery_rate(p):
    assert (holm_values(p) >= q_values(p) - 1e-12).all()
    assert (holm_values(p) <= np.minimum(np.array(p) * len(p), 1) + 1e-12).all()
