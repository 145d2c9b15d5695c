"""First lines of speeches beside whose they are."""

import pytest
from bulletin import ENGLISH, found_in

from analysis.corpus.grammar import Span
from analysis.corpus.speeches import find_speaker, opening_lines
from analysis.language.lexicon import load_language

SPEECH = """Statement by Anna Keller, Minister of Harbours, at the Assembly

Mr. President,

We meet in hard times. Our peoples want peace.

Ida Holm has said that time is short. I agree with her.

Thank you."""


@pytest.mark.parametrize(
    ("line", "who"),
    [
        (
            "Statement by Anna Keller, Minister of Harbours, at the Assembly",
            "Anna Keller, Minister of Harbours",
        ),
        ("Remarks by H.E. Ms. Anna Keller, Oslo, 5 May 2019", "Ms. Anna Keller"),
        ("Opening remarks by Foreign Minister Keller", "Foreign Minister Keller"),
        ("SPEECH BY ANNA KELLER", "ANNA KELLER"),
        ("Address by Keller to the Assembly", "Keller"),
        (
            "Statement by Ida Holm, Permanent Representative to the Assembly",
            "Ida Holm, Permanent Representative to the Assembly",
        ),
        (
            "Foreign Minister Anna Keller's opening remarks at the talks",
            "Foreign Minister Anna Keller",
        ),
        (
            "Anna Keller’s speech and answers to questions from the press",
            "Anna Keller",
        ),
        ("Statement by the Ministry of Harbours", "Ministry of Harbours"),
        ("Statement on the harbour treaty", None),
        ("Keller speaks of peace by the sea", None),
        ("It was a speech by then.", None),
    ],
)
def test_the_first_line_says_whose_a_speech_is(line, who):
    found = find_speaker(line, Span(0, len(line)), ENGLISH)
    assert (found and line[slice(*found)]) == who


def test_other_languages_say_it_in_their_words():
    for code, line in (
        ("fr", "Discours de Mme Anna Keller, ministre de la Mer, à Oslo"),
        ("de", "Rede von Außenministerin Anna Keller bei der Tagung in Oslo"),
    ):
        found = find_speaker(line, Span(0, len(line)), load_language(code))
        assert found is not None
        assert line[slice(*found)].endswith(("Anna Keller, ministre de la Mer", "Anna Keller"))


def test_each_paragraph_is_a_statement_and_salutations_are_none():
    who = "Anna Keller, Minister of Harbours"
    assert found_in(SPEECH, "en") == [
        ([who], [], ["We meet in hard times. Our peoples want peace."], "speech"),
        ([who], [], ["Ida Holm has said that time is short. I agree with her."], "speech"),
        (["Ida Holm"], ["has said"], ["that time is short"], "cue_that"),
        ([who], [], ["Thank you."], "speech"),
    ]


def test_a_heading_is_short_lines_without_a_full_stop():
    text = "On peace\nOslo\nWe meet today."
    spans = [Span(0, 8), Span(9, 13), Span(14, 28)]
    assert opening_lines(text, spans) == 2
