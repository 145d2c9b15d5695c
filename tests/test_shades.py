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
    ],
)
def test_modality_is_told_by_words(content, modality):
    assert modality_of(content, ENGLISH) == modality


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
