"""Which words make two sides differ: a word-shift graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.errors import TableError
from analysis.figures.style import (
    GREY,
    group_looks,
    new_axes,
    records,
    set_rows,
    styled,
    write_beside,
)
from analysis.tables import SHIFTS, check_table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# What a bar's length is, by measure.
LENGTHS = {
    "proportion": "difference of shares of words",
    "entropy": "part of the difference of entropies (bits)",
    "tsallis": "part of the difference of entropies of order 2",
    "jensen_shannon": "part of the divergence (bits)",
    "kullback_leibler": "part of the divergence (bits)",
    "weighted": "part of the difference of mean scores",
}


@styled
def plot_shift(
    shifts: pd.DataFrame,
    *,
    target: str,
    reference: str,
    n_terms: int = 25,
    ax: Axes | None = None,
) -> Axes:
    """Draw the words that contribute most to the difference of two sides.

    Parameters
    ----------
    shifts
        The `shifts` table; its first rows are drawn.
    target, reference
        The two groups, as they were told to `word_shift`.
    n_terms
        How many words to draw.
    ax
        Where to draw; a new figure if None.

    A bar has the colour of the side that uses the word more. Of a divergence, where contributions
    are never negative, the reference's bars are drawn to the left; otherwise bars lie on the side
    of zero that the word moves the difference to. Thin lines are 95 % intervals; on the right, n
    of each side.

    Raises
    ------
    TableError
        If there is no row to draw.

    References
    ----------
    Gallagher et al. (2021), EPJ Data Science 10:4.
    """
    rows = check_table(shifts, SHIFTS).head(n_terms)
    if rows.empty:
        raise TableError("shifts: no term to draw")
    looks = group_looks([target, reference])
    measure = str(rows["measure"].iloc[0])
    more_target = rows["p_target"] >= rows["p_reference"]
    divergence = measure in ("jensen_shannon", "kullback_leibler")
    turn = np.where(divergence & ~more_target, -1.0, 1.0)
    ax = new_axes(150, 26 + 3.8 * len(rows), ax)
    ax.axvline(0, color=GREY, linewidth=0.8)
    drawn = rows.assign(turn=turn, side=np.where(more_target, target, reference))
    for place, row in enumerate(records(drawn)):
        color = looks[row.side]["color"]
        ax.barh(place, row.turn * row.contribution, height=0.62, color=color, alpha=0.75)
        ax.hlines(place, row.turn * row.low, row.turn * row.high, color="black", linewidth=0.7)
        write_beside(ax, place, f"{row.n_target} : {row.n_reference}")
    set_rows(ax, [str(term) for term in rows["term"]])
    write_beside(ax, -1, f"{target} : {reference}")
    ax.set_xlabel(LENGTHS[measure])
    if divergence:
        _hide_signs(ax)
    for x, name, align in ((0.0, reference, "left"), (1.0, target, "right")):
        ax.text(
            *(x, 1.01, f"used more by {name}"),
            transform=ax.transAxes,
            ha=align,
            va="bottom",
            color=looks[name]["color"],
            fontweight="bold",
        )
    return ax


def _hide_signs(ax: Axes) -> None:
    """Write the axis without signs: to the left lie the other side's words, not less."""
    from matplotlib.ticker import FuncFormatter

    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{abs(value):g}"))
