"""How well coders do against the same reference, code by code, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.errors import check_choice
from analysis.figures.style import (
    BESIDE_PLAIN,
    GREY,
    PALETTE,
    PLAIN,
    TENTATIVE,
    draw_estimate,
    in_order,
    label_groups,
    new_grid,
    readable,
    records,
    set_rows,
    spread,
    styled,
    write_words,
)
from analysis.tables import CODER_SCORES, check_table

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LOOKS: tuple[Any, ...] = (
    PLAIN,
    {"color": PALETTE[0], "marker": "s"},
    BESIDE_PLAIN,
    {"color": PALETTE[1], "marker": "^"},
)
PANELS = {"macro_f1": "mean F1 of the values", "alpha": "alpha with the reference"}


@styled
def plot_coder_scores(
    coder_scores: pd.DataFrame,
    *,
    coders: Mapping[str, str],
    labels: Mapping[str, str] | None = None,
) -> Figure:
    """Draw the macro F1 and the alpha of each code, a mark for each coder.

    Parameters
    ----------
    coder_scores
        The `coder_scores` table.
    coders
        Coder -> what to call it, at most four; in their order from the top of each row.
    labels
        Code -> what to call it, in the order of the rows.

    Lines are 95 % intervals over episodes; the dashed line stands at an alpha of .667. An alpha
    under 0, which is worse than chance, stands at 0 as a triangle.

    Raises
    ------
    ValueError
        If there are more than four coders, or one is not in the table (those there are listed).
    """
    check_table(coder_scores, CODER_SCORES)
    if len(coders) > len(LOOKS):
        raise ValueError(f"coders are {list(coders)}; at most {len(LOOKS)} are drawn")
    rows = coder_scores.astype({"code": "str", "coder": "str"})
    for coder in coders:
        check_choice(coder, rows["coder"].unique(), "coder")
    looks = dict(zip(coders, LOOKS, strict=False))
    codes = in_order(rows["code"], labels)
    figure, axes = new_grid(175, 26 + (3.2 + 2.4 * len(looks)) * len(codes), 1, len(PANELS))
    for ax, (measure, title) in zip(axes, PANELS.items(), strict=True):
        for row in records(rows[rows["coder"].isin(list(looks))]):
            y = spread(codes.index(row.code), looks, width=0.6)[row.coder]
            _draw_score(ax, row, measure, (y, looks[row.coder]))
        set_rows(ax, [readable(code, labels) for code in codes])
        ax.set(xlim=(-0.01, 1.01), xlabel=title)
        ax.tick_params(labelleft=ax is axes[0])
    axes[1].axvline(TENTATIVE, color=GREY, linewidth=0.8, linestyle=(0, (4, 2)))
    label_groups(figure, {name: looks[coder] for coder, name in coders.items()})
    return figure


def _draw_score(ax: Axes, row: Any, measure: str, where: tuple[float, Any]) -> None:
    y, look = where
    value = getattr(row, measure)
    limits = [getattr(row, f"{measure}_{end}") for end in ("low", "high")]
    if value != value:
        write_words(ax, 0.0, y, f"n = {row.n_statements}, not defined", look)
    elif value < 0:
        ax.plot([0], [y], linestyle="", markersize=4, clip_on=False, **{**look, "marker": "<"})
        ax.hlines(y, 0, max(0, limits[1]), color=look["color"], linewidth=1.3)
    else:
        draw_estimate(ax, value, y, [max(0, limits[0]), limits[1]], look)
