"""A concordance to read, its nodes in one column; and where in the texts its hits stand."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

import pandas as pd

from analysis.errors import TableError
from analysis.figures.style import (
    PLAIN,
    group_looks,
    label_groups,
    new_axes,
    records,
    set_percent,
    set_rows,
    styled,
    write_beside,
)
from analysis.tables import CONCORDANCE, UNITS, check_table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

STYLE = """
<style>
table.concordance { border-collapse: collapse; font: 13px/1.5 monospace; width: 100%;
  table-layout: auto; }
table.concordance td { white-space: pre; padding: 0 0.3em; border: 0; }
table.concordance .left, table.concordance .right { overflow: hidden; max-width: 0; width: 42%; }
table.concordance .left { text-align: right; direction: rtl; }
table.concordance .right { text-align: left; }
table.concordance .node { text-align: center; font-weight: bold; }
table.concordance .unit { text-align: left; color: #555; font-size: 11px; }
</style>
"""
MOST_ROWS = 40


def concordance_view(lines: pd.DataFrame) -> str:
    """Return concordance lines as an HTML table with the node aligned.

    Parameters
    ----------
    lines
        The `concordance` table, in the order to show.

    Returns
    -------
    HTML of one table; nothing in the texts is read as HTML. White space is shown as a space.
    Each row ends with the id of its unit; the pointer on the node shows its offsets.
    """
    check_table(lines, CONCORDANCE)
    rows = [
        f'<tr><td class="left"><bdi>{_flat(row.left)}</bdi></td>'
        f'<td class="node" title="{row.start} to {row.end}">{_flat(row.node)}</td>'
        f'<td class="right">{_flat(row.right)}</td>'
        f'<td class="unit">{escape(str(row.unit_id))}</td></tr>'
        for row in records(lines)
    ]
    return f'{STYLE}<table class="concordance">\n{"".join(rows)}\n</table>'


@styled
def plot_concordance(
    lines: pd.DataFrame,
    units: pd.DataFrame,
    *,
    groups: Iterable[str],
    ax: Axes | None = None,
) -> Axes:
    """Draw where in each text the hits stand: a row for each unit, a stroke for each hit.

    Parameters
    ----------
    lines
        The `concordance` table.
    units
        The `units` table of the lines' units. Units with a hit are drawn, in the order of their
        dates; of more than 40 those with most hits, and the axis says how many are not.
    groups
        The groups, in the study's order; their colours mark the strokes.
    ax
        Where to draw; a new figure if None.

    Raises
    ------
    TableError
        If a table is not as declared, there is no line, or a line's unit is not in `units`.

    References
    ----------
    Scott (1996), WordSmith Tools, for the plot.
    """
    check_table(lines, CONCORDANCE)
    looks = group_looks(groups)
    rows, hidden = _rows(lines, check_table(units, UNITS))
    ax = new_axes(150, 22 + 3.6 * len(rows), ax)
    for y, (unit, group) in enumerate(zip(rows["unit_id"], rows["group"], strict=True)):
        here = lines.loc[lines["unit_id"] == unit, "place"]
        color = looks.get(str(group), PLAIN)["color"]
        ax.vlines(here, y - 0.36, y + 0.36, color=color, linewidth=0.9)
        write_beside(ax, y, str(len(here)))
    set_rows(ax, rows["unit_id"].tolist())
    ax.tick_params(axis="y", labelsize=6.5)
    ax.grid(visible=False)
    more = f"; {hidden} more texts with fewer hits are not drawn" if hidden else ""
    ax.set(xlim=(0, 1), xlabel=f"place in the text, from its beginning to its end{more}")
    set_percent(ax)
    label_groups(ax, looks)
    return ax


def _rows(lines: pd.DataFrame, units: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Return the units to draw, by date, and how many are left out."""
    if lines.empty:
        raise TableError("lines: no hit to draw")
    hits = lines["unit_id"].astype("str").value_counts()
    known = units.assign(unit_id=units["unit_id"].astype("str"))
    missing = sorted(set(hits.index) - set(known["unit_id"]))
    if missing:
        raise TableError(f"units: no unit {missing[0]!r}, which the lines name")
    found = known[known["unit_id"].isin(hits.index)].assign(
        n=lambda rows: rows["unit_id"].map(hits)
    )
    kept = found.sort_values(["n", "unit_id"], ascending=[False, True]).head(MOST_ROWS)
    return kept.sort_values(["date", "unit_id"]), len(found) - len(kept)


def _flat(text: str) -> str:
    """Return a text as HTML on one line."""
    return escape(re.sub(r"\s", " ", text))
