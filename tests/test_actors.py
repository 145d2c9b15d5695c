from datetime import date

import pytest
from bulletin import CODEBOOK, ENGLISH

from analysis.codebook import Actor, Codebook, Person, Role
from analysis.corpus.actors import Actors


@pytest.mark.parametrize(
    ("phrase", "side"),
    [
        ("Oslo", "North"),
        ("the Norwegian embassy", "North"),
        ("Danish officials", "South"),
        ("Swedish officials", "Sweden"),
        ("officials", None),
    ],
)
def test_a_phrase_names_its_side(phrase, side):
    assert Actors(CODEBOOK, ENGLISH).of_phrase(phrase) == side


def test_without_a_codebook_the_country_is_the_side():
    actors = Actors(None, ENGLISH)
    assert actors.of_phrase("the Norwegian embassy") == "Norway"
    assert actors.of_country(None) is None
    assert actors.person("Keller") is None


def test_an_alias_gives_the_full_name():
    assert Actors(CODEBOOK, ENGLISH).person("Keller") == ("Anna Keller", "North")


def test_a_surname_of_two_people_is_nobodys():
    people = (
        Person(name="Ida Holm", aliases=("Holm",)),
        Person(name="Jan Holm", aliases=("Holm",)),
    )
    actors = Actors(
        Codebook(version="1", actors={"South": Actor(name="South", people=people)}), ENGLISH
    )
    assert actors.person("Holm") is None
    assert actors.person("Jan Holm") == ("Jan Holm", "South")


def test_an_office_has_its_holder_on_its_days():
    people = (
        Person(name="Ida Holm", roles=(Role(title="Prime Minister", end=date(2000, 1, 1)),)),
        Person(name="Jan Dahl", roles=(Role(title="Prime Minister", start=date(2000, 1, 2)),)),
        Person(name="Kai Lund", roles=(Role(title="Deputy Prime Minister"),)),
    )
    actors = Actors(
        Codebook(version="1", actors={"South": Actor(name="South", people=people)}), ENGLISH
    )
    office = ["prime", "minister"]
    assert actors.holder(office, "South", date(1999, 5, 1)) == ("Ida Holm", "South")
    assert actors.holder(office, "South", date(2001, 5, 1)) == ("Jan Dahl", "South")
    assert actors.holder(office, "North", date(2001, 5, 1)) is None
    assert actors.offices("Kai Lund", None) == ["Deputy Prime Minister"]
