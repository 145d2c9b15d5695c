"""Which words tell two groups apart, by how much, and how sure that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analysis.errors import TableError
from analysis.figures.style import (
    GREY,
    count_in_times,
    draw_estimate,
    group_looks,
    new_axes,
    records,
    set_rows,
    styled,
    write_beside,
)
from analysis.language.tokens import load_stopwords
from analysis.tables import KEYNESS, check_table

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def key_terms(
    keyness: pd.DataFrame, *, language: str | None = None, n_terms: int = 15
) -> pd.DataFrame:
    """Return the terms of each side with the most evidence, for a figure.

    Parameters
    ----------
    keyness
        The `keyness` table.
    language
        Leave out this language's function words; None keeps every word.
    n_terms
        So many terms of each side: those with the highest `g2` among the terms whose interval
        over units leaves out zero.

    Returns
    -------
    Rows of the `keyness` table by falling `log_ratio`; fewer where fewer are sure.

    Raises
    ------
    ValueError
        If the package has no function words of the language; the message lists those it has.
    """
    check_table(keyness, KEYNESS)
    common = load_stopwords(language) if language else frozenset()
    certain = (keyness["low"] > 0) | (keyness["high"] < 0)
    sure = keyness[certain & ~keyness["term"].isin(list(common))]
    sides = [sure[sure["log_ratio"] > 0], sure[sure["log_ratio"] < 0]]
    best = [side.reindex(side["g2"].abs().nlargest(n_terms).index) for side in sides]
    return pd.concat(best).sort_values("log_ratio", ascending=False, ignore_index=True)


@styled
def plot_keyness(
    keyness: pd.DataFrame, *, target: str, reference: str, ax: Axes | None = None
) -> Axes:
    """Draw how much more one of two groups uses each term, with intervals over units.

    Parameters
    ----------
    keyness
        Rows of the `keyness` table, as `key_terms` chooses them; all are drawn, in their order.
    target, reference
        The two groups, as they were told to `keyness`; target's terms lie to the right.
    ax
        Where to draw; a new figure if None.

    Raises
    ------
    TableError
        If there is no row to draw.
    """
    check_table(keyness, KEYNESS)
    if keyness.empty:
        raise TableError("keyness: no term to draw; no interval leaves out zero")
    looks = group_looks([target, reference])
    ax = new_axes(150, 24 + 4.2 * len(keyness), ax)
    ax.axvline(0, color=GREY, linewidth=0.8)
    for place, row in enumerate(records(keyness)):
        look = looks[target if row.log_ratio > 0 else reference]
        draw_estimate(ax, row.log_ratio, place, (row.low, row.high), look)
        write_beside(ax, place, f"{row.n_target} : {row.n_reference}")
    set_rows(ax, [str(term) for term in keyness["term"]])
    write_beside(ax, -1, f"{target} : {reference}")
    ax.set_xlabel("how many times as often, with 95 % interval")
    count_in_times(ax)
    for name, x, side in ((reference, 0.0, "left"), (target, 1.0, "right")):
        words = f"← {name}'s words" if side == "left" else f"{name}'s words →"
        ax.text(
            x,
            1.01,
            words,
            transform=ax.transAxes,
            ha=side,
            va="bottom",
            color=looks[name]["color"],
            fontweight="bold",
        )
    return ax
