"""Positions of texts on a scale, and the words that it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.errors import TableError
from analysis.figures.evidence import PALE
from analysis.figures.labels import label_points
from analysis.figures.style import (
    GREY,
    PLAIN,
    draw_estimate,
    group_looks,
    label_groups,
    new_axes,
    records,
    set_rows,
    styled,
)
from analysis.tables import SCALE_POSITIONS, SCALE_WORDS, check_table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_ROWS = 60
# How far the marks of named words reach.
MARK_POINTS = 1.5


@styled
def plot_scale(
    positions: pd.DataFrame,
    *,
    groups: Iterable[str] = (),
    labels: Mapping[str, str] | None = None,
    ends: tuple[str, str] = ("", ""),
    ax: Axes | None = None,
) -> Axes:
    """Draw the position of each text with its 95 % interval, from the leftmost to the rightmost.

    Parameters
    ----------
    positions
        The `scale_positions` table, sixty rows at most.
    groups
        The groups, in the study's order, for colours; none where texts have no group.
    labels
        Unit -> what to call it.
    ends
        What stands at the left and at the right end, where that is known.
    ax
        Where to draw; a new figure if None.

    Raises
    ------
    TableError
        If there is no row to draw, or more than sixty.
    """
    rows = check_table(positions, SCALE_POSITIONS).sort_values("position", kind="stable")
    if not 0 < len(rows) <= MOST_ROWS:
        raise TableError(f"positions: {len(rows)} rows; a figure has 1 to {MOST_ROWS}")
    looks = group_looks(groups)
    ax = new_axes(140, 24 + 4.0 * len(rows), ax)
    ax.axvline(0, color=GREY, linewidth=0.6)
    for place, row in enumerate(records(rows)):
        look = looks.get(str(row.group), PLAIN)
        draw_estimate(ax, row.position, place, (row.low, row.high), look)
    set_rows(ax, [(labels or {}).get(str(unit), str(unit)) for unit in rows["unit_id"]])
    ax.tick_params(axis="y", labelsize=6.5)
    left, right = ends
    ax.set_xlabel(f"{left} ←   position   → {right}" if left or right else "position")
    if looks:
        label_groups(ax, looks)
    return ax


@styled
def plot_scale_words(words: pd.DataFrame, *, n_labels: int = 25, ax: Axes | None = None) -> Axes:
    """Draw how each word leans against how common it is: the words that a scale rests on.

    Parameters
    ----------
    words
        The `scale_words` table.
    n_labels
        How many words of each side to name at most: those that move positions most (lean times
        the square root of their count).
    ax
        Where to draw; a new figure if None.

    Raises
    ------
    TableError
        If there is no word.

    References
    ----------
    Slapin and Proksch (2008), American Journal of Political Science 52(3), figure 2, with counts
    in place of the model's intercepts, which for a word of one end speak of a text that has none.
    """
    rows = check_table(words, SCALE_WORDS)
    rows = rows[rows["n"] > 0]
    if rows.empty:
        raise TableError("words: no word to draw")
    ax = new_axes(150, 110, ax)
    weight = rows["score"] * np.sqrt(rows["n"])
    ends = pd.concat([weight.nlargest(n_labels), weight.nsmallest(n_labels)]).index.unique()
    ax.set_yscale("log")
    ax.yaxis.set_major_formatter("{x:,.0f}")
    ax.scatter(rows["score"], rows["n"], s=4, color=PALE, linewidths=0)
    named = rows.loc[ends]
    ax.scatter(named["score"], named["n"], s=8, color=GREY, linewidths=0)
    ax.axvline(0, color=GREY, linewidth=0.5)
    ax.set(xlabel="how the word leans", ylabel="times used in all texts (log scale)")
    ax.margins(0.06)
    order = weight.abs()[ends].sort_values(ascending=False).index
    label_points(
        ax,
        [(row.score, row.n, MARK_POINTS) for row in records(rows.loc[order])],
        rows.loc[order, "term"].astype("str").tolist(),
    )
    return ax
