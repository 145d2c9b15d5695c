"""How often each group says something, as lines over time, with the changes that were found."""

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
    styled,
)
from analysis.tables import CHANGE_POINTS, DOCUMENT_RATES, TREND, check_table

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# A panel ends at so many times its highest line; documents beyond stand at the edge.
FAR = 2.2


@styled
def plot_trend(
    trend: pd.DataFrame,
    rates: pd.DataFrame,
    *,
    groups: Iterable[str],
    change_points: pd.DataFrame | None = None,
    labels: Mapping[str, str] | None = None,
) -> Figure:
    """Draw a panel for each code: its smoothed rate by group, the documents, and changes.

    Parameters
    ----------
    trend
        The `trend` table; codes stand in the order of its rows.
    rates
        The `document_rates` table that it was smoothed from: a small mark for each document, a
        triangle at the edge where it lies beyond.
    groups
        The groups, in the study's order.
    change_points
        The `change_points` table: a line where a change was found, a band over the days that it
        may have been.
    labels
        Code -> what to call it; without one a code is called by its name.

    Each panel has a scale of its own.

    Raises
    ------
    TableError
        If there is no row to draw.
    """
    check_table(trend, TREND)
    check_table(rates, DOCUMENT_RATES)
    if trend.empty:
        raise TableError("trend: no row to draw")
    looks = group_looks(groups)
    codes = list(dict.fromkeys(trend["code"].astype("str")))
    columns = min(2, len(codes))
    rows = ceil(len(codes) / columns)
    figure, axes = new_grid(90 * columns, 24 + 46 * rows, rows, columns, share="none")
    for ax in axes[len(codes) :]:
        ax.remove()
    changes = _changes(change_points)
    for ax, code in zip(axes, codes, strict=False):
        lines, dots, found = (frame[frame["code"] == code] for frame in (trend, rates, changes))
        _draw_code(ax, lines, dots, found, looks)
        ax.set_title(readable(code, labels))
    figure.supylabel("per 10,000 words", fontsize=8)
    label_groups(figure, looks)
    return figure


def _changes(change_points: pd.DataFrame | None) -> pd.DataFrame:
    if change_points is None:
        return pd.DataFrame(columns=list(CHANGE_POINTS.columns))
    found = check_table(change_points, CHANGE_POINTS)
    return found[found["number"] > 0]


def _draw_code(
    ax: Axes,
    trend: pd.DataFrame,
    rates: pd.DataFrame,
    changes: pd.DataFrame,
    looks: Mapping[str, Look],
) -> None:
    from matplotlib import dates

    top = float(max(FAR * trend["rate_per_10k"].max(), 0.1)) or 1.0
    for group, look in looks.items():
        line, dots = trend[trend["group"] == group], rates[rates["group"] == group]
        color = look["color"]
        beyond = dots["rate_per_10k"] > top
        small: Any = {"linestyle": "", "color": color, "alpha": 0.45, "markeredgewidth": 0}
        inside = dots[~beyond]
        ax.plot(inside["date"], inside["rate_per_10k"], look["marker"], markersize=2.2, **small)
        edge = [0.985 * top] * int(beyond.sum())
        ax.plot(dots["date"][beyond], edge, "^", markersize=3, **small)
        band: Any = {"color": color, "alpha": 0.15, "linewidth": 0}
        ax.fill_between(line["date"], line["low"], line["high"].clip(upper=top), **band)
        ax.plot(line["date"], line["rate_per_10k"], color=color, linewidth=1.2)
        for row in records(changes[changes["group"] == group]):
            ax.axvspan(row.date_low, row.date_high, color=color, alpha=0.07, linewidth=0)
            ax.axvline(row.date, color=color, linewidth=0.9, linestyle=(0, (4, 2)))
    ax.grid(axis="y")
    ax.set_ylim(0, top)
    years: Any = dates
    ax.xaxis.set_major_locator(years.AutoDateLocator(maxticks=7))
    ax.xaxis.set_major_formatter(years.DateFormatter("%Y"))
    ax.tick_params(**TICKS)
