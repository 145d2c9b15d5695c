"""The leading dimensions of counts, all at once or by products alone."""

import numpy as np
import pytest
from scipy.sparse import csr_array

from analysis.models import leading_axes as module
from analysis.models.leading_axes import leading_axes

RNG = np.random.default_rng(4)
COUNTS = RNG.poisson(np.exp(np.outer(RNG.normal(size=12), RNG.normal(size=30)))) + 1.0


def oracle(counts):
    """Singular values and standard coordinates of rows by a dense decomposition."""
    shares = counts / counts.sum()
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    away = (shares - np.outer(rows, columns)) / np.sqrt(np.outer(rows, columns))
    left, singular, _ = np.linalg.svd(away, full_matrices=False)
    return singular, np.abs(left / np.sqrt(rows)[:, None]), (away**2).sum()


@pytest.mark.parametrize("counts", [COUNTS, COUNTS.T], ids=["wide", "long"])
@pytest.mark.parametrize("most", [1000, 5], ids=["at once", "by products"])
def test_they_are_those_of_the_dense_matrix(monkeypatch, counts, most):
    monkeypatch.setattr(module, "MOST_AT_ONCE", most)
    found = leading_axes(csr_array(counts), 3)
    singular, rows, inertia = oracle(counts)
    assert found.singular == pytest.approx(singular[:3])
    assert np.abs(found.rows) == pytest.approx(rows[:, :3], abs=1e-6)
    assert found.inertia == pytest.approx(inertia)


def test_coordinates_have_a_mean_square_of_one_and_the_farthest_row_is_positive():
    found = leading_axes(csr_array(COUNTS), 2)
    for places, sums in ((found.rows, COUNTS.sum(axis=1)), (found.columns, COUNTS.sum(axis=0))):
        weights = sums / COUNTS.sum()
        assert weights @ places**2 == pytest.approx(np.ones(2))
        assert weights @ places == pytest.approx(np.zeros(2), abs=1e-9)
    farthest = np.abs(found.rows).argmax(axis=0)
    assert (found.rows[farthest, [0, 1]] > 0).all()


@pytest.mark.parametrize("most", [1000, 2], ids=["at once", "by products"])
def test_more_dimensions_than_there_are(monkeypatch, most):
    monkeypatch.setattr(module, "MOST_AT_ONCE", most)
    flat = csr_array(np.outer([1.0, 2, 3, 4], np.ones(6)) + np.outer([1, 0, 0, 0], np.arange(6)))
    with pytest.raises(ValueError, match="n_dimensions is 2; the texts differ along 1"):
        leading_axes(flat, 2)
