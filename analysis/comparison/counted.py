"""What counts in a comparison: which statements, for which side, with which values, when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from analysis.codebook import PRESENCE, STANCES
from analysis.errors import StudyError, TableError, check_choice, suggest
from analysis.tables import CODES, STATEMENTS, check_table
from analysis.voices import check_not_synthetic

Groups = Mapping[str, Sequence[str]]
Periods = Mapping[str, tuple[date, date]]

# Stands for all periods in results.
ALL_PERIODS = "all"
KINDS: tuple[tuple[str, ...], ...] = (PRESENCE, STANCES)
# Values that say that a code is not there.
ABSENT = ("absent", "not_addressed")
VALUES = tuple(dict.fromkeys(value for kind in KINDS for value in kind))


def counted_statements(statements: pd.DataFrame) -> pd.DataFrame:
    """Return the statements that count, no background and no doubles, each with its `unit`.

    The unit is the episode, or the document where there is none, or else the statement.

    Raises
    ------
    TableError
        If the table is not as declared or a statement is synthetic.
    """
    check_not_synthetic(check_table(statements, STATEMENTS))
    layer = statements["layer"].astype("str")
    known = statements[statements["duplicate_of"].isna() & (layer != "background")]
    units = known["episode_id"].fillna(known["doc_id"]).fillna(known["statement_id"])
    return known.assign(unit=units)


def side_statements(statements: pd.DataFrame, groups: Groups) -> pd.DataFrame:
    """Return the statements that count and come from one actor of a group, with their `group`.

    Raises
    ------
    StudyError, TableError
        As `actor_sides` and `counted_statements`.
    """
    sides = actor_sides(groups)
    known = counted_statements(statements)
    known = known[known["actor"].isin(list(sides))]
    return known.assign(group=known["actor"].map(sides))


def actor_sides(groups: Groups) -> dict[str, str]:
    """Return actor -> group.

    Raises
    ------
    StudyError
        If an actor stands in two groups, or the actors of a group are no list.
    """
    sides: dict[str, str] = {}
    for group, actors in groups.items():
        if isinstance(actors, str):
            raise StudyError(f"actors of group {group!r} are {actors!r}; give a list of names")
        for actor in actors:
            if sides.setdefault(actor, group) != group:
                raise StudyError(
                    f"actor {actor!r} stands in groups {sides[actor]!r} and {group!r}; "
                    "a statement counts for one side"
                )
    return sides


def given_values(codes: pd.DataFrame, coder: str) -> pd.DataFrame:
    """Return what a coder gave: statement_id, code and value, as text; missing values left out.

    Raises
    ------
    ValueError
        If the coder has no codes; those who have are listed.
    TableError
        If the table is not as declared, or a value is neither of presence nor a stance (the
        nearest one is named).
    """
    check_choice(coder, check_table(codes, CODES)["coder"].astype("str").unique(), "coder")
    mine = codes[(codes["coder"] == coder) & codes["value"].notna()]
    mine = mine[["statement_id", "code", "value"]].astype("str")
    strange = mine[~mine["value"].isin(VALUES)]
    if len(strange):
        name, code, value = strange.iloc[0]
        raise TableError(
            f"codes: {name}: {code} by {coder!r} is {value!r}; "
            f"it is one of {list(VALUES)}{suggest(value, VALUES)}"
        )
    return mine


def given_kinds(codes: pd.DataFrame, coder: str) -> list[tuple[str, ...]]:
    """Return which kinds of values a coder gave: of presence (frames), stances (propositions).

    Raises
    ------
    TableError, ValueError
        As `given_values`; TableError also if the coder gave none.
    """
    given = set(given_values(codes, coder)["value"])
    kinds = [kind for kind in KINDS if given & set(kind)]
    if not kinds:
        raise TableError(f"codes: coder {coder!r} gave no value; it is one of {list(VALUES)}")
    return kinds


def check_periods(periods: Periods) -> Periods:
    """Return `periods` if each ends no earlier than it begins, and none is named "all".

    Raises
    ------
    ValueError
        If one does not, or is.
    """
    if ALL_PERIODS in periods:
        raise ValueError(f"a period is named {ALL_PERIODS!r}, which stands for all of them; rename")
    for name, (first, last) in periods.items():
        if first > last:
            raise ValueError(f"period {name!r} begins on {first} and ends on {last}; turn it round")
    return periods
