"""The formulas of word shifts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array

from analysis.features import shift_formulas
from analysis.features.clustered import Side
from analysis.features.shift_formulas import FORMULAS, dealt_totals, deleted_totals, weighted

SHARES = st.floats(0.01, 0.5)


@given(SHARES, SHARES, st.sampled_from([*FORMULAS, "weighted"]))
def test_slopes_are_derivatives(p, q, name):
    formula = FORMULAS.get(name) or weighted(np.array([3.0]), 1.0)
    step = 1e-6

    def value(a, b):
        return formula.contribution(np.array([a]), np.array([b]))[0]

    by_p, by_q = formula.slopes(np.array([p]), np.array([q]))
    assert by_p[0] == pytest.approx((value(p + step, q) - value(p - step, q)) / 2 / step, abs=1e-4)
    assert by_q[0] == pytest.approx((value(p, q + step) - value(p, q - step)) / 2 / step, abs=1e-4)


def test_what_neither_side_uses_contributes_nothing():
    nothing = np.zeros(1)
    for formula in FORMULAS.values():
        assert formula.contribution(nothing, nothing).tolist() == [0]
        assert np.isfinite(formula.slopes(nothing, nothing)).all()


def test_documents_are_dealt_anew(monkeypatch):
    sides = [
        Side("North", csr_array([[2, 0], [1, 1]]), np.array([2, 2])),
        Side("South", csr_array([[0, 2]]), np.array([2])),
    ]
    orders = np.array([[0, 1, 2], [2, 0, 1], [1, 2, 0]])
    found = dealt_totals(FORMULAS["proportion"], sides, orders)
    assert found.tolist() == pytest.approx([0, 0, 0])
    divergence = FORMULAS["jensen_shannon"]
    there = dealt_totals(divergence, sides, orders)
    alone = divergence.contribution(np.array([3 / 4, 1 / 4]), np.array([0.0, 1.0])).sum()
    assert there[0] == pytest.approx(alone)
    monkeypatch.setattr(shift_formulas, "DEALT_AT_ONCE", 2)
    assert dealt_totals(divergence, sides, orders).tolist() == pytest.approx(there.tolist())


def test_a_document_at_a_time_is_left_out():
    counts = csr_array([[2, 0], [1, 1], [0, 0]])
    side = Side("North", counts, np.array([2, 2, 0]))
    other = Side("South", csr_array([[1, 1]]), np.array([2]))
    left = deleted_totals(FORMULAS["entropy"], [side, other], 0)
    # Without the first: shares 1/2 and 1/2, as in the South; without the second: one word alone.
    assert left.tolist() == pytest.approx([0, -1])
    assert len(deleted_totals(FORMULAS["entropy"], [side, other], 1)) == 0
