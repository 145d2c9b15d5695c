"""How much of each group's texts a topic takes, period by period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import ceil
from textwrap import fill
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.errors import TableError
from analysis.figures.style import (
    Look,
    group_looks,
    label_groups,
    new_grid,
    readable,
    records,
    spread,
    styled,
)
from analysis.tables import TOPIC_EFFECTS, check_table

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

COLUMNS = 3
TITLE_CHARS = 34
# More characters do not fit side by side under a panel.
PERIOD_CHARS = 30


@styled
def plot_topic_prevalence(
    topic_effects: pd.DataFrame,
    *,
    groups: Iterable[str],
    labels: Mapping[str, str] | None = None,
) -> Figure:
    """Draw a panel for each topic: its share of each group's texts, period by period.

    Parameters
    ----------
    topic_effects
        The `topic_effects` table of periods; topics and periods stand in its order.
    groups
        The groups, in the study's order.
    labels
        Topic -> what to call it; without one a topic is called by its name.

    Lines are 95 % intervals that hold the topics' own uncertainty. A hollow mark has none: there
    are too few documents. All panels have one scale.

    Raises
    ------
    TableError
        If there is no prevalence in a period to draw.
    """
    check_table(topic_effects, TOPIC_EFFECTS)
    looks = group_looks(groups)
    rows = topic_effects[topic_effects["effect"] == "prevalence"]
    rows = rows[(rows["period"] != "all") & rows["contrast"].isin(list(looks))]
    if rows["estimate"].isna().all():
        raise TableError("topic_effects: no prevalence in a period to draw; compare with periods")
    topics, periods = (
        list(dict.fromkeys(rows[name].astype("str"))) for name in ("topic", "period")
    )
    columns = min(COLUMNS, len(topics))
    lines = ceil(len(topics) / columns)
    figure, axes = new_grid(8 + 57 * columns, 24 + 38 * lines, lines, columns)
    for place, ax in enumerate(axes):
        if place >= len(topics):
            ax.remove()
            continue
        _draw_topic(ax, rows[rows["topic"] == topics[place]], periods, looks)
        ax.set_title(fill(readable(topics[place], labels), TITLE_CHARS), fontsize=7.5)
        # A removed panel below leaves the names of periods to the one above it.
        ax.tick_params(labelbottom=place + columns >= len(topics))
    figure.supylabel("mean share of a text", fontsize=8)
    label_groups(figure, looks)
    return figure


def _draw_topic(
    ax: Axes, rows: pd.DataFrame, periods: list[str], looks: Mapping[str, Look]
) -> None:
    from matplotlib.ticker import PercentFormatter

    for row in records(rows[rows["estimate"].notna()]):
        group, center = str(row.contrast), periods.index(str(row.period))
        x, look = spread(center, looks, width=0.26)[group], looks[group]
        known = row.low == row.low
        if known:
            ax.vlines(x, row.low, row.high, color=look["color"], linewidth=1.3)
        inside = look["color"] if known else "white"
        ax.plot(
            [x],
            [row.estimate],
            linestyle="",
            markersize=4,
            markerfacecolor=inside,
            clip_on=False,
            **look,
        )
    for group, look in looks.items():
        mine = rows[rows["contrast"] == group]
        at = [spread(periods.index(str(name)), looks, width=0.26)[group] for name in mine["period"]]
        ax.plot(at, mine["estimate"], color=look["color"], linewidth=0.6, alpha=0.5)
    crowded = sum(map(len, periods)) > PERIOD_CHARS
    turned: Any = {"rotation": 45, "ha": "right", "rotation_mode": "anchor"} if crowded else {}
    ax.set_xticks(range(len(periods)), periods, **turned)
    ax.set_xlim(-0.5, len(periods) - 0.5)
    ax.set_ylim(bottom=0)
    ax.grid(axis="y")
    ax.yaxis.set_major_formatter(PercentFormatter(xmax=1, decimals=0, symbol=" %"))
