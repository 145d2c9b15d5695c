"""Which side a name stands for: by the codebook's aliases and offices, else by country."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cached_property

from analysis.codebook import Codebook
from analysis.corpus.offices import office_words
from analysis.corpus.people import find_places, plain_words
from analysis.language.lexicon import Language


class Actors:
    """The sides of a codebook, to be asked by name, alias, country or office.

    Without a codebook, or for a country that it does not have, the country itself is the side.
    """

    def __init__(self, codebook: Codebook | None, language: Language) -> None:
        self._codebook = codebook or Codebook(version="0")
        self._language = language

    @cached_property
    def _by_alias(self) -> dict[str, str]:
        """Alias in lower case -> side; an alias that two sides share belongs to the first."""
        found: dict[str, str] = {}
        for name, actor in self._codebook.actors.items():
            for alias in (name, actor.label, *actor.aliases):
                found.setdefault(_bare(alias), name)
        return found

    @cached_property
    def _people(self) -> dict[str, tuple[str, str] | None]:
        """Alias of a person -> name and side; None where it could be two people."""
        found: dict[str, tuple[str, str] | None] = {}
        for name, actor in self._codebook.actors.items():
            for person in actor.people:
                for alias in (person.name, *person.aliases):
                    entry = (person.name, name)
                    known = found.setdefault(_bare(alias), entry)
                    if known is not None and known[0] != person.name:
                        found[_bare(alias)] = None
        return found

    def of_alias(self, name: str) -> str | None:
        """Return the side that `name` is an alias of."""
        return self._by_alias.get(_bare(name))

    def of_country(self, country: str | None) -> str | None:
        """Return the side of a country, or the country itself."""
        if country is None:
            return None
        return self._by_alias.get(country.lower(), country)

    def of_phrase(self, phrase: str) -> str | None:
        """Return the side that a phrase names first, by alias or country."""
        words = plain_words(phrase)
        for first in range(len(words)):
            for last in range(min(len(words), first + 5), first, -1):
                found = self._by_alias.get(" ".join(words[first:last]))
                if found is not None:
                    return found
        places = find_places(phrase, self._language)
        return self.of_country(places[0][0].country) if places else None

    def person(self, name: str) -> tuple[str, str] | None:
        """Return a person of the codebook, with their side, by name or alias."""
        words = _bare(name).split()
        for first in range(len(words)):
            for last in range(len(words), first, -1):
                found = self._people.get(" ".join(words[first:last]))
                if found is not None:
                    return found
        return None

    @cached_property
    def known_names(self) -> frozenset[str]:
        """The names and aliases of the codebook's people, in lower case."""
        return frozenset(self._people)

    def offices(self, name: str, day: date | None) -> list[str]:
        """Return the offices that a person of the codebook held on a day."""
        return [
            held.title
            for actor in self._codebook.actors.values()
            for person in actor.people
            if person.name == name
            for held in person.roles
            if held.held_on(day)
        ]

    def holder(self, role: Sequence[str], side: str, day: date) -> tuple[str, str] | None:
        """Return who held an office of a side on a day, if the codebook knows exactly one.

        Who held it by this very name goes before those whose title only holds its words.
        """
        exact: dict[str, None] = {}
        wider: dict[str, None] = {}
        actor = self._codebook.actors.get(side)
        for person in actor.people if actor else ():
            for held in person.roles:
                title = office_words(held.title, self._language)
                if held.held_on(day) and set(role) <= set(title):
                    (exact if set(role) == set(title) else wider)[person.name] = None
        found = list(exact) or list(wider)
        return (found[0], side) if len(found) == 1 else None


def _bare(name: str) -> str:
    """Return a name in lower case without its article, signs as spaces."""
    return " ".join(re.sub(r"^the ", "", name.strip().lower()).replace(".", "").split())
