"""How often each group says something, period by period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import ceil
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.errors import TableError
from analysis.figures.style import (
    TICKS,
    Look,
    group_looks,
    label_groups,
    new_grid,
    readable,
    records,
    spread,
    styled,
)
from analysis.tables import RATES, check_table

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# An interval is cut at so many times the panel's highest estimate.
FAR = 2.5


@styled
def plot_rates(
    rates: pd.DataFrame,
    *,
    groups: Iterable[str],
    labels: Mapping[str, str] | None = None,
    per_row: int = 3,
) -> Figure:
    """Draw a small panel for each code: its rate per 10,000 words by period and group.

    Parameters
    ----------
    rates
        The `rates` table; periods and codes stand in the order of its rows. An estimate without
        an interval is a hollow mark; where there is none, the line breaks.
    groups
        The groups, in the study's order.
    labels
        Code -> what to call it; without one a code is called by its name.
    per_row
        Panels side by side. Each has a scale of its own, from 0 to where its estimates can be
        read; an interval that goes on beyond ends in a triangle.
    """
    check_table(rates, RATES)
    if rates.empty:
        raise TableError("rates: no row to draw")
    looks = group_looks(groups)
    codes = list(dict.fromkeys(rates["code"].astype("str")))
    periods = list(dict.fromkeys(rates["period"].astype("str")))
    columns = min(per_row, len(codes))
    rows = ceil(len(codes) / columns)
    figure, axes = new_grid(max(90, 60 * columns), 24 + 40 * rows, rows, columns, share="none")
    for ax in axes[len(codes) :]:
        ax.remove()
    for ax, code in zip(axes, codes, strict=False):
        _draw_code(ax, rates[rates["code"] == code], periods, looks)
        ax.set_title(readable(code, labels))
    _name_periods(axes[: len(codes)], periods, columns)
    figure.supylabel("per 10,000 words", fontsize=8)
    label_groups(figure, looks)
    return figure


def _draw_code(
    ax: Axes, rates: pd.DataFrame, periods: list[str], looks: Mapping[str, Look]
) -> None:
    top = _top(rates)
    places = spread(0, looks, width=0.24)
    for group, look in looks.items():
        rows = rates[rates["group"] == group].set_index("period").reindex(periods)
        rows["x"] = [place + places[group] for place in range(len(periods))]
        ax.plot(rows["x"], rows["rate_per_10k"], color=look["color"], linewidth=0.9, alpha=0.6)
        ax.vlines(rows["x"], rows["low"], rows["high"], color=look["color"], linewidth=1.1)
        for row in records(rows.dropna(subset="rate_per_10k")):
            fill = look["color"] if row.high == row.high else "white"
            mark: Any = {"markerfacecolor": fill, "markersize": 3.5, "clip_on": False, **look}
            ax.plot(row.x, row.rate_per_10k, **mark)
            if row.high > top:
                ax.plot(row.x, top, "^", color=look["color"], markersize=3.5, clip_on=False)
    ax.grid(axis="y")
    ax.set_ylim(0, top)


def _top(rates: pd.DataFrame) -> float:
    """Return where a panel ends: at its highest limit, but not far above its estimates."""
    highest = rates["rate_per_10k"].max()
    return float(max(min(rates["high"].max(), FAR * highest), 1.1 * highest) or 1.0)


def _name_periods(axes: list[Axes], periods: list[str], columns: int) -> None:
    for place, ax in enumerate(axes):
        ax.set_xticks(range(len(periods)), periods, rotation=45, ha="right", rotation_mode="anchor")
        last = place + columns >= len(axes)
        ax.tick_params(axis="x", **{**TICKS, "labelsize": 6.5}, labelbottom=last)
