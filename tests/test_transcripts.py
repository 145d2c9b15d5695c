"""Turns of invented transcripts beside what they are expected to give."""

import pytest
from bulletin import ENGLISH, found_in
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.corpus.attribution import read_text
from analysis.corpus.grammar import Span
from analysis.corpus.transcripts import find_turns, label_kind

INTERVIEW = """Q: Is the treaty dead?

A: No. It is alive.

It takes time.

(Laughter.)

Q: When will it be signed?

A: In June."""


def turns(text, kind=None):
    """Return label and content of each turn."""
    found = found_in(text, "en", kind)
    return [("".join(source), content) for source, _, content, p in found if p == "turn"]


def test_a_turn_goes_on_until_the_next_and_asides_are_nobodys():
    assert turns(INTERVIEW) == [
        ("Q", ["Is the treaty dead?"]),
        ("A", ["No. It is alive.", "It takes time."]),
        ("Q", ["When will it be signed?"]),
        ("A", ["In June."]),
    ]


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("S. KELLER", "name"),
        ("ANNA KELLER (North)", "name"),
        ("THE PRESIDENT", "name"),
        ("Anna Keller", "written"),
        ("Mr. Keller", "written"),
        ("Question", "question"),
        ("QUESTION (translated)", "question"),
        ("Question from the Herald", "question"),
        ("Answer", "answer"),
        ("A", "answer"),
        ("A. (Keller)", "answer"),
        ("Moderator", "chair"),
        ("What he said is this", None),
        ("A treaty", None),
        ("Answer to the question", None),
        ("The talks, which began in May, had one result", None),
    ],
)
def test_a_label_is_a_word_a_name_in_capitals_or_a_written_name(label, kind):
    assert label_kind(label, ENGLISH) == kind


@pytest.mark.parametrize(
    ("lines", "labels"),
    [
        (["Question: Why?", "Anna Keller: So.", "Question: When?", "Anna Keller: Now."], 4),
        (["Talks with Anna Keller", "Question: Why?", "Anna Keller: So."], 2),
        (["Question: Why?", "Anna Keller: So.", "A. KELLER: And so."], 3),
        (["Question: Why?", "Note: He left."], 1),
        (["Q. Why?", "A. So it is.", "MODERATOR：Thanks."], 3),
        (["**Question:** Why?", "**Answer:** So."], 2),
    ],
)
def test_a_written_name_is_a_label_where_it_comes_back_or_is_introduced(lines, labels):
    text = "\n".join(lines)
    starts = [text.index(line) for line in lines]
    spans = [Span(s, s + len(line)) for s, line in zip(starts, lines, strict=True)]
    assert len(find_turns(text, spans, ENGLISH)) == labels


def test_other_languages_have_labels_of_their_own():
    text = "Frage: Kommt der Vertrag?\n\nAntwort: Ja, er kommt, und zwar bald."
    assert [s for s, _, _, _ in found_in(text)] == [["Frage"], ["Antwort"]]


def test_who_is_quoted_in_a_turn_is_a_statement_inside_it():
    text = INTERVIEW + "\n\nIda Holm said that it would rain. I said that it would not."
    outer, inner = read_text(text, "en").attributions[-2:]
    assert (outer.pattern, outer.nested) == ("turn", False)
    assert (text[slice(*inner.source[0])], inner.nested) == ("Ida Holm", True)


def test_what_is_told_before_the_first_turn_is_read_as_news():
    text = f"Anna Keller said on Monday that it rained, and took questions.\n\n{INTERVIEW}"
    first, second = read_text(text, "en").attributions[:2]
    assert (first.pattern, first.nested, second.pattern) == ("cue_that", False, "turn")


PIECES = [
    "Q: ",
    "A. ",
    "KELLER: ",
    "Anna Keller: ",
    "\n\n",
    "(Laughter.)",
    "“Yes,” Holm said. ",
    ":",
    "so ",
]


@settings(max_examples=150)
@given(
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
    st.sampled_from(["transcript", None]),
)
def test_any_turns_are_read_with_every_span_inside_the_text(text, kind):
    for found in read_text(text, "en", kind).attributions:
        for start, end in (*found.source, *found.cue, *found.content):
            assert 0 <= start < end <= len(text)
            assert text[start:end].strip()
