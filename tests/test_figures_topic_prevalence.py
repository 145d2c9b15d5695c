"""Topic prevalence over time, drawn."""

import pytest
from test_topic_effects import PERIODS, SHARES, compare, drawn, placed

from analysis.errors import TableError
from analysis.figures.topic_prevalence import plot_topic_prevalence

EFFECTS = compare(drawn(SHARES, 0.03), placed())
GROUPS = ["North", "South"]


def marks(ax):
    return [line for line in ax.lines if line.get_marker() not in ("None", "")]


def test_a_mark_with_its_interval_for_each_group_and_period():
    first, second = plot_topic_prevalence(EFFECTS, groups=GROUPS).axes
    rows = EFFECTS[(EFFECTS["effect"] == "prevalence") & (EFFECTS["period"] != "all")]
    drawn_at = sorted(line.get_ydata()[0] for line in marks(first))
    assert drawn_at == pytest.approx(sorted(rows.loc[rows["topic"] == "T1", "estimate"]))
    assert len(marks(second)) == len(GROUPS) * len(PERIODS)
    assert [text.get_text() for text in first.get_xticklabels()] == ["early", "late"]


def test_a_mark_without_an_interval_is_hollow():
    few = compare(drawn(SHARES[:16]), placed(16))
    axes = plot_topic_prevalence(few, groups=GROUPS, labels={"T1": "the harvest"}).axes
    assert {line.get_markerfacecolor() for line in marks(axes[0])} == {"white"}
    assert axes[0].get_title(loc="left") == "the harvest"


def test_without_periods_there_is_nothing_to_draw():
    with pytest.raises(TableError, match="compare with periods"):
        plot_topic_prevalence(compare(drawn(SHARES), placed(), None), groups=GROUPS)
