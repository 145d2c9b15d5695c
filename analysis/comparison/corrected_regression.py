"""Regressions of automatic codes on groups, periods or any column, put right by codes by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.comparison.counted import counted_statements
from analysis.comparison.designs import INTERCEPT, build_design, predictor_columns
from analysis.comparison.outcomes import (
    FEWEST_BY_HAND,
    coded_rows,
    corrected_values,
    outcomes_of,
    remark_of,
    why_not,
)
from analysis.errors import check_choice
from analysis.multiple import q_values
from analysis.tables import CORRECTED_COEFFICIENTS, build_table
from analysis.versions import join_notes

Floats = NDArray[np.float64]
Fit = Callable[[Floats, Floats], Floats]

STEPS = 50
# A log odds beyond this is the mark of one that has no end.
FARTHEST = 25.0
# Errors smaller than this part of the largest coefficient are those of rounding.
ROUNDING = 1e-12
# What the columns are called that are put beside those of statements.
TAKEN = ("code", "automatic", "by_hand", "chance", "remark", "unit")
_NO_LIMITS = "one unit alone, units all alike, or not defined without some of them: no interval"
_ENDLESS = "not defined: terms that say the same, or log odds without end"


def correct_regression(
    statements: pd.DataFrame,
    codes: pd.DataFrame,
    sample: pd.DataFrame,
    *,
    predictors: Sequence[str],
    coders: tuple[str, str],
) -> pd.DataFrame:
    """Regress whether a statement has a code on columns of statements, and put it right.

    Parameters
    ----------
    statements
        The `statements` table, with columns of your own if need be (a group, a period, a year).
        Those of the background layer, doubled ones and those that lack a predictor are left out.
    codes, sample, coders
        As for `correct_shares`.
    predictors
        Columns, as `analysis.comparison.designs.build_design` takes them: numbers as they are,
        other columns value by value against their first; "group:period" for an interaction.

    Returns
    -------
    The `corrected_coefficients` table: a row for each code and term of a linear model, in which a
    coefficient is a difference of shares.

    n_statements, n_units, n_by_hand
        Statements that count, their episodes (or else documents), and those coded by hand.
    raw, raw_low, raw_high
        The coefficient by the automatic coder, as if it never erred.
    corrected, low, high, p, q
        The coefficient with each statement counted as ``f + R / pi (Y - f)``, its 95 % limits, the
        p value of none, and its false discovery rate over all terms but intercepts.
    note
        Why there is no correction: as for `correct_shares`, or fewer than ten statements by hand
        with, or without, one of the values. Also why there are no coefficients, as where two
        predictors say the same, or no limits.

    Raises
    ------
    TableError, ValueError
        As `correct_shares` and `build_design`; ValueError also if a predictor is called as one of
        the columns that are put beside it.

    Notes
    -----
    Standard errors are the jackknife's over episodes (CR3 of the cluster-robust ones), with a t
    quantile of one degree less than the episodes that tell a term's values apart: those with the
    value that the fewer have, or, of numbers, another one than the commonest.
    Automatic codes are used wholly, as design-based supervised learning has it; `correct_shares`
    and `correct_differences` tune how far (PPI++), so that their figures differ a little. Coverage:
    ``tests/benchmarks/regression_coverage.py``.

    References
    ----------
    Egami, Hinck, Stewart and Wei (2023), NeurIPS. Bell and McCaffrey (2002), Survey Methodology
    28(2), for the jackknife.
    """
    return _regressions((statements, codes, sample), predictors, coders, "linear")


def correct_logistic(
    statements: pd.DataFrame,
    codes: pd.DataFrame,
    sample: pd.DataFrame,
    *,
    predictors: Sequence[str],
    coders: tuple[str, str],
) -> pd.DataFrame:
    """Regress the log odds that a statement has a code on columns of statements, and put it right.

    Parameters
    ----------
    statements, codes, sample, predictors, coders
        As for `correct_regression`.

    Returns
    -------
    The `corrected_coefficients` table, of a logistic model: coefficients are differences of log
    odds. NaN where they have no end, as where all or none of a value's statements have the code.

    Raises
    ------
    TableError, ValueError
        As `correct_regression`.

    Notes
    -----
    The likelihood's equations hold with counts beyond 0 and 1 too, and have one solution at most:
    ``sum x (y - expit(x b)) = 0``.

    References
    ----------
    As `correct_regression`.
    """
    return _regressions((statements, codes, sample), predictors, coders, "logistic")


def _regressions(
    tables: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame],
    predictors: Sequence[str],
    coders: tuple[str, str],
    model: str,
) -> pd.DataFrame:
    statements, codes, sample = tables
    known = counted_statements(statements)
    columns = predictor_columns(predictors)
    for column in columns:
        if column in TAKEN:
            raise ValueError(f"predictor {column!r}: {list(TAKEN)} are taken; call it otherwise")
        check_choice(column, known.columns, "column")
    rows = coded_rows(known.dropna(subset=columns), codes, sample, coders)
    found = [
        {"code": code, "model": model, **row}
        for code, mine in rows.groupby("code", sort=True)
        for row in coefficient_rows(mine, build_design(mine, predictors), FITS[model])
    ]
    frame = pd.DataFrame(found, columns=list(CORRECTED_COEFFICIENTS.columns))
    tested = frame["p"].astype("float64").mask(frame["term"] == INTERCEPT)
    return build_table(frame.assign(q=q_values(tested)), CORRECTED_COEFFICIENTS)


def coefficient_rows(rows: pd.DataFrame, design: pd.DataFrame, fit: Fit) -> list[dict[str, object]]:
    """Return a row for each term, but for code and model, of the joined rows of one code."""
    outcomes, terms = outcomes_of(rows), design.to_numpy(dtype=np.float64)
    refusal = why_not(outcomes) or _why_not_terms(rows, design)
    raw = _estimates(terms, outcomes.automatic, outcomes.units, fit)
    right = _estimates(terms, corrected_values(outcomes, 1.0), outcomes.units, fit)
    found = []
    for place, term in enumerate(design.columns):
        row: dict[str, object] = {
            "term": term,
            "n_statements": len(rows),
            "n_units": int(outcomes.units.max()) + 1,
            "n_by_hand": int(rows["by_hand"].notna().sum()),
            **dict(zip(("raw", "raw_low", "raw_high"), raw[place, :3].tolist(), strict=True)),
        }
        if not refusal:
            names = ("corrected", "low", "high", "p")
            row |= dict(zip(names, right[place].tolist(), strict=True))
        why_raw, why = _why_missing(raw[place]), refusal or _why_missing(right[place])
        told = f"raw: {why_raw}" if why_raw and why_raw != why else ""
        found.append(row | {"note": join_notes(why, told, remark_of(rows))})
    return found


def _why_missing(estimate: Floats) -> str:
    """Say why an estimate or its limits are missing; empty where they are not."""
    value, low = estimate[:2]
    if np.isnan(value):
        return _ENDLESS
    return _NO_LIMITS if np.isnan(low) else ""


def _why_not_terms(rows: pd.DataFrame, design: pd.DataFrame) -> str:
    """Say which value too few statements by hand have, or lack; empty where none."""
    read = design[rows["by_hand"].notna()]
    for term in design.columns[1:]:
        if set(design[term].unique()) <= {0.0, 1.0}:
            fewest = int(min((read[term] == value).sum() for value in (0.0, 1.0)))
            if fewest < FEWEST_BY_HAND:
                return f"{term}: {fewest} by hand, fewer than {FEWEST_BY_HAND}: not corrected"
    return ""


def _estimates(terms: Floats, values: Floats, units: NDArray[np.intp], fit: Fit) -> Floats:
    """Return the estimate, limits and p value of each term, a row each."""
    from scipy.special import stdtr, stdtrit

    n_units = int(units.max()) + 1
    whole = fit(terms, values)
    without = np.array(
        [fit(terms[units != unit], values[units != unit]) for unit in range(n_units)]
    )
    spread = ((without - without.mean(axis=0)) ** 2).sum(axis=0)
    error = np.sqrt((n_units - 1) / n_units * spread)
    error[~(error > ROUNDING * max(1.0, float(np.abs(whole).max())))] = np.nan
    freedom = np.array([_freedom(term, units) for term in terms.T])
    reach = stdtrit(freedom, 0.975) * error
    p = 2 * stdtr(freedom, -np.abs(whole) / error)
    found: Floats = np.stack([whole, whole - reach, whole + reach, p], axis=1)
    return found


def _freedom(term: Floats, units: NDArray[np.intp]) -> float:
    """Return the degrees of freedom: one less than the units that tell the term's values apart.

    They are those with another value than the commonest; of two values, those with the rarer one.
    """
    values, counts = np.unique(term, return_counts=True)
    commonest = term == values[counts.argmax()]
    telling = [len(np.unique(units[~commonest]))] if len(values) > 1 else []
    if len(values) < 3:
        telling.append(len(np.unique(units[commonest])))
    return max(min(telling) - 1, 1)


def _linear(terms: Floats, values: Floats) -> Floats:
    """Return least-squares coefficients; NaN where they are not defined."""
    solved, _, rank, _ = np.linalg.lstsq(terms, values, rcond=None)
    found: Floats = np.where(rank == terms.shape[1], solved, np.nan)
    return found


def _logistic(terms: Floats, values: Floats) -> Floats:
    """Return logistic coefficients by Newton's method; NaN where they have no end."""
    from scipy.special import expit

    found = np.zeros(terms.shape[1])
    if np.linalg.matrix_rank(terms) < terms.shape[1]:
        return np.full(terms.shape[1], np.nan)
    for _ in range(STEPS):
        chance = expit(terms @ found)
        curve = terms.T @ (terms * (chance * (1 - chance))[:, None])
        if np.linalg.cond(curve) > 1e12:
            break
        step = np.linalg.solve(curve, terms.T @ (values - chance))
        found = found + step
        if np.abs(found).max() > FARTHEST:
            break
        if np.abs(step).max() < 1e-10:
            return found
    return np.full(terms.shape[1], np.nan)


FITS: dict[str, Fit] = {"linear": _linear, "logistic": _logistic}
