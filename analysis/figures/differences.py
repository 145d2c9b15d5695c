"""How far two groups stand apart, as a forest of differences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from textwrap import fill
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.errors import TableError
from analysis.figures.style import (
    BESIDE_PLAIN,
    GREY,
    PLAIN,
    count_points,
    draw_estimate,
    in_order,
    label_groups,
    new_grid,
    readable,
    records,
    set_rows,
    styled,
)
from analysis.tables import DIFFERENCES, check_table

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FOUND = 0.05
LOOKS: Any = {"q under .05": PLAIN, "q of .05 or more": BESIDE_PLAIN}
MEASURES = {
    "share": "Frames: share of statements",
    "salience": "Propositions: share of statements that speak of it",
    "direction": "Propositions: direction, for less against",
}
WORDS = {"share": "", "salience": " (speaks of it)", "direction": " (direction)"}
# How far to the right of the Axes each column of words stands, in printer's points.
BESIDE = (8, 92, 126, 154)
COLUMNS = 4
BEHIND = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}
NOTE: Any = {"fontsize": 5.5, "color": GREY, "va": "center", "bbox": BEHIND}


@styled
def plot_differences(
    differences: pd.DataFrame, *, labels: Mapping[str, str] | None = None
) -> Figure:
    """Draw the differences of one period as a forest, with their figures beside them.

    Parameters
    ----------
    differences
        The `differences` table of one period.
    labels
        Code -> what to call it; without one it is called by its name.

    Shares and salience stand in points of a hundred, the target's largest lead on top; directions
    below, on their own scale. Beside each row: the difference with its limits, the probability that
    the target's figure is the higher, q, and the figure and n of each side. A row that allows no
    difference says why.

    Raises
    ------
    TableError
        If there is no row, or more than one period.
    """
    rows = check_table(differences, DIFFERENCES)
    periods = list(dict.fromkeys(rows["period"].astype("str")))
    if len(periods) != 1:
        raise TableError(f"differences: periods are {periods}; choose the rows of one to draw")
    rows = rows.sort_values("difference", ascending=False, kind="stable", na_position="last")
    parts = {name: rows[rows["measure"] == name] for name in MEASURES}
    parts = {name: part for name, part in parts.items() if len(part)}
    heights = [len(part) + 1.6 for part in parts.values()]
    figure, axes = new_grid(190, 22 + 5.4 * sum(heights), heights, 1, share="none")
    shares = _limits(rows[rows["measure"] != "direction"])
    for ax, (measure, part) in zip(axes, parts.items(), strict=True):
        ax.set_title(MEASURES[measure], fontsize=7.5, fontweight="bold")
        _draw_forest(ax, part, labels)
        _scale(ax, part, shares)
    _write_beside(axes[0], -1.0, _heads(rows), GREY)
    label_groups(figure, LOOKS)
    return figure


@styled
def plot_differences_by_period(
    differences: pd.DataFrame, *, labels: Mapping[str, str] | None = None
) -> Figure:
    """Draw a panel for each code and measure, its differences period by period.

    Parameters
    ----------
    differences
        The `differences` table; periods stand in the order of its rows. Codes that allow no
        difference in any of them are left out.
    labels
        Code -> what to call it, in the order of the panels.

    Raises
    ------
    TableError
        If no difference can be estimated.
    """
    rows = check_table(differences, DIFFERENCES).astype({"code": "str", "measure": "str"})
    there = rows.groupby(["code", "measure"])["difference"].transform("count") > 0
    if not there.any():
        raise TableError("differences: none can be estimated; each row's note says why")
    drawn = rows[there]
    panels = [
        (code, measure)
        for code in in_order(drawn["code"], labels)
        for measure in MEASURES
        if ((drawn["code"] == code) & (drawn["measure"] == measure)).any()
    ]
    periods = list(dict.fromkeys(drawn["period"].astype("str")))
    columns = min(COLUMNS, len(panels))
    lines = ceil(len(panels) / columns)
    height = 24 + lines * (16 + 3.8 * len(periods))
    figure, axes = new_grid(20 + 40 * columns, height, lines, columns, share="none")
    shares = _limits(drawn[drawn["measure"] != "direction"])
    for place, ax in enumerate(axes):
        if place >= len(panels):
            ax.remove()
            continue
        code, measure = panels[place]
        mine = drawn[(drawn["code"] == code) & (drawn["measure"] == measure)]
        _draw_panel(ax, mine, periods)
        _scale(ax, mine, shares)
        ax.set_xlabel(_sides(mine, "points") if place == columns * (lines - 1) else "", loc="left")
        ax.set_title(fill(readable(code, labels) + WORDS[measure], 26), fontsize=7.5)
        ax.tick_params(labelleft=place % columns == 0)
    label_groups(figure, LOOKS)
    return figure


def _draw_forest(ax: Axes, rows: pd.DataFrame, labels: Mapping[str, str] | None) -> None:
    direction = rows["measure"].iloc[0] == "direction"
    ax.axvline(0, color=GREY, linewidth=0.8)
    for place, row in enumerate(records(rows)):
        look = _look(row)
        if row.difference == row.difference:
            draw_estimate(ax, row.difference, place, (row.low, row.high), look)
        _write_beside(ax, place, _words(row, direction), look["color"])
    set_rows(ax, [readable(str(row.code), labels) for row in records(rows)])


def _scale(ax: Axes, rows: pd.DataFrame, shares: tuple[float, float]) -> None:
    """Set the scale of a measure, and say which side is which."""
    if rows["measure"].iloc[0] == "direction":
        ax.set_xlim(-2, 2)
        ax.set_xlabel(_sides(rows, "difference in direction"))
    else:
        ax.set_xlim(*shares)
        ax.set_xlabel(_sides(rows, "points of difference"))
        count_points(ax)


def _write_beside(ax: Axes, place: float, words: Sequence[str], color: str) -> None:
    """Write words to the right of a row, each in its column."""
    look: Any = {"fontsize": 6.2, "color": color, "va": "center", "linespacing": 1.0}
    for x, word in zip(BESIDE, words, strict=True):
        where: Any = {"xycoords": ax.get_yaxis_transform(), "textcoords": "offset points"}
        ax.annotate(word, (1, place), (x, 0), annotation_clip=False, **where, **look)


def _draw_panel(ax: Axes, rows: pd.DataFrame, periods: Sequence[str]) -> None:
    ax.axvline(0, color=GREY, linewidth=0.8)
    for row in records(rows):
        place = periods.index(str(row.period))
        if row.difference == row.difference:
            draw_estimate(ax, row.difference, place, (row.low, row.high), _look(row))
        else:
            words = f"not estimable, n = {row.n_target}, {row.n_reference}"
            ax.text(0.01, place, words, transform=ax.get_yaxis_transform(), **NOTE)
    set_rows(ax, periods)


def _look(row: Any) -> Any:
    return LOOKS["q under .05"] if row.q < FOUND else LOOKS["q of .05 or more"]


def _limits(rows: pd.DataFrame) -> tuple[float, float]:
    """Return limits of an axis of shares, as far to both sides; none beyond all of them."""
    reach = rows[["low", "high", "difference"]].abs().max().max()
    reach = min(1.0, max(0.2, 1.05 * reach)) if reach == reach else 0.2
    return -reach, reach


def _sides(rows: pd.DataFrame, what: str) -> str:
    target, reference = (str(rows[side].iloc[0]) for side in ("target", "reference"))
    return f"{reference} more   ←   {what}   →   {target} more"


def _heads(rows: pd.DataFrame) -> list[str]:
    """Return what stands above the words beside the rows."""
    target, reference = (str(rows[side].iloc[0]) for side in ("target", "reference"))
    return ["difference [95 %]", f"P({target}\nhigher)", "q", f"{target}, n  |  {reference}, n"]


def _words(row: Any, direction: bool) -> list[str]:
    """Return what stands beside a row."""
    figures = f"{_figure(row.figure_target, direction)}, {row.n_target}  |  "
    figures += f"{_figure(row.figure_reference, direction)}, {row.n_reference}"
    if row.difference != row.difference:
        return ["not estimable", "", "", figures]
    scale, digits = (1, 2) if direction else (100, 0)
    numbers = [scale * each for each in (row.difference, row.low, row.high)]
    if row.low != row.low:
        return [f"{numbers[0]:+.{digits}f}".replace("-", "−"), "", "", figures]
    difference = "{:+.{d}f} [{:+.{d}f}, {:+.{d}f}]".format(*numbers, d=digits)
    return [difference.replace("-", "−"), _bounded(row.probability), _bounded(row.q), figures]


def _figure(value: float, direction: bool) -> str:
    if value != value:
        return "–"
    return f"{value:+.2f}".replace("-", "−") if direction else f"{100 * value:.0f} %"


def _bounded(value: float) -> str:
    """Return a probability with three digits, and no more than they bear."""
    if value < 0.001:
        return "< .001"
    return "> .999" if value > 0.999 else f"{value:.3f}".removeprefix("0")
