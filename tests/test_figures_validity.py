"""How good a coder is, drawn."""

import pandas as pd
import pytest

from analysis.errors import TableError
from analysis.figures.coder_scores import plot_coder_scores
from analysis.figures.confidence import plot_calibration
from analysis.figures.confusion import plot_confusion
from analysis.figures.corrected_positions import plot_corrected_positions
from analysis.figures.style import mark_doubtful
from analysis.figures.thresholds import plot_thresholds
from analysis.pipeline_codes import add_agreement, add_evaluation
from analysis.pipeline_positions import add_corrections, add_positions
from analysis.tables import THRESHOLDS, build_table
from tests.small_study import small_study, small_tables

GROUPS = ["North", "South"]


@pytest.fixture(scope="module")
def tables():
    built, study = small_tables(), small_study()
    for step in (add_agreement, add_evaluation, add_positions, add_corrections):
        step(study, built)
    return built.tables


def words(ax):
    return [text.get_text() for text in ax.texts]


def test_each_coder_has_its_marks(tables):
    coders = {"patterns": "the patterns", "actor_only": "who speaks"}
    f1, alpha = plot_coder_scores(tables["coder_scores"], coders=coders).axes
    drawn = [line.get_xdata()[0] for line in f1.lines if line.get_marker() in "os"]
    assert sorted(drawn) == pytest.approx(sorted(tables["coder_scores"]["macro_f1"]))
    assert [label.get_text() for label in f1.get_yticklabels()] == ["toll", "trade"]
    # An alpha that is worse than chance stands at the edge.
    worse = (tables["coder_scores"]["alpha"] < 0).sum()
    assert sum(line.get_marker() == "<" for line in alpha.lines) == worse
    with pytest.raises(ValueError, match="no coder 'nobody'"):
        plot_coder_scores(tables["coder_scores"], coders={"nobody": "nobody"})
    with pytest.raises(ValueError, match="at most 4"):
        plot_coder_scores(tables["coder_scores"], coders=dict.fromkeys("abcde", ""))


def test_a_code_is_marked_where_coders_agree_too_little():
    low = pd.DataFrame({"code": ["toll", "law"], "alpha": [0.5, float("nan")]})
    fair = pd.DataFrame({"code": ["toll", "trade"], "alpha": [0.9, 0.667]})
    labels = {"toll": "The toll", "trade": "Trade", "law": "Law"}
    marked = mark_doubtful(labels, [fair, low])
    assert marked == labels | {"toll": "The toll †"}
    assert mark_doubtful(marked, [low]) == marked
    assert mark_doubtful(labels, []) == labels


def test_cells_of_confusion_hold_their_counts(tables):
    rows = tables["confusion"]
    mine = rows[(rows["coder"] == "patterns") & (rows["code"] == "toll")].reset_index(drop=True)
    (ax,) = plot_confusion(mine, labels={"toll": "The toll"}).axes
    assert ax.get_title(loc="left") == "The toll"
    names = [label.get_text() for label in ax.get_yticklabels()]
    assert names == ["favor", "against", "not addressed"]
    counts = mine.set_index(["value_reference", "value_coder"])["n"]
    assert words(ax)[0] == str(counts["favor", "favor"])
    assert sum(int(word) for word in words(ax) if word != "–") == 160
    assert len(ax.patches) == 3
    with pytest.raises(TableError, match=r"coders are \['patterns', 'actor_only'\]"):
        plot_confusion(rows)


def test_calibration_has_a_panel_for_each_code(tables):
    rows = tables["calibration"]
    figure = plot_calibration(rows, labels={"all": "All codes"})
    titles = [ax.get_title(loc="left").split("\n")[0] for ax in figure.axes]
    assert titles == ["All codes", "toll", "trade"]
    total = rows[(rows["bin"] == "all") & (rows["code"] == "all")].iloc[0]
    said = figure.axes[0].get_title(loc="left").split("\n")[1]
    assert said == f"n = 320, error {100 * total['error']:.1f} points"
    both = rows.assign(coder=pd.Categorical(["patterns", *["actor_only"] * (len(rows) - 1)]))
    with pytest.raises(TableError, match="choose the rows of one"):
        plot_calibration(both)


def test_raw_corrected_and_all_by_hand_stand_below_each_other(tables):
    positions = tables["positions"]
    whole = positions[positions["period"] == "all"].reset_index(drop=True)
    corrected = tables["corrected_positions"]
    above, below = plot_corrected_positions(corrected, whole, groups=GROUPS).axes
    rows = [label.get_text() for label in above.get_yticklabels()]
    assert rows == ["automatic", "corrected", "all by hand"]
    drawn = [line.get_xdata()[0] for line in above.lines if line.get_marker() in "os"]
    expected = [*corrected["raw_salience"], *corrected["salience"], *whole["salience"]]
    assert sorted(drawn) == pytest.approx(sorted(expected))
    assert len([line for line in below.lines if line.get_marker() in "os"]) == 6
    with pytest.raises(TableError, match="choose the rows of one"):
        plot_corrected_positions(corrected, positions, groups=GROUPS)
    with pytest.raises(TableError, match="no row to draw"):
        plot_corrected_positions(corrected.iloc[:0], groups=GROUPS)


def test_a_cell_without_a_corrected_figure_says_what_it_rests_on(tables):
    few = tables["corrected_positions"].assign(
        salience=float("nan"), direction=float("nan"), n_by_hand=7, n_favor=3, n_against=0
    )
    above, below = plot_corrected_positions(few, groups=GROUPS).axes
    assert words(above) == ["n = 7, not estimable"] * 2
    assert words(below) == ["n = 3, all for, not estimable"] * 2


def test_thresholds_from_all_to_the_surest():
    rows = [
        {"threshold": at, "n_gold": 50, "n_found": n, "n_right": n - 2, "n_units": 9}
        | {"precision": (n - 2) / n, "recall": (n - 2) / 50, "f1": 0.8, "low": 0.7, "high": 0.9}
        for at, n in ((0.0, 45), (0.5, 40), (0.9, 20))
    ]
    table = build_table(rows, THRESHOLDS)
    ax = plot_thresholds(table)
    assert [label.get_text() for label in ax.get_xticklabels()] == ["all", "0.5", "0.9"]
    assert words(ax) == ["45", "40", "20", "n"]
    assert list(ax.lines[1].get_ydata()) == pytest.approx([43 / 50, 38 / 50, 18 / 50])
    with pytest.raises(TableError, match="no row to draw"):
        plot_thresholds(table.iloc[:0])
