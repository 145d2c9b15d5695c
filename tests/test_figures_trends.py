"""Lines over time."""

import numpy as np
import pandas as pd
import pytest
from test_smoothing import rates

from analysis.comparison.change_points import find_change_points
from analysis.comparison.smoothing import smooth_rates
from analysis.errors import TableError
from analysis.figures.export import save_figure
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


def test_the_days_of_changes_stand_above_the_documents_in_a_row_for_each_group():
    other = RATES.assign(group=RATES["group"].cat.rename_categories({"North": "South"}))
    both = pd.concat([RATES, other], ignore_index=True).astype({"group": "category"})
    trend, changes = smooth_rates(both, bandwidth_years=6), find_change_points(both, seed=1)
    (ax,) = plot_trend(trend, both, groups=["North", "South"], change_points=changes).axes
    first, second = (bar.get_window_extent() for bar in ax.patches)
    assert first.y1 <= second.y0
    assert (first.x0, first.x1) == pytest.approx((second.x0, second.x1))
    highest = max(max(line.get_ydata(), default=0) for line in ax.lines if not line.is_dashed())
    assert highest <= min(bar.get_y() for bar in ax.patches)


def test_the_same_tables_give_the_same_bytes(tmp_path):
    drawn = []
    for name in ("one", "two"):
        figure = plot_trend(smooth_rates(RATES), RATES, groups=["North"])
        save_figure(figure, RATES, tmp_path / name / "trend", caption="Invented speeches.")
        drawn.append([path.read_bytes() for path in sorted((tmp_path / name).iterdir())])
    assert drawn[0] == drawn[1]
    assert len(drawn[0]) == 3


def test_a_misspelt_group_is_named():
    with pytest.raises(ValueError, match=r"no group 'Nroth'.*did you mean 'North'"):
        plot_trend(smooth_rates(RATES), RATES, groups=["Nroth"])


def test_nothing_to_draw():
    with pytest.raises(TableError, match="trend: no row to draw"):
        plot_trend(smooth_rates(RATES).iloc[:0], RATES, groups=["North"])
