"""Who speaks, hidden: names of sides and people masked in a statement's words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from analysis.codebook import Actor, Codebook
from analysis.language.lexicon import load_language

HIDDEN = "[…]"
BETWEEN = "; "


class Mask:
    """Masks the names by which a codebook's sides and their people are called.

    Where a side is a country, what else a language calls it is masked too: its adjective, its
    people, its capital. Such names, and those in capitals (US), are so only where a capital stands
    in the text: "us" is nobody's name.
    """

    def __init__(self, codebook: Codebook, language: str = "en") -> None:
        places = load_language(language).places
        given = {name for actor in codebook.actors.values() for name in _called(actor)}
        countries = {places[name.lower()].country for name in given if name.lower() in places}
        known = {name for name, place in places.items() if place.country in countries}
        self.names = {name.lower() for name in given} | known
        self.upright = known | {name.lower() for name in given if name.isupper()}
        self.pattern = _pattern(self.names)

    def hide(self, words: str, speaker: object = None) -> str:
        """Return words without the names, nor that of the `speaker` whose words they are."""
        masked = self.pattern.sub(self._hidden, words)
        return _pattern(_names_of(speaker)).sub(HIDDEN, masked)

    def _hidden(self, found: re.Match[str]) -> str:
        name = found.group(1)
        return found.group() if name.islower() and name in self.upright else HIDDEN


def _called(actor: Actor) -> Iterable[str]:
    yield from filter(None, (actor.name, *actor.aliases))
    for person in actor.people:
        yield from filter(None, (person.name, *person.aliases))


def _names_of(speaker: object) -> set[str]:
    """Return a speaker's full name and, of two or three words in capitals, the last: a surname."""
    if not isinstance(speaker, str):
        return set()
    names = {name.strip() for name in speaker.split(BETWEEN)} - {""}
    words = [name.split() for name in names]
    return names | {w[-1] for w in words if len(w) in (2, 3) and all(x[0].isupper() for x in w)}


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    """Return an expression for whole names, the longest first; it never fits if there is none."""
    longest = sorted(names, key=lambda name: (-len(name), name))
    listed = "|".join(map(re.escape, longest)) or "(?!)"
    return re.compile(rf"(?<!\w)({listed})(?:['’]s)?(?!\w)", re.IGNORECASE)
