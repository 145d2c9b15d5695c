"""Where groups stand by an automatic coder, and put right by codes given by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from analysis.errors import TableError
from analysis.figures.positions import draw_positions
from analysis.figures.style import styled
from analysis.tables import CORRECTED_POSITIONS, POSITIONS, check_table

if TYPE_CHECKING:
    from matplotlib.figure import Figure

RAW, CORRECTED, BY_HAND = "automatic", "corrected", "all by hand"
# What a column of the raw figures is called where figures are drawn.
RAW_NAMES = {
    f"raw_{name}{end}": f"{name}{end}"
    for name in ("salience", "direction")
    for end in ("", "_low", "_high")
} | {"n_raw_favor": "n_favor", "n_raw_against": "n_against"}


@styled
def plot_corrected_positions(
    corrected_positions: pd.DataFrame,
    positions: pd.DataFrame | None = None,
    *,
    groups: Iterable[str],
    labels: Mapping[str, str] | None = None,
) -> Figure:
    """Draw raw and corrected positions in rows, salience above and direction below.

    Parameters
    ----------
    corrected_positions
        The `corrected_positions` table.
    positions
        The `positions` table of one period by the codes by hand, where all statements have them:
        what the corrected figures should come near to.
    groups
        The groups, in the study's order.
    labels
        Proposition -> what to call it, in the order of the columns.

    Each row has its 95 % interval over episodes. Where there is no figure, n is of the statements
    that it would rest on: of the corrected row, those coded by hand.

    Raises
    ------
    TableError
        If there is no row to draw, or `positions` has more than one period.
    """
    rows = check_table(corrected_positions, CORRECTED_POSITIONS)
    if rows.empty:
        raise TableError("corrected_positions: no row to draw")
    raw = rows.drop(columns=list(RAW_NAMES.values())).rename(columns=RAW_NAMES)
    right = rows.assign(n_statements=rows["n_by_hand"])
    parts = [raw.assign(period=RAW), right.assign(period=CORRECTED)]
    if positions is not None:
        periods = list(dict.fromkeys(check_table(positions, POSITIONS)["period"].astype("str")))
        if len(periods) != 1:
            raise TableError(f"positions: periods are {periods}; choose the rows of one to draw")
        parts.append(positions.assign(period=BY_HAND))
    every = pd.concat([part.astype({"group": "str", "proposition": "str"}) for part in parts])
    return draw_positions(every, groups, labels)
