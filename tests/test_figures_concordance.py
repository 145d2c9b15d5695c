"""A concordance to read, and where its hits stand."""

import pandas as pd
import pytest

from analysis.errors import TableError
from analysis.features.concordance import concordance
from analysis.figures.concordance import concordance_view, plot_concordance
from analysis.tables import UNITS, build_table

TEXTS = pd.Series({"n<1": "We <b>want</b>\npeace & quiet. peace", "s1": "trade and peace"})
LINES = concordance(TEXTS, "peace", window_tokens=2)
UNIT_ROWS = build_table(
    [
        {"unit_id": "n<1", "group": "North", "date": "2001-01-01", "n_tokens": 6},
        {"unit_id": "s1", "group": "South", "date": "1956-01-01", "n_tokens": 3},
        {"unit_id": "s2", "group": "South", "date": "1957-01-01", "n_tokens": 3},
    ],
    UNITS,
)


def test_nothing_in_a_text_is_read_as_html():
    view = concordance_view(LINES)
    assert "<b>" not in view
    assert "want&lt;/b&gt; " in view
    assert " &amp; quiet" in view
    assert '<td class="unit">n&lt;1</td>' in view
    assert view.count("<tr>") == 3
    assert 'title="15 to 20">peace</td>' in view


def test_no_line_gives_an_empty_table():
    assert "<tr>" not in concordance_view(LINES.iloc[:0])


def test_a_row_for_each_text_with_a_hit_by_date():
    ax = plot_concordance(LINES, UNIT_ROWS, groups=["North", "South"])
    assert [label.get_text() for label in ax.get_yticklabels()] == ["s1", "n<1"]
    strokes = [path.vertices[0, 0] for lines in ax.collections for path in lines.get_paths()]
    assert set(LINES["place"]) <= set(strokes)
    assert [text.get_text() for text in ax.texts] == ["1", "2"]


def test_of_many_texts_those_with_most_hits_are_drawn():
    lines = pd.concat(
        [LINES.iloc[[0]].assign(unit_id=f"u{n:02}", start=n) for n in range(50)]
        + [LINES.iloc[[0]].assign(unit_id="u49", start=99)],
        ignore_index=True,
    ).astype({"unit_id": "category"})
    units = build_table(
        [{"unit_id": f"u{n:02}", "group": "North", "n_tokens": 1} for n in range(50)], UNITS
    )
    ax = plot_concordance(lines, units, groups=["North"])
    assert len(ax.get_yticklabels()) == 40
    assert "10 more texts with fewer hits are not drawn" in ax.get_xlabel()
    assert "u49" in [label.get_text() for label in ax.get_yticklabels()]


def test_what_cannot_be_drawn():
    with pytest.raises(TableError, match="no hit to draw"):
        plot_concordance(LINES.iloc[:0], UNIT_ROWS, groups=["North"])
    with pytest.raises(TableError, match="no unit 'n<1', which the lines name"):
        plot_concordance(LINES, UNIT_ROWS.iloc[1:], groups=["North"])
