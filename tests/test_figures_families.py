"""Each family of figures draws every row it is given, and says what it cannot draw."""

import datetime as dt

import invented
import matplotlib.pyplot as plt
import pandas as pd
import pytest

from analysis.errors import TableError
from analysis.figures.confidence import plot_confidence
from analysis.figures.coverage import count_coverage, plot_coverage
from analysis.figures.evaluation import plot_evaluation
from analysis.figures.frames import plot_frames
from analysis.figures.hits import list_hits, plot_hits
from analysis.figures.keyness import key_terms, plot_keyness
from analysis.figures.positions import plot_positions
from analysis.figures.rates import plot_rates
from analysis.figures.reliability import plot_reliability
from analysis.figures.scores import plot_scores
from analysis.figures.topics import plot_topics

GROUPS = invented.GROUPS
PERIODS = {
    "1950s": (dt.date(1950, 1, 1), dt.date(1959, 12, 31)),
    "1960s": (dt.date(1960, 1, 1), dt.date(1969, 12, 31)),
}
CODERS = {"patterns": "patterns", "actor_only": "actor alone"}


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def words(drawing):
    """Every text in a drawing, once it is drawn."""
    figure = drawing if hasattr(drawing, "axes") and isinstance(drawing.axes, list) else None
    figure = figure or drawing.get_figure()
    figure.canvas.draw()
    return [text.get_text() for text in figure.findobj(plt.Text) if text.get_text()]


def row_names(ax):
    return [label.get_text() for label in ax.get_yticklabels()]


def coverage():
    return count_coverage(invented.units(), by="group", date="date", periods=PERIODS)


def test_every_row_is_counted_once():
    assert coverage()["n"].sum() == len(invented.units())


def test_a_cell_with_nothing_is_a_row_all_the_same():
    assert len(coverage()) == 2 * 3
    assert set(coverage()["period"].cat.categories) == {"1950s", "1960s", "outside"}


def test_a_missing_value_counts_as_unknown():
    rows = invented.units().assign(outlet=pd.Series([None] * 5 + ["Gazette"], dtype="str"))
    table = count_coverage(rows, by="outlet", date="date", periods=PERIODS)
    assert table.groupby("value", observed=True)["n"].sum().to_dict() == {
        "unknown": 5,
        "Gazette": 1,
    }


def test_an_unknown_column_names_the_columns_there():
    with pytest.raises(ValueError, match=r"no column 'gruop'.*did you mean 'group'"):
        count_coverage(invented.units(), by="gruop", date="date", periods=PERIODS)


def test_coverage_says_what_is_missing():
    rows = invented.units().head(1)
    table = count_coverage(rows, by="group", date="date", periods=PERIODS)
    assert words(plot_coverage(table)).count("–") == 1


def test_coverage_puts_small_values_into_one_row():
    rows = invented.units().assign(outlet=list("aabbcd"))
    table = count_coverage(rows, by="outlet", date="date", periods=PERIODS)
    ax = plot_coverage(table, n_rows=2)
    assert row_names(ax) == ["a (2)", "b (2)", "2 others (2)"]


def test_scores_name_what_was_to_find():
    assert "40 right of 45 found, 50 to find" in words(plot_scores(invented.scores()))


def marks(ax):
    return [line for line in ax.lines if line.get_marker() == "o"]


def test_confidence_is_drawn_where_there_are_statements():
    ax = plot_confidence(invented.confidence())
    assert [tuple(line.get_xydata()[0]) for line in marks(ax)] == [(0.55, 0.5), (0.93, 0.9)]
    assert {"4", "40", "38 of 44 right, in 12 texts"} <= {
        line for text in words(ax) for line in text.splitlines()
    }


def test_confidence_without_an_interval_is_hollow():
    few, many = marks(plot_confidence(invented.confidence()))
    assert (few.get_markerfacecolor(), many.get_markerfacecolor()) == ("white", few.get_color())


def test_confidence_of_nothing_is_refused():
    nothing = invented.confidence().assign(n_found=0)
    with pytest.raises(ValueError, match="no statement was judged"):
        plot_confidence(nothing)


def test_key_terms_are_those_whose_interval_leaves_out_zero():
    table = key_terms(invented.keyness_table(), n_terms=2)
    assert list(table["term"]) == ["bridge", "river", "border", "map"]


def test_key_terms_leave_out_function_words_where_told_to():
    table = invented.keyness_table()
    table["term"] = table["term"].cat.rename_categories({"bridge": "the"})
    assert "the" in set(key_terms(table)["term"])
    assert "the" not in set(key_terms(table, language="en")["term"])


def test_keyness_draws_every_term_with_both_counts():
    table = key_terms(invented.keyness_table())
    ax = plot_keyness(table, target="North", reference="South")
    assert row_names(ax) == list(table["term"])
    assert "30 : 3" in words(ax)


def test_keyness_without_a_term_says_so():
    with pytest.raises(TableError, match="no term to draw"):
        plot_keyness(invented.keyness_table().head(0), target="North", reference="South")


def test_rates_draw_a_panel_for_each_code():
    figure = plot_rates(invented.rates(), groups=GROUPS, labels={"good_roads": "Good roads"})
    assert [ax.get_title(loc="left") for ax in figure.axes] == ["Good roads", "bad weather"]


def test_an_interval_that_goes_on_beyond_the_panel_says_so():
    rates = invented.rates()
    rates.loc[rates.index[-1], "high"] = 900.0
    ax = plot_rates(rates, groups=GROUPS).axes[1]
    assert ax.get_ylim()[1] < 20
    assert [line for line in ax.lines if line.get_marker() == "^" and len(line.get_xdata())]


