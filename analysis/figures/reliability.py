"""How far coders agree beyond chance."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from analysis.figures.style import (
    GREY,
    INK,
    PLAIN,
    TENTATIVE,
    draw_estimate,
    new_axes,
    readable,
    records,
    set_rows,
    styled,
    write_beside,
)
from analysis.tables import RELIABILITY, check_table

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@styled
def plot_reliability(
    reliability: pd.DataFrame, *, labels: Mapping[str, str] | None = None, ax: Axes | None = None
) -> Axes:
    """Draw Krippendorff's alpha of each code with its interval, beside the level .667.

    Parameters
    ----------
    reliability
        The `reliability` table. A code whose alpha cannot be had says why in its place; an
        interval that goes on below 0 ends in a triangle.
    labels
        Code -> what to call it; without one it is called by its name.
    ax
        Where to draw; a new figure if None.
    """
    check_table(reliability, RELIABILITY)
    rows = reliability.sort_values("alpha", ascending=False, kind="stable", na_position="last")
    ax = new_axes(140, 24 + 5.2 * len(rows), ax)
    ax.axvline(TENTATIVE, color=GREY, linewidth=0.8, linestyle=(0, (4, 2)))
    ax.text(TENTATIVE, -0.75, ".667", color=GREY, fontsize=6.5, ha="center", va="bottom")
    for place, row in enumerate(records(rows)):
        if row.alpha == row.alpha:
            draw_estimate(ax, row.alpha, place, (row.low, row.high), PLAIN)
        else:
            ax.text(0.01, place, str(row.note), fontsize=6, color=GREY, va="center")
        write_beside(ax, place, f"{100 * row.agreement:.1f} % alike, n = {row.n_statements}")
        if row.low < 0:
            ax.plot(0, place, "<", color=INK, markersize=3.5, clip_on=False)
    set_rows(ax, [readable(str(code), labels) for code in rows["code"]])
    ax.set_xlim(0, 1.02)
    ax.set_xlabel("Krippendorff's alpha, with 95 % interval")
    return ax
