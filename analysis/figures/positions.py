"""Where each group stands on each proposition: how often it speaks of it, and which way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from textwrap import fill
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.errors import TableError
from analysis.figures.style import (
    GREY,
    Look,
    draw_estimate,
    group_looks,
    in_order,
    label_groups,
    new_grid,
    readable,
    set_percent,
    set_rows,
    spread,
    styled,
    write_missing,
    write_words,
)
from analysis.tables import POSITIONS, check_table

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Looks = Mapping[str, Look]


@styled
def plot_positions(
    positions: pd.DataFrame, *, groups: Iterable[str], labels: Mapping[str, str] | None = None
) -> Figure:
    """Draw salience above and direction below, a column for each proposition.

    Salience is the share of a group's statements that speak of the proposition; direction is
    the statements for it less those against, among those that take a side, from -1 to 1. The
    two are kept apart, since silence is no middle position. A cell without a direction says how
    many statements take a side, and which where all take the same.

    Parameters
    ----------
    positions
        The `positions` table; periods stand in the order of its rows.
    groups
        The groups, in the study's order.
    labels
        Proposition -> what to call it, in the order of the columns; without one it is called
        by its name.
    """
    check_table(positions, POSITIONS)
    if positions.empty:
        raise TableError("positions: no row to draw")
    return draw_positions(positions, groups, labels)


def draw_positions(
    rows: pd.DataFrame, groups: Iterable[str], labels: Mapping[str, str] | None
) -> Figure:
    """Draw rows of positions, whatever their `period` stands for, in the order of the rows."""
    looks = group_looks(groups)
    propositions = in_order(rows["proposition"], labels)
    periods = list(dict.fromkeys(rows["period"].astype("str")))
    columns = len(propositions)
    height = 44 + 2 * (14 + (3.2 * len(looks) + 1.2) * len(periods))
    figure, axes = new_grid(28 + 42 * columns, height, 2, columns, share="row")
    for column, proposition in enumerate(propositions):
        mine = rows[rows["proposition"] == proposition]
        above, below = axes[column], axes[columns + column]
        _draw_salience(above, mine, periods, looks)
        _draw_direction(below, mine, periods, looks)
        lines = readable(proposition, labels).split("\n")
        above.set_title("\n".join(fill(line, 22) for line in lines), fontweight="bold")
    axes[0].set_ylabel("Salience", fontweight="bold")
    axes[0].set_xlabel("share of a side's statements that speak of the matter", loc="left")
    axes[columns].set_ylabel("Direction", fontweight="bold")
    axes[columns].set_xlabel("for less against, among the statements that take a side", loc="left")
    label_groups(figure, looks)
    return figure


def _draw_salience(ax: Axes, rows: pd.DataFrame, periods: list[str], looks: Looks) -> None:
    for row, y, look in _cells(rows, periods, looks):
        if row["salience"] == row["salience"]:
            limits = (row["salience_low"], row["salience_high"])
            draw_estimate(ax, row["salience"], y, limits, look)
        else:
            write_missing(ax, 0.02, y, int(row["n_statements"]), look)
    set_rows(ax, periods)
    ax.set_xlim(-0.02, 1.02)
    set_percent(ax)


def _draw_direction(ax: Axes, rows: pd.DataFrame, periods: list[str], looks: Looks) -> None:
    ax.axvline(0, color=GREY, linewidth=0.6)
    for row, y, look in _cells(rows, periods, looks):
        if row["direction"] == row["direction"]:
            limits = (row["direction_low"], row["direction_high"])
            draw_estimate(ax, row["direction"], y, limits, look)
        else:
            write_words(ax, -1.0, y, _reason(row["n_favor"], row["n_against"]), look)
    set_rows(ax, periods)
    ax.set_xlim(-1.05, 1.05)
    ax.set_xticks([-1, 0, 1], ["against", "0", "for"])


def _reason(n_favor: int, n_against: int) -> str:
    """Return why there is no direction: too few take a side, or all take the same."""
    n = n_favor + n_against
    if n == 0:
        return "n = 0"
    side = ", all for" if n_against == 0 else ", all against" if n_favor == 0 else ""
    return f"n = {n}{side}, not estimable"


def _cells(rows: pd.DataFrame, periods: list[str], looks: Looks) -> list[tuple[Any, float, Look]]:
    """Return each row with its place on the y axis and its group's look."""
    cells = []
    for record in rows.to_dict("records"):
        group = str(record["group"])
        if group in looks:
            y = spread(periods.index(str(record["period"])), looks)[group]
            cells.append((record, y, looks[group]))
    return cells
