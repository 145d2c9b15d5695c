"""What is kept and what is lost where only surer statements are used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.errors import TableError
from analysis.figures.style import GREY, INK, PALETTE, new_axes, records, styled
from analysis.tables import THRESHOLDS, check_table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LINES: dict[str, Any] = {
    "precision": {"color": PALETTE[0], "marker": "s"},
    "recall": {"color": PALETTE[1], "marker": "^"},
    "f1": {"color": INK, "marker": "o"},
}
NAMES = {"precision": "right of those found", "recall": "found of those there", "f1": "F1"}


@styled
def plot_thresholds(thresholds: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw precision, recall and F1 against the least confidence that is asked for.

    Parameters
    ----------
    thresholds
        The `thresholds` table. The number of statements that are kept stands above.
    ax
        Where to draw; a new figure if None.

    Raises
    ------
    TableError
        If there is no row to draw.
    """
    from matplotlib.ticker import PercentFormatter

    rows = check_table(thresholds, THRESHOLDS).sort_values("threshold")
    if rows.empty:
        raise TableError("thresholds: no row to draw")
    ax = new_axes(120, 88, ax)
    places = list(range(len(rows)))
    ax.vlines(places, rows["low"], rows["high"], color=INK, linewidth=1.3)
    for name, look in LINES.items():
        ax.plot(places, rows[name], linewidth=0.9, markersize=4.5, label=NAMES[name], **look)
    ax.set_xticks(places, [f"{each:.1f}" if each else "all" for each in rows["threshold"]])
    above: Any = {"transform": ax.get_xaxis_transform(), "fontsize": 6.5, "color": GREY}
    for place, row in zip(places, records(rows), strict=True):
        ax.text(place, 1.035, f"{row.n_found}", ha="center", **above)
    ax.text(places[0] - 0.3, 1.035, "n", ha="right", **above)
    ax.yaxis.set_major_formatter(PercentFormatter(xmax=1, decimals=0, symbol=" %"))
    ax.grid(axis="y")
    ax.set(ylim=(0, 1.01), xlabel="statements with a confidence of at least")
    ax.legend(loc="lower left")
    return ax
