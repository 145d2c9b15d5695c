"""Standard errors of Wordfish positions: as the model has them, and where words vary more."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.models.kernel_sums import KernelSums
from analysis.models.wordfish_fits import BETA_PRIOR, MOST_CELLS, THETA_PRIOR, Fit

Floats = NDArray[np.float64]

# So small a part of what the model expects is no rest.
NO_REST = 1e-9


def model_errors(fit: Fit) -> Floats:
    """Return the standard error of each position under the model, given the words' parameters.

    References
    ----------
    Lowe and Benoit (2013), Political Analysis 21(3).
    """
    reach = float(np.abs(fit.theta).max()) + 1
    sums = KernelSums(fit.psi, fit.beta, -reach, reach)(fit.theta) * np.exp(fit.alpha)
    slack = sums[0] * (sums[2] + THETA_PRIOR) - sums[1] ** 2
    errors: Floats = np.sqrt(sums[0] / slack)
    return errors


def word_errors(fit: Fit, rows: Any) -> Floats:
    """Return the standard error of each position over words, whatever the spread of their counts.

    A sandwich: the bread is the observed curvature of each text's profile likelihood, in which
    the words' parameters follow the text; the filling is what each word adds to the text's
    score, squared. So a word may vary more than a Poisson count does, and each word by its own
    measure; only that words vary apart from each other is taken for granted. NaN where nothing is
    left to learn it from: the profile has no curvature, since the words owe all to this text, or
    the text is fitted without a rest.

    References
    ----------
    White (1982), Econometrica 50(1), for the sandwich. Each word has two parameters of its own,
    hence n / (n - 2) for n texts: MacKinnon and White (1985), Journal of Econometrics 29(3).
    """
    n_texts, n_words = rows.shape
    columns, step = rows.tocsc(), max(1, MOST_CELLS // n_texts)
    sums = np.zeros((6, n_texts))
    for start in range(0, n_words, step):
        part = slice(start, start + step)
        sums += _sums(fit, columns[:, part].toarray(), part)
    level, cross, slope, *filling = sums
    slope += THETA_PRIOR
    slack = level * slope - cross**2
    spread = cross**2 * filling[0] - 2 * cross * level * filling[1] + level**2 * filling[2]
    known = (level > 0) & (slack > 0) & (spread > NO_REST * level * slack)
    factor = n_texts / max(n_texts - 2, 1)
    errors: Floats = np.sqrt(factor * np.maximum(spread, 0)) / np.where(known, slack, np.nan)
    return errors


def _sums(fit: Fit, counts: Floats, part: slice) -> Floats:
    """Return what some words add for each text: three sums of curvature, three of squares."""
    theta, beta = fit.theta[:, None], fit.beta[part]
    means = np.exp(fit.alpha[:, None] + fit.psi[part] + theta * beta)
    away = counts - means
    # The inverse curvature of each word's own two parameters.
    first, second = means.sum(axis=0), fit.theta @ means
    third = fit.theta**2 @ means + BETA_PRIOR
    slack = first * third - second**2
    whole, cross, lean = third / slack, -second / slack, first / slack
    # How they follow a text's level; `near` and `far`: how its position pulls at them.
    up, tilt = whole + cross * theta, cross + lean * theta
    near, far = means * beta, means * beta * theta - away
    level = means - means**2 * (up + tilt * theta)
    both = near - means * (near * up + far * tilt)
    slope = near * beta - (near**2 * whole + 2 * near * far * cross + far**2 * lean)
    squares = away**2
    terms = (level, both, slope, squares, squares * beta, squares * beta**2)
    return np.stack([term.sum(axis=1) for term in terms])
