import pytest
from bulletin import ENGLISH, documents_of

from analysis.corpus.shades import modality_of
from analysis.corpus.statements import extract_statements


@pytest.mark.parametrize(
    ("content", "modality"),
    [
        ("it rains", "certain"),
        ("it may rain", "possible"),
        ("it must rain", "obliged"),
        ("it must rain if we go", "conditional"),
        ("it rains on condition that we go", "conditional"),
        ("it rains unless we go", "conditional"),
        ("they have to sign", "obliged"),
        ("it is necessary to sign", "obliged"),
        ("they met in May", "certain"),
        ("the May treaty was signed", "certain"),
        ("May they sign", "possible"),
        ("if they would sign", "certain"),
    ],
)
def test_modality_is_told_by_words(content, modality):
    assert modality_of(content, ENGLISH) == modality


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("Keller said that it rains.", False),
        ("Keller did not say that it rains.", True),
        ("Keller never said that it rains.", True),
        ("Neither Keller nor Holm said that it rains.", True),
        ("Keller denied that it rains.", False),
        ("Keller said that it does not rain.", False),
    ],
)
def test_what_was_not_said_is_negated_and_a_denial_is_not(text, negated):
    assert list(extract_statements(documents_of(text), tagger="rules")["negated"]) == [negated]


@pytest.mark.parametrize(
    ("text", "quote_type"),
    [
        ("“We agree,” Keller said.", "direct"),
        ("“Yes,” Keller said, “but later.”", "direct"),
        ("Keller said the plan was “a serious step” ahead.", "mixed"),
        ("Keller said that it rains.", "indirect"),
        ("KELLER: We agree.", "direct"),
    ],
)
def test_the_type_of_quotation(text, quote_type):
    assert list(extract_statements(documents_of(text))["quote_type"]) == [quote_type]
