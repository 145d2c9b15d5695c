"""How often intervals held the truth where the truth was known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analysis.errors import TableError
from analysis.figures.style import (
    BESIDE_PLAIN,
    FAINT,
    GREY,
    PLAIN,
    Look,
    label_groups,
    new_grid,
    records,
    set_percent,
    set_rows,
    spread,
    styled,
)
from analysis.tables import INTERVALS_HELD, check_table

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NOMINAL, BAND = 0.95, (0.93, 0.97)
# What holds less often stands at the edge, with its figure.
LOWEST = 0.6


@styled
def plot_intervals_held(intervals_held: pd.DataFrame) -> Figure:
    """Draw how often nominal 95 % intervals hold: a panel for each number of units.

    Parameters
    ----------
    intervals_held
        The `intervals_held` table; measures and methods stand in the order of its rows, two
        methods at most, the second in grey.

    Marks are means over simulated worlds, lines go from the worst world to the best. The
    shaded band is 93 to 97 %. Means under 60 % stand at the edge as a triangle with their figure.

    Raises
    ------
    TableError
        If there is no row to draw, or more than two methods.
    """
    rows = check_table(intervals_held, INTERVALS_HELD)
    methods = list(dict.fromkeys(rows["method"].astype("str")))
    if not 1 <= len(methods) <= 2:
        raise TableError(f"intervals_held: methods are {methods}; one or two can be drawn")
    looks = dict(zip(methods, (PLAIN, BESIDE_PLAIN), strict=False))
    measures = list(dict.fromkeys(rows["measure"].astype("str")))
    sizes = sorted(rows["n_units"].unique())
    figure, axes = new_grid(45 + 36 * len(sizes), 26 + 7 * len(measures), 1, len(sizes))
    for ax, size in zip(axes, sizes, strict=True):
        ax.axvspan(*BAND, color=FAINT, linewidth=0, zorder=0)
        ax.axvline(NOMINAL, color=GREY, linewidth=0.8)
        for row in records(rows[rows["n_units"] == size]):
            place = measures.index(str(row.measure))
            y, look = spread(place, looks, width=0.3)[str(row.method)], looks[str(row.method)]
            _draw_held(ax, y, (row.held, row.low, row.high), look)
        set_rows(ax, measures)
        set_percent(ax)
        ax.set_xlim(LOWEST, 1)
        ax.set_title(f"{size} units")
        ax.tick_params(labelleft=ax is axes[0])
    words = "nominal 95 % intervals that hold the truth:\nmean, worst to best; band: 93 to 97 %"
    axes[0].set_xlabel(words, loc="left")
    label_groups(figure, looks)
    return figure


def _draw_held(ax: Axes, y: float, held: tuple[float, float, float], look: Look) -> None:
    mean, low, high = held
    ax.hlines(y, max(low, LOWEST), max(high, LOWEST), color=look["color"], linewidth=1.1)
    if mean >= LOWEST:
        ax.plot([mean], [y], linestyle="", markersize=3.8, clip_on=False, **look)
        return
    edge = {**look, "marker": "<"}
    ax.plot([LOWEST], [y], linestyle="", markersize=3.8, clip_on=False, **edge)
    ax.text(
        LOWEST + 0.015,
        y - 0.22,
        f"{100 * mean:.0f} %",
        fontsize=5.5,
        color=look["color"],
        va="center",
    )
