import pytest
from bulletin import found_in


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "pattern"),
    [
        (
            "According to Keller, the text is final.",
            ["Keller"],
            ["According to"],
            ["the text is final"],
            "according_to",
        ),
        (
            "The text is final, according to Keller.",
            ["Keller"],
            ["according to"],
            ["The text is final"],
            "according_to",
        ),
        (
            "Her warning that talks could end rattled markets.",
            ["Her"],
            ["warning"],
            ["that talks could end"],
            "noun_that",
        ),
        (
            "Talks to go on: foreign ministry",
            ["foreign ministry"],
            [":"],
            ["Talks to go on"],
            "headline",
        ),
        ("KELLER: We agree. We go.", ["KELLER"], [":"], ["We agree. We go."], "turn"),
        ("Keller was blunt: “We will not go.”", ["Keller"], [":"], ["“We will not go.”"], "colon"),
        ("“A betrayal.” That was heard.", [], [], ["“A betrayal.”"], "floating"),
    ],
)
def test_attributions_without_a_verb(text, source, cue, content, pattern):
    assert found_in(text) == [(source, cue, content, pattern)]


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “peace corridor” was closed on Friday.",
        "Keller appeared on “Meet the Nation” last week.",
        "Note: this is short",
    ],
)
def test_scare_quotes_and_titles_are_no_statements(text):
    assert [found for found in found_in(text) if found[3] != "headline"] == []
