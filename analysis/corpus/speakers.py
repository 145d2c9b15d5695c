"""From the words that name a source to the speaker and the side they speak for.

Nothing is guessed: where the text does not say who it is, the speaker stays missing, and the
way in which one was found is kept beside it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from analysis.codebook import Codebook
from analysis.corpus.actors import Actors
from analysis.corpus.grammar import Span
from analysis.corpus.people import (
    Mention,
    Paper,
    find_papers,
    find_people,
    find_places,
    plain_words,
    split_name,
)
from analysis.language.lexicon import Language

# How a speaker was found -> what that means.
METHODS = {
    "named": "the source gives the full name",
    "surname": "the surname of someone introduced before, or in the codebook",
    "role": "the office of someone introduced before",
    "office": "the office, held on that day by someone in the codebook",
    "pronoun": "he or she: the last person who spoke or was named",
    "relative": "who: the name right before it",
    "metonym": "a country, capital or seat of government: the side is known, the speaker not",
    "institution": "a body, by its name",
    "document": "a paper, by its name or as the last one named: it has a side and a day",
    "joint": "several speakers at once",
    "given": "as the records say",
    "unresolved": "the text does not say who it is",
}
_JOINT = re.compile(r"\s*;\s*|,? and (?=\S)")
_PERSONAL = ("named", "surname", "role", "office", "pronoun", "relative", "metonym")


@dataclass(frozen=True)
class Speaker:
    """Who speaks, for which side, and how we know; `dated` holds a paper's words of time."""

    name: str | None = None
    actor: str | None = None
    method: str = "unresolved"
    dated: str = ""

    @property
    def is_person(self) -> bool:
        """Whether a pronoun can stand for the speaker."""
        return self.method in ("named", "surname", "role", "office", "pronoun", "relative")


