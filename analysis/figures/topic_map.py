"""Where topics lie, how far they hold, and what each number of topics gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.errors import TableError
from analysis.figures.labels import label_points
from analysis.figures.style import (
    GREY,
    INK,
    group_looks,
    label_groups,
    new_axes,
    new_grid,
    records,
    styled,
)
from analysis.tables import TOPIC_MAP, TOPIC_SCAN, check_table

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Area of a mark, in square points, for a topic that takes all of the texts.
WHOLE = 2600
STEPS = (0.5, 0.7, 0.9)
SHADES = ("#ffffff", "#bcd5e6", "#5f9dc6", "#0072B2")
NAMES = ("under .5", ".5 to .7", ".7 to .9", ".9 or more")
DASHES: Any = ("-", "--", ":")
METHODS = {"kl_nmf": "KL-NMF", "lda": "LDA"}
# Title, end of the axis where there is a most, and columns with what to call them.
PANELS = (
    ("coherence (NPMI)", None, (("npmi", ""),)),
    ("exclusivity (at most 10)", 10, (("exclusivity", ""),)),
    (
        "topics come back (cosine)",
        1.03,
        (
            ("seed_cosine", "from other seeds, mean"),
            ("cosine", "in redrawn units, mean"),
            ("lowest_cosine", "in redrawn units, the weakest"),
        ),
    ),
    ("perplexity", None, (("perplexity", ""),)),
)


@styled
def plot_topic_map(topic_map: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw topics where they lie: near each other when they use the same words.

    Parameters
    ----------
    topic_map
        The `topic_map` table. The area of a mark is the topic's mean share of units; the
        darker, the more of it comes back in redrawn units; white, under half.
    ax
        Where to draw; a new figure if None.

    Raises
    ------
    TableError
        If there is no topic.
    """
    rows = check_table(topic_map, TOPIC_MAP)
    if rows.empty:
        raise TableError("topic_map: no topic to draw")
    ax = new_axes(150, 120, ax)
    shades = [
        SHADES[int(np.searchsorted(STEPS, cosine, side="right"))] for cosine in rows["cosine"]
    ]
    ax.scatter(
        rows["x"],
        rows["y"],
        s=rows["share"] * WHOLE,
        c=shades,
        edgecolors=INK,
        linewidths=0.7,
        zorder=2,
    )
    ax.set_aspect("equal", adjustable="datalim")
    ax.margins(0.2)
    ax.tick_params(labelbottom=False, labelleft=False, length=0)
    ax.set(xlabel="near each other: the same words; area: mean share of a text", ylabel="")
    _label_shades(ax)
    ordered = rows.sort_values("share", ascending=False, kind="stable")
    label_points(
        ax,
        [(row.x, row.y, _radius(row.share)) for row in records(ordered)],
        [_label(str(row.topic), str(row.terms)) for row in records(ordered)],
    )
    return ax


@styled
def plot_topic_scan(topic_scan: pd.DataFrame) -> Figure:
    """Draw what each number of topics gives: coherence, exclusivity, stability and perplexity.

    Parameters
    ----------
    topic_scan
        The `topic_scan` table; two methods are drawn in two colours.

    Raises
    ------
    TableError
        If there is no row.
    """
    rows = check_table(topic_scan, TOPIC_SCAN)
    if rows.empty:
        raise TableError("topic_scan: no row to draw")
    figure, axes = new_grid(160, 112, 2, 2, share="none")
    looks = group_looks(dict.fromkeys(rows["method"].astype("str")))
    for ax, (title, top, lines) in zip(axes, PANELS, strict=True):
        for method, look in looks.items():
            part = rows[rows["method"] == method].sort_values("k")
            for (column, _), dash in zip(lines, DASHES, strict=False):
                ax.plot(part["k"], part[column], dash, markersize=3.5, linewidth=1, **look)
        ax.set(title=title, xlabel="number of topics", xticks=sorted(set(rows["k"])))
        ax.set_ylim(min(0.0, ax.get_ylim()[0]), top or ax.get_ylim()[1] * 1.05)
        ax.grid(axis="y")
        if len(lines) > 1:
            _label_lines(ax, [name for _, name in lines])
    if len(looks) > 1:
        label_groups(figure, {METHODS.get(name, name): look for name, look in looks.items()})
    return figure


def _label_lines(ax: Axes, names: list[str]) -> None:
    from matplotlib.lines import Line2D

    handles = [Line2D([], [], linestyle=dash, color=GREY, linewidth=1) for dash in DASHES]
    ax.legend(handles, names, fontsize=7, loc="best", handlelength=2.4)


def _radius(share: float) -> float:
    return float(np.sqrt(share * WHOLE / np.pi))


def _label(topic: str, terms: str) -> str:
    """Name a topic by its number, or its seed, over its words."""
    name = topic.split(" ")[0] if topic.endswith(terms) else topic
    return f"{name}  {terms}"


def _label_shades(ax: Axes) -> None:
    from matplotlib.lines import Line2D

    handles = [
        Line2D([], [], linestyle="", marker="o", markersize=6, color=INK, markerfacecolor=shade)
        for shade in SHADES
    ]
    ax.legend(
        handles,
        NAMES,
        title="how much comes back in redrawn texts",
        title_fontsize=7,
        fontsize=7,
        ncols=len(SHADES),
        loc="lower left",
        bbox_to_anchor=(0, 1),
        alignment="left",
        handletextpad=0.1,
    )
