"""Standard errors of positions: by the model, and by how words vary."""

import numpy as np
import pytest
from scaled import line
from scipy.sparse import csr_array, hstack

from analysis.matrices import count_matrix
from analysis.models.wordfish_errors import model_errors, word_errors
from analysis.models.wordfish_fits import Fit, fit_converged, turned


@pytest.fixture(scope="module")
def rows():
    matrix, _ = count_matrix(*line())
    return csr_array(matrix.astype(float))


def means(alpha, theta, words):
    return np.exp(alpha[:, None] + words[0] + np.outer(theta, words[1]))


def best_words(counts, alpha, theta, words):
    """Maximise each word's own part of the posterior, by Newton's method."""
    for _ in range(30):
        fitted = means(alpha, theta, words)
        pull = np.array([(counts - fitted).sum(0), theta @ (counts - fitted) - words[1] / 9])
        curve = np.array([[fitted.sum(0), theta @ fitted], [theta @ fitted, theta**2 @ fitted]])
        curve[1, 1] += 1 / 9
        words = words + np.linalg.solve(np.moveaxis(curve, 2, 0), pull.T[..., None])[..., 0].T
    return words


def test_they_are_the_sandwich_of_the_profile(rows):
    counts, fit = rows.toarray(), fit_converged(rows, 1e-8)
    words = best_words(counts, fit.alpha, fit.theta, np.array([fit.psi, fit.beta]))
    fit = Fit(fit.alpha, fit.theta, *words, 1, 0.0, 0.0, True)
    text, step = 2, 1e-4

    def profile(up, tilt):
        alpha, theta = fit.alpha.copy(), fit.theta.copy()
        alpha[text], theta[text] = alpha[text] + up * step, theta[text] + tilt * step
        found = best_words(counts, alpha, theta, words)
        fitted = means(alpha, theta, found)
        prior = (found[1] @ found[1] / 9 + theta[text] ** 2) / 2
        return (counts * np.log(fitted) - fitted).sum() - prior

    level = 2 * profile(0, 0) - profile(1, 0) - profile(-1, 0)
    slope = 2 * profile(0, 0) - profile(0, 1) - profile(0, -1)
    both = (profile(1, -1) + profile(-1, 1) - profile(1, 1) - profile(-1, -1)) / 4
    bread = np.linalg.inv(np.array([[level, both], [both, slope]]) / step**2)
    away = (counts - means(fit.alpha, fit.theta, words))[text]
    scores = np.array([away, away * fit.beta])
    expected = (bread @ (scores @ scores.T) @ bread)[1, 1] * 9 / 7
    assert word_errors(fit, rows)[text] == pytest.approx(expected**0.5, rel=1e-4)


def test_model_errors_are_those_of_a_regression_on_the_leans(rows):
    fit = fit_converged(rows, 1e-8)
    fitted = means(fit.alpha, fit.theta, (fit.psi, fit.beta))[4]
    design = np.column_stack([np.ones_like(fit.beta), fit.beta])
    curve = design.T @ (fitted[:, None] * design) + np.diag([0, 1])
    assert model_errors(fit)[4] == pytest.approx(np.linalg.inv(curve)[1, 1] ** 0.5)


def test_every_word_twice_makes_them_smaller_by_the_root_of_two(rows):
    once = fit_converged(rows, 1e-8)
    twice = fit_converged(csr_array(hstack([rows, rows])), 1e-8)
    both = csr_array(hstack([rows, rows]))
    assert word_errors(twice, both) == pytest.approx(word_errors(once, rows) / 2**0.5, rel=0.02)


def test_the_side_changes_nothing(rows):
    fit = fit_converged(rows, 1e-8)
    for errors in (model_errors, lambda each: word_errors(each, rows)):
        assert errors(turned(fit)) == pytest.approx(errors(fit))


def test_words_that_vary_more_than_chance_widen_only_those_over_words():
    rng = np.random.default_rng(3)
    theta, lean = np.linspace(-1.5, 1.5, 30), rng.normal(0, 0.5, 300)
    expected = 5 * np.exp(np.outer(theta, lean))
    steady, bursty = (
        csr_array(rng.poisson(expected * spread).astype(float))
        for spread in (1.0, rng.gamma(2, 1 / 2, expected.shape))
    )
    ratios = []
    for counts in (steady, bursty):
        fit = fit_converged(counts, 1e-6)
        ratios.append(float(np.median(word_errors(fit, counts) / model_errors(fit))))
    assert ratios[0] == pytest.approx(1.1, abs=0.1)
    assert ratios[1] > 1.6


def test_a_text_that_is_fitted_without_a_rest_has_no_error():
    rows = csr_array(np.array([[1.0, 1.0], [2.0, 1.0], [1.0, 2.0]]))
    assert np.isnan(word_errors(fit_converged(rows, 1e-8), rows)[0])
