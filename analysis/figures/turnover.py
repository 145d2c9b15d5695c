"""Whether a side changed its mind or its speakers: a change and its parts, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.errors import TableError
from analysis.figures.style import (
    GREY,
    count_points,
    draw_estimate,
    group_looks,
    label_groups,
    new_grid,
    readable,
    records,
    set_rows,
    styled,
)
from analysis.tables import TURNOVER, check_table

if TYPE_CHECKING:
    from matplotlib.figure import Figure

PARTS = {
    "change": "change",
    "within": "same speakers\nspeak otherwise",
    "weights": "same speakers,\nother shares",
    "entering": "new speakers",
    "leaving": "gone speakers",
}
MEASURES = {"share": "", "salience": ", spoken of", "direction": ", direction"}
KEY = ["group", "code", "measure", "earlier", "later"]


@styled
def plot_turnover(
    turnover: pd.DataFrame, *, groups: Iterable[str], labels: Mapping[str, str] | None = None
) -> Figure:
    """Draw changes of groups, each in a row, and the parts that add up to it.

    Parameters
    ----------
    turnover
        The `turnover` table, or those of its rows that are to be shown; changes stand in the order
        of its rows, those that cannot be estimated are left out.
    groups
        The groups, in the study's order.
    labels
        Code -> what to call it; without one it is called by its name.

    Lines are 95 % intervals; all panels have one scale: points of a hundred, of direction
    hundredths.

    Raises
    ------
    TableError
        If no change can be estimated.
    """
    rows = check_table(turnover, TURNOVER)
    rows = rows[rows["value"].notna()].astype(dict.fromkeys(KEY, "str"))
    changes = list(dict.fromkeys(zip(*(rows[name] for name in KEY), strict=True)))
    if not changes:
        raise TableError("turnover: no change can be estimated; each row's note says why")
    looks = group_looks(groups)
    figure, axes = new_grid(190, 34 + 8.2 * len(changes), 1, len(PARTS))
    for ax, (part, title) in zip(axes, PARTS.items(), strict=True):
        ax.axvline(0, color=GREY, linewidth=0.8)
        ax.set_title(title, fontsize=7.5, fontweight="bold" if part == "change" else "normal")
        for row in records(rows[rows["part"] == part]):
            place = changes.index(tuple(getattr(row, name) for name in KEY))
            draw_estimate(ax, row.value, place, (row.low, row.high), looks[row.group])
        set_rows(ax, [_name(change, labels) for change in changes])
        ax.tick_params(axis="y", labelsize=6.5, labelleft=ax is axes[0])
    count_points(axes[0], signed=True)
    axes[0].set_xlim(*_limits(rows))
    axes[0].set_xlabel("points, later less earlier", loc="left")
    label_groups(figure, looks)
    return figure


def _name(change: Any, labels: Mapping[str, str] | None) -> str:
    group, code, measure, earlier, later = change
    return f"{group}: {readable(code, labels)}{MEASURES[measure]}\n{earlier} → {later}"


def _limits(rows: pd.DataFrame) -> tuple[float, float]:
    """Return limits as far to both sides, that hold every mark and what they can of the lines."""
    marks = rows["value"].abs().max()
    lines = rows[["low", "high"]].abs().max().max()
    reach = float(min(max(lines, marks), 1.6 * marks, 2.0)) or 1.0
    return -1.05 * reach, 1.05 * reach
