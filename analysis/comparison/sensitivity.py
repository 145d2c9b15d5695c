"""Whether a difference between two sides hangs on a choice: a pattern, a threshold, the sample."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.comparison.counted import (
    ABSENT,
    Groups,
    Periods,
    check_periods,
    given_values,
    side_statements,
)
from analysis.errors import TableError
from analysis.resampling import difference_interval
from analysis.tables import CODES, EVIDENCE, SENSITIVITY, build_table, check_table

CHOICES = ("as it is", "pattern", "confidence", "outlets", "periods")
THRESHOLDS = (0.5, 0.6, 0.7, 0.8, 0.9)


def measure_sensitivity(
    statements: pd.DataFrame,
    codes: pd.DataFrame,
    evidence: pd.DataFrame | None = None,
    *,
    groups: Groups,
    periods: Periods,
) -> pd.DataFrame:
    """Measure the difference between two groups' shares again under other choices.

    Parameters
    ----------
    statements
        The `statements` table. Those of the background layer, doubled ones and those of no group
        are left out.
    codes
        The `codes` table of one coder. A statement has a code where its value is neither "absent"
        nor "not_addressed".
    evidence
        The `evidence` table of the codes: with it, each pattern is left out in turn.
    groups
        Two groups, each with its actors.
    periods
        Period -> its first and last day, both included.

    Returns
    -------
    The `sensitivity` table: by code, rows of each `choice`.

    as it is
        The first group's share of statements with the code less the second's.
    pattern
        The same, as if a pattern were not in the codebook: a row for each that alone gives the code
        to a statement (`detail`).
    confidence
        Of statements found with a confidence of at least so much, where they have one.
    outlets, periods
        Each outlet, or period, weighs the same on both sides, and those in which one side is silent
        are left out: what is left of a difference when it is not one of coverage.

    Limits are 95 % over episodes, or documents (jackknife, t quantile); NaN where `note` says why.

    Raises
    ------
    TableError
        If a table is not as declared, a statement is synthetic, there are no codes, or a value is
        neither of presence nor a stance (the nearest is named).
    StudyError
        If an actor stands in both groups.
    ValueError
        If there are not two groups, `codes` are of several coders, or a period is as for
        `compare_positions`.
    """
    if len(groups) != 2:
        raise ValueError(f"groups are {list(groups)}; a difference is between two")
    rows = _coded(statements, codes, groups).assign(weight=1.0)
    rows["period"] = _periods(rows["said_on"], check_periods(periods))
    alone = _carried(evidence) if evidence is not None else {}
    found = [
        {"code": code, "choice": choice, "detail": detail, **_difference(part, list(groups))}
        for code in rows["code"].cat.categories
        for mine in [rows[rows["code"] == code]]
        for choice, detail, part in _choices(mine, alone.get(code, {}))
    ]
    frame = pd.DataFrame(found, columns=list(SENSITIVITY.columns))
    frame["choice"] = pd.Categorical(frame["choice"], categories=CHOICES)
    return build_table(frame, SENSITIVITY)


def _coded(statements: pd.DataFrame, codes: pd.DataFrame, groups: Groups) -> pd.DataFrame:
    """Return a row for each statement of a group and code, and whether it has it."""
    coders = sorted(check_table(codes, CODES)["coder"].astype("str").unique())
    if len(coders) > 1:
        raise ValueError(f"codes are of the coders {coders}; keep those of one")
    mine = given_values(codes, coders[0]) if coders else codes
    if mine.empty:
        raise TableError("codes: there is no value, so there is no difference to measure")
    coded = mine.assign(has=(~mine["value"].isin(ABSENT)).astype("float64"))
    columns = ["statement_id", "said_on", "outlet", "confidence", "group", "unit"]
    rows = side_statements(statements, groups)[columns].merge(coded, on="statement_id")
    return rows.assign(code=pd.Categorical(rows["code"], sorted(coded["code"].unique())))


def _periods(days: pd.Series, periods: Periods) -> pd.Series:
    found = pd.Series(pd.NA, days.index, dtype="str")
    for name, (first, last) in periods.items():
        found = found.mask(days.between(pd.Timestamp(first), pd.Timestamp(last)), name)
    return found


def _carried(evidence: pd.DataFrame) -> dict[str, dict[str, set[str]]]:
    """Return code -> pattern -> the statements that have the code by this pattern alone."""
    used = check_table(evidence, EVIDENCE)[["statement_id", "code", "pattern"]]
    once = used.astype("str").drop_duplicates()
    single = once[~once.duplicated(["statement_id", "code"], keep=False)]
    carried: dict[str, dict[str, set[str]]] = {}
    for statement, code, pattern in single.itertuples(index=False):
        carried.setdefault(code, {}).setdefault(pattern, set()).add(statement)
    return carried


def _choices(
    rows: pd.DataFrame, alone: Mapping[str, set[str]]
) -> Iterator[tuple[str, str, pd.DataFrame]]:
    """Yield each choice with the rows, and their weights, that it leaves."""
    yield CHOICES[0], "", rows
    for pattern, statements in sorted(alone.items()):
        lost = rows["statement_id"].isin(statements)
        if (lost & (rows["has"] > 0)).any():
            yield "pattern", pattern, rows.assign(has=rows["has"].mask(lost, 0.0))
    if rows["confidence"].notna().any():
        for threshold in THRESHOLDS:
            yield "confidence", f"{threshold:.1f}", rows[rows["confidence"] >= threshold]
    for choice, column in (("outlets", "outlet"), ("periods", "period")):
        if len(rows[column].dropna().unique()) > 1:
            yield choice, "weighed alike", _alike(rows, column)


def _alike(rows: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return the rows of levels where both groups speak, each level weighing one on each side."""
    known = rows[rows[column].notna()]
    shared = known.groupby(column)["group"].transform("nunique") > 1
    kept = known[shared]
    return kept.assign(weight=1 / kept.groupby([column, "group"])["has"].transform("size"))


def _difference(rows: pd.DataFrame, groups: Sequence[str]) -> dict[str, object]:
    """Return one row but for its keys."""
    units, names = pd.factorize(rows["unit"], sort=True)
    pairs = []
    for group in groups:
        weight = np.where(rows["group"] == group, rows["weight"], 0.0)
        tops = np.bincount(units, weights=weight * rows["has"], minlength=len(names))
        pairs.append((tops, np.bincount(units, weights=weight, minlength=len(names))))
    found = difference_interval(*pairs)
    return {
        **dict(zip(("target", "reference"), groups, strict=True)),
        **{"n_statements": len(rows), "n_units": found.n_units, "difference": found.estimate},
        **{"low": found.low, "high": found.high, "note": found.note or None},
    }
