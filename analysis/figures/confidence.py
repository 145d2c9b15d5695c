"""Whether confidence is meant: the share that is right beside the confidence that was given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.figures.style import FAINT, GREY, INK, new_axes, records, styled
from analysis.tables import CONFIDENCE, check_table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH_MM, HEIGHT_MM = 120, 96
# Where the row of counts stands, in parts of the height of the Axes.
COUNTS = 1.035


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
