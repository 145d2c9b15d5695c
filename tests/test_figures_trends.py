"""Lines over time."""

import numpy as np
import pytest
from test_smoothing import rates

from analysis.comparison.change_points import find_change_points
from analysis.comparison.smoothing import smooth_rates
from analysis.errors import TableError
from analysis.figures.trends import plot_trend

HITS = [1, 0, 2, 1, 1, 0, 2, 1, 9, 8, 10, 9, 11, 8, 9, 10]
RATES = rates(HITS, [1000] * 16)


def test_lines_bands_documents_and_changes():
    trend, changes = smooth_rates(RATES, bandwidth_years=6), find_change_points(RATES, seed=1)
    figure = plot_trend(
        trend, RATES, groups=["North"], change_points=changes, labels={"accord": "An accord"}
    )
    (ax,) = figure.axes
    assert ax.get_title(loc="left") == "An accord"
    line = next(line for line in ax.lines if len(line.get_ydata()) == len(trend))
    assert np.asarray(line.get_ydata()) == pytest.approx(trend["rate_per_10k"].to_numpy())
    dots = next(line for line in ax.lines if len(line.get_ydata()) == len(RATES))
    assert np.asarray(dots.get_ydata()) == pytest.approx(RATES["rate_per_10k"].to_numpy())
    dashed = [line for line in ax.lines if line.is_dashed()]
    assert len(dashed) == 1
    assert len(ax.patches) == 1


def test_without_changes_there_is_no_dashed_line():
    (ax,) = plot_trend(smooth_rates(RATES), RATES, groups=["North"]).axes
    assert not [line for line in ax.lines if line.is_dashed()]
    assert not ax.patches


def test_a_document_far_above_stands_at_the_edge():
    many = rates([1] * 15 + [400], [1000] * 16)
    (ax,) = plot_trend(smooth_rates(many, bandwidth_years=30), many, groups=["North"]).axes
    edge = [line for line in ax.lines if line.get_marker() == "^"]
    assert len(edge[0].get_ydata()) == 1
    assert edge[0].get_ydata()[0] < ax.get_ylim()[1] < 400_0


def test_nothing_to_draw():
    with pytest.raises(TableError, match="trend: no row to draw"):
        plot_trend(smooth_rates(RATES).iloc[:0], RATES, groups=["North"])
