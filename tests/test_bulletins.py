from datetime import date

import pytest
from bulletin import BULLETIN
from hypothesis import given
from hypothesis import strategies as st

from analysis.corpus.bulletins import read_layout


def part(text, span):
    return text[slice(*span)]


def test_a_messy_bulletin_is_read_whole():
    layout = read_layout(BULLETIN)
    title = "NORWAY TO SIGN HARBOUR PACT ONLY WITH [ ] NEIGHBOURS' CLAUSE"
    assert part(BULLETIN, layout.title) == title
    assert part(BULLETIN, layout.outlet) == "Invented Wire"
    assert part(BULLETIN, layout.url) == "http://wire.example/1"
    assert part(BULLETIN, layout.footer) == "Kaynak/Source:"
    assert layout.published_on == date(2019, 2, 22)
    assert [part(BULLETIN, p)[:9] for p in layout.paragraphs] == [
        *("Norway is", '"We want ', "In Novemb", "In Novemb")
    ]


@pytest.mark.parametrize(
    "line",
    [
        *("Invented Wire (22 February 2019)", "Invented Wire, 22 February 2019"),
        *("Invented Wire [22 February 2019]", "Agency: Invented Wire (22.02.2019)"),
        *("Invented Wire\n(22 February 2019)", "Invented Wire * 22 February 2019 *"),
    ],
)
def test_the_agency_line_has_many_forms(line):
    text = f"TALKS GO ON\n{line}\n\nThe envoy said no."
    layout = read_layout(text)
    assert part(text, layout.outlet) == "Invented Wire"
    assert layout.published_on == date(2019, 2, 22)
    assert [part(text, p) for p in layout.paragraphs] == ["The envoy said no."]


def test_line_ends_of_windows_do_not_matter():
    text = BULLETIN.replace("\n", "\r\n")
    layout = read_layout(text)
    assert part(text, layout.title).startswith("NORWAY TO")
    assert len(layout.paragraphs) == 4


def test_a_plain_text_is_all_body():
    text = "BIG NEWS\n\nThe envoy said no.\n\nSource: nobody"
    layout = read_layout(text)
    assert not layout.is_bulletin
    assert len(layout.paragraphs) == 3


def test_a_turn_of_a_transcript_is_no_title():
    text = "---\nKELLER: We agree.\nBERG: So do we."
    assert read_layout(text).title is None


def test_an_impossible_day_is_a_warning():
    layout = read_layout("TALKS GO ON\n31.02.2019\n\nThe envoy said no.")
    assert layout.published_on is None
    assert layout.warnings[0].startswith("no such day: '31.02.2019'")


def test_wrapped_lines_are_one_paragraph():
    text = "The envoy said that the talks on the harbour would\ngo on next week.\nShe left."
    assert [part(text, p)[-10:] for p in read_layout(text).paragraphs] == [
        "next week.",
        "She left.",
    ]


@given(st.text())
def test_any_text_has_a_layout_inside_it(text):
    layout = read_layout(text)
    spans = [layout.title, layout.outlet, layout.url, layout.footer, *layout.paragraphs]
    assert all(0 <= s.start < s.end <= len(text) for s in spans if s is not None)
