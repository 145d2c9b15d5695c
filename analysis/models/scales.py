"""What scales stand on, and several of them side by side."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.errors import TableError, check_choice
from analysis.language.tokens import load_stopwords
from analysis.tables import COUNTS, SCALES, UNITS, build_table, check_table

# Words of fewer texts say where those stand and little else; each costs the scale two parameters.
FEWEST_UNITS = 5
COLUMNS = ("position", "low", "high", "reference")


def content_counts(
    counts: pd.DataFrame, *, language: str, min_units: int = FEWEST_UNITS
) -> pd.DataFrame:
    """Keep what a scale can stand on: no function words, no figures, no words of few units.

    Parameters
    ----------
    counts
        The `counts` table.
    language
        Whose function words to leave out.
    min_units
        How many units use a word at least.

    Returns
    -------
    Rows of `counts` whose term holds a letter; `term` knows only the terms that are left.

    Raises
    ------
    TableError
        If no word is left.
    ValueError
        If there is no list of function words for the language; those that have one are named.
    """
    check_table(counts, COUNTS)
    stopped = load_stopwords(language)
    used = counts.loc[counts["n"] > 0].groupby("term", observed=True).size()
    kept = [
        term
        for term, n_units in used.items()
        if n_units >= min_units and str(term) not in stopped and any(map(str.isalpha, str(term)))
    ]
    if not kept:
        raise TableError(f"counts: none of {len(used)} terms is a word in {min_units} units")
    rows = counts[counts["term"].isin(kept)].reset_index(drop=True)
    return build_table(rows.assign(term=rows["term"].cat.remove_unused_categories()), COUNTS)


def collect_scales(
    found: Mapping[str, pd.DataFrame], units: pd.DataFrame, *, right_of: tuple[str, str]
) -> pd.DataFrame:
    """Lay the positions of several scales under each other, all turned the same way.

    Parameters
    ----------
    found
        Scale -> a table with `unit_id` and `position`, and where there are such `low` and `high`,
        and `reference`: the position that a text was given. Positions stay in their own units.
    units
        The `units` table: group, day and document.
    right_of
        Two units: the first stands to the right of the second.

    Returns
    -------
    The `scales` table, a row for each scale and unit; `doc_id` is the unit itself where there is
    none.

    Raises
    ------
    TableError
        If there is no scale, or one has no position of a unit of `right_of` or the same for both.
    ValueError
        If a unit of `right_of` is unknown.
    """
    check_table(units, UNITS)
    known = units.assign(unit_id=units["unit_id"].astype("str"))
    for unit in right_of:
        check_choice(unit, known["unit_id"], "unit")
    placed = known[["unit_id", "doc_id", "group", "date"]]
    placed = placed.assign(doc_id=placed["doc_id"].fillna(placed["unit_id"]))
    parts = []
    for scale, table in found.items():
        own = table.assign(unit_id=table["unit_id"].astype("str")).set_index("unit_id")
        part = _turned(own.reindex(columns=list(COLUMNS)), scale, right_of)
        parts.append(placed.merge(part.reset_index(), on="unit_id").assign(scale=scale))
    if not parts:
        raise TableError("found: no scale to collect")
    rows = pd.concat(parts)
    return build_table(rows.assign(scale=pd.Categorical(rows["scale"], list(found))), SCALES)


def _turned(own: pd.DataFrame, scale: str, right_of: tuple[str, str]) -> pd.DataFrame:
    first, second = own["position"].reindex(list(right_of))
    if not np.isfinite(first - second) or first == second:
        raise TableError(
            f"scale {scale!r} has {right_of[0]} at {first} and {right_of[1]} at {second}; the "
            "first is to stand to the right of the second: name two units that stand apart"
        )
    if first > second:
        return own
    return -own.rename(columns={"low": "high", "high": "low"})[list(COLUMNS)]
