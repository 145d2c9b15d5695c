"""A difference between two sides beside the same under other choices."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.errors import TableError
from analysis.figures.style import (
    GREY,
    PALETTE,
    PLAIN,
    count_points,
    draw_estimate,
    in_order,
    label_groups,
    new_axes,
    readable,
    records,
    set_rows,
    styled,
)
from analysis.tables import SENSITIVITY, check_table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# How far below its code's middle the marks of a choice stand, in rows; and what to call it.
BELOW = {"as it is": -0.34, "pattern": -0.16, "confidence": -0.02, "outlets": 0.14, "periods": 0.31}
WORDS = {
    "as it is": "as it is",
    "pattern": "one pattern less",
    "confidence": "surer ones only",
    "outlets": "outlets alike",
    "periods": "periods alike",
}
LOOKS: dict[str, Any] = {
    "as it is": PLAIN,
    "pattern": {"color": PALETTE[0], "marker": "|"},
    "confidence": {"color": PALETTE[2], "marker": "v"},
    "outlets": {"color": PALETTE[1], "marker": "s"},
    "periods": {"color": PALETTE[3], "marker": "^"},
}


@styled
def plot_sensitivity(
    sensitivity: pd.DataFrame, *, labels: Mapping[str, str] | None = None, ax: Axes | None = None
) -> Axes:
    """Draw each code's difference, and what becomes of it under every other choice.

    A code of which all marks keep to one side of zero does not hang on one choice. A small stroke
    is the difference with one pattern less in the codebook, a small triangle that of statements
    with a confidence of .5, .6 and so on; an outlet or a period "alike" weighs the same on both
    sides.

    Parameters
    ----------
    sensitivity
        The `sensitivity` table.
    labels
        Code -> what to call it; without one it is called by its name.
    ax
        Where to draw; a new figure if None.

    Raises
    ------
    TableError
        If there is no row to draw.
    """
    rows = check_table(sensitivity, SENSITIVITY)
    if rows.empty:
        raise TableError("sensitivity: no row to draw")
    places = in_order(rows["code"], labels)
    ax = new_axes(165, 26 + 11.5 * len(places), ax)
    ax.axvline(0, color=GREY, linewidth=0.8)
    for row in records(rows):
        _draw_choice(ax, row, places.index(str(row.code)) + BELOW[row.choice])
    set_rows(ax, [readable(code, labels) for code in places])
    target, reference = (str(rows[side].iloc[0]) for side in ("target", "reference"))
    ax.set_xlabel(f"{reference} more   ←   points of difference in shares   →   {target} more")
    count_points(ax)
    made = [choice for choice in BELOW if (rows["choice"] == choice).any()]
    figure = ax.get_figure(root=True)
    label_groups(figure or ax, {WORDS[choice]: LOOKS[choice] for choice in made})
    return ax


def _draw_choice(ax: Axes, row: Any, y: float) -> None:
    look = LOOKS[row.choice]
    if row.choice in ("pattern", "confidence"):
        ax.plot([row.difference], [y], markersize=4, markeredgewidth=1.1, linestyle="", **look)
    elif row.difference == row.difference:
        draw_estimate(ax, row.difference, y, (row.low, row.high), look)
