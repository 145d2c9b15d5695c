"""Every single hit, where there are too few for a rate."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pandas as pd

from analysis.errors import TableError
from analysis.figures.style import GREY, INK, group_looks, new_axes, styled
from analysis.tables import HITS, UNITS, check_table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST = 20
COLUMNS = {"date": 0.0, "group": 0.14, "form": 0.3, "n": 0.68, "unit_id": 0.74}


def list_hits(hits: pd.DataFrame, units: pd.DataFrame, *, code: str) -> pd.DataFrame:
    """Return every hit of a code with its unit's day and group, by day.

    Parameters
    ----------
    hits, units
        The `hits` table and the `units` table it was counted in.
    code
        A code of the codebook; one without hits gives no rows.

    Returns
    -------
    date, group, form, n, unit_id: one row per unit and form found in it.
    """
    check_table(hits, HITS)
    check_table(units, UNITS)
    found = hits[hits["code"] == code].astype({"unit_id": "str"})
    known = units.astype({"unit_id": "str"})[["unit_id", "date", "group"]]
    merged = found.merge(known, on="unit_id", how="left", validate="many_to_one")
    return merged[list(COLUMNS)].sort_values(["date", "unit_id", "form"], ignore_index=True)


@styled
def plot_hits(hits: pd.DataFrame, *, groups: Iterable[str], ax: Axes | None = None) -> Axes:
    """Draw a list of hits: when, who, the words found, how often, and where.

    Parameters
    ----------
    hits
        As `list_hits` gives them.
    groups
        The groups, in the study's order.
    ax
        Where to draw; a new figure if None.

    Raises
    ------
    TableError
        If a column is missing, or there are twenty hits or more: those have a rate.
    """
    missing = [column for column in COLUMNS if column not in hits.columns]
    if missing:
        raise TableError(f"hits: no column {missing[0]!r}; list_hits(hits, units, code=…) gives it")
    if hits["n"].sum() >= MOST:
        raise TableError(
            f"hits: {hits['n'].sum()} hits; a list is for fewer than {MOST}, plot_rates for more"
        )
    looks = group_looks(groups)
    ax = new_axes(150, 12 + 5 * max(len(hits), 1), ax)
    ax.set(xlim=(0, 1), ylim=(max(len(hits), 1) - 0.4, -1.6))
    ax.set_axis_off()
    names = {"date": "day", "group": "side", "form": "words found", "n": "n", "unit_id": "where"}
    for column, x in COLUMNS.items():
        ax.text(x, -1, names[column], color=GREY, va="center", fontsize=7)
    ax.axhline(-0.5, color=GREY, linewidth=0.6)
    if hits.empty:
        ax.text(0, 0, "no hit", va="center")
    for place, row in enumerate(hits.to_dict("records")):
        color = looks.get(str(row["group"]), {"color": INK})["color"]
        row["date"] = "" if pd.isna(row["date"]) else f"{row['date']:%Y-%m-%d}"
        for column, x in COLUMNS.items():
            ax.text(x, place, str(row[column]), color=color, va="center", fontsize=7)
    return ax