def test_hits_are_listed_by_day_with_their_words():
    table = list_hits(invented.hits(), invented.units())
    assert list(table["form"]) == ["good roads", "good roads", "good roadside inns"]
    assert {"1955-01-01", "good roadside inns", "u4"} <= set(words(plot_hits(table, groups=GROUPS)))


def test_a_day_that_stands_for_its_year_is_written_as_a_year():
    units = invented.units().assign(said_precision=["day", "year"] * 3)
    assert list(list_hits(invented.hits(), units)["said"]) == ["1955", "1970-01-01", "1970-01-01"]


def test_a_code_with_twenty_hits_is_no_list():
    assert len(list_hits(invented.hits(n=6), invented.units())) == 3
    assert list_hits(invented.hits(n=7), invented.units()).empty


def test_no_hits_are_said_to_be_none():
    table = list_hits(invented.hits(n=7), invented.units())
    assert "no hit" in words(plot_hits(table, groups=GROUPS))


def test_hits_of_another_shape_name_the_function_that_gives_them():
    with pytest.raises(TableError, match=r"no column 'said'; list_hits"):
        plot_hits(invented.hits(), groups=GROUPS)


def test_topics_are_named_by_their_terms_the_largest_first():
    tables = invented.topic_terms(), invented.topic_effects(), invented.topic_stability()
    ax = plot_topics(*tables, groups=GROUPS)
    assert row_names(ax)[0] == "3  harbour, snow, mountain, pass,\nborder, map, stone, wall"
    assert len(row_names(ax)) == 4
    assert "comes back 0.70" in words(ax)


def test_positions_keep_salience_and_direction_apart():
    figure = plot_positions(invented.positions(), groups=GROUPS)
    assert len(figure.axes) == 2 * 3


def test_positions_say_where_there_is_no_estimate():
    written = words(plot_positions(invented.positions(), groups=GROUPS))
    table = invented.positions()
    empty = int(table["direction"].isna().sum()) + int(table["salience"].isna().sum())
    said = [word for word in written if word == "n = 0" or "not estimable" in word]
    assert len(said) == empty


def test_positions_say_where_all_take_one_side():
    table = invented.positions()
    assert not any("all against" in word for word in words(plot_positions(table, groups=GROUPS)))
    table["n_favor"] = 0
    written = words(plot_positions(table, groups=GROUPS))
    assert "n = 1, all against, not estimable" in written


def test_positions_stand_in_the_order_of_their_labels():
    labels = {"shared_river": "A river that two sides share", "old_map": "The old map"}
    figure = plot_positions(invented.positions(), groups=GROUPS, labels=labels)
    titles = [ax.get_title(loc="left") for ax in figure.axes[:3]]
    assert titles == ["A river that two sides\nshare", "The old map", "open border"]


def test_positions_draw_one_mark_for_every_estimate():
    figure = plot_positions(invented.positions(), groups=GROUPS)
    marks = [line for ax in figure.axes for line in ax.lines if line.get_marker() in ("o", "s")]
    table = invented.positions()
    assert len(marks) == table["direction"].count() + table["salience"].count()


def test_frames_are_ordered_by_what_the_first_group_says_more():
    ax = plot_frames(invented.shares(), groups=GROUPS)
    assert row_names(ax) == ["rivers", "maps", "roads"]
    assert "n = 40, not estimable" in words(ax)


def test_frames_of_two_periods_are_refused():
    both = pd.concat([invented.shares("then"), invented.shares("now")], ignore_index=True)
    both = both.astype({"period": "category"})
    with pytest.raises(TableError, match=r"periods are \['then', 'now'\]; choose"):
        plot_frames(both, groups=GROUPS)


def test_reliability_says_why_there_is_no_alpha():
    ax = plot_reliability(invented.reliability())
    assert "no variation" in words(ax)
    assert ".667" in words(ax)


def test_evaluation_stands_beside_its_baseline():
    ax = plot_evaluation(invented.evaluation(), coders=CODERS)
    assert row_names(ax) == ["roads", "old map: favor", "old map: against"]
    assert {"patterns", "actor alone", "n = 20"} <= set(words(ax))


def test_evaluation_of_an_unknown_coder_names_the_known():
    with pytest.raises(ValueError, match=r"no coder 'paterns'.*\['actor_only', 'patterns'\]"):
        plot_evaluation(invented.evaluation(), coders={"paterns": "", "actor_only": ""})


def test_evaluation_wants_a_coder_and_a_baseline():
    with pytest.raises(ValueError, match="a coder and its baseline"):
        plot_evaluation(invented.evaluation(), coders={"patterns": ""})


@pytest.mark.parametrize("draw", [plot_rates, plot_positions], ids=["rates", "positions"])
def test_an_empty_table_is_refused(draw):
    table = invented.rates() if draw is plot_rates else invented.positions()
    with pytest.raises(TableError, match="no row to draw"):
        draw(table.head(0), groups=GROUPS)


@pytest.mark.parametrize(
    ("draw", "table"),
    [
        (plot_frames, invented.shares()),
        (plot_positions, invented.positions()),
        (plot_rates, invented.rates()),
    ],
    ids=["frames", "positions", "rates"],
)
def test_drawing_leaves_the_table_as_it_was(draw, table):
    before = table.copy(deep=True)
    draw(table, groups=GROUPS)
    pd.testing.assert_frame_equal(table, before)
