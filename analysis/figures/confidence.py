"""Whether confidence is meant: the share that is right beside the confidence that was given."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.errors import TableError
from analysis.figures.style import (
    FAINT,
    GREY,
    INK,
    in_order,
    new_axes,
    new_grid,
    readable,
    records,
    styled,
)
from analysis.tables import CALIBRATION, CONFIDENCE, check_table

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH_MM, HEIGHT_MM = 120, 96
# Where the row of counts stands, in parts of the height of the Axes.
COUNTS = 1.035
# So many panels side by side.
PANELS = 3


@styled
def plot_confidence(confidence: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the share of statements that are right against the confidence they were given.

    Each tenth of the scale that holds statements has a mark at their mean confidence, with its
    interval, hollow where there is none; the number of statements stands above. On the dashed
    line, confidence is what it says: over it too modest, under it too bold.

    Parameters
    ----------
    confidence
        The `confidence` table.
    ax
        Where to draw; a new figure if None.

    Raises
    ------
    ValueError
        If no statement was judged.
    """
    check_table(confidence, CONFIDENCE)
    rows = confidence[confidence["n_found"] > 0]
    if rows.empty:
        raise ValueError("confidence: no statement was judged; there is nothing to draw")
    ax = new_axes(WIDTH_MM, HEIGHT_MM, ax)
    _draw_promise(ax)
    tenths = rows[rows["bin"].astype("str") != "all"]
    for row in records(tenths):
        _draw_bin(ax, row)
    _write_counts(ax, tenths)
    for row in records(rows[rows["bin"].astype("str") == "all"]):
        _write_error(ax, row)
    _set_scales(ax)
    return ax


@styled
def plot_calibration(
    calibration: pd.DataFrame, *, labels: Mapping[str, str] | None = None
) -> Figure:
    """Draw a panel for each code: how often a coder is right, by the probability that it gave.

    Parameters
    ----------
    calibration
        The `calibration` table of one coder.
    labels
        Code -> what to call it, in the order of the panels.

    As `plot_confidence`; the title gives the expected calibration error in points.

    Raises
    ------
    TableError
        If there is no row, or more than one coder.
    """
    rows = check_table(calibration, CALIBRATION).astype({"code": "str", "bin": "str"})
    coders = list(dict.fromkeys(rows["coder"].astype("str")))
    if len(coders) != 1:
        raise TableError(f"calibration: coders are {coders}; choose the rows of one to draw")
    codes = in_order(rows["code"], labels)
    columns = min(PANELS, len(codes))
    lines = ceil(len(codes) / columns)
    figure, axes = new_grid(14 + 54 * columns, 16 + 52 * lines, lines, columns)
    for place, ax in enumerate(axes):
        if place >= len(codes):
            ax.remove()
            continue
        mine = rows[(rows["code"] == codes[place]) & (rows["n_found"] > 0)]
        _draw_code(ax, mine)
        ax.set_title(f"{readable(codes[place], labels)}\n{_error_of(mine)}", fontsize=7)
        ax.tick_params(labelbottom=place + columns >= len(codes))
    axes[0].set_ylabel("right, with 95 % interval")
    axes[columns * (lines - 1)].set_xlabel("probability given (mean of each tenth)", loc="left")
    return figure


def _draw_code(ax: Axes, rows: pd.DataFrame) -> None:
    _draw_promise(ax)
    for row in records(rows[rows["bin"] != "all"]):
        _draw_bin(ax, row)
    _set_scales(ax)
    ax.set(xlabel="", ylabel="", xticks=[0, 0.5, 1])


def _error_of(rows: pd.DataFrame) -> str:
    """Return how many there are, and the expected calibration error."""
    total = rows[rows["bin"] == "all"]
    return "; ".join(
        f"n = {row.n_found}, error {100 * row.error:.1f} points" for row in records(total)
    )


def _draw_promise(ax: Axes) -> None:
    """Draw the line on which confidence is what it says, and say so along it."""
    ax.plot([0, 1], [0, 1], color=GREY, linewidth=0.8, linestyle=(0, (4, 2)))
    look: Any = {"rotation": 45, "transform_rotates_text": True, "rotation_mode": "anchor"}
    ax.text(0.03, 0.055, "right as often as it says", fontsize=6.5, color=GREY, **look)


def _draw_bin(ax: Axes, row: Any) -> None:
    known = row.low == row.low and row.high == row.high
    if known:
        ax.vlines(row.confidence, row.low, row.high, color=INK, linewidth=1.3)
    look: Any = {"color": INK, "markerfacecolor": INK if known else "white", "clip_on": False}
    ax.plot([row.confidence], [row.precision], "o", markersize=4.5, **look)


def _write_counts(ax: Axes, tenths: pd.DataFrame) -> None:
    """Write how many statements each tenth holds, above the middle of the tenth."""
    look: Any = {"transform": ax.get_xaxis_transform(), "fontsize": 6.5, "color": GREY}
    ax.text(-0.02, COUNTS, "n", ha="right", **look)
    for row in records(tenths):
        middle = sum(map(float, str(row.bin).split(" to "))) / 2
        ax.text(middle, COUNTS, f"{row.n_found}", ha="center", **look)


def _write_error(ax: Axes, row: Any) -> None:
    words = (
        f"{row.n_right} of {row.n_found} right, in {row.n_units} texts\n"
        f"mean distance from the dashed line: {100 * row.error:.1f} points"
    )
    look: Any = {"fontsize": 6.5, "color": GREY, "ha": "right", "linespacing": 1.4}
    ax.text(0.985, 0.03, words, transform=ax.transAxes, **look)


def _set_scales(ax: Axes) -> None:
    from matplotlib.ticker import PercentFormatter

    ticks = [tenth / 10 for tenth in range(11)]
    ax.set_xticks(ticks, [f"{tick:.1f}" for tick in ticks])
    ax.yaxis.set_major_formatter(PercentFormatter(xmax=1, decimals=0, symbol=" %"))
    ax.grid(axis="y")
    for tick in ticks:
        ax.axvline(tick, color=FAINT, linewidth=0.4)
    ax.set(xlim=(0, 1), ylim=(0, 1))
    ax.set_xlabel("Confidence that the extractor gave (mean of each tenth)")
    ax.set_ylabel("Statements that are right, with 95 % interval")
