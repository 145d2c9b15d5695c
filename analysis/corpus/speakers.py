"""From the words that name a source to the speaker and the side they speak for.

Nothing is guessed: where the text does not say who it is, the speaker stays missing, and the
way in which one was found is kept beside it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from analysis.codebook import Codebook
from analysis.corpus.actors import Actors
from analysis.corpus.grammar import Span
from analysis.corpus.offices import fits_office, is_definite, office_words
from analysis.corpus.people import (
    Mention,
    Thing,
    find_people,
    find_places,
    find_things,
    head_words,
    plain_words,
    split_name,
)
from analysis.language.lexicon import Language

# How a speaker was found -> what that means.
METHODS = {
    "named": "the source gives the full name",
    "surname": "the surname of someone introduced before, or in the codebook",
    "role": "the office of someone named before: of those who fit, who spoke or was named last",
    "office": "the office, held on that day by one person of the codebook",
    "pronoun": "he or she: who spoke last, or led a sentence since",
    "relative": "who: the name right before it",
    "metonym": "a country, capital or seat of government: the side is known, the speaker not",
    "institution": "a body, by its name or as the last one named",
    "document": "a paper, by its name or as the last one named: it has a side and a day",
    "joint": "several speakers at once",
    "label": "the label of a turn, as it stands",
    "title": "whom the title or the heading names, and nobody else",
    "given": "as the records say",
    "unresolved": "the text does not say who it is",
}
PERSONAL = frozenset({"named", "surname", "role", "office", "pronoun", "relative"})
# "The envoy, Anna Keller, said": a name behind a source that is only a description.
_APPOSITION = re.compile(r", (?P<name>[^\W\d_a-z][\w'’-]+(?: [^\W\d_a-z][\w'’-]+){1,3})(?=,)")
# "The cabinet on Tuesday": when, and no part of who.
_DAY_BEHIND = re.compile(
    r" on (?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|\d{1,2} \w+|\w+ \d{1,2})\b.{0,20}$"
)
_JOINT = re.compile(r"\s*;\s*|,? and (?=\S)")
# How many names back one is looked for: what lies further is not what is meant.
NEAREST = 100
_ARTICLE = re.compile(r"^(?:the|an?|this|that) ", re.IGNORECASE)


@dataclass(frozen=True)
class Speaker:
    """Who speaks, for which side, and how we know; `dated` holds a paper's words of time."""

    name: str | None = None
    actor: str | None = None
    method: str = "unresolved"
    dated: str = ""


