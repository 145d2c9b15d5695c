"""The two groups that a comparison of words is made of."""

from __future__ import annotations

import pandas as pd

from analysis.errors import TableError, check_choice
from analysis.features.clustered import Side, by_document
from analysis.matrices import count_matrix
from analysis.tables import UNITS, check_table
from analysis.voices import check_voice


def split_sides(
    counts: pd.DataFrame, units: pd.DataFrame, target: str, reference: str
) -> tuple[pd.Index, Side, Side]:
    """Return the terms, and the documents of the target and of the reference.

    Raises
    ------
    TableError
        If a table is not as declared, the counts are of other units, the voice rule is broken,
        or a side has no tokens.
    ValueError
        If a group is unknown or both are the same.
    """
    compared, _ = check_groups(units, target, reference)
    check_voice(compared, None)
    matrix, terms = count_matrix(counts_of(counts, compared, units), compared)
    found = []
    for name in (target, reference):
        chosen = (compared["group"].astype("str") == name).to_numpy()
        side = by_document(name, matrix[chosen], compared[chosen].reset_index(drop=True))
        if not side.sizes.sum():
            raise TableError(f"units: group {name!r} has no tokens; there is nothing to compare")
        found.append(side)
    return terms, found[0], found[1]


def check_groups(
    units: pd.DataFrame, target: str, reference: str | None
) -> tuple[pd.DataFrame, str]:
    """Return the units to compare, and what the reference is called."""
    check_table(units, UNITS)
    groups = units["group"].astype("str")
    for group in (target, reference):
        if group is not None:
            check_choice(group, groups.dropna().unique(), "group")
    if target == reference:
        raise ValueError(f"target and reference are both {target!r}; keyness compares two groups")
    kept = groups.notna() if reference is None else groups.isin([target, reference])
    if reference is None and (groups.dropna() == target).all():
        raise ValueError(f"{target!r} is the only group; there is no other to compare it with")
    return units[kept].reset_index(drop=True), reference or "the other groups"


def counts_of(counts: pd.DataFrame, compared: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """Drop the counts of units of other groups; counts of unknown units stay, to be refused."""
    others = set(units["unit_id"]) - set(compared["unit_id"])
    return counts[~counts["unit_id"].isin(others)] if others else counts
