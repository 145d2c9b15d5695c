"""How well a rule-based extractor does on texts annotated by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.figures.style import (
    GREY,
    PLAIN,
    draw_estimate,
    new_axes,
    readable,
    records,
    set_percent,
    set_rows,
    styled,
    write_beside,
)
from analysis.tables import SCORES, check_table

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@styled
def plot_scores(
    scores: pd.DataFrame, *, labels: Mapping[str, str] | None = None, ax: Axes | None = None
) -> Axes:
    """Draw F1 with its interval for each part of a statement, precision and recall beside it.

    Parameters
    ----------
    scores
        The `scores` table.
    labels
        Part -> what to call it; without one a part is called by its name.
    ax
        Where to draw; a new figure if None.
    """
    check_table(scores, SCORES)
    ax = new_axes(140, 22 + 6.5 * len(scores), ax)
    for place, row in enumerate(records(scores)):
        draw_estimate(ax, row.f1, place, (row.low, row.high), PLAIN)
        for value, letter, shift in ((row.precision, "P", -0.3), (row.recall, "R", 0.3)):
            look: Any = {"fontsize": 5.5, "color": GREY, "ha": "center", "va": "center"}
            ax.text(value, place + shift, letter, **look)
        counts = f"{row.n_right} right of {row.n_found} found, {row.n_gold} to find"
        write_beside(ax, place, counts)
    set_rows(ax, [readable(str(part), labels) for part in scores["part"]])
    ax.set(xlim=(0, 1.01), xlabel="● F1 with 95 % interval;  P precision,  R recall")
    set_percent(ax)
    return ax
