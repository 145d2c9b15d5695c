"""Wordfish: positions of texts on one dimension, from their word counts alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import TableError, check_choice
from analysis.matrices import check_varied, count_matrix
from analysis.models import wordfish_fits as fits
from analysis.models.wordfish_errors import model_errors, word_errors
from analysis.models.wordfish_fits import Fit
from analysis.tables import SCALE_POSITIONS, SCALE_WORDS, build_table
from analysis.voices import check_voice

Floats = NDArray[np.float64]

STOPS = ("converged", "quanteda", "quanteda_abs")
NORMAL_95 = 1.959963984540054


@dataclass(frozen=True)
class Scale:
    """Positions of texts, what words add to them, and how the fit ended.

    Attributes
    ----------
    positions
        The `scale_positions` table: a row for each unit.
    words
        The `scale_words` table: a row for each word.
    n_iterations, last_change
        How often all positions were renewed, and the largest change of one the last time, in
        standard deviations of positions.
    log_posterior
        Of the fit, up to a constant.
    converged
        Whether the last change was below the tolerance.
    """

    positions: pd.DataFrame
    words: pd.DataFrame
    n_iterations: int
    last_change: float
    log_posterior: float
    converged: bool


def fit_wordfish(
    counts: pd.DataFrame,
    units: pd.DataFrame,
    *,
    right_of: tuple[str, str],
    stop: str = "converged",
    tolerance: float = 1e-6,
) -> Scale:
    """Scale texts by a Poisson model of their words.

    ``log E(n) = alpha + psi + beta theta``: alpha is how much a text says, psi how common a word
    is, theta the position of the text and beta how the word leans. Priors: theta standard normal,
    beta normal with standard deviation 3, alpha and psi flat.

    Parameters
    ----------
    counts, units
        The `counts` and `units` tables; units of one voice of own words or a translation. Units
        without counted words are left out.
    right_of
        Two units: the first stands to the right of the second. (The model knows no direction.)
    stop
        "converged": until no position changes by `tolerance` standard deviations. "quanteda": where
        quanteda.textmodels stops by default, at the first fall of its posterior, which may be far
        from the best fit; "quanteda_abs": where it stops with ``abs_err = TRUE``, after 100
        rounds at most. Both give its figures.
    tolerance
        Of "converged".

    Returns
    -------
    Positions with mean 0 and standard deviation 1, words, and how the fit ended. `low` and `high`
    are 95 % limits from `se`, the standard error over words: a word may vary more than the model
    has it, but words vary apart from each other. Where those of one matter come and go together,
    limits are too narrow (`docs/validity/scales.csv` says by how much). `se_model` is
    quanteda's, given the model and the words' parameters, and far too small for texts; where
    `stop` is quanteda's, `se` is the same.

    Raises
    ------
    TableError
        If a table is not as declared, the counts are of other units, the voice rule is broken, or
        fewer than three units have words, or all use them in the same shares.
    ValueError
        If a unit of `right_of` is unknown or both are one, `stop` is none of the three, or the
        tolerance is not above 0.

    References
    ----------
    Slapin and Proksch (2008), American Journal of Political Science 52(3). Lowe and Benoit (2013),
    Political Analysis 21(3), on its standard errors. White (1982), Econometrica 50(1), on errors
    where a model is wrong. Walker and Ni (2011), SIAM Journal on Numerical Analysis 49(4), for the
    acceleration (Anderson).
    """
    check_choice(stop, STOPS, "stop")
    if not tolerance > 0:
        raise ValueError(f"tolerance is {tolerance}; it is above 0")
    check_voice(units, None)
    matrix, terms = count_matrix(counts, units)
    filled = np.asarray(matrix.sum(axis=1)) > 0
    if filled.sum() < 3:
        raise TableError(f"units: {int(filled.sum())} have words; a scale needs three or more")
    kept = units[filled].reset_index(drop=True)
    names = kept["unit_id"].astype("str").tolist()
    first, second = (names.index(check_choice(unit, names, "unit")) for unit in right_of)
    if first == second:
        raise ValueError(f"right_of names {right_of[0]!r} twice; name two units that differ")
    rows = matrix[filled].astype(np.float64).tocsr()
    used = np.asarray(rows.sum(axis=0)) > 0
    check_varied(rows[:, used])
    if stop == "converged":
        fit = fits.fit_converged(rows[:, used], tolerance)
    else:
        fit = fits.fit_as_quanteda(rows[:, used].toarray(), absolute=stop == "quanteda_abs")
    turned = fits.turned(fit) if fit.theta[first] < fit.theta[second] else fit
    model = model_errors(turned)
    errors = word_errors(turned, rows[:, used]) if stop == "converged" else model
    return _tables(turned, (errors, model), kept, terms[used], rows[:, used])


def _tables(
    fit: Fit, errors: tuple[Floats, Floats], units: pd.DataFrame, terms: pd.Index, rows: Any
) -> Scale:
    reach = NORMAL_95 * errors[0]
    positions = pd.DataFrame(
        {
            "unit_id": units["unit_id"],
            "group": units["group"],
            "n_tokens": np.asarray(rows.sum(axis=1), dtype=np.int64),
            "position": fit.theta,
            "se": errors[0],
            "se_model": errors[1],
            "low": fit.theta - reach,
            "high": fit.theta + reach,
            "intercept": fit.alpha,
        }
    )
    words = pd.DataFrame(
        {
            "term": pd.Categorical(terms, categories=terms),
            "n": np.asarray(rows.sum(axis=0), dtype=np.int64),
            "score": fit.beta,
            "intercept": fit.psi,
        }
    ).sort_values("score", kind="stable")
    return Scale(
        positions=build_table(positions, SCALE_POSITIONS),
        words=build_table(words, SCALE_WORDS),
        n_iterations=fit.n_iterations,
        last_change=fit.last_change,
        log_posterior=fit.log_posterior,
        converged=fit.converged,
    )
