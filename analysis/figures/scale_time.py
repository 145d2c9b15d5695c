"""Scales over time: each text where it stands, the way of each group, and several scales."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from textwrap import fill
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.errors import TableError, check_choice
from analysis.figures.labels import label_points
from analysis.figures.style import (
    GREY,
    PLAIN,
    Look,
    group_looks,
    label_groups,
    new_axes,
    new_grid,
    readable,
    records,
    spread,
    styled,
)
from analysis.tables import CA_DIMENSIONS, CA_TEXTS, SCALE_EFFECTS, SCALES, UNITS, check_table

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Years between two that are named on a map.
STEP_YEARS = 10
MARK_POINTS = 1.2
# Of a line beside the drawing that says what stands at an end.
END_CHARS = 16
TURNED: Any = {"rotation": 45, "ha": "right", "rotation_mode": "anchor"}


@styled
def plot_scale_time(
    scales: pd.DataFrame,
    *,
    scale: str,
    groups: Iterable[str],
    ends: tuple[str, str] = ("", ""),
    ax: Axes | None = None,
) -> Axes:
    """Draw where each dated text stands, with its 95 % interval, over time.

    Parameters
    ----------
    scales
        The `scales` table.
    scale
        Which of its scales.
    groups
        The groups, in the study's order.
    ends
        What stands at the lower and at the upper end, where that is known.
    ax
        Where to draw; a new figure if None.

    A hollow mark is a reference text, whose position was given.

    Raises
    ------
    TableError
        If no text of these groups has a day and a position. ValueError, listing the scales, if
        there is none of that name.
    """
    check_choice(scale, check_table(scales, SCALES)["scale"].astype("str").unique(), "scale")
    looks = group_looks(groups)
    rows = scales[(scales["scale"] == scale) & scales["group"].isin(list(looks))]
    rows = rows[rows["date"].notna() & rows["position"].notna()].sort_values("date", kind="stable")
    if rows.empty:
        raise TableError(f"scales: no dated position of {list(looks)} on {scale!r} to draw")
    ax = new_axes(160, 95, ax)
    ax.axhline(0, color=GREY, linewidth=0.5)
    for group, look in looks.items():
        mine, color = rows[rows["group"] == group], look["color"]
        ax.vlines(mine["date"], mine["low"], mine["high"], color=color, linewidth=1)
        ax.plot(mine["date"], mine["position"], color=color, linewidth=0.6, alpha=0.4)
        for told, inside in ((False, color), (True, "white")):
            part = mine[mine["reference"].notna() == told]
            face: dict[str, Any] = {"markerfacecolor": inside, "markersize": 3.2, "linestyle": ""}
            ax.plot(part["date"], part["position"], **face, **look)
    ax.set_ylabel("position")
    for end, sign, y, side in ((ends[0], "↓", 0, "bottom"), (ends[1], "↑", 1, "top")):
        words = fill(f"{sign} {end}" if end else "", END_CHARS)
        ax.text(1.02, y, words, transform=ax.transAxes, fontsize=6.5, color=GREY, va=side)
    ax.grid(axis="y")
    label_groups(ax, looks)
    return ax


@styled
def plot_scale_map(
    ca_texts: pd.DataFrame,
    ca_dimensions: pd.DataFrame,
    units: pd.DataFrame,
    *,
    groups: Iterable[str],
) -> Axes:
    """Draw texts on two dimensions of a correspondence analysis, each group's in order of time.

    Parameters
    ----------
    ca_texts, ca_dimensions
        The tables of those names; the first two dimensions are drawn, in principal coordinates.
    units
        The `units` table: group and day of each text.
    groups
        The groups, in the study's order.

    A line joins the texts of a group; the first and the last of them and some between are named
    by their year.

    Raises
    ------
    TableError
        If there are not two dimensions, or no text of these groups has a day.
    """
    check_table(units, UNITS)
    check_table(ca_texts, CA_TEXTS)
    shares = check_table(ca_dimensions, CA_DIMENSIONS).set_index("dimension")["inertia_share"]
    if not {1, 2} <= set(shares.index):
        raise TableError("ca_dimensions: two dimensions are drawn; fit with n_dimensions=2")
    looks = group_looks(groups)
    places = ca_texts.astype({"unit_id": "str"}).pivot_table(
        index="unit_id", columns="dimension", values="principal"
    )
    placed = units.astype({"unit_id": "str"}).set_index("unit_id")[["group", "date"]].join(places)
    placed = placed[placed["group"].isin(list(looks)) & placed[[1, 2, "date"]].notna().all(axis=1)]
    if placed.empty:
        raise TableError(f"ca_texts: no dated text of {list(looks)} to draw")
    ax = new_axes(150, 120, ax=None)
    for group, look in looks.items():
        mine = placed[placed["group"] == group].sort_values("date", kind="stable")
        ax.plot(mine[1], mine[2], color=look["color"], linewidth=0.5, alpha=0.35)
        ax.plot(mine[1], mine[2], linestyle="", markersize=3.2, **look)
    ax.axhline(0, color=GREY, linewidth=0.5)
    ax.axvline(0, color=GREY, linewidth=0.5)
    ax.set_aspect("equal", adjustable="datalim")
    ax.margins(0.06)
    for number, name in ((1, "x"), (2, "y")):
        ax.set(**{f"{name}label": f"dimension {number} ({shares[number]:.1%} of inertia)"})
    label_groups(ax, looks)
    _name_years(ax, placed, looks)
    return ax


@styled
def plot_scale_effects(
    scale_effects: pd.DataFrame,
    *,
    groups: Iterable[str],
    labels: Mapping[str, str] | None = None,
) -> Figure:
    """Draw each group's mean position by period, and below how far the first two stand apart.

    Parameters
    ----------
    scale_effects
        The `scale_effects` table with periods; scales and periods stand in its order.
    groups
        The groups, in the study's order.
    labels
        Scale -> what to call it, and its unit.

    A hollow mark has no interval: there are too few texts. Each scale has its own unit.

    Raises
    ------
    TableError
        If there is no mean in a period to draw.
    """
    rows = check_table(scale_effects, SCALE_EFFECTS)
    rows = rows[(rows["period"] != "all") & rows["estimate"].notna()]
    looks = group_looks(groups)
    means = rows[(rows["effect"] == "mean") & rows["contrast"].isin(list(looks))]
    if means.empty:
        raise TableError("scale_effects: no mean in a period to draw; compare with periods")
    apart = rows[rows["effect"] == "difference"]
    scales, periods = (
        list(dict.fromkeys(rows[name].astype("str"))) for name in ("scale", "period")
    )
    pairs = dict.fromkeys(apart["contrast"].astype("str"), PLAIN)
    lines = 2 if pairs else 1
    figure, axes = new_grid(14 + 54 * len(scales), 26 + 42 * lines, lines, len(scales), "none")
    for place, scale in enumerate(scales):
        axes[place].set_title(readable(scale, labels), fontsize=7.5)
        _draw_periods(axes[place], means[means["scale"] == scale], periods, looks)
        if pairs:
            below = axes[len(scales) + place]
            _draw_periods(below, apart[apart["scale"] == scale], periods, pairs)
            below.axhline(0, color=GREY, linewidth=0.6)
            axes[place].tick_params(labelbottom=False)
    axes[0].set_ylabel("mean position")
    if pairs:
        axes[len(scales)].set_ylabel("\n".join(pairs))
    label_groups(figure, looks)
    return figure


def _name_years(ax: Axes, placed: pd.DataFrame, looks: Mapping[str, Look]) -> None:
    """Name the first and the last text of each group, and those of round years."""
    points, words, colors = [], [], []
    for group, look in looks.items():
        mine = placed[placed["group"] == group].sort_values("date", kind="stable")
        years = mine["date"].dt.year
        ends = [0, len(mine) - 1] if len(mine) else []
        rounded = [place for place, year in enumerate(years) if year % STEP_YEARS == 0]
        for place in dict.fromkeys([*ends, *rounded]):
            points.append((float(mine[1].iloc[place]), float(mine[2].iloc[place])))
            words.append(str(years.iloc[place]))
            colors.append(look["color"])
    marks = [(row[0], row[1], MARK_POINTS) for row in placed[[1, 2]].to_numpy()]
    label_points(ax, [*points, *marks], words, colors=colors)


def _draw_periods(
    ax: Axes, rows: pd.DataFrame, periods: list[str], looks: Mapping[str, Look]
) -> None:
    beside = spread(0, looks, width=0.2)
    for name, look in looks.items():
        mine, color = rows[rows["contrast"] == name], look["color"]
        at = [periods.index(str(period)) + beside[name] for period in mine["period"]]
        ax.plot(at, mine["estimate"], color=color, linewidth=0.6, alpha=0.5)
        for x, row in zip(at, records(mine), strict=True):
            known = row.low == row.low
            if known:
                ax.vlines(x, row.low, row.high, color=color, linewidth=1.3)
            face: dict[str, Any] = {"markerfacecolor": color if known else "white", "markersize": 4}
            ax.plot([x], [row.estimate], linestyle="", **face, **look)
    ax.set_xticks(range(len(periods)), periods, **TURNED)
    ax.set_xlim(-0.5, len(periods) - 0.5)
    ax.grid(axis="y")
