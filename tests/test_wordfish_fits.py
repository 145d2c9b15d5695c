"""The best fit is where no parameter wants to move."""

import numpy as np
import pytest
from scaled import line
from scipy.sparse import csr_array

from analysis.matrices import count_matrix
from analysis.models.wordfish_fits import (
    first_positions,
    fit_as_quanteda,
    fit_converged,
    turned,
)


@pytest.fixture(scope="module")
def rows():
    matrix, _ = count_matrix(*line())
    return csr_array(matrix.astype(float))


def means(fit):
    return np.exp(fit.alpha[:, None] + fit.psi + np.outer(fit.theta, fit.beta))


def test_fitted_counts_add_up_and_no_slope_pulls(rows):
    fit = fit_converged(rows, 1e-10)
    away = rows.toarray() - means(fit)
    assert np.abs(away.sum(axis=0)).max() < 1e-6
    assert np.abs(away.sum(axis=1)).max() < 1e-6
    # Each slope's pull is met by its prior, for one common scale of theta.
    pulls = fit.theta @ away
    assert np.corrcoef(pulls, fit.beta)[0, 1] == pytest.approx(1, abs=1e-6)


def test_from_both_starts_the_same_end(rows):
    loose, tight = fit_converged(rows, 1e-5), fit_converged(rows, 1e-10)
    assert loose.theta == pytest.approx(tight.theta, abs=1e-3)
    assert tight.n_iterations < 100


def test_where_quanteda_stops_is_no_better(rows):
    best, early = fit_converged(rows, 1e-8), fit_as_quanteda(rows.toarray(), absolute=False)
    assert best.log_posterior >= early.log_posterior - 1e-6


def test_turned_twice_is_as_it_was(rows):
    fit = fit_converged(rows, 1e-6)
    assert (turned(turned(fit)).theta == fit.theta).all()
    assert means(turned(fit)) == pytest.approx(means(fit))


def test_a_fit_begins_near_where_it_ends(rows):
    start = first_positions(rows)
    assert (start.mean(), start.std(ddof=1)) == pytest.approx((0, 1))
    assert abs(np.corrcoef(start, fit_converged(rows, 1e-8).theta)[0, 1]) > 0.99
