"""What more labels buy: how good codes are by the number of statements they were learnt from."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from textwrap import fill
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.figures.style import (
    BESIDE_PLAIN,
    GREY,
    PLAIN,
    in_order,
    label_groups,
    new_grid,
    readable,
    records,
    styled,
)
from analysis.tables import LEARNING, check_table

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LOOKS = (PLAIN, BESIDE_PLAIN)
WIDTH_MM, PANEL_MM, PANELS = 175, 41, 4
TITLE_CHARS = 24
# Room for the names of two curves.
NARROWEST_MM = 85


@styled
def plot_learning(
    curves: Mapping[str, pd.DataFrame], *, labels: Mapping[str, str] | None = None
) -> Figure:
    """Draw macro F1 by the number of labels, a panel for each code.

    Parameters
    ----------
    curves
        What to call it -> the `learning` table, one or two; the second in grey.
    labels
        Code -> what to call it, in the order of the panels.

    Lines are 95 % intervals over groups and draws. Below right stands what 50 more labels bought on
    the last step of the first curve, in points of F1 with its interval: at most that is what the
    next may buy.

    Raises
    ------
    ValueError
        If there is no curve, there are more than two, or one has no rows.
    """
    if not 1 <= len(curves) <= len(LOOKS) or any(table.empty for table in curves.values()):
        raise ValueError(f"curves are {list(curves)}; one or two can be drawn, each with rows")
    looks = dict(zip(curves, LOOKS, strict=False))
    tables = [check_table(table, LEARNING).astype({"code": "str"}) for table in curves.values()]
    codes = in_order(pd.concat(tables)["code"], labels)
    columns = min(PANELS, len(codes))
    n_rows = ceil(len(codes) / columns)
    width = max(NARROWEST_MM, 15 + (WIDTH_MM - 15) * columns / PANELS)
    figure, axes = new_grid(width, 18 + PANEL_MM * n_rows, n_rows, columns)
    for ax, code in zip(axes, codes, strict=False):
        for table, look in zip(reversed(tables), reversed(looks.values()), strict=True):
            _draw_curve(ax, table[table["code"] == code], look)
        _write_gain(ax, tables[0][tables[0]["code"] == code])
        ax.set_title(fill(readable(code, labels), TITLE_CHARS), fontsize=7.5)
    for ax in axes[len(codes) :]:
        ax.set_visible(False)
    _set_scales(axes, columns, len(codes))
    label_groups(figure, looks)
    return figure


def _draw_curve(ax: Axes, rows: pd.DataFrame, look: Mapping[str, Any]) -> None:
    ax.plot(rows["n_labels"], rows["macro_f1"], color=look["color"], linewidth=1)
    for row in records(rows):
        known = row.low == row.low
        if known:
            ax.vlines(row.n_labels, row.low, row.high, color=look["color"], linewidth=1.1)
        fill = look["color"] if known else "white"
        mark: Any = {"markersize": 3.4, "markerfacecolor": fill, "clip_on": False}
        ax.plot([row.n_labels], [row.macro_f1], linestyle="", **mark, **look)


def _write_gain(ax: Axes, rows: pd.DataFrame) -> None:
    """Write what 50 more labels bought on the last step."""
    known = rows[rows["gain"].notna()]
    if known.empty:
        return
    last = records(known)[-1]
    words = f"50 more: {_points(last.gain)} points"
    if last.gain_low == last.gain_low:
        words += f" ({_points(last.gain_low)} to {_points(last.gain_high)})"
    ax.text(0.98, 0.04, words, transform=ax.transAxes, ha="right", fontsize=6, color=GREY)


def _points(share: float) -> str:
    return f"{100 * share:+.0f}".replace("-", "−") if round(100 * share) else "0"


def _set_scales(axes: list[Axes], columns: int, n_codes: int) -> None:
    for place, ax in enumerate(axes[:n_codes]):
        ax.set(xlim=(0, None), ylim=(0, 1.0))
        ax.set_yticks([0, 0.25, 0.5, 0.75, 1], ["0", ".25", ".50", ".75", "1"])
        ax.grid(axis="y")
        ax.tick_params(labelleft=place % columns == 0, labelbottom=place + columns >= n_codes)
        if place % columns == 0:
            ax.set_ylabel("macro F1")
        if place + columns >= n_codes:
            ax.set_xlabel("labelled statements")
