"""How well coders agree: Krippendorff's alpha per code, with intervals over episodes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import check_choice
from analysis.resampling import Interval, jackknife_se, share_interval
from analysis.tables import CODES, RELIABILITY, STATEMENTS, build_table, check_table
from analysis.versions import join_notes, note_versions
from analysis.voices import check_not_synthetic

# Krippendorff (2004), Content Analysis, 11.3.4: below this, not even tentative conclusions.
LOWEST_ALPHA = 0.667
# What stands between a coder's name and the number of the round in which she coded again.
AGAIN = "#"
_ONE_EPISODE = "varies in one episode only: no interval"

Floats = NDArray[np.float64]


def measure_reliability(
    codes: pd.DataFrame, statements: pd.DataFrame, *, coders: Sequence[str]
) -> pd.DataFrame:
    """Measure how far coders who worked apart agree on each code.

    Parameters
    ----------
    codes
        The `codes` table. A coder may have left statements out; a statement counts for a code
        if two or more of the `coders` coded it.
    statements
        The `statements` table: episodes are the independent units, or documents where a
        statement has no episode. Statements marked as duplicates are not counted.
    coders
        Two or more values of the `coder` column.

    Returns
    -------
    The `reliability` table, one row per code that any of the `coders` used, by name.
    `agreement` is the share of pairs of values that are equal, in [0, 1]. `alpha` is
    Krippendorff's alpha for nominal values: 1 for perfect agreement, 0 for what chance would
    give; it is missing, never 1, where all values are the same. `low` and `high` are a 95 %
    interval over episodes. `note` says why a figure is missing, and where alpha is under .67.

    Raises
    ------
    ValueError
        If fewer than two coders are named, or one is not in the table (those there are listed).
    TableError
        If a table is not as declared or a statement is synthetic.

    Notes
    -----
    Alpha is 1 less the observed over the expected disagreement. The interval is Korn and
    Graubard's for the observed disagreement, a share, at the variance that alpha's jackknife
    over episodes gives, divided by the expected disagreement. It therefore also has a lower
    limit where the coders never disagree, and is neither symmetric nor above 1.

    In 1,000 runs of each of twelve settings (two or three coders, prevalence .1 to .5, alpha .51
    to .94, episodes alike within) it covers 96 to 100 % with 20 episodes and 95 to 97 % with 50 and
    100. Of the bootstrap over episodes, bias-corrected and accelerated limits cover 92 to 99 %, 90
    to 95 % and 93 to 95 %, percentile limits 90 to 99 %, 88 to 94 % and 90 to 94 %, basic ones 72
    to 94 %; the jackknife with t 87 to 100 %, 87 to 94 % and 89 to 95 %; and with 20 episodes these
    have no limits at all in up to 22 % of runs, those without a disagreement
    (``tests/benchmarks/alpha_coverage.py``, ``docs/validity/alpha.csv``).

    References
    ----------
    Krippendorff (2011), Computing Krippendorff's alpha-reliability; Hayes and Krippendorff
    (2007), Communication Methods and Measures 1(1), and Zapf et al. (2016), BMC Medical Research
    Methodology 16, for bootstrap intervals. The level .667 is Krippendorff's (2004).
    """
    check_apart(coders)
    rows = reliability_rows(codes, statements, coders)
    return build_table(pd.DataFrame(rows, columns=list(RELIABILITY.columns)), RELIABILITY)


def check_apart(coders: Sequence[str]) -> Sequence[str]:
    """Return `coders` if no two of them are the same person coding again ("anna" and "anna#2")."""
    people = [coder.partition(AGAIN)[0] for coder in coders]
    again = [coder for coder, person in zip(coders, people, strict=True) if coder != person]
    if again and len(set(people)) < len(people):
        raise ValueError(
            f"coders are {list(coders)}: {again[0]!r} is the same coder again; how far a coder "
            "agrees with herself is for measure_repeats"
        )
    return coders


def reliability_rows(
    codes: pd.DataFrame, statements: pd.DataFrame, coders: Sequence[str]
) -> list[dict[str, object]]:
    """Return the rows of `measure_reliability`, of any coders."""
    check_table(codes, CODES)
    check_table(statements, STATEMENTS)
    values = _values(codes, statements, coders)
    mine = codes[codes["coder"].isin(list(coders))]
    versions = note_versions(mine)
    return [
        _row(code, values[values["code"] == code], versions.get(code, ""))
        for code in sorted(mine["code"].astype("str").unique())
    ]


def krippendorff_alpha(coincidences: Floats) -> float:
    """Give Krippendorff's nominal alpha of a coincidence matrix; NaN where nothing varies.

    Parameters
    ----------
    coincidences
        Value by value: how often the two stand together in a statement, each statement of m
        values giving its ordered pairs the weight 1 / (m - 1).
    """
    observed, expected = _disagreement(coincidences)
    return 1 - observed / expected if expected > 0 else float("nan")


def alpha_interval(matrices: Floats, n_statements: Floats) -> Interval:
    """Estimate Krippendorff's nominal alpha with its 95 % interval over units.

    Parameters
    ----------
    matrices
        The coincidence matrix of each unit: units by values by values.
    n_statements
        How many statements of each unit went into its matrix.

    Returns
    -------
    Alpha and its limits, within [-1, 1]; see `measure_reliability` for the method.
    """
    n_units = len(matrices)
    observed, expected = _disagreement(matrices.sum(axis=0))
    if not expected > 0:
        why = "no variation: undefined" if n_units else "no statement with two coders: undefined"
        return Interval(np.nan, np.nan, np.nan, n_units, why)
    alpha = 1 - observed / expected
    weak = "alpha under .67: for illustration only" if alpha < LOWEST_ALPHA else ""
    error = jackknife_se(lambda kept: krippendorff_alpha(matrices[kept].sum(axis=0)), n_units)
    if observed > 0 and np.isnan(error):
        return Interval(alpha, np.nan, np.nan, n_units, _listed(_ONE_EPISODE, weak))
    limits = chance_corrected((observed, expected), n_statements, error)
    return limits._replace(note=_listed(limits.note, weak))


def chance_corrected(parts: tuple[float, float], sizes: Floats, error: float) -> Interval:
    """Give 1 less observed over expected disagreement, with limits that hold near 1 too.

    Parameters
    ----------
    parts
        Observed disagreement, a share of what could be, and the one expected by chance.
    sizes
        How many statements each unit has.
    error
        The jackknife's standard error of the coefficient; not needed where nothing was disagreed.

    Returns
    -------
    The coefficient and its 95 % limits, within [-1, 1]: Korn and Graubard's for the observed
    disagreement, over the expected one.
    """
    observed, expected = parts
    variance = 0.0 if np.isnan(error) else (error * expected) ** 2
    share = min(observed, 1.0)
    found = share_interval(share * sizes, sizes, variance=variance)
    low, high = (float(np.clip(1 - end / expected, -1, 1)) for end in (found.high, found.low))
    return Interval(1 - observed / expected, low, high, len(sizes), found.note)


def paired_values(
    codes: pd.DataFrame, statements: pd.DataFrame, coders: Sequence[str]
) -> pd.DataFrame:
    """Return the values of statements that two or more of the coders coded.

    Columns statement_id, code, coder, value (text), voice and unit (the episode, or else document).
    Errors as `measure_reliability`.
    """
    check_table(codes, CODES)
    check_table(statements, STATEMENTS)
    values = _values(codes, statements, coders)
    return values[values.groupby(["statement_id", "code"])["value"].transform("size") > 1].copy()


def _values(codes: pd.DataFrame, statements: pd.DataFrame, coders: Sequence[str]) -> pd.DataFrame:
    """Put every value that counts, as text, beside its episode."""
    for coder in coders:
        check_choice(coder, codes["coder"].astype("str").unique(), "coder")
    if len(set(coders)) < 2:
        raise ValueError(f"coders are {list(coders)}; agreement needs two or more")
    rows = codes.loc[codes["coder"].isin(list(coders)), ["statement_id", "code", "coder", "value"]]
    units = statements["episode_id"].fillna(statements["doc_id"]).fillna(statements["statement_id"])
    known = statements.assign(unit=units)[["statement_id", "voice", "unit"]]
    known = known[statements["duplicate_of"].isna()]
    merged = rows.astype("str").dropna(subset=["value"]).merge(known, on="statement_id")
    check_not_synthetic(merged)
    return merged


def _row(code: str, values: pd.DataFrame, remark: str) -> dict[str, object]:
    """Give one row of the result, from the values of one code and what is to be said of them."""
    matrices, n_statements = _coincidences(values)
    total = matrices.sum(axis=0)
    pairs = float(total.sum())
    interval = alpha_interval(matrices, n_statements)
    return {
        "code": code,
        "n_statements": int(n_statements.sum()),
        "n_units": len(matrices),
        "agreement": float(np.trace(total)) / pairs if pairs else np.nan,
        "alpha": interval.estimate,
        "low": interval.low,
        "high": interval.high,
        "note": join_notes(interval.note, remark),
    }


def _coincidences(values: pd.DataFrame) -> tuple[Floats, Floats]:
    """Give every episode its coincidence matrix and its number of statements."""
    by_statement = values.groupby("statement_id")["value"].transform("size")
    paired = values[by_statement > 1]
    categories = sorted(paired["value"].unique())
    table = pd.crosstab([paired["unit"], paired["statement_id"]], paired["value"])
    found = table.reindex(columns=categories).to_numpy(dtype=float)
    weights = 1 / np.maximum(found.sum(axis=1) - 1, 1)
    pairs = found[:, :, None] * found[:, None, :] - found[:, :, None] * np.eye(len(categories))
    episodes = table.index.get_level_values(0)
    labels, names = pd.factorize(episodes, sort=True)
    matrices = np.zeros((len(names), len(categories), len(categories)))
    np.add.at(matrices, labels, pairs * weights[:, None, None])
    return matrices, np.bincount(labels, minlength=len(names)).astype(float)


def _disagreement(coincidences: Floats) -> tuple[float, float]:
    """Give observed and expected disagreement, both as shares of pairs."""
    totals = coincidences.sum(axis=0)
    n_values = float(totals.sum())
    if n_values < 2:
        return float("nan"), float("nan")
    observed = float(_cleaned(n_values - np.trace(coincidences))) / n_values
    expected = float(n_values**2 - (totals**2).sum()) / (n_values * (n_values - 1))
    return observed, expected


def _cleaned(values: Any) -> Floats:
    """Make what rounding left of 0 a 0."""
    cleaned: Floats = np.where(np.asarray(values) < 1e-9, 0.0, values)
    return cleaned


def _listed(*reasons: str) -> str:
    return "; ".join(filter(None, reasons))
