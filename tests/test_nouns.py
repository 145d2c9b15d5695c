import pytest
from bulletin import sentence_of

from analysis.corpus.nouns import leading_subject, subject_after, subject_before, trim_time


def words(sentence, span):
    return None if span is None else " ".join(t.text for t in sentence.tokens[slice(*span)])


def position(sentence, word):
    return next(k for k, t in enumerate(sentence.tokens) if t.text == word)


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Keller said no", "Keller"),
        ("It rains, two diplomats said", "two diplomats"),
        ("In Oslo on Friday Keller said no", "Keller"),
        ("The Kremlin on Friday said no", "The Kremlin"),
        (
            "Anna Keller, the foreign minister and a former judge, said no",
            "Anna Keller , the foreign minister and a former judge ,",
        ),
        ("Berg and Holm said no", "Berg and Holm"),
        ("The man who left said no", None),
    ],
)
def test_the_subject_stands_before_the_verb(text, subject):
    sentence = sentence_of(text)
    assert words(sentence, subject_before(sentence, position(sentence, "said"))) == subject


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("said Omar Haddad, the chief negotiator.", "Omar Haddad , the chief negotiator"),
        (
            "said Gen. J. R. Brown Jr. of the U.S. delegation.",
            "Gen . J . R . Brown Jr . of the U . S . delegation",
        ),
        ("said Keller in a statement.", "Keller"),
        ("said he would go.", "he"),
    ],
)
def test_the_subject_stands_behind_an_inverted_verb(text, subject):
    sentence = sentence_of(text)
    assert words(sentence, subject_after(sentence, 1)) == subject


def test_the_subject_of_a_second_verb_leads_the_clause():
    sentence = sentence_of("In May, the envoy came late and said no")
    assert words(sentence, leading_subject(sentence, position(sentence, "said"))) == "the envoy"


def test_words_of_time_are_trimmed():
    sentence = sentence_of("the envoy on Friday last week")
    assert trim_time(sentence, 0, len(sentence.tokens)) == 2
