import pytest
from bulletin import ENGLISH

from analysis.corpus.offices import fits_office, is_definite, office_words


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        ("the Norwegian Foreign Minister", ["foreign", "minister"]),
        ("Norway's top diplomat", ["foreign", "minister"]),
        ("the premier", ["prime", "minister"]),
        ("the talks", []),
    ],
)
def test_an_office_is_put_into_its_usual_words(phrase, words):
    assert office_words(phrase, ENGLISH) == words


@pytest.mark.parametrize(
    ("words", "office", "fits"),
    [
        (["minister"], "Foreign Minister", True),
        (["foreign", "minister"], "Finance Minister", False),
        (["leader"], "Prime Minister", True),
        (["diplomat"], "Ambassador to the South", True),
        (["spokesman"], "Chief Cabinet Secretary", True),
        (["president"], "Foreign Minister", False),
    ],
)
def test_whom_an_office_can_stand_for(words, office, fits):
    assert fits_office(words, office, ENGLISH) is fits


def test_a_minister_is_nobody_in_particular():
    assert is_definite("the minister")
    assert not is_definite("a minister")
