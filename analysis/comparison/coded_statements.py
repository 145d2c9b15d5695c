"""Back from a figure to what was said: every statement that a group's figure counts."""

from __future__ import annotations

import pandas as pd

from analysis.comparison.counted import ABSENT, Groups, Periods, check_periods, given_kinds
from analysis.comparison.positions import coded_values
from analysis.tables import CODED_STATEMENTS, build_table


def list_coded(
    statements: pd.DataFrame,
    codes: pd.DataFrame,
    *,
    groups: Groups,
    periods: Periods,
    coder: str = "adjudicated",
) -> pd.DataFrame:
    """List every statement of the groups in which a code is there, with its words.

    Parameters
    ----------
    statements, codes, groups, periods, coder
        As for `compare_positions` and `compare_frames`: these are the statements that their shares
        and directions count.

    Returns
    -------
    The `coded_statements` table, by code, group and day: a row for each statement and each code
    that it has, "present" or a stance other than "not_addressed"; `period` is missing where no
    period holds the day. `statement_id` and `doc_id` lead to the source.

    Raises
    ------
    StudyError, TableError, ValueError
        As `compare_positions`.
    """
    check_periods(periods)
    kinds = given_kinds(codes, coder)
    every = pd.concat(
        [
            coded_values(statements, codes, groups, (coder, kind)).astype({"code": "str"})
            for kind in kinds
        ]
    )
    columns = list(CODED_STATEMENTS.columns)
    there = every[~every["value"].isin(ABSENT)]
    words = statements[["statement_id", "doc_id", "said_on", "content"]]
    rows = there.reindex(columns=[c for c in columns if c not in words or c == "statement_id"])
    rows = rows.merge(words, on="statement_id")
    rows["group"] = pd.Categorical(rows["group"], categories=list(groups))
    rows["period"] = _period_of(rows["said_on"], periods)
    order = ["code", "group", "said_on", "statement_id"]
    return build_table(rows.sort_values(order, kind="stable"), CODED_STATEMENTS)


def _period_of(days: pd.Series, periods: Periods) -> pd.Series:
    """Return the period that holds each day."""
    found = pd.Series(pd.NA, days.index, dtype="str")
    for name, (first, last) in periods.items():
        found = found.mask(days.between(pd.Timestamp(first), pd.Timestamp(last)), name)
    return pd.Series(pd.Categorical(found, categories=list(periods)), days.index)
