"""Shares as an automatic coder gives them, and corrected by codes given by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.errors import TableError
from analysis.figures.style import (
    INK,
    Look,
    draw_estimate,
    group_looks,
    in_order,
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
from analysis.tables import ADJUSTED, CORRECTED, check_table

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PANELS = {
    "by the automatic coder": ("raw", "raw_low", "raw_high"),
    "corrected": ("corrected", "low", "high"),
}
CHECK = {"adjusted, as a check": ("adjusted", "low", "high")}
WAYS = PANELS | CHECK
# Of the adjusted shares, those by the coder's errors in all groups: own errors are often too few.
ERRORS = "pooled"


@styled
def plot_corrected(
    corrected: pd.DataFrame,
    adjusted: pd.DataFrame | None = None,
    by_hand: pd.Series | None = None,
    *,
    groups: Iterable[str],
    labels: Mapping[str, str] | None = None,
) -> Figure:
    """Draw raw, corrected and adjusted shares side by side, a row for each code.

    Parameters
    ----------
    corrected
        The `corrected` table; codes stand in the order of its rows.
    adjusted
        The `adjusted` table, for a third panel: adjusted by the errors in all groups.
    by_hand
        The shares by hand, indexed by group and code, where all statements have them: a small
        stroke in every panel, where the mark should stand.
    groups
        The groups, in the study's order.
    labels
        Code -> what to call it, in the order of the rows; without one a code is called by its name.

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
    codes = in_order(rows["code"], labels)
    drawn = dict.fromkeys(PANELS, rows)
    if adjusted is not None:
        pooled = check_table(adjusted, ADJUSTED)["errors"] == ERRORS
        drawn |= dict.fromkeys(CHECK, adjusted[pooled])
    figure, axes = new_grid(65 + 55 * len(drawn), 26 + 8.5 * len(codes), 1, len(drawn))
    for ax, (title, table) in zip(axes, drawn.items(), strict=True):
        ax.set_title(title)
        shown = table[table["group"].isin(list(looks))].astype({"group": "str", "code": "str"})
        for row in records(shown):
            y = spread(codes.index(row.code), looks)[row.group]
            _draw_share(ax, row, WAYS[title], (y, looks[row.group]))
            known = getattr(row, WAYS[title][0]) == getattr(row, WAYS[title][0])
            if known and by_hand is not None and (row.group, row.code) in by_hand.index:
                _draw_stroke(ax, float(by_hand.loc[(row.group, row.code)]), y)
        set_rows(ax, [readable(code, labels) for code in codes])
        set_percent(ax)
        ax.tick_params(labelleft=ax is axes[0])
    highs = [table[WAYS[title][2]].max() for title, table in drawn.items()]
    axes[0].set_xlim(0, min(1.0, max(0.2, 1.05 * pd.Series(highs).max())))
    axes[0].set_xlabel("share of the side's statements", loc="left")
    label_groups(figure, looks)
    return figure


def _draw_share(
    ax: Axes, row: Any, columns: tuple[str, str, str], where: tuple[float, Look]
) -> None:
    """Draw a share with its limits, or say why there is none."""
    y, look = where
    share, low, high = (getattr(row, column) for column in columns)
    if share == share:
        draw_estimate(ax, share, y, (low, high), look)
    else:
        write_words(ax, 0.005, y, f"too rare among {row.n_by_hand} by hand", look)


def _draw_stroke(ax: Axes, share: float, y: float) -> None:
    """Mark a share by hand, over the mark of an estimate."""
    look: Any = {"color": INK, "marker": "|", "markersize": 7, "markeredgewidth": 1.2}
    ax.plot([share], [y], linestyle="", zorder=3, clip_on=False, **look)
