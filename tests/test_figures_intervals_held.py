"""How often intervals held, drawn."""

import pytest

from analysis.errors import TableError
from analysis.figures.intervals_held import plot_intervals_held
from analysis.tables import INTERVALS_HELD, build_table


def held(*methods):
    rows = [
        {
            **{"measure": measure, "method": method, "n_units": n_units, "n_worlds": 4},
            **{"held": 0.95 - 0.4 * place, "low": 0.94 - 0.4 * place, "high": 0.96},
        }
        for measure in ("share", "difference")
        for n_units in (50, 20)
        for place, method in enumerate(methods)
    ]
    return build_table(rows, INTERVALS_HELD)


def test_a_panel_for_each_number_of_units_and_a_mark_for_each_method():
    small, large = plot_intervals_held(held("this package", "uncorrected")).axes
    assert (small.get_title(loc="left"), large.get_title(loc="left")) == ("20 units", "50 units")
    marks = [line for line in small.lines if line.get_marker() in ("o", "D")]
    assert [line.get_xdata()[0] for line in marks] == [0.95, 0.95]
    assert [label.get_text() for label in small.get_yticklabels()] == ["share", "difference"]


def test_what_holds_too_seldom_stands_at_the_edge_with_its_figure():
    ax = plot_intervals_held(held("this package", "uncorrected")).axes[0]
    assert [text.get_text() for text in ax.texts] == ["55 %", "55 %"]
    assert sum(line.get_marker() == "<" for line in ax.lines) == 2


def test_more_than_two_methods_cannot_be_told_apart():
    with pytest.raises(TableError, match="one or two can be drawn"):
        plot_intervals_held(held("a", "b", "c"))