@dataclass
class Cast:
    """Everyone a text names, and who spoke last; asked from the first source to the last."""

    text: str
    language: Language
    actors: Actors
    people: list[Mention]
    papers: list[Paper]
    day: date | None = None
    spoke_last: Speaker | None = field(default=None)
    spoke_at: int = -1

    def resolve(self, sources: Sequence[Span], day: date | None) -> Speaker:
        """Return the speaker of an attribution whose source stands in these spans."""
        if not sources:
            return Speaker()
        source = sources[0]
        self.day = day
        phrase = self.text[source.start : source.end].strip(" ,")
        speaker = self._joint(phrase, source) or self._single(phrase, source)
        if speaker.is_person:
            self.spoke_last, self.spoke_at = speaker, source.start
        return speaker

    def _joint(self, phrase: str, source: Span) -> Speaker | None:
        parts = _JOINT.split(phrase)
        if not 2 <= len(parts) <= 6:
            return None
        each = [self._single(part, source) for part in parts]
        if not all(one.method in _PERSONAL and (one.name or one.actor) for one in each):
            return None
        names = [one.name for one in each if one.name]
        actors = list(dict.fromkeys(one.actor for one in each if one.actor))
        return Speaker("; ".join(names) or None, "; ".join(actors) or None, "joint")

    def _single(self, phrase: str, source: Span) -> Speaker:
        words = plain_words(phrase)
        if len(words) == 1 and words[0] in self.language.sets["relative_pronouns"]:
            return self._relative(source)
        if len(words) == 1 and words[0] in self.language.sets["singular_pronouns"]:
            return self._pronoun(source)
        head, _, apposition = phrase.partition(",")
        for reader in (self._person, self._metonym, self._role, self._paper, self._institution):
            found = reader(head.strip(), apposition, source)
            if found is not None:
                return found
        return Speaker(actor=self.actors.of_phrase(head))

    def _relative(self, source: Span) -> Speaker:
        """Resolve *who* to the name that ends right before it."""
        before = self.text[max(0, source.start - 120) : source.start].rstrip(" ,")
        near = [m for m in self.people if m.start < source.start and before.endswith(m.name)]
        if near:
            return self._as_speaker(near[-1], "relative")
        last = before.rpartition(" ")[2]
        found = self._surname(last, source) if last[:1].isupper() else None
        return Speaker(found.name, found.actor, "relative") if found else Speaker()

    def _pronoun(self, source: Span) -> Speaker:
        named = [m for m in self.people if m.start < source.start and m.role]
        if named and named[-1].start > self.spoke_at and self.spoke_last is None:
            return self._as_speaker(named[-1], "pronoun")
        if self.spoke_last is None:
            return Speaker()
        return Speaker(self.spoke_last.name, self.spoke_last.actor, "pronoun")

    def _as_speaker(self, mention: Mention, method: str) -> Speaker:
        """Give a mention its fullest name and its side."""
        person = self.actors.person(mention.name)
        if person is not None:
            return Speaker(*person, method)
        same = [m for m in self.people if m.surname == mention.surname]
        full = max(same, key=lambda m: len(m.name.split()), default=mention)
        country = next((m.country for m in same if m.country), None)
        return Speaker(full.name, self.actors.of_country(country), method)

    def _person(self, head: str, apposition: str, source: Span) -> Speaker | None:
        name, role, country = split_name(re.sub(r"^(?:[Tt]he|[Aa]n?) ", "", head), self.language)
        known = self.actors.person(name) or self.actors.person(head)
        if known is not None:
            full = len(set(plain_words(known[0])) & set(plain_words(head))) > 1
            return Speaker(*known, "named" if full else "surname")
        if not name or not _looks_like_name(name, self.language):
            return None
        if len(name.split()) == 1:
            introduced = self._surname(name, source)
            if introduced is not None or not role:
                return introduced
        side = country or self._country(apposition)
        found = self._as_speaker(Mention(source.start, name, role, side), "named")
        return found if found.actor else Speaker(found.name, self.actors.of_country(side), "named")

    def _surname(self, name: str, source: Span) -> Speaker | None:
        same = [m for m in self.people if m.surname == name and m.start < source.start]
        if not same or len({m.name for m in same if len(m.name.split()) > 1}) > 1:
            return None
        return self._as_speaker(same[-1], "surname")

    def _country(self, phrase: str) -> str | None:
        places = find_places(phrase, self.language)
        return places[0][0].country if places else None

    def _metonym(self, head: str, apposition: str, source: Span) -> Speaker | None:
        """Resolve a bare country, capital or alias: *Moscow*, *the Kremlin*."""
        bare = re.sub(r"^(?:the|The) |['’]s?$", "", head)
        actor = self.actors.of_alias(bare)
        if actor is None:
            place = self.language.places.get(bare.lower())
            if place is None or not bare[:1].isupper():
                return None
            actor = self.actors.of_country(place.country)
        return Speaker(None, actor, "metonym")

    def _role(self, head: str, apposition: str, source: Span) -> Speaker | None:
        """Resolve *the minister*, *the Northern minister*, *the North's top diplomat*."""
        words = self._role_words(head)
        if not words:
            return None
        country = self._country(head)
        side = self.actors.of_country(country)
        introduced = [
            m
            for m in self.people
            if m.start < source.start and m.role and set(words) <= set(self._role_words(m.role))
        ]
        speakers = {s.name: s for s in (self._as_speaker(m, "role") for m in introduced)}
        fitting = [s for s in speakers.values() if country is None or s.actor == side]
        if len(fitting) == 1 and self._is_definite(head):
            return fitting[0]
        holder = self.actors.holder(words, side, self.day) if self._is_definite(head) else None
        return Speaker(*holder, "office") if holder else Speaker(actor=side)

    def _is_definite(self, head: str) -> bool:
        first = head.partition(" ")[0].lower()
        return first not in ("a", "an", "one", "some", "two", "three", "several", "many", "senior")

    def _role_words(self, phrase: str) -> list[str]:
        """Return an office's words, the press's names for it put into the usual ones."""
        places = find_places(phrase, self.language)
        for _, span in reversed(places):
            phrase = phrase[: span.start] + phrase[span.end :]
        text = " ".join(plain_words(phrase))
        for synonym, office in self.language.role_synonyms.items():
            text = re.sub(rf"\b{synonym}\b", office, text)
        words = text.split()
        if not any(word in self.language.sets["roles"] for word in words):
            return []
        known = self.language.sets["titles"] | self.language.sets["roles"]
        return [word for word in words if word in known and word not in ("the", "former")]

    def _paper(self, head: str, apposition: str, source: Span) -> Speaker | None:
        """Resolve *the 1956 Declaration*, *the document*, *a memorandum dated May 3*."""
        words = plain_words(head)
        heads = [word for word in words if word in self.language.sets["papers"]]
        if not heads:
            return None
        specific = len(words) > 2 or any(word.isdigit() for word in words)
        if specific:
            return Speaker(None, self.actors.of_phrase(head), "document", f"{head} {apposition}")
        generic = heads[-1] in self.language.sets["paper_words"]
        before = [
            p for p in self.papers if p.start < source.start and (generic or p.head == heads[-1])
        ]
        if not before:
            return Speaker()
        paper = before[-1].name
        return Speaker(None, self.actors.of_phrase(paper), "document", paper)

    def _institution(self, head: str, apposition: str, source: Span) -> Speaker | None:
        words = plain_words(head)
        bare = re.sub(r"^(?:the|an?) ", "", head, flags=re.IGNORECASE)
        is_body = any(word in self.language.sets["bodies"] for word in words)
        named = sum(word[:1].isupper() for word in bare.split()) > 0 and bare[:1].isupper()
        if not named or (len(words) > 1 and not is_body and not bare.replace(" ", "").isalnum()):
            return None
        if words[0] in self.language.sets["determiners"] and not is_body and not bare[:1].isupper():
            return None
        return Speaker(
            bare, self.actors.of_phrase(head) or self._country_actor(apposition), "institution"
        )

    def _country_actor(self, phrase: str) -> str | None:
        return self.actors.of_country(self._country(phrase))


def _looks_like_name(name: str, language: Language) -> bool:
    words = name.split()
    lists = (
        "bodies",
        "papers",
        "roles",
        "determiners",
        "own_pronouns",
        "plural_pronouns",
        "thing_pronouns",
    )
    return (
        len(words) <= 5
        and words[0][0].isupper()
        and words[-1][0].isupper()
        and not any(word.lower() in language.sets[kind] for word in words for kind in lists)
        and name.lower() not in language.places
        and "of" not in words
    )


def read_cast(
    text: str, paragraphs: Sequence[Span], language: Language, codebook: Codebook | None
) -> Cast:
    """Return the people and papers that a text names, ready to resolve its sources."""
    return Cast(
        text,
        language,
        Actors(codebook, language),
        list(find_people(text, paragraphs, language)),
        list(find_papers(text, paragraphs, language)),
    )
