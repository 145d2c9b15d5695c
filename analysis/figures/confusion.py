"""What a coder takes for what."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from textwrap import fill
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.errors import TableError
from analysis.figures.style import (
    GREY,
    INK,
    TICKS,
    in_order,
    new_grid,
    readable,
    styled,
)
from analysis.tables import CONFUSION, check_table

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ORDER = ("favor", "against", "conditional", "ambiguous", "not_addressed", "present", "absent")
COLUMNS = 4


@styled
def plot_confusion(confusion: pd.DataFrame, *, labels: Mapping[str, str] | None = None) -> Figure:
    """Draw a panel for each code: rows by the reference, columns by the coder.

    Parameters
    ----------
    confusion
        The `confusion` table of one coder.
    labels
        Code -> what to call it, in the order of the panels.

    Cells hold numbers of statements; the darker, the larger the part of its row. The diagonal,
    framed, is what the coder got right.

    Raises
    ------
    TableError
        If there is no row, or more than one coder.
    """
    rows = check_table(confusion, CONFUSION)
    coders = list(dict.fromkeys(rows["coder"].astype("str")))
    if len(coders) != 1:
        raise TableError(f"confusion: coders are {coders}; choose the rows of one to draw")
    codes = in_order(rows["code"], labels)
    values = _values(rows)
    columns = min(COLUMNS, len(codes))
    lines = ceil(len(codes) / columns)
    width, height = 16 + 5.5 * len(values), 18 + 5.2 * len(values)
    figure, axes = new_grid(30 + width * columns, 24 + height * lines, lines, columns)
    for place, ax in enumerate(axes):
        if place >= len(codes):
            ax.remove()
            continue
        _draw_table(ax, _table(rows[rows["code"] == codes[place]], values))
        title = fill(readable(codes[place], labels), 10 + 2 * len(values))
        ax.set_title(title, fontsize=7.5, fontweight="bold")
        ax.tick_params(labelleft=place % columns == 0, labelbottom=place + columns >= len(codes))
    axes[0].set_ylabel("by the reference")
    axes[columns * (lines - 1)].set_xlabel("by the coder", loc="left")
    return figure


def _values(rows: pd.DataFrame) -> list[str]:
    """Return every value given, the known ones first."""
    found = {*rows["value_reference"].astype("str"), *rows["value_coder"].astype("str")}
    return [*(v for v in ORDER if v in found), *sorted(found - set(ORDER))]


def _table(rows: pd.DataFrame, values: list[str]) -> pd.DataFrame:
    """Return counts, the values of the reference by those of the coder."""
    named = rows.astype({"value_reference": "str", "value_coder": "str"})
    table = named.pivot_table("n", "value_reference", "value_coder", "sum")
    return table.reindex(index=values, columns=values).fillna(0).astype("int64")


def _draw_table(ax: Axes, table: pd.DataFrame) -> None:
    from matplotlib.patches import Rectangle

    counts = table.to_numpy()
    sizes = np.maximum(counts.sum(axis=1, keepdims=True), 1)
    ax.imshow(counts / sizes, cmap="Blues", vmin=0, vmax=1.6, aspect="auto")
    for (row, column), n in np.ndenumerate(counts):
        look: Any = {"color": INK if n else GREY, "fontsize": 7, "ha": "center", "va": "center"}
        ax.text(column, row, str(n) if n else "–", **look)
    frame: Any = {"fill": False, "edgecolor": INK, "linewidth": 0.8}
    for place in range(len(counts)):
        ax.add_patch(Rectangle((place - 0.5, place - 0.5), 1, 1, **frame))
    names = [value.replace("_", " ") for value in table.index]
    ax.set_yticks(range(len(names)), names)
    ax.set_xticks(range(len(names)), names, rotation=45, ha="right", rotation_mode="anchor")
    ax.tick_params(**TICKS)
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
