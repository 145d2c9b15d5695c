"""Every single hit, where there are too few for a rate."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from textwrap import fill
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.errors import TableError
from analysis.figures.style import GREY, INK, group_looks, new_axes, readable, styled
from analysis.tables import HITS, UNITS, check_table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FEWER_THAN = 20
COLUMNS = {"code": 0.0, "said": 0.23, "group": 0.32, "unit_id": 0.4, "n": 0.53, "form": 0.56}
HEADS = {"said": "when", "group": "side", "unit_id": "where", "form": "words found"}
# A day that stands for its month or year is written as that.
DAYS = {"year": "%Y", "month": "%Y-%m", "month_approx": "%Y-%m"}
WIDEST = 62


def list_hits(hits: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """Return every hit of the codes that have fewer than twenty, with its day and group.

    Parameters
    ----------
    hits, units
        The `hits` table and the `units` table it was counted in.

    Returns
    -------
    code, said, group, unit_id, n, form: one row per code, unit and form found in it, by code
    in the codebook's order and by day. `said` is the day, or the month or year where
    `said_precision`, a column of the user's own in `units`, says that no more is known.
    """
    check_table(hits, HITS)
    check_table(units, UNITS)
    total = hits.groupby("code", observed=False)["n"].transform("sum")
    few = hits[total < FEWER_THAN].astype({"unit_id": "str"})
    known = units.astype({"unit_id": "str"})[["unit_id", "date", "group"]].assign(said=_said(units))
    merged = few.merge(known, on="unit_id", how="left", validate="many_to_one")
    order = ["code", "date", "unit_id", "form"]
    return merged.sort_values(order, ignore_index=True)[list(COLUMNS)]


def _said(units: pd.DataFrame) -> pd.Series:
    said: pd.Series = units["date"].dt.strftime("%Y-%m-%d").astype("str")
    for precision, form in DAYS.items() if "said_precision" in units.columns else ():
        known = units["said_precision"] == precision
        said = said.mask(known, units["date"].dt.strftime(form).astype("str"))
    return said


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
    rows = [_words(row, labels) for row in hits.to_dict("records")]
    n_lines = sum(_height(row) for row in rows) or 1
    ax = new_axes(175, 10 + 4.2 * n_lines, ax)
    ax.set(xlim=(0, 1), ylim=(n_lines - 0.3, -1.6))
    ax.set_axis_off()
    for column, x in COLUMNS.items():
        ax.text(x, -1, HEADS.get(column, column), color=GREY, va="center", fontsize=7)
    if not rows:
        ax.text(0, 0, "no hit", va="center")
    line, before = 0.0, ""
    for row in rows:
        look = looks.get(row["group"], {"color": INK})
        if row["code"] != before:
            ax.axhline(line - 0.5, color=GREY, linewidth=0.4)
            ax.text(0, line - 0.32, row["code"], va="top", fontsize=6.5)
        for column, x in list(COLUMNS.items())[1:]:
            ax.text(x, line - 0.32, row[column], color=look["color"], va="top", fontsize=6.5)
        before = row["code"]
        line += _height(row)
    return ax


def _height(row: Mapping[str, str]) -> float:
    """Return the lines that a row takes; the second of a cell stands closer than a new row."""
    return 1 + 0.72 * row["form"].count("\n")


def _words(row: dict[Hashable, Any], labels: Mapping[str, str] | None) -> dict[str, str]:
    """Return a hit as it is written: missing words empty, long ones on several lines."""
    words = {str(name): "" if pd.isna(value) else str(value) for name, value in row.items()}
    return {**words, "code": readable(words["code"], labels), "form": fill(words["form"], WIDEST)}
