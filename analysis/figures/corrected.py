"""Shares as an automatic coder gives them, and corrected by codes given by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from analysis.errors import TableError
from analysis.figures.style import (
    Look,
    draw_estimate,
    group_looks,
    label_groups,
    new_grid,
    readable,
    records,
    set_percent,
    set_rows,
    spread,
    styled,
    write_words,
)
from analysis.tables import CORRECTED, check_table

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PANELS = {
    "by the automatic coder": ("raw", "raw_low", "raw_high"),
    "corrected": ("corrected", "low", "high"),
}


@styled
def plot_corrected(
    corrected: pd.DataFrame,
    *,
    groups: Iterable[str],
    labels: Mapping[str, str] | None = None,
) -> Figure:
    """Draw raw and corrected shares side by side, a row for each code.

    Parameters
    ----------
    corrected
        The `corrected` table; codes stand in the order of its rows.
    groups
        The groups, in the study's order.
    labels
        Code -> what to call it; without one a code is called by its name.

    Lines are 95 % intervals. Where a code is too rare by hand to correct its share, it says how
    many statements were coded by hand.

    Raises
    ------
    TableError
        If there is no row to draw.
    """
    rows = check_table(corrected, CORRECTED)
    if rows.empty:
        raise TableError("corrected: no row to draw")
    looks = group_looks(groups)
    codes = list(dict.fromkeys(rows["code"].astype("str")))
    figure, axes = new_grid(175, 26 + 8.5 * len(codes), 1, 2)
    for ax, (title, columns) in zip(axes, PANELS.items(), strict=True):
        ax.set_title(title)
        for place, code in enumerate(codes):
            _draw_code(ax, rows[rows["code"] == code], place, columns, looks)
        set_rows(ax, [readable(code, labels) for code in codes])
        set_percent(ax)
        ax.set_xlim(0, 1)
        ax.set_xlabel("share of the side's statements")
    axes[1].tick_params(labelleft=False)
    label_groups(figure, looks)
    return figure


def _draw_code(
    ax: Axes,
    rows: pd.DataFrame,
    place: int,
    columns: tuple[str, str, str],
    looks: Mapping[str, Look],
) -> None:
    places = spread(place, looks)
    for row in records(rows):
        look, y = looks[str(row.group)], places[str(row.group)]
        share, low, high = (getattr(row, column) for column in columns)
        if share == share:
            draw_estimate(ax, share, y, (low, high), look)
        else:
            write_words(ax, 0.02, y, f"too rare among {row.n_by_hand} by hand", look)
