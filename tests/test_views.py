import pytest
from bulletin import ENGLISH
from hypothesis import given
from hypothesis import strategies as st

from analysis.corpus.views import repair_text


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Norways top diplomat said", "Norway's top diplomat said"),
        ("Japans Foreign Ministry", "Japan's Foreign Ministry"),
        ("Keller left. Kellers aide stayed", "Keller left. Keller's aide stayed"),
        ("ONLY WITH [ ] NEIGHBOURS", "ONLY WITH  NEIGHBOURS"),
        ("they didnt say", "they didn't say"),
        ("â€œWe agree,â€ she said", "“We agree,” she said"),
    ],
)
def test_what_was_lost_is_put_back(text, seen):
    assert repair_text(text, ENGLISH).text == seen


@pytest.mark.parametrize(
    "text", ["Germans said", "in Wales today", "the Kellers said. Keller left"]
)
def test_what_is_right_is_left_alone(text):
    assert repair_text(text, ENGLISH).text == text


PIECES = st.sampled_from(
    ["Norways envoy ", "[ ]", "didnt ", "â€œ", "â€", "x", " ", "Keller ", "Kellers "]
)


@given(st.one_of(st.text(), st.lists(PIECES).map("".join)))
def test_every_sign_leads_back_to_the_text(text):
    view = repair_text(text, ENGLISH)
    assert len(view.offsets) == len(view.text)
    assert all(0 <= at < len(text) for at in view.offsets)
    assert list(view.offsets) == sorted(view.offsets)


def test_a_repaired_word_leads_back_to_the_word_as_it_stands():
    text = "Then Norways envoy left."
    view = repair_text(text, ENGLISH)
    start = view.text.index("Norway's")
    found = view.original_span(start, start + len("Norway's"))
    assert text[slice(*found)] == "Norways"
    assert view.locate(found[0]) == start
