"""Quotations that a dash and a name follow: credit lines of digests and letters pages."""

import pytest
from bulletin import found_in

RIVER = '"We will never give up the river."'


@pytest.mark.parametrize(
    ("text", "source", "cue"),
    [
        (f"{RIVER} — Anna Keller, teacher, Northport", "Anna Keller, teacher, Northport", "—"),
        (f"{RIVER} ― Bo Lind, 32\n\nMore below.", "Bo Lind, 32", "―"),
        (f"{RIVER}\n\n- Anna Keller.\n\nThe senator relied on it.", "Anna Keller", "-"),
    ],
)
def test_a_credit_line_names_who_is_quoted(text, source, cue):
    assert found_in(text) == [([source], [cue], [RIVER], "credit")]


def test_a_credit_parts_a_quotation_from_the_statement_before_it():
    text = f'"We agree," Keller said.\n\n{RIVER}\n\n— Ida Holm.'
    assert found_in(text) == [
        (["Keller"], ["said"], ['"We agree,"'], "quote_cue"),
        (["Ida Holm"], ["—"], [RIVER], "credit"),
    ]


def test_a_dash_with_a_clause_behind_it_is_no_credit():
    text = 'Keller said: "We go on." - a charge that might have stung.'
    assert found_in(text) == [(["Keller"], ["said"], ['"We go on."'], "cue_quote")]


def test_lines_of_quotations_and_credits_are_read_one_by_one():
    lines = (
        f"{RIVER} ― Anna Keller",
        "“They never agreed.”― Bo Lind",
        "“Nor will we.” ― Ida Holm.",
    )
    text = "\n".join(lines)
    assert [(source, cue) for source, cue, _, _ in found_in(text)] == [
        (["Anna Keller"], ["―"]),
        (["Bo Lind"], ["―"]),
        (["Ida Holm"], ["―"]),
    ]
