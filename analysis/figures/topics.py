"""What is spoken about, and how much of each group's texts it takes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pandas as pd

from analysis.figures.style import (
    draw_estimate,
    group_looks,
    label_groups,
    new_axes,
    records,
    set_percent,
    set_rows,
    spread,
    styled,
    write_beside,
)
from analysis.tables import TOPIC_EFFECTS, TOPIC_STABILITY, TOPIC_TERMS, check_table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

N_TERMS, NAMED_TERMS = 8, 3


@styled
def plot_topics(
    topic_terms: pd.DataFrame,
    topic_effects: pd.DataFrame,
    stability: pd.DataFrame,
    *,
    groups: Iterable[str],
    ax: Axes | None = None,
) -> Axes:
    """Draw each topic's mean share of each group's texts, the topic named by its top terms.

    Parameters
    ----------
    topic_terms, topic_effects, stability
        The tables `topic_terms`, `topic_effects` and `topic_stability`; of the effects,
        prevalences over all periods. The topics stand in the order of their share, all groups
        alike.
    groups
        The groups, in the study's order.
    ax
        Where to draw; a new figure if None.
    """
    check_table(topic_terms, TOPIC_TERMS)
    check_table(topic_effects, TOPIC_EFFECTS)
    check_table(stability, TOPIC_STABILITY)
    looks = group_looks(groups)
    of_all = (topic_effects["effect"] == "prevalence") & (topic_effects["period"] == "all")
    rows = topic_effects[of_all & topic_effects["contrast"].isin(list(looks))]
    shares = rows.groupby(rows["topic"].astype("str"))["estimate"].mean()
    topics = list(shares.sort_values(ascending=False, kind="stable").index)
    ax = new_axes(165, 26 + 8 * len(topics), ax)
    cosines = dict(zip(stability["topic"].astype("str"), stability["cosine"], strict=True))
    for place, topic in enumerate(topics):
        write_beside(ax, place, f"comes back {cosines.get(topic, float('nan')):.2f}")
        heights = spread(place, looks, width=0.3)
        for row in records(rows[rows["topic"] == topic]):
            group, limits = str(row.contrast), (row.low, row.high)
            draw_estimate(ax, row.estimate, heights[group], limits, looks[group])
    set_rows(ax, [_name(topic_terms, topic) for topic in topics])
    ax.tick_params(axis="y", labelsize=6.5)
    ax.set_xlabel("mean share of a text, with 95 % interval")
    ax.set_xlim(left=0)
    set_percent(ax)
    label_groups(ax, looks)
    return ax


def _name(topic_terms: pd.DataFrame, topic: str) -> str:
    """Return a topic's number, or the name of its seed, and its top terms on two lines."""
    rows = topic_terms[topic_terms["topic"] == topic].sort_values("rank").head(N_TERMS)
    terms = [str(term) for term in rows["term"]]
    # A topic is called by its number and first terms, which follow anyway.
    called = topic.removesuffix(", ".join(terms[:NAMED_TERMS])).strip()
    half = (len(terms) + 1) // 2
    lines = [", ".join(part) for part in (terms[:half], terms[half:]) if part]
    return f"{called}  " + ",\n".join(lines)
