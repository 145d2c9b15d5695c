"""How well an automatic coder does beside one that knows the speaker alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from analysis.errors import check_choice
from analysis.figures.style import (
    BESIDE_PLAIN,
    PLAIN,
    draw_estimate,
    in_order,
    label_groups,
    new_axes,
    readable,
    records,
    set_rows,
    spread,
    styled,
    write_beside,
    write_missing,
)
from analysis.tables import EVALUATION, check_table

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@styled
def plot_evaluation(
    evaluation: pd.DataFrame,
    *,
    coders: Mapping[str, str],
    labels: Mapping[str, str] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw F1 of each code and value for two coders side by side.

    Parameters
    ----------
    evaluation
        The `evaluation` table.
    coders
        Two coders -> what to call them: the one under test, then its baseline.
    labels
        Code -> what to call it; without one it is called by its name.
    ax
        Where to draw; a new figure if None.

    Raises
    ------
    ValueError
        If there are not two coders, or one is not in the table; the message lists those that are.
    """
    check_table(evaluation, EVALUATION)
    if len(coders) != 2:
        raise ValueError(f"coders are {list(coders)}; a coder and its baseline are drawn")
    for coder in coders:
        check_choice(coder, evaluation["coder"].astype("str").unique(), "coder")
    looks = dict(zip(coders, (PLAIN, BESIDE_PLAIN), strict=True))
    named = evaluation.astype({"code": "str", "value": "str", "coder": "str"})
    found = dict.fromkeys(zip(named["code"], named["value"], strict=True))
    places = in_order(named["code"], labels)
    cells = sorted(found, key=lambda cell: places.index(cell[0]))
    ax = new_axes(165, 24 + 6.2 * len(cells), ax)
    for row in records(named):
        if row.coder not in looks:
            continue
        y = spread(cells.index((row.code, row.value)), looks, width=0.42)[row.coder]
        if row.f1 == row.f1:
            draw_estimate(ax, row.f1, y, (row.low, row.high), looks[row.coder])
        else:
            write_missing(ax, 0.0, y, row.n_coded, looks[row.coder])
    references = named.groupby(["code", "value"], sort=False)["n_reference"].first()
    for place, cell in enumerate(cells):
        write_beside(ax, place, f"n = {references[cell]}")
    set_rows(ax, [_name(code, value, labels) for code, value in cells])
    ax.set(xlim=(-0.01, 1.01), xlabel="F1 against the reference codes, with 95 % interval")
    label_groups(ax, {coders[coder]: look for coder, look in looks.items()})
    return ax


def _name(code: str, value: str, labels: Mapping[str, str] | None) -> str:
    name = readable(code, labels)
    words = {"present": "", "macro": " (mean of values)"}
    return name + words.get(value, f": {value.replace('_', ' ')}")
