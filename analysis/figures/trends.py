"""How often each group says something, as lines over time, with the changes that were found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import ceil
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.errors import TableError, check_choice
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
# The days of a group's changes stand in a strip above the documents, of so much of their height.
STRIP = 0.06


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
        The `change_points` table: a dashed line where a change was found, and above the documents
        a bar over the days that it may have been. Of each group with changes the bars stand in a
        row of their own.
    labels
        Code -> what to call it; without one a code is called by its name.

    Each panel has a scale of its own.

    Raises
    ------
    TableError
        If there is no row to draw.
    ValueError
        If the table knows none of the groups.
    """
    check_table(trend, TREND)
    check_table(rates, DOCUMENT_RATES)
    if trend.empty:
        raise TableError("trend: no row to draw")
    looks, known = group_looks(groups), list(dict.fromkeys(trend["group"].astype("str")))
    if not set(looks) & set(known):
        check_choice(next(iter(looks), ""), known, "group")
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
    changed = [group for group in looks if (changes["group"] == group).any()]
    for group, look in looks.items():
        lines, dots = (frame[frame["group"] == group] for frame in (trend, rates))
        _draw_group(ax, lines, dots, look, top)
    for place, group in enumerate(changed):
        found, color = changes[changes["group"] == group], looks[group]["color"]
        _draw_changes(ax, found, color, (top * (1 + STRIP * place), top * STRIP))
    ax.grid(axis="y")
    ax.set_ylim(0, top * (1 + STRIP * len(changed)))
    years: Any = dates
    ax.xaxis.set_major_locator(years.AutoDateLocator(maxticks=7))
    ax.xaxis.set_major_formatter(years.DateFormatter("%Y"))
    ax.tick_params(**TICKS)


def _draw_group(ax: Axes, line: pd.DataFrame, dots: pd.DataFrame, look: Look, top: float) -> None:
    """Draw a group's documents and its line with its band."""
    color = look["color"]
    beyond = dots["rate_per_10k"] > top
    small: Any = {"linestyle": "", "color": color, "alpha": 0.45, "markeredgewidth": 0}
    # Documents without a hit stand on the axis, which would cut them in two.
    small |= {"clip_on": False, "in_layout": False}
    inside = dots[~beyond]
    ax.plot(inside["date"], inside["rate_per_10k"], look["marker"], markersize=2.2, **small)
    edge = [0.985 * top] * int(beyond.sum())
    ax.plot(dots["date"][beyond], edge, "^", markersize=3, **small)
    band: Any = {"color": color, "alpha": 0.15, "linewidth": 0}
    ax.fill_between(line["date"], line["low"].clip(upper=top), line["high"].clip(upper=top), **band)
    ax.plot(line["date"], line["rate_per_10k"], color=color, linewidth=1.2)


def _draw_changes(ax: Axes, changes: pd.DataFrame, color: str, strip: tuple[float, float]) -> None:
    """Draw a group's changes: a dashed line each, and a bar over the days that it may have been."""
    from matplotlib import dates
    from matplotlib.patches import Rectangle

    number: Any = dates.date2num
    low, height = strip
    for row in records(changes):
        begin, end = number(row.date_low), number(row.date_high)
        corner = (begin, low + 0.15 * height)
        paint: Any = {"facecolor": (color, 0.35), "edgecolor": "white", "linewidth": 0.8}
        bar = Rectangle(corner, end - begin, 0.7 * height, **paint)
        ax.add_patch(bar)
        ax.axvline(row.date, color=color, linewidth=0.9, linestyle=(0, (4, 2)))
