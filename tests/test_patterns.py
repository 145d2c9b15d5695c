import pytest
from bulletin import found_in

from analysis.corpus.spans import PATTERNS


@pytest.mark.parametrize(
    ("text", "source", "content", "pattern"),
    [
        ("“We agree,” Keller said.", "Keller", ["“We agree,”"], "quote_cue"),
        ("“We agree,” said Keller.", "Keller", ["“We agree,”"], "quote_inverted"),
        ("The talks will go on, Keller said.", "Keller", ["The talks will go on"], "clause_cue"),
        (
            "The talks will go on, said Keller.",
            "Keller",
            ["The talks will go on"],
            "clause_inverted",
        ),
        ("“Yes,” Keller said, “but not yet.”", "Keller", ["“Yes,”", "“but not yet.”"], "around"),
        (
            "The draft, officials said, would fail.",
            "officials",
            ["The draft", "would fail"],
            "around",
        ),
        ("As Keller noted, the text is final.", "Keller", ["the text is final"], "around"),
        ("Keller said: “No.”", "Keller", ["“No.”"], "cue_quote"),
        ("Keller said that it rains.", "Keller", ["that it rains"], "cue_that"),
        ("Keller said it was late.", "Keller", ["it was late"], "cue_clause"),
        ("Keller welcomed the offer.", "Keller", ["the offer"], "cue_object"),
        ("Keller promised to come.", "Keller", ["to come"], "cue_to"),
        ("Addressing the house, Keller said: “No.”", "Keller", ["“No.”"], "cue_quote"),
    ],
)
def test_a_verb_is_attributed(text, source, content, pattern):
    assert found_in(text) == [([source], [found_in(text)[0][1][0]], content, pattern)]
    assert pattern in PATTERNS


def test_a_passive_names_no_speaker():
    ((source, cue, content, pattern),) = found_in("It was reported that three envoys had resigned.")
    assert (source, cue, pattern) == ([], ["was reported"], "passive")
    assert content == ["that three envoys had resigned"]


def test_two_verbs_share_their_subject():
    first, second = found_in("The envoy welcomed the offer and warned that time was short.")
    assert first[0] == second[0] == ["The envoy"]
    assert (first[2], second[2]) == (["the offer"], ["that time was short"])


def test_a_participle_shares_the_subject_before_it():
    first, second = found_in("Keller said that it rained, adding that it was cold.")
    assert first[0] == second[0] == ["Keller"]
    assert second[2] == ["that it was cold"]


def test_a_verb_of_holding_a_meeting_reports_nothing():
    assert found_in("The two leaders held a meeting in Oslo.") == []
