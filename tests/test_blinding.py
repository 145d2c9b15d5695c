"""Names of sides and people, masked."""

import pytest

from analysis.codebook import Actor, Codebook, Person
from analysis.models.blinding import Mask

BOOK = Codebook(
    version="1",
    actors={
        "Norway": Actor(
            name="Norway",
            aliases=("the Storting", "Norwegian government"),
            people=(Person(name="Ada Berg", aliases=("Berg",)),),
        ),
        "US": Actor(name="US", aliases=("U.S.",)),
    },
)


@pytest.mark.parametrize(
    ("words", "masked"),
    [
        ("Norway's fish and Norwegian cod, said Oslo.", "[…] fish and […] cod, said […]."),
        ("the Norwegian government met the Storting", "the […] met […]"),
        ("NORWAY, Norway’s, pro-Norwegian", "[…], […], pro-[…]"),
        ("Norwayan Bergen", "Norwayan Bergen"),
        (
            "Tell us that the US, the U.S. and U.S.'s men",
            "Tell us that the […], the […] and […] men",
        ),
        ("ada berg asked Americans", "[…] asked […]"),
        ("Sweden and the Swedish king", "Sweden and the Swedish king"),
    ],
)
def test_a_side_is_masked_by_name_people_and_capital(words, masked):
    assert Mask(BOOK).hide(words) == masked


@pytest.mark.parametrize(
    ("speaker", "words", "masked"),
    [
        ("Eva Lind", "Lind's plan, said Eva Lind", "[…] plan, said […]"),
        ("Eva Lind; Per Dahl", "Dahl and Lind agree", "[…] and […] agree"),
        ("a spokesman", "a spokesman said that a man spoke", "[…] said that a man spoke"),
        (None, "Lind agrees", "Lind agrees"),
        (float("nan"), "Lind agrees", "Lind agrees"),
        ("", "Lind agrees", "Lind agrees"),
    ],
)
def test_the_speaker_is_masked_though_no_codebook_knows_him(speaker, words, masked):
    assert Mask(BOOK).hide(words, speaker) == masked


def test_nothing_is_masked_without_names():
    assert Mask(Codebook(version="1")).hide("Norway agrees.") == "Norway agrees."


def test_masking_twice_changes_nothing():
    mask = Mask(BOOK)
    once = mask.hide("Norway's Berg told the US", "Eva Lind")
    assert mask.hide(once, "Eva Lind") == once


def test_a_language_without_places_masks_what_the_codebook_names():
    assert Mask(BOOK, "de").hide("Norway und Oslo") == "[…] und Oslo"
    with pytest.raises(ValueError, match="no language 'xx'"):
        Mask(BOOK, "xx")
