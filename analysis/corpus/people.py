"""Who and what a text names: people with their offices and countries, and papers."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

from analysis.corpus.grammar import Span
from analysis.language.lexicon import Language, Place

_CAPITALS = r"[^\W\d_a-z][\w'’&-]*"
# A full stop goes on only after an initial or a title.
_STOP = r"(?:(?<=\b[A-Z])|(?<=\b(?:Mr|Dr|Ms|St))|(?<=\b(?:Mrs|Gen|Sen|Rep|Gov|Col)))\. ?"
_PARTICLE = r"(?:de|van|von|der|bin|al|el|da|di|du|ibn|ben|of the|of)"
_RUN = re.compile(rf"(?:{_CAPITALS}|\d{{4}})(?:(?:{_STOP}| )(?:{_PARTICLE} )?{_CAPITALS}){{0,11}}")
_WORD = re.compile(r"\w+(?:['’&-]\w+)*")
LONGEST_PLACE = 5
_LINKS = frozenset({"of", "that", "which", "by", "dated", "from"})
LEAD_CHARS = 30
_SENTENCE_END = re.compile(r"[.!?][\"”’»]?\s")


class Mention(NamedTuple):
    """A person as the text names them: where, by which name, with which office and country.

    `leads` where the name stands at the head of a sentence, mostly as its subject.
    """

    start: int
    name: str
    role: str
    country: str | None
    leads: bool = False

    @property
    def surname(self) -> str:
        """The last word of the name."""
        return self.name.split()[-1]


class Thing(NamedTuple):
    """A paper or a body: where, its name, and the word that says what it is."""

    start: int
    name: str
    head: str


def plain_words(text: str) -> list[str]:
    """Return the words of a phrase in lower case, without *'s*."""
    return [re.sub(r"['’]s?$", "", m.group().lower()) for m in _WORD.finditer(text)]


def head_words(words: Sequence[str]) -> list[str]:
    """Return the words that say what a thing is: *memorandum* of the government.

    >>> head_words(["memorandum", "of", "the", "government"])
    ['memorandum']
    """
    end = next((n for n, word in enumerate(words) if word in _LINKS), len(words))
    return list(words[:end])


def find_places(text: str, language: Language) -> list[tuple[Place, Span]]:
    """Return the countries that a phrase names, by name, people or seat, from left to right."""
    words = list(_WORD.finditer(text))
    found = []
    k = 0
    while k < len(words):
        step = 1
        if words[k].group()[0].isupper():
            for size in range(min(LONGEST_PLACE, len(words) - k), 0, -1):
                place = language.places.get(
                    " ".join(plain_words(text[words[k].start() : words[k + size - 1].end()]))
                )
                if place is not None:
                    found.append((place, Span(words[k].start(), words[k + size - 1].end())))
                    step = size
                    break
        k += step
    return found


def split_name(run: str, language: Language) -> tuple[str, str, str | None]:
    """Split *Northern Foreign Minister Anna Keller* into name, office and country.

    The name is empty where nothing but titles and places is left.
    """
    places = find_places(run, language)
    country = places[0][0].country if places and places[0][1].start <= 4 else None
    rest = run[places[0][1].end :] if country else run
    words = re.findall(r"[\w'’&-]+\.?", rest)
    titles = []
    while words and _is_title(words[0], language):
        titles.append(words.pop(0).rstrip(".").lower())
    name = re.sub(r"['’]s?$", "", " ".join(words).rstrip("."))
    role = " ".join(title for title in titles if title not in ("the", "mr", "mrs", "ms", "dr"))
    return name, role or ("title" if titles and titles != ["the"] else ""), country


def _is_title(word: str, language: Language) -> bool:
    lower = word.rstrip(".").lower()
    return lower in language.sets["titles"] or lower in language.sets["roles"]


def find_people(
    text: str, paragraphs: Sequence[Span], language: Language, known: Container[str] = ()
) -> Iterator[Mention]:
    """Yield the people that the body names, in order.

    A name has a title or two words, or it is the surname of someone named before, or one of
    the `known` names (in lower case).
    """
    surnames: set[str] = set()
    for start, end in paragraphs:
        for match in _RUN.finditer(text, start, end):
            run = _without_opening(match.group(), language)
            name, role, country = split_name(run, language)
            if match.group().startswith(("The ", "A ", "An ")) and not role:
                continue
            single = name in surnames or name.lower() in known
            if single or _is_person(name, role, language):
                surnames.add(name.split()[-1])
                at = match.end() - len(run)
                told = role.replace("title", "")
                yield Mention(at, name, told, country, _leads(text, start, at, language))


def _leads(text: str, start: int, position: int, language: Language) -> bool:
    """Tell whether at most a few words stand between a sentence's beginning and a name.

    A name behind a preposition, as in *At the talks with Ida Holm*, leads nothing.
    """
    before = text[max(start, position - LEAD_CHARS) : position]
    words = before.split()
    if words and words[-1].lower() in language.sets["prepositions"]:
        return False
    if position - start <= LEAD_CHARS and not _SENTENCE_END.search(before):
        return True
    ends = list(_SENTENCE_END.finditer(before))
    return bool(ends)


def _without_opening(run: str, language: Language) -> str:
    """Drop words at the head of a run that are no name: *However*, *The*, *On Friday*."""
    lists = ("determiners", "adverbs", "prepositions", "conjunctions", "subordinators")
    first, _, rest = run.partition(" ")
    while rest and any(first.lower() in language.sets[n] for n in (*lists, "weekdays", "months")):
        run = rest
        first, _, rest = run.partition(" ")
    return run


def _is_person(name: str, role: str, language: Language) -> bool:
    words = name.lower().split()
    if not words or len(words) > 4 or (len(words) < 2 and not role):
        return False
    lists = ("bodies", "papers", "months", "weekdays", "determiners")
    if any(word in language.sets[kind] for word in words for kind in lists):
        return False
    return (
        name.lower() not in language.places
        and not any(c.isdigit() for c in name)
        and "of" not in words
    )


def find_things(
    text: str, paragraphs: Sequence[Span], language: Language, kind: str
) -> Iterator[Thing]:
    """Yield the ``papers`` or ``bodies`` that a text names by more than their kind, in order."""
    for start, end in paragraphs:
        for match in _RUN.finditer(text, start, end):
            words = _without_opening(match.group(), language).split()
            heads = [k for k, w in enumerate(words) if w.lower() in language.sets[kind]]
            if heads and len(words) > 1:
                yield Thing(match.start(), " ".join(words), words[heads[-1]].lower())
