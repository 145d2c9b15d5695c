import pytest
from bulletin import sentence_of

from analysis.corpus.cues import find_cues


def groups(text):
    sentence = sentence_of(text)
    return [
        (" ".join(t.text for t in sentence.tokens[g.first : g.last]), g.cue.lemma, g.cue.cue_class)
        for g in find_cues(sentence)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Keller said no.", ("said", "say", "neutral")),
        ("Keller has pointed out that it rains.", ("has pointed out", "point out", "neutral")),
        ("Keller did not say why.", ("did not say", "say", "neutral")),
        ("Keller is expected to tell allies.", ("is expected to tell", "tell", "neutral")),
        ("Keller said on Friday it rains.", ("said on Friday", "say", "neutral")),
        ("Keller denied it.", ("denied", "deny", "deny")),
        ("They claim it rains.", ("claim", "claim", "assert")),
        ("Keller promised to come.", ("promised", "promise", "promise")),
        ("According to Keller, it rains.", ("According to", "according to", "neutral")),
        ("Her warning that it rains came late.", ("warning", "warning", "assert")),
    ],
)
def test_a_cue_is_found_with_its_verb_group(text, expected):
    assert groups(text)[0] == expected


@pytest.mark.parametrize(
    "text",
    [
        "The states signed the report after long talks about claims in the strait.",
        "The North laid claims to the islands.",
        "Keller left “and said no” twice.",
        "The reports were long.",
    ],
)
def test_a_noun_or_a_quoted_word_is_no_cue(text):
    assert groups(text) == []


def test_negation_and_passive_are_told():
    negated = next(find_cues(sentence_of("Keller didn't say why.")))
    passive = next(find_cues(sentence_of("It was reported that it rains.")))
    assert (negated.negated, negated.passive) == (True, False)
    assert (passive.negated, passive.passive) == (False, True)