@dataclass
class Cast:
    """Everyone a text names, and who spoke last; asked from the first source to the last."""

    text: str
    language: Language
    actors: Actors
    people: list[Mention]
    papers: list[Thing]
    bodies: list[Thing]
    day: date | None = None
    spoke: Speaker = Speaker()
    spoke_at: int = -1
    spoke_jointly: Speaker = Speaker()
    labels: dict[str, Speaker] = field(default_factory=dict)

    def resolve(self, sources: Sequence[Span], day: date | None) -> Speaker:
        """Return the speaker of an attribution whose source stands in these spans."""
        if not sources:
            return Speaker()
        source = sources[0]
        self.day = day
        phrase = self.text[source.start : source.end].strip(" ,")
        named = _APPOSITION.match(self.text, source.end) if "," not in phrase else None
        if named and not any(word[0].isupper() for word in phrase.split()[1:]):
            phrase = f"{phrase}, {named['name']}"
        speaker = self._joint(phrase, source.start) or self._single(phrase, source.start)
        if speaker.method in PERSONAL and speaker.name:
            self.spoke, self.spoke_at = speaker, source.start
        if speaker.method == "joint" and speaker.name:
            self.spoke_jointly = speaker
        return speaker

    def _joint(self, phrase: str, at: int) -> Speaker | None:
        parts = _JOINT.split(phrase)
        if not 2 <= len(parts) <= 6:
            return None
        each = [self._single(part, at) for part in parts]
        fitting = PERSONAL | {"metonym"}
        if not all(one.method in fitting and (one.name or one.actor) for one in each):
            return None
        names = [one.name for one in each if one.name]
        actors = list(dict.fromkeys(one.actor for one in each if one.actor))
        return Speaker("; ".join(names) or None, "; ".join(actors) or None, "joint")

    def _single(self, phrase: str, at: int) -> Speaker:
        phrase = _DAY_BEHIND.sub("", phrase)
        words = plain_words(phrase)
        sets = self.language.sets
        if not words:
            return Speaker()
        if len(words) == 1 and words[0] in sets["relative_pronouns"]:
            return self._relative(at)
        if len(words) == 1 and words[0] in sets["singular_pronouns"]:
            return self._pronoun(at)
        if len(words) == 1 and words[0] in sets["plural_pronouns"]:
            return self.spoke_jointly
        head, _, apposition = (part.strip() for part in phrase.partition(","))
        for reader in (self._person, self._metonym, self._role, self._body, self._paper):
            found = reader(head, apposition, at)
            if found is not None:
                return found
        return Speaker(actor=self.actors.of_phrase(head))

    def _relative(self, at: int) -> Speaker:
        """Resolve *who* to the name that ends right before it."""
        before = self.text[max(0, at - 120) : at].rstrip(" ,")
        near = next((m for m in self._before(at) if before.endswith(m.name)), None)
        return Speaker() if near is None else self.known(near, "relative")

    def _pronoun(self, at: int) -> Speaker:
        """Resolve *he* to who spoke last, or to a person that led a sentence since then."""
        led = next((m for m in self._before(at) if m.leads), None)
        if led is not None and led.start > self.spoke_at:
            return self.known(led, "pronoun")
        return Speaker(
            self.spoke.name, self.spoke.actor, "pronoun" if self.spoke.name else "unresolved"
        )

    def _before(self, at: int) -> Iterator[Mention]:
        """Yield the people named before a place, the nearest first, as far back as `NEAREST`."""
        end = bisect_left(self._starts, at)
        return (self.people[n] for n in range(end - 1, max(-1, end - 1 - NEAREST), -1))

    @cached_property
    def _things(self) -> frozenset[str]:
        return frozenset(self.language.sets["bodies"] | self.language.sets["papers"])

    @cached_property
    def _starts(self) -> list[int]:
        return [mention.start for mention in self.people]

    @cached_property
    def _same_surname(self) -> dict[str, tuple[str, str | None, tuple[str, ...]]]:
        """Surname -> the fullest name, the first country and the offices that the text gives."""
        mentions: dict[str, list[Mention]] = {}
        for mention in self.people:
            mentions.setdefault(mention.surname, []).append(mention)
        return {
            surname: (
                max(same, key=lambda m: len(m.name.split())).name,
                next((m.country for m in same if m.country), None),
                tuple(dict.fromkeys(m.role for m in same if m.role)),
            )
            for surname, same in mentions.items()
        }

    def known(self, mention: Mention, method: str) -> Speaker:
        """Return the speaker that a mention names, by the fullest name, with the side."""
        person = self.actors.person(mention.name)
        if person is not None:
            return Speaker(*person, method)
        full, country, _ = self._same_surname.get(mention.surname, (mention.name, None, ()))
        return Speaker(full, self.actors.of_country(mention.country or country), method)

    def _person(self, head: str, apposition: str, at: int) -> Speaker | None:
        """Resolve a name, with or without its office; it may stand behind the comma."""
        for phrase in (head, apposition.partition(",")[0]):
            name, role, country = split_name(_ARTICLE.sub("", phrase), self.language)
            person = self.actors.person(name) if name else None
            if person is not None:
                full = len(set(plain_words(person[0])) & set(plain_words(phrase))) > 1
                return Speaker(*person, "named" if full else "surname")
            if not name or not _looks_like_name(name, self.language):
                continue
            if len(name.split()) == 1 and not role:
                introduced = next((m for m in self._before(at) if m.surname == name), None)
                if introduced is None:
                    continue
                return self.known(introduced, "surname")
            other = apposition if phrase == head else head
            side = country or self.country(other)
            return self.known(Mention(at, name, role, side), "named")
        return None

    def country(self, phrase: str) -> str | None:
        """Return the country that a phrase names first."""
        places = find_places(phrase, self.language)
        return places[0][0].country if places else None

    def _metonym(self, head: str, apposition: str, at: int) -> Speaker | None:
        """Resolve a bare country, capital or alias: *Paris*, *the Foreign Office*."""
        bare = re.sub(r"['’]s?$", "", _ARTICLE.sub("", head))
        actor = self.actors.of_alias(bare)
        if actor is None:
            place = self.language.places.get(bare.lower())
            if place is None or not bare[:1].isupper():
                return None
            actor = self.actors.of_country(place.country)
        if any(word in self.language.sets["bodies"] for word in plain_words(bare)):
            return Speaker(self._body_name(bare), actor, "institution")
        return Speaker(None, actor, "metonym")

    def _role(self, head: str, apposition: str, at: int) -> Speaker | None:
        """Resolve *the minister*, *the Northern minister*, *the North's top diplomat*."""
        words = office_words(head, self.language)
        if not words:
            return None
        country = self.country(head)
        side = self.actors.of_country(country)
        if not is_definite(head):
            return Speaker(actor=side)
        former = "former" in head.lower()
        for known in self._candidates(at):
            if side in (None, known.actor) and self._fits(known, words, former=former):
                return Speaker(known.name, known.actor, "role")
        holder = self.actors.holder(words, side, self.day) if side and self.day else None
        return Speaker(*holder, "office") if holder else Speaker(actor=side)

    def _candidates(self, at: int) -> Iterator[Speaker]:
        """Yield who could be meant: who spoke last, then those named before, the last first."""
        if self.spoke.name:
            yield self.spoke
        for mention in self._before(at):
            yield self.known(mention, "role")

    def _fits(self, known: Speaker, words: Sequence[str], *, former: bool) -> bool:
        name = str(known.name)
        _, _, told = self._same_surname.get(name.split()[-1], (name, None, ()))
        held = self.actors.offices(name, None if former else self.day)
        return any(fits_office(words, office, self.language) for office in (*told, *held))

    def _paper(self, head: str, apposition: str, at: int) -> Speaker | None:
        """Resolve *the 1956 Declaration*, *the document*, *a memorandum dated May 3*."""
        words = plain_words(head)
        heads = [word for word in words if word in self.language.sets["papers"]]
        if not heads:
            return None
        if len(words) > 2 or any(word.isdigit() for word in words):
            return Speaker(None, self.actors.of_phrase(head), "document", f"{head} {apposition}")
        generic = heads[-1] in self.language.sets["paper_words"]
        named = _last(self.papers, at, lambda paper: generic or paper.head == heads[-1])
        if named is None:
            return Speaker()
        return Speaker(None, self.actors.of_phrase(named.name), "document", named.name)

    def _body(self, head: str, apposition: str, at: int) -> Speaker | None:
        """Resolve *the ministry* to the last one named, and a body or firm to its own name."""
        words = plain_words(head)
        bare = _ARTICLE.sub("", head)
        heads = [word for word in words if word in self.language.sets["bodies"]]
        nouns = [word for word in words if word in self._things]
        named = [word for word in head_words(words) if word in self._things] or nouns
        if named and named[-1] in self.language.sets["papers"]:
            return None  # a government's memorandum is no government
        if heads and not self.country(head) and is_definite(head):
            said = set(plain_words(bare))
            known = _last(self.bodies, at, lambda body: said <= set(plain_words(body.name)))
            if known is not None:
                side = self.actors.of_phrase(known.name)
                return Speaker(self._body_name(known.name), side, "institution")
        of_a_country = heads and self.country(head) is not None
        if not of_a_country and not self._is_proper(bare, at, has_head=bool(heads)):
            return None
        actor = self.actors.of_phrase(head) or self.actors.of_country(self.country(apposition))
        return Speaker(self._body_name(bare), actor, "institution")

    def _is_proper(self, bare: str, at: int, *, has_head: bool) -> bool:
        """Tell a proper name from a word that only begins its sentence."""
        words = bare.split()
        closed = ("determiners", "possessive_pronouns", "adverbs", "prepositions", "roles")
        if not bare[:1].isupper() or any(words[0].lower() in self.language.sets[c] for c in closed):
            return False
        if any(word[:1].isupper() for word in words[1:]) or bare.isupper():
            return True
        begins = self.text[max(0, at - 9) : at].rstrip()[-1:] in ("", ".", "!", "?", '"', "”", "\n")
        return len(words) == 1 and not begins and not has_head

    def _body_name(self, bare: str) -> str:
        """Write *the North's Foreign Ministry* as *Northern Foreign Ministry*."""
        owner = re.match(r"(.+?)['’]s? ", bare)
        place = self.language.places.get(owner[1].lower()) if owner else None
        if owner is None or place is None:
            return bare
        people = [
            word
            for word, p in self.language.places.items()
            if p.country == place.country and p.by == "people"
        ]
        return f"{people[0].title()} {bare[owner.end() :]}" if people else bare


