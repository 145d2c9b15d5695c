"""Where groups stand: who addresses what, and which way, with intervals over episodes.

Salience and direction are kept apart: a group may rarely speak of a matter and be of one mind
on it. What counts as a group's statement: it comes from one actor of that group, in the news
layer, and is marked as no one's duplicate. Joint statements and actors of no group are
context, not a side, and are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.codebook import PRESENCE, STANCES
from analysis.comparison.counted import (
    ALL_PERIODS,
    Groups,
    Periods,
    check_periods,
    given_values,
    side_statements,
)
from analysis.errors import StudyError, TableError
from analysis.resampling import Interval, share_interval
from analysis.tables import (
    POSITIONS,
    RELIABILITY,
    SHARES,
    TABLES,
    Table,
    build_table,
    check_table,
)
from analysis.versions import join_notes, note_versions

FEWEST_STANCES = 5
# Krippendorff (2004), Content Analysis, 11.3.4.
LOWEST_ALPHA = 0.667
METHOD = "Korn-Graubard over episodes"
_SIDE = {"favor": "in favor", "against": "against"}


def compare_positions(
    statements: pd.DataFrame,
    codes: pd.DataFrame,
    *,
    groups: Groups,
    periods: Periods,
    coder: str = "adjudicated",
) -> pd.DataFrame:
    """Compare how often groups address each proposition, and for or against it.

    Parameters
    ----------
    statements, codes
        The tables of those names. Every code whose values are stances is a proposition. The
        independent units are episodes, or documents where a statement has no episode.
    groups
        Group -> its actors; two groups or more.
    periods
        Period -> its first and last day (of saying), both included.
    coder
        Whose codes to use.

    Returns
    -------
    The `positions` table: a row for each group, proposition and period, also where nothing
    was said, and for the period "all", which takes every statement, dated or not.
    `n_statements` are those that `coder` coded, `n_units` their episodes. `salience` is the
    share of them that address the proposition in any way; `direction` is (favor - against) /
    (favor + against), from -1 to 1; conditional and ambiguous statements have counts of their
    own and no part in it. The limits are 95 % intervals over episodes. With fewer than five
    statements for or against, with all of them on one side or in one episode, direction is
    missing and `note` says so.

    Raises
    ------
    StudyError
        If there are fewer than two groups, or an actor stands in two.
    TableError
        If a table is not as declared, a statement is synthetic, or a value is neither of presence
        nor a stance (the nearest is named).
    ValueError
        If `coder` has no codes (those who have are listed), a period is named "all", or one ends
        before it begins.

    References
    ----------
    Korn and Graubard (1998), as in `share_interval`; direction is twice a share less one.
    Logit scale and relative measures of position: Lowe et al. (2011), Legislative Studies
    Quarterly 36(1); the plain difference is kept here because it reads at a glance.
    """
    coded = coded_values(statements, codes, groups, (coder, STANCES))
    rows = [
        {**cell, "proposition": code, **_position(values)}
        for cell, code, values in _cells(coded, groups, periods)
    ]
    return _ordered(_told(rows, codes, coder), POSITIONS, groups, periods)


def compare_frames(
    statements: pd.DataFrame,
    codes: pd.DataFrame,
    *,
    groups: Groups,
    periods: Periods,
    coder: str = "adjudicated",
) -> pd.DataFrame:
    """Compare in what share of their statements groups use each frame.

    Parameters
    ----------
    statements, codes, groups, periods, coder
        As in `compare_positions`. Every code whose values are "present" and "absent" is a frame.

    Returns
    -------
    The `shares` table: a row for each group, code and period and for the period "all";
    `share` of the statements coded in which the frame is present, with its 95 % interval over
    episodes, which is there also for a share of 0 or 1.

    Raises
    ------
    StudyError, TableError, ValueError
        As `compare_positions`.
    """
    coded = coded_values(statements, codes, groups, (coder, PRESENCE))
    rows: list[dict[str, object]] = []
    for cell, code, values in _cells(coded, groups, periods):
        found = _share(values["value"] == "present", values["unit"])
        n_present = int((values["value"] == "present").sum())
        rows.append(
            {
                **cell,
                "code": code,
                "n_statements": len(values),
                "n_units": found.n_units,
                "n_present": n_present,
                "share": found.estimate,
                "low": found.low,
                "high": found.high,
                "note": found.note or None,
            }
        )
    return _ordered(_told(rows, codes, coder), SHARES, groups, periods)


def note_reliability(estimates: pd.DataFrame, reliability: pd.DataFrame) -> pd.DataFrame:
    """Say beside each estimate where its code is not reliable enough to rest on.

    Parameters
    ----------
    estimates
        Any table with a `code` or `proposition` and a `note`: `positions`, `shares`,
        `differences`, `turnover`, `corrected` and so on.
    reliability
        The `reliability` table for the same codes.

    Returns
    -------
    A copy of `estimates` whose `note` also says that alpha is under .67 or undefined, or that
    the code's reliability is not known.

    Raises
    ------
    TableError
        If a table is not as declared, or `estimates` has no codes.
    """
    table = _table_of(estimates)
    alphas = dict(check_table(reliability, RELIABILITY)[["code", "alpha"]].astype("object").values)
    codes = estimates["proposition" if "proposition" in estimates else "code"].astype("str")
    warnings = codes.map(lambda code: _warning(alphas, code))
    old = estimates["note"].fillna("")
    return build_table(estimates.assign(note=_joined(old, warnings)), table)


def _table_of(estimates: pd.DataFrame) -> Table:
    """Return the table that has these columns, if it is of codes and has notes."""
    columns = list(estimates.columns)
    if "note" in columns and {"code", "proposition"} & set(columns):
        for table in TABLES.values():
            if list(table.columns) == columns:
                return table
    raise TableError(f"columns {columns} are of no table of estimates by code that has notes")


def coded_values(
    statements: pd.DataFrame, codes: pd.DataFrame, groups: Groups, wanted: tuple[str, Sequence[str]]
) -> pd.DataFrame:
    """Put every value that counts beside the group, day, speaker and unit of its statement."""
    if len(groups) < 2:
        raise StudyError(
            f"groups are {list(groups)}: one side alone has nothing to be compared with; "
            "name two or more under [groups]"
        )
    rows = side_statements(statements, groups).rename(columns={"said_on": "day"})
    mine = _values(codes, *wanted)
    coded = mine.merge(rows[["statement_id", "group", "day", "speaker", "unit"]], on="statement_id")
    # Codes of which no group said anything are categories still.
    return coded.assign(code=pd.Categorical(coded["code"], sorted(mine["code"].unique())))


def _values(codes: pd.DataFrame, coder: str, values: Sequence[str]) -> pd.DataFrame:
    """Keep the codes of one coder that take the given values."""
    mine = given_values(codes, coder)
    kinds = mine.assign(fits=mine["value"].isin(values)).groupby("code")["fits"]
    mixed = kinds.any() & ~kinds.all()
    if mixed.any():
        code = str(mixed.index[mixed][0])
        wrong = sorted(set(mine.loc[mine["code"] == code, "value"]) - set(values))
        raise TableError(f"codes: code {code!r} has values {wrong} beside {list(values)}")
    if not kinds.all().any():
        raise TableError(f"codes: no code of coder {coder!r} has the values {list(values)}")
    return mine[mine["code"].isin(kinds.all()[kinds.all()].index)]


def _cells(
    coded: pd.DataFrame, groups: Groups, periods: Periods
) -> Iterator[tuple[dict[str, str], str, pd.DataFrame]]:
    """Yield the values of every group, code and period, in this order; empty ones too."""
    check_periods(periods)
    for group in groups:
        for code in coded["code"].cat.categories:
            mine = coded[(coded["group"] == group) & (coded["code"] == code)]
            for period, (first, last) in periods.items():
                within = mine["day"].between(pd.Timestamp(first), pd.Timestamp(last))
                yield {"group": group, "period": period}, code, mine[within]
            yield {"group": group, "period": ALL_PERIODS}, code, mine


def _position(values: pd.DataFrame) -> dict[str, object]:
    """Give counts, salience and direction of one cell."""
    stances = values["value"]
    numbers = {f"n_{stance}": int((stances == stance).sum()) for stance in STANCES[:-1]}
    salience = _share(stances != "not_addressed", values["unit"])
    direction = direction_interval(values[stances.isin(["favor", "against"])])
    return {
        "n_statements": len(values),
        "n_units": salience.n_units,
        "n_addressed": sum(numbers.values()),
        **numbers,
        "salience": salience.estimate,
        "salience_low": salience.low,
        "salience_high": salience.high,
        "direction": direction.estimate,
        "direction_low": direction.low,
        "direction_high": direction.high,
        "method": METHOD,
        "note": "; ".join(filter(None, [salience.note, direction.note])) or None,
    }


def _share(chosen: pd.Series, units: pd.Series) -> Interval:
    """Give the share of statements chosen, over units."""
    by_unit = chosen.groupby(units, sort=True)
    found = share_interval(by_unit.sum().to_numpy(), by_unit.size().to_numpy())
    if len(chosen) == 0:
        return found._replace(note="no statements")
    return found._replace(note="one episode only: no interval") if found.n_units < 2 else found


def direction_interval(expressed: pd.DataFrame) -> Interval:
    """Favor less against, over their sum; missing, with the reason, where that says little.

    `expressed` has the `value`, favor or against, and the `unit` of each statement.
    """
    n, sides = len(expressed), expressed["value"].unique()
    missing = Interval(np.nan, np.nan, np.nan, expressed["unit"].nunique())
    if n < FEWEST_STANCES:
        return missing._replace(note=f"n = {n}, not estimable")
    if len(sides) == 1:
        return missing._replace(note=f"all {n} {_SIDE[sides[0]]}; not estimable")
    if missing.n_units < 2:
        return missing._replace(note=f"all {n} in one episode; not estimable")
    share = _share(expressed["value"] == "favor", expressed["unit"])
    return share._replace(
        estimate=2 * share.estimate - 1, low=2 * share.low - 1, high=2 * share.high - 1
    )


def _warning(alphas: Mapping[str, float], code: str) -> str:
    """Say what a reader must know of a code's reliability, if anything."""
    if code not in alphas:
        return "reliability not known"
    alpha = float(alphas[code])
    if np.isnan(alpha):
        return "alpha undefined"
    return f"alpha {alpha:.2f}, under .67: for illustration only" if alpha < LOWEST_ALPHA else ""


def _joined(first: pd.Series, second: pd.Series) -> pd.Series:
    joined = ["; ".join(filter(None, pair)) or None for pair in zip(first, second, strict=True)]
    return pd.Series(joined, index=first.index, dtype="object")


def _told(
    rows: list[dict[str, object]], codes: pd.DataFrame, coder: str
) -> list[dict[str, object]]:
    """Say in the notes of the rows where codes were given by two versions of the codebook."""
    versions = note_versions(codes[codes["coder"] == coder])
    if not versions:
        return rows
    names = [str(row.get("proposition", row.get("code"))) for row in rows]
    return [
        row | {"note": join_notes(row["note"], versions.get(name))}
        for row, name in zip(rows, names, strict=True)
    ]


def _ordered(
    rows: list[dict[str, object]], table: Table, groups: Groups, periods: Periods
) -> pd.DataFrame:
    """Build the result with groups and periods in the study's order."""
    frame = pd.DataFrame(rows)
    for column, order in (("group", list(groups)), ("period", [*periods, ALL_PERIODS])):
        frame[column] = pd.Categorical(frame[column], categories=order)
    return build_table(frame, table)
