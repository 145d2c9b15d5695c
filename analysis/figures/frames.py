"""How often each group speaks in the terms of each frame."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from analysis.errors import TableError
from analysis.figures.style import (
    draw_estimate,
    group_looks,
    label_groups,
    new_axes,
    readable,
    records,
    set_percent,
    set_rows,
    spread,
    styled,
    write_missing,
)
from analysis.tables import SHARES, check_table

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@styled
def plot_frames(
    shares: pd.DataFrame,
    *,
    groups: Iterable[str],
    labels: Mapping[str, str] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw the share of each group's statements in which each frame is present.

    Frames stand in the order of the difference between the first two groups, so that each
    group's own frames lie together.

    Parameters
    ----------
    shares
        The `shares` table of one period.
    groups
        The groups, in the study's order.
    labels
        Frame -> what to call it; without one it is called by its name.
    ax
        Where to draw; a new figure if None.

    Raises
    ------
    TableError
        If there is no row, or more than one period.
    """
    check_table(shares, SHARES)
    periods = list(dict.fromkeys(shares["period"].astype("str")))
    if len(periods) != 1:
        raise TableError(f"shares: periods are {periods}; choose the rows of one to draw")
    looks = group_looks(groups)
    codes = _order(shares, list(looks))
    ax = new_axes(140, 24 + 7 * len(codes), ax)
    for row in records(shares):
        group = str(row.group)
        if group not in looks:
            continue
        y = spread(codes.index(str(row.code)), looks, width=0.3)[group]
        if row.share == row.share:
            draw_estimate(ax, row.share, y, (row.low, row.high), looks[group])
        else:
            write_missing(ax, 0.01, y, row.n_statements, looks[group])
    set_rows(ax, [readable(code, labels) for code in codes])
    ax.set_xlabel("share of statements with the frame, with 95 % interval")
    ax.set_xlim(left=0)
    set_percent(ax)
    label_groups(ax, looks)
    return ax


def _order(shares: pd.DataFrame, groups: list[str]) -> list[str]:
    rows = shares.astype({"code": "str", "group": "str"})
    table = rows.pivot_table("share", "code", "group", dropna=False).reindex(columns=groups)
    rest = table[groups[1]].fillna(0) if len(groups) > 1 else 0
    lead = table[groups[0]].fillna(0) - rest
    return list(lead.sort_values(ascending=False, kind="stable").index)
