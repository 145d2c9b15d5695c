"""Every single hit, where there are too few for a rate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from analysis.errors import TableError
from analysis.figures.style import GREY, INK, group_looks, new_axes, readable, styled
from analysis.tables import HITS, UNITS, check_table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FEWER_THAN = 20
COLUMNS = {"code": 0.0, "date": 0.23, "group": 0.34, "form": 0.45, "n": 0.8, "unit_id": 0.84}
HEADS = {"date": "day", "group": "side", "form": "words found", "unit_id": "where"}


def list_hits(hits: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """Return every hit of the codes that have fewer than twenty, with its day and group.

    Parameters
    ----------
    hits, units
        The `hits` table and the `units` table it was counted in.

    Returns
    -------
    code, date, group, form, n, unit_id: one row per code, unit and form found in it, by code
    in the codebook's order and by day.
    """
    check_table(hits, HITS)
    check_table(units, UNITS)
    total = hits.groupby("code", observed=False)["n"].transform("sum")
    few = hits[total < FEWER_THAN].astype({"unit_id": "str"})
    known = units.astype({"unit_id": "str"})[["unit_id", "date", "group"]]
    merged = few.merge(known, on="unit_id", how="left", validate="many_to_one")
    order = ["code", "date", "unit_id", "form"]
    return merged[list(COLUMNS)].sort_values(order, ignore_index=True)


@styled
def plot_hits(
    hits: pd.DataFrame,
    *,
    groups: Iterable[str],
    labels: Mapping[str, str] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw a list of hits: of what, when, who, the words found, how often, and where.

    Parameters
    ----------
    hits
        As `list_hits` gives them.
    groups
        The groups, in the study's order.
    labels
        Code -> what to call it; without one a code is called by its name.
    ax
        Where to draw; a new figure if None.

    Raises
    ------
    TableError
        If a column is missing.
    """
    missing = [column for column in COLUMNS if column not in hits.columns]
    if missing:
        raise TableError(f"hits: no column {missing[0]!r}; list_hits(hits, units) gives it")
    looks = group_looks(groups)
    n_rows = max(len(hits), 1)
    ax = new_axes(175, 10 + 4.4 * n_rows, ax)
    ax.set(xlim=(0, 1), ylim=(n_rows - 0.4, -1.6))
    ax.set_axis_off()
    for column, x in COLUMNS.items():
        ax.text(x, -1, HEADS.get(column, column), color=GREY, va="center", fontsize=7)
    if hits.empty:
        ax.text(0, 0, "no hit", va="center")
    before = ""
    for place, row in enumerate(hits.to_dict("records")):
        color = looks.get(str(row["group"]), {"color": INK})["color"]
        row["date"] = "" if pd.isna(row["date"]) else f"{row['date']:%Y-%m-%d}"
        code, row["code"] = str(row["code"]), readable(str(row["code"]), labels)
        if code == before:
            row["code"] = ""
        else:
            ax.axhline(place - 0.5, color=GREY, linewidth=0.4)
        for column, x in COLUMNS.items():
            dark = INK if column == "code" else color
            ax.text(x, place, str(row[column]), color=dark, va="center", fontsize=7)
        before = code
    return ax
