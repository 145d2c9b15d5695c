"""A marked text shows every character of the text, and nothing in it is read as HTML."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import TableError
from analysis.figures.marked_text import marked_text
from analysis.tables import SPANS, build_table


def spans(*rows):
    columns = ("role", "part", "start", "end")
    named = [dict(zip(columns, row, strict=True), statement_id="a:1") for row in rows]
    return build_table(named, SPANS)


def body(html):
    return html.partition('<div style="')[2].partition('">')[2].removesuffix("</div>")


def test_each_part_has_its_colour():
    html = body(marked_text("Ann says it rains.", spans(("source", 0, 0, 3), ("cue", 0, 4, 8))))
    assert re.findall(r"<mark[^>]*>([^<]*)</mark>", html) == ["Ann", "says"]


def test_a_cue_inside_what_is_said_is_seen():
    html = body(marked_text("it rains, Ann says", spans(("content", 0, 0, 18), ("cue", 0, 14, 18))))
    assert re.findall(r"<mark[^>]*>([^<]*)</mark>", html) == ["it rains, Ann ", "says"]


@given(st.text(), st.data())
def test_the_text_comes_back_character_by_character(text, data):
    place = st.integers(0, len(text))
    start, end = sorted((data.draw(place), data.draw(place)))
    html = body(marked_text(text, spans(("content", 0, start, end))))
    assert unescape(re.sub(r"<[^>]*>", "", html)) == text


def test_each_part_bears_the_number_of_its_statement():
    html = body(marked_text("Ann says it rains.", spans(("source", 0, 0, 3), ("cue", 0, 4, 8))))
    assert re.findall(r'data-n="(\d+)" title="([^"]*)">(\w+)<', html) == [
        ("1", "a:1", "Ann"),
        ("1", "a:1", "says"),
    ]


def test_a_name_with_markup_is_shown_and_not_obeyed():
    marked = spans(("source", 0, 0, 3)).assign(statement_id='"><b>:1')
    assert "<b>" not in marked_text("Ann says", marked)


def test_markup_in_a_text_is_shown_and_not_obeyed():
    html = body(marked_text("<b>&amp;</b>", spans(("content", 0, 0, 3))))
    assert re.sub(r"</?mark[^>]*>", "", html) == "&lt;b&gt;&amp;amp;&lt;/b&gt;"


def test_a_span_outside_the_text_is_refused():
    with pytest.raises(TableError, match="2 to 9 lies outside a text of 4"):
        marked_text("text", spans(("cue", 0, 2, 9)))
