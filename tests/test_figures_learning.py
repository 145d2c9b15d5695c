"""What more labels buy, drawn."""

import numpy as np
import pandas as pd
import pytest

from analysis.figures.learning import plot_learning
from analysis.tables import LEARNING, build_table


def learning(*levels, code="toll", known=True):
    rows = [
        {
            **{"code": code, "n_labels": 50 * (place + 1), "n_statements": 200, "n_groups": 100},
            **{"n_draws": 6, "macro_f1": level},
            **({"low": level - 0.1, "high": level + 0.1} if known else {}),
            **({"gain": level - levels[place - 1]} if place else {}),
            **({"gain_low": -0.02, "gain_high": 0.12} if place and known else {}),
        }
        for place, level in enumerate(levels)
    ]
    return build_table(rows, LEARNING)


def test_a_panel_for_each_code_and_a_mark_for_each_size():
    table = build_table(
        pd.concat(
            [learning(0.4, 0.5, 0.6).astype({"code": "str"}), learning(0.7, 0.8, code="tax")]
        ),
        LEARNING,
    )
    toll, tax = plot_learning({"words": table}, labels={"toll": "The toll"}).axes[:2]
    assert [ax.get_title(loc="left") for ax in (toll, tax)] == ["The toll", "tax"]
    marks = [line for line in toll.lines if line.get_marker() == "o"]
    assert [line.get_xydata()[0].tolist() for line in marks] == [[50, 0.4], [100, 0.5], [150, 0.6]]


def test_the_last_gain_of_the_first_curve_is_written_in_points():
    curves = {"both": learning(0.5, 0.55), "words": learning(0.3, 0.33)}
    (ax,) = plot_learning(curves).axes
    assert ax.texts[0].get_text() == "50 more: +5 points (−2 to +12)"


def test_where_there_are_no_limits_marks_are_hollow_and_the_gain_stands_alone():
    (ax,) = plot_learning({"words": learning(0.5, 0.5, known=False)}).axes
    marks = [line for line in ax.lines if line.get_marker() == "o"]
    assert {line.get_markerfacecolor() for line in marks} == {"white"}
    assert ax.texts[0].get_text() == "50 more: 0 points"
    assert not ax.collections


def test_one_size_alone_shows_no_gain():
    (ax,) = plot_learning({"words": learning(0.5)}).axes
    assert not ax.texts


def test_two_curves_have_two_looks():
    (ax,) = plot_learning({"both": learning(0.5, 0.6), "words": learning(0.2, 0.3)}).axes
    grey, black = (line.get_ydata() for line in ax.lines if line.get_linestyle() == "-")
    assert np.allclose(grey, [0.2, 0.3])
    assert np.allclose(black, [0.5, 0.6])


@pytest.mark.parametrize(
    "curves",
    [{}, dict.fromkeys("abc", learning(0.5)), {"words": learning()}],
)
def test_what_cannot_be_drawn_is_said(curves):
    with pytest.raises(ValueError, match="one or two can be drawn, each with rows"):
        plot_learning(curves)
