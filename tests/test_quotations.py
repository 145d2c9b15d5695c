"""Whole quotations beside verbs that the list of reporting words does not have."""

import pytest
from bulletin import found_in


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "pattern"),
    [
        (
            '"I quit," Keller shot back with a laugh.',
            ["Keller"],
            ["shot back"],
            ['"I quit,"'],
            "quote_cue",
        ),
        (
            '"Is the treaty dead?" reacted Keller.',
            ["Keller"],
            ["reacted"],
            ['"Is the treaty dead?"'],
            "quote_inverted",
        ),
        (
            'In the debate, Anna Keller cracked, "We are here to get things done."',
            ["Anna Keller"],
            ["cracked"],
            ['"We are here to get things done."'],
            "cue_quote",
        ),
        (
            '"The way I see it," she elaborated, "nobody doubted it."',
            ["she"],
            ["elaborated"],
            ['"The way I see it,"', '"nobody doubted it."'],
            "around",
        ),
        (
            '"The text is final," fumed Keller, a judge who wrote it.',
            ["Keller, a judge who wrote it"],
            ["fumed"],
            ['"The text is final,"'],
            "quote_inverted",
        ),
    ],
)
def test_a_verb_beside_a_whole_quotation_reports_it(text, source, cue, content, pattern):
    assert found_in(text) == [(source, cue, content, pattern)]


@pytest.mark.parametrize(
    "text",
    [
        'The network canceled "Summer Rain," based on a novel, in May.',
        '"Planet of the Northern Winds," the anchor reacted with a letter.',
        "The note was torn and nobody read it.",
    ],
)
def test_a_title_is_not_what_somebody_said(text):
    assert found_in(text) == []
