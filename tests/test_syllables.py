"""Syllables of English words."""

import pytest

from analysis.language.syllables import count_syllables

COUNTED = {
    1: "peace trade war state hoped claims strength the through bridge changed signed treat guest",
    2: "treaty nation people island foreign region minutes table talents create Russia million "
    "wanted changes movement safely being quiet science justice language prism only sometimes "
    "neighbour treaties troubled business every reaching union",
    3: "minister government agreement principle reaction area diplomat idea "
    "united Japanese Korea medium sincerely completely period familiar opinion "
    "various radio video situate everyone employer",
    4: "negotiate community territory security historical military diplomacy variety terrorism "
    "society mediator appreciate humanity American Ukrainian Siberia initiative",
    5: "international cooperation negotiation university reconciliate cooperative opportunity "
    "civilization constitutional continuity association",
    6: "responsibility internationally reconciliation availability",
}


@pytest.mark.parametrize(
    ("word", "n"), [(word, n) for n, words in COUNTED.items() for word in words.split()]
)
def test_words_counted_by_hand(word, n):
    assert count_syllables(word) == n


@pytest.mark.parametrize(
    ("word", "n"), [("good-neighbourly", 4), ("1956", 1), ("Mr", 1), ("", 1), ("PEACE", 1)]
)
def test_compounds_and_what_has_no_vowel(word, n):
    assert count_syllables(word) == n


@pytest.mark.parametrize(("word", "n", "told"), [("sovereign", 2, 3), ("beyond", 2, 1)])
def test_words_that_the_rule_does_not_know(word, n, told):
    assert count_syllables(word) == told != n
