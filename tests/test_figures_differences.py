"""Differences between groups and changes of groups, drawn."""

import pytest

from analysis.errors import TableError
from analysis.figures.differences import plot_differences, plot_differences_by_period
from analysis.figures.turnover import PARTS, plot_turnover
from analysis.tables import DIFFERENCES, TURNOVER, build_table

SIDES = {"target": "North", "reference": "South", "n_target": 40, "n_reference": 50, "n_units": 60}


def difference(code, measure="share", period="all", **figures):
    known = {"figure_target": 0.5, "figure_reference": 0.3} | figures
    return {"code": code, "measure": measure, "period": period} | SIDES | known


FOUND = {"difference": 0.2, "low": 0.1, "high": 0.3, "probability": 0.9998, "p": 0.001, "q": 0.0004}
UNSURE = {"difference": -0.1, "low": -0.3, "high": 0.1, "probability": 0.2, "p": 0.4, "q": 0.41}


def made(*rows):
    return build_table(rows, DIFFERENCES)


def marks(ax):
    return [line for line in ax.lines if line.get_marker() in ("o", "D")]


def words(ax):
    return [text.get_text() for text in ax.texts]


def test_the_largest_lead_stands_on_top_with_its_figures_beside():
    table = made(difference("toll", **UNSURE), difference("law", **FOUND), difference("rare"))
    (ax,) = plot_differences(table, labels={"law": "The law"}).axes
    assert [label.get_text() for label in ax.get_yticklabels()] == ["The law", "toll", "rare"]
    assert [mark.get_xdata()[0] for mark in marks(ax)] == [0.2, -0.1]
    # What is found at a q under .05 is told from what is not.
    assert [mark.get_marker() for mark in marks(ax)] == ["o", "D"]
    for said in ("+20 [+10, +30]", "−10 [−30, +10]", "not estimable", "> .999", "< .001", ".410"):
        assert said in words(ax)
    assert "50 %, 40  |  30 %, 50" in words(ax)
    assert "North more" in ax.get_xlabel()


def test_directions_have_a_scale_of_their_own():
    turned = difference("toll", "direction", **UNSURE | {"difference": -1.5, "low": -1.9})
    shares, directions = plot_differences(made(difference("law", **FOUND), turned)).axes
    assert directions.get_xlim() == (-2, 2)
    assert shares.get_xlim()[1] < 0.4
    assert "−1.50 [−1.90, +0.10]" in words(directions)
    assert "+0.50, 40  |  +0.30, 50" in words(directions)


def test_periods_one_by_one_where_there_is_anything_to_see():
    table = made(
        difference("toll", "salience", "early", **FOUND),
        difference("toll", "salience", "late"),
        difference("law", "share", "early"),
        difference("law", "share", "late"),
    )
    (ax,) = plot_differences_by_period(table, labels={"toll": "The toll"}).axes
    assert ax.get_title(loc="left") == "The toll (speaks of it)"
    assert [label.get_text() for label in ax.get_yticklabels()] == ["early", "late"]
    assert words(ax) == ["not estimable, n = 40, 50"]
    assert len(marks(ax)) == 1


def test_what_cannot_be_drawn_says_why():
    two = made(difference("toll", period="early", **FOUND), difference("toll", **FOUND))
    with pytest.raises(TableError, match="choose the rows of one"):
        plot_differences(two)
    with pytest.raises(TableError, match="none can be estimated"):
        plot_differences_by_period(made(difference("toll")))


def changes(value):
    base = {"code": "toll", "measure": "share", "earlier": "then", "later": "now"}
    base |= {"n_statements": 20, "n_units": 20, "n_speakers": 4}
    rows = [
        base | {"group": group, "part": part, "value": value, "low": -0.1, "high": 0.5}
        for group in ("North", "South")
        for part in PARTS
    ]
    return build_table(rows, TURNOVER)


def test_a_change_stands_beside_its_parts():
    figure = plot_turnover(changes(0.2), groups=["North", "South"], labels={"toll": "The toll"})
    assert len(figure.axes) == len(PARTS)
    first = figure.axes[0]
    names = [label.get_text() for label in first.get_yticklabels()]
    assert names == ["North: The toll\nthen → now", "South: The toll\nthen → now"]
    for ax in figure.axes:
        drawn = [line for line in ax.lines if line.get_marker() in ("o", "s")]
        assert [mark.get_xdata()[0] for mark in drawn] == [0.2, 0.2]
    assert first.xaxis.get_major_formatter()(0.25, 0) == "+25"
    assert first.xaxis.get_major_formatter()(-0.25, 0) == "−25"
    assert first.xaxis.get_major_formatter()(0, 0) == "0"


def test_changes_that_cannot_be_estimated_are_not_drawn():
    with pytest.raises(TableError, match="no change can be estimated"):
        plot_turnover(changes(None), groups=["North", "South"])
