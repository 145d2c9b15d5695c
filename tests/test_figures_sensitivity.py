"""A difference under other choices, drawn."""

import pytest

from analysis.errors import TableError
from analysis.figures.sensitivity import plot_sensitivity
from analysis.tables import SENSITIVITY, build_table


def made():
    rows = [
        {"choice": "as it is", "detail": "", "difference": 0.2, "low": 0.1, "high": 0.3},
        {"choice": "pattern", "detail": "toll*", "difference": 0.15, "low": 0.0, "high": 0.3},
        {"choice": "periods", "detail": "weighed alike", "difference": 0.1},
    ]
    base = {
        "code": "toll",
        "target": "North",
        "reference": "South",
        "n_statements": 9,
        "n_units": 9,
    }
    return build_table([base | row for row in rows], SENSITIVITY)


def test_every_choice_has_its_mark():
    ax = plot_sensitivity(made(), labels={"toll": "The toll"})
    marks = [line for line in ax.lines if line.get_marker() in "o|^"]
    assert [float(line.get_xdata()[0]) for line in marks] == [0.2, 0.15, 0.1]
    # Without an interval the mark is hollow.
    assert marks[2].get_markerfacecolor() == "white"
    assert [label.get_text() for label in ax.get_yticklabels()] == ["The toll"]
    assert ax.get_xlabel().startswith("South more")
    key = [text.get_text() for text in ax.figure.legends[0].get_texts()]
    assert key == ["as it is", "one pattern less", "periods alike"]


def test_nothing_to_draw():
    with pytest.raises(TableError, match="no row to draw"):
        plot_sensitivity(made().iloc[:0])
