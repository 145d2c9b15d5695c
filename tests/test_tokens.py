"""Words with their place in the text, and words that a line break parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.language.tokens import (
    fold_term,
    has_line_break,
    join_lines,
    load_stopwords,
    token_form,
    token_spans,
)

TEXTS = st.text(alphabet=st.sampled_from("aäßИ漢e\u0301'’--‐\u00ad\n\r \t.,_1"), max_size=60)


def tokens(text: str) -> list[str]:
    return [text[start:end] for start, end in token_spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A good-neighbourly policy.", ["A", "good-neighbourly", "policy"]),
        ("the North's 'plan'", ["the", "North's", "plan"]),
        ("the North’s “plan”", ["the", "North’s", "plan"]),
        ("COVID-19, 1956-60; 3.5%", ["COVID-19", "1956-60", "3", "5"]),
        ("well -known, well- known", ["well", "known", "well", "known"]),
        ("snake_case_name", ["snake", "case", "name"]),
        ("Добрососедство и мир", ["Добрососедство", "и", "мир"]),
        ("善隣友好 exists", ["善隣友好", "exists"]),
        ("cafe\u0301 open", ["cafe\u0301", "open"]),
        ("शांति", ["शांति"]),
        ("good-\nneighbourly", ["good-\nneighbourly"]),
        ("good- \r\n  neighbourly", ["good- \r\n  neighbourly"]),
        ("peace-\n\nNext", ["peace", "Next"]),
        ("", []),
        ("—…!", []),
    ],
)
def test_what_a_token_is(text, expected):
    assert tokens(text) == expected


@given(st.text())
def test_spans_give_the_tokens_back(text):
    spans = token_spans(text)
    assert spans.shape == (len(spans), 2)
    assert (spans[:, 0] < spans[:, 1]).all()
    assert (spans[1:, 0] > spans[:-1, 1] - 1).all()
    for start, end in spans:
        assert tokens(text[start:end]) == [text[start:end]]


@given(st.text())
def test_no_letter_or_digit_is_outside_a_token(text):
    inside = "".join(tokens(text))
    assert [c for c in text if c.isalnum()] == [c for c in inside if c.isalnum()]


def test_the_hyphen_of_a_line_break_stays_unless_the_texts_write_the_word_closed():
    attested = {"mankind": 4, "peace-keeping": 3, "peacekeeping": 2}
    assert token_form("man-\nkind", attested) == "mankind"
    assert token_form("peace-\nkeeping", attested) == "peace-keeping"
    assert token_form("good-\nneighbourly", attested) == "good-neighbourly"
    assert token_form("Man-\nKind", attested) == "ManKind"
    assert token_form("plain", attested) == "plain"


def test_a_soft_hyphen_at_the_end_of_a_line_leaves_no_trace_in_the_term():
    assert fold_term(token_form("co\u00ad\noperation", {})) == "cooperation"


def test_folding():
    assert fold_term("Good-Neighbourly") == "good-neighbourly"
    assert fold_term("North’s") == "north's"
    assert fold_term("Cafe\u0301") == "café"
    assert fold_term("МИР") == "мир"


def test_the_joined_view_keeps_everything_else():
    text = "1. A man-\nkind; a good-\nneighbourly\nword."
    joined = join_lines(text, {"mankind": 1})
    assert joined.text == "1. A mankind; a good-neighbourly\nword."
    start = joined.text.index("good")
    original = joined.original_span(start, start + len("good-neighbourly"))
    assert text[slice(*original)] == "good-\nneighbourly"


@given(TEXTS)
def test_every_sign_of_the_joined_view_is_the_sign_it_points_to(text):
    joined = join_lines(text, {"aa": 2})
    assert len(joined.text) == len(joined.offsets)
    assert "".join(text[at] for at in joined.offsets) == joined.text
    assert sorted(set(joined.offsets.tolist())) == joined.offsets.tolist()


@given(TEXTS)
def test_tokens_of_the_joined_view_are_the_forms_of_the_tokens(text):
    attested = {"aa": 2, "a1": 1}
    assert tokens(join_lines(text, attested).text) == [
        token_form(token, attested) for token in tokens(text)
    ]


@given(TEXTS)
def test_joining_twice_changes_nothing(text):
    once = join_lines(text, {}).text
    assert join_lines(once, {}).text == once
    assert not any(has_line_break(token) for token in tokens(once))


def test_stop_words_are_function_words():
    words = load_stopwords("en")
    assert {"the", "of", "and", "not", "would"} <= words
    assert not words & {"peace", "treaty", "north", "government"}
    assert all(word == fold_term(word) for word in words)


def test_a_language_without_stop_words_names_those_that_have_some():
    with pytest.raises(ValueError, match=r"language 'xx'; there are \['en'\]"):
        load_stopwords("xx")
