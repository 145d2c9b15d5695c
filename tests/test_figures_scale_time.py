"""Scales over time, drawn."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from scaled import POSITIONS, line

from analysis.comparison.scales import compare_scales
from analysis.errors import TableError
from analysis.figures.scale_time import plot_scale_effects, plot_scale_map, plot_scale_time
from analysis.models.correspondence import fit_correspondence
from analysis.models.scales import collect_scales
from analysis.tables import UNITS, build_table

GROUPS = ["North", "South"]
DAYS = pd.to_datetime([f"{year}-01-01" for year in (1989, 1990, 1991, 1995, 1996, 1999)])
PERIODS = {"all years": (date(1980, 1, 1), date(2000, 1, 1))}


def placed():
    """Nine texts of two sides, the last three without a day."""
    counts, units = line()
    days = [*DAYS, pd.NaT, pd.NaT, pd.NaT]
    units = units.assign(group=["North", "South"] * 4 + ["South"], date=days)
    return counts, build_table(units, UNITS)


def scales():
    names = [f"t{place}" for place in range(9)]
    told = np.where(np.arange(9) == 0, -1.0, np.nan)
    table = pd.DataFrame({"unit_id": names, "position": POSITIONS, "reference": told})
    table = table.assign(low=POSITIONS - 0.1, high=POSITIONS + 0.2)
    return collect_scales({"fish": table}, placed()[1], right_of=("t8", "t0"))


def marks(ax):
    drawn = [each for each in ax.lines if each.get_marker() not in ("None", "")]
    return [p for each in drawn for p in zip(each.get_xdata(), each.get_ydata(), strict=True)]


def test_each_dated_text_stands_at_its_day_with_its_interval():
    ax = plot_scale_time(scales(), scale="fish", groups=GROUPS, ends=("war", "peace"))
    assert sorted(float(point[1]) for point in marks(ax)) == pytest.approx(POSITIONS[:6].tolist())
    drawn = [path.vertices[:, 1] for each in ax.collections for path in each.get_paths()]
    assert {tuple(np.round(ends, 6)) for ends in drawn} == {
        (round(place - 0.1, 6), round(place + 0.2, 6)) for place in POSITIONS[:6]
    }
    assert {text.get_text() for text in ax.texts} == {"↓ war", "↑ peace"}


def test_a_reference_text_is_hollow():
    ax = plot_scale_time(scales(), scale="fish", groups=GROUPS)
    hollow = [line_ for line_ in ax.lines if line_.get_markerfacecolor() == "white"]
    assert [len(line_.get_xdata()) for line_ in hollow] == [1, 0]


def test_a_map_names_first_last_and_round_years():
    counts, units = placed()
    found = fit_correspondence(counts, units, n_dimensions=2)
    ax = plot_scale_map(found.texts, found.dimensions, units, groups=GROUPS)
    assert {text.get_text() for text in ax.texts} <= {"1989", "1990", "1996", "1999"}
    assert len(ax.texts) >= 3
    share = found.dimensions["inertia_share"][0]
    assert ax.get_xlabel() == f"dimension 1 ({share:.1%} of inertia)"
    first = found.texts[found.texts["dimension"] == 1].set_index("unit_id")["principal"]
    drawn = sorted(float(point[0]) for point in marks(ax))
    assert drawn == pytest.approx(sorted(first[[f"t{place}" for place in range(6)]]))


def test_names_of_years_cover_no_mark():
    counts, units = placed()
    found = fit_correspondence(counts, units, n_dimensions=2)
    ax = plot_scale_map(found.texts, found.dimensions, units, groups=GROUPS)
    ax.figure.draw_without_rendering()
    places = ax.transData.transform(marks(ax))
    boxes = [text.get_window_extent() for text in ax.texts]
    assert boxes
    assert not [box for box in boxes for place in places if box.contains(*place)]


def test_means_stand_above_and_their_difference_below():
    effects = compare_scales(scales(), groups=GROUPS, periods=PERIODS)
    figure = plot_scale_effects(effects, groups=GROUPS, labels={"fish": "A fish"})
    above, below = figure.axes
    assert above.get_title(loc="left") == "A fish"
    means = effects[(effects["period"] == "all years") & (effects["effect"] == "mean")]
    assert [float(y) for _, y in marks(above)] == pytest.approx(means["estimate"].tolist())
    assert below.get_ylabel() == "North - South"
    # Under five texts: hollow.
    assert {
        line_.get_markerfacecolor() for line_ in above.lines if line_.get_marker() != "None"
    } == {"white"}


def test_what_cannot_be_drawn():
    with pytest.raises(ValueError, match=r"no scale 'bird'.*\['fish'\]"):
        plot_scale_time(scales(), scale="bird", groups=GROUPS)
    with pytest.raises(TableError, match=r"no dated position of \['West'\]"):
        plot_scale_time(scales(), scale="fish", groups=["West"])
    effects = compare_scales(scales(), groups=GROUPS)
    with pytest.raises(TableError, match="no mean in a period"):
        plot_scale_effects(effects, groups=GROUPS)
    counts, units = placed()
    found = fit_correspondence(counts, units, n_dimensions=1)
    with pytest.raises(TableError, match="two dimensions are drawn"):
        plot_scale_map(found.texts, found.dimensions, units, groups=GROUPS)
    found = fit_correspondence(counts, units, n_dimensions=2)
    with pytest.raises(TableError, match=r"no dated text of \['West'\]"):
        plot_scale_map(found.texts, found.dimensions, units, groups=["West"])
