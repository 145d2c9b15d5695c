"""What is there and what is not: counts by period and by what a column says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from textwrap import fill, shorten
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.errors import check_choice
from analysis.figures.style import GREY, INK, TICKS, new_axes, readable, styled
from analysis.tables import COVERAGE, build_table, check_table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

OUTSIDE = "outside"
UNKNOWN = "unknown"
LABEL_SIGNS = 34


def count_coverage(
    rows: pd.DataFrame,
    *,
    by: str,
    date: str,
    periods: Mapping[str, tuple[dt.date, dt.date]],
) -> pd.DataFrame:
    """Count the rows of a table by period and by the values of a column.

    Parameters
    ----------
    rows
        Any table: documents, statements, units.
    by
        The column whose values are counted; joint actors ("North; South") count as one value.
    date
        The column with the day: `said_on`, `published_on` or `date`.
    periods
        Period -> first and last day, both included, as `study.periods`.

    Returns
    -------
    The `coverage` table: every value with every period, zeros too, by falling total. Rows
    without a value stand under "unknown"; rows without a day, or with one that no period
    holds, under the period "outside".

    Raises
    ------
    ValueError
        If a column is not there; the message lists those that are.
    """
    for column in (by, date):
        check_choice(column, rows.columns, "column")
    values = rows[by].astype("str").fillna(UNKNOWN)
    found = pd.Series(OUTSIDE, index=rows.index, dtype="str")
    for period, (first, last) in periods.items():
        found[rows[date].between(pd.Timestamp(first), pd.Timestamp(last))] = period
    table = pd.crosstab(values, found)
    names = [*periods, *([OUTSIDE] if OUTSIDE in table.columns else [])]
    order = table.sum(axis=1).sort_values(ascending=False, kind="stable").index
    table = table.reindex(index=order, columns=names, fill_value=0)
    tidy = table.rename_axis("value").reset_index().melt("value", var_name="period", value_name="n")
    tidy["period"] = pd.Categorical(tidy["period"], categories=names)
    tidy["value"] = pd.Categorical(tidy["value"], categories=list(order))
    return build_table(tidy, COVERAGE)


@styled
def plot_coverage(coverage: pd.DataFrame, *, n_rows: int = 12, ax: Axes | None = None) -> Axes:
    """Draw how many rows there are of each value in each period; what is missing stays white.

    Parameters
    ----------
    coverage
        The `coverage` table, as `count_coverage` gives it.
    n_rows
        So many values have a row of their own; those with fewer rows of the table share one.
    ax
        Where to draw; a new figure if None.
    """
    check_table(coverage, COVERAGE)
    table = coverage.pivot_table("n", "value", "period", "sum", observed=False)
    table.index = table.index.astype("str")
    if len(table) > n_rows + 1:
        rest = table.iloc[n_rows:].sum()
        table = table.iloc[:n_rows].copy()
        table.loc[f"{coverage['value'].nunique() - n_rows} others"] = rest
    counts = table.to_numpy(dtype=int)
    ax = new_axes(max(90, 58 + 14 * counts.shape[1]), 20 + 6 * counts.shape[0], ax)
    shades = np.where(counts > 0, np.sqrt(counts), np.nan)
    ax.imshow(shades, cmap="Blues", vmin=0, vmax=2 * np.sqrt(max(counts.max(), 1)), aspect="auto")
    for (row, column), n in np.ndenumerate(counts):
        look: Any = {"color": INK if n else GREY, "fontsize": 7, "ha": "center", "va": "center"}
        ax.text(column, row, str(n) if n else "–", **look)
    _name_cells(ax, table)
    return ax


def _short(name: object) -> str:
    """Shorten a label to one line beside its row; the CSV beside the figure has it whole."""
    return shorten(readable(str(name), None), LABEL_SIGNS, placeholder=" …")


def _name_cells(ax: Axes, table: pd.DataFrame) -> None:
    rows = [f"{_short(name)} ({n})" for name, n in table.sum(axis=1).items()]
    columns = [f"{fill(str(name), 10)}\n({n})" for name, n in table.sum().items()]
    ax.set_yticks(range(len(rows)), rows)
    ax.set_xticks(range(len(columns)), columns)
    ax.tick_params(**TICKS)
    ax.tick_params(length=0, top=True, labeltop=True, bottom=False, labelbottom=False)
    ax.spines[:].set_visible(False)