def _last(things: Sequence[Thing], at: int, fits: Callable[[Thing], bool]) -> Thing | None:
    """Return the last thing named before a place that fits, as far back as `NEAREST`."""
    end = bisect_left(things, (at,))
    near = reversed(things[max(0, end - NEAREST) : end])
    return next((thing for thing in near if fits(thing)), None)


def _looks_like_name(name: str, language: Language) -> bool:
    words = name.split()
    lists = (
        *("bodies", "papers", "roles", "determiners", "months", "weekdays", "adverbs"),
        *("own_pronouns", "plural_pronouns", "thing_pronouns", "possessive_pronouns"),
    )
    return (
        len(words) <= 5
        and all(word[0].isupper() or word in language.sets["particles"] for word in words)
        and not any(word.lower() in language.sets[kind] for word in words for kind in lists)
        and name.lower() not in language.places
    )


def read_cast(
    text: str, paragraphs: Sequence[Span], language: Language, codebook: Codebook | None
) -> Cast:
    """Return the people, papers and bodies that a text names, ready to resolve its sources."""
    actors = Actors(codebook, language)
    return Cast(
        text,
        language,
        actors,
        list(find_people(text, paragraphs, language, actors.known_names)),
        list(find_things(text, paragraphs, language, "papers")),
        list(find_things(text, paragraphs, language, "bodies")),
    )
