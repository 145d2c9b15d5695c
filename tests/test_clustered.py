"""Intervals over documents; their cover and width are tested in test_keyness."""

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from analysis.features.clustered import Side, by_document, documents_with, log_ratio_interval


def side(rows, sizes, name="North"):
    return Side(name, csr_array(np.array(rows)), np.array(sizes))


def test_units_of_one_document_are_added_up():
    units = pd.DataFrame(
        {"unit_id": ["a1", "a2", "b"], "doc_id": ["a", "a", None], "n_tokens": [5, 6, 7]}
    )
    found = by_document("North", csr_array(np.array([[1, 0], [2, 1], [0, 3]])), units)
    assert found.matrix.toarray().tolist() == [[3, 1], [0, 3]]
    assert found.sizes.tolist() == [11, 7]
    assert documents_with(found).tolist() == [1, 2]


def test_documents_that_are_all_alike_leave_no_interval():
    sides = [side([[2, 1]] * 6, [10] * 6)]
    low, high, notes = log_ratio_interval(sides, np.array([1.0, 2.0]))
    assert np.isnan([low, high]).all()
    assert set(notes) == {"no variation between documents: no interval"}


def test_the_interval_is_symmetric_about_the_estimate():
    sides = [side([[n, 1] for n in (1, 2, 3, 4, 5, 6)], [10, 12, 9, 11, 10, 8])]
    low, high, notes = log_ratio_interval(sides, np.array([1.0, 2.0]))
    assert np.allclose((low + high) / 2, [1, 2])
    assert set(notes) == {""}


def test_a_second_side_widens_the_interval():
    one = side([[n] for n in (1, 2, 3, 4, 5, 6)], [10] * 6)
    (low, *_), (lower, *_) = (
        log_ratio_interval(sides, np.array([1.0]))[0] for sides in ([one], [one, one])
    )
    assert lower < low < 1
