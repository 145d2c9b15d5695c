"""All words of two sides at once: effect against evidence, and rate against rate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.errors import TableError
from analysis.figures.labels import label_points
from analysis.figures.style import GREY, Look, count_in_times, group_looks, new_axes, styled
from analysis.tables import KEYNESS, check_table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PALE = "#c4c4c4"
ROOM = 0.06


@styled
def plot_evidence(
    keyness: pd.DataFrame,
    *,
    target: str,
    reference: str,
    n_labels: int = 15,
    ax: Axes | None = None,
) -> Axes:
    """Draw how large the difference of each word is against how much evidence there is for it.

    Parameters
    ----------
    keyness
        The `keyness` table; words that either side does not use have no size and are left out.
    target, reference
        The two groups, as they were told to `keyness`; target's words lie to the right.
    n_labels
        How many words of each side to name at most: those with the most evidence.
    ax
        Where to draw; a new figure if None.

    Words whose interval over documents leaves out "equal" are in their side's colour; the others
    are pale, however large their G2: it takes words for independent, which those of one document
    are not.

    Raises
    ------
    TableError
        If no word is used by both sides.
    """
    check_table(keyness, KEYNESS)
    rows = keyness[(keyness["n_target"] > 0) & (keyness["n_reference"] > 0)]
    if rows.empty:
        raise TableError("keyness: no word that both sides use, so none to draw")
    looks = group_looks([target, reference])
    ax = new_axes(160, 110, ax)
    evidence = np.sqrt(rows["g2"].abs())
    _draw_points(ax, rows["log_ratio"], evidence, _sides(rows, target, reference), looks)
    ax.axvline(0, color=GREY, linewidth=0.6)
    ax.set(xlabel="how many times as often", ylabel="evidence (square root of G2)")
    ax.margins(ROOM)
    count_in_times(ax)
    _label(ax, rows.assign(x=rows["log_ratio"], y=evidence), (target, reference), looks, n_labels)
    _name_sides(ax, target, reference, looks)
    return ax


@styled
def plot_rates_of_words(
    keyness: pd.DataFrame,
    *,
    target: str,
    reference: str,
    n_labels: int = 15,
    ax: Axes | None = None,
) -> Axes:
    """Draw how often one side uses each word against how often the other does.

    Parameters
    ----------
    keyness, target, reference, n_labels, ax
        As for `plot_evidence`. Both axes count by powers of ten; words on the line are used as
        often by both sides. A word that a side does not use stands at its edge.

    Raises
    ------
    TableError
        If there is no row to draw.
    """
    check_table(keyness, KEYNESS)
    if keyness.empty:
        raise TableError("keyness: no word to draw")
    looks = group_looks([target, reference])
    ax = new_axes(130, 125, ax)
    x, y = keyness["rate_reference_per_10k"], keyness["rate_target_per_10k"]
    least = min(rates[rates > 0].min() for rates in (x, y)) / 2
    x, y = x.clip(lower=least), y.clip(lower=least)
    _draw_points(ax, x, y, _sides(keyness, target, reference), looks)
    span = [least, max(x.max(), y.max())]
    ax.plot(span, span, color=GREY, linewidth=0.6)
    ax.set(xscale="log", yscale="log", xlabel=f"{reference}: per 10,000 words")
    ax.set_ylabel(f"{target}: per 10,000 words")
    ax.margins(ROOM)
    _label(ax, keyness.assign(x=x, y=y), (target, reference), looks, n_labels)
    _name_sides(ax, target, reference, looks)
    return ax


def _sides(rows: pd.DataFrame, target: str, reference: str) -> pd.Series:
    """Return whose word each is: none's where its interval holds "equal"."""
    side = pd.Series("", index=rows.index)
    return side.mask(rows["low"] > 0, target).mask(rows["high"] < 0, reference)


def _draw_points(
    ax: Axes, x: pd.Series, y: pd.Series, sides: pd.Series, looks: Mapping[str, Look]
) -> None:
    pale = (sides == "").to_numpy()
    ax.scatter(x[pale], y[pale], s=5, color=PALE, linewidths=0)
    for side, look in looks.items():
        own = (sides == side).to_numpy()
        ax.scatter(x[own], y[own], s=9, linewidths=0, **look)


def _label(
    ax: Axes,
    rows: pd.DataFrame,
    sides: tuple[str, str],
    looks: Mapping[str, Look],
    n_labels: int,
) -> None:
    """Name the words of each side with the most evidence."""
    ordered = rows.assign(side=_sides(rows, *sides), size=rows["g2"].abs())
    ordered = ordered.sort_values(["size", "term"], ascending=[False, True], kind="stable")
    best = [ordered[ordered["side"] == side].head(n_labels) for side in sides]
    named = pd.concat(best).sort_values("size", ascending=False, kind="stable")
    label_points(
        ax,
        named[["x", "y"]].itertuples(index=False, name=None),
        named["term"].astype("str").tolist(),
        colors=[looks[side]["color"] for side in named["side"]],
    )


def _name_sides(ax: Axes, target: str, reference: str, looks: Mapping[str, Look]) -> None:
    from matplotlib.lines import Line2D

    handles = [Line2D([], [], linestyle="", markersize=4.5, **look) for look in looks.values()]
    handles.append(Line2D([], [], linestyle="", marker="o", markersize=3, color=PALE))
    words = [f"{side}'s words" for side in (target, reference)]
    ax.legend(
        handles,
        [*words, "neither’s, or no interval"],
        ncols=3,
        loc="lower left",
        bbox_to_anchor=(0, 1),
        handletextpad=0.1,
    )
