"""Who speaks in a transcript or speech: from the label of a turn, or the heading, to a speaker."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.corpus.grammar import Span
from analysis.corpus.people import Mention, find_people
from analysis.corpus.speakers import Cast, Speaker
from analysis.corpus.speeches import find_speaker
from analysis.corpus.transcripts import label_kind

LONGEST_ACRONYM = 4
# A name further down a heading is one of many.
LINES = 6
_BRACKETED = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_WORD = re.compile(r"[^\W\d_][\w'’.-]*")


def resolve_label(cast: Cast, label: str, headed: Speaker) -> Speaker:
    """Return the speaker of a turn; `headed` is who the heading names alone.

    Whoever asks or leads stays unknown. An answer is by whom the heading names, or by the name
    that stands in brackets behind the label. A name is looked for in the whole text: *S. KELLER*
    is the *Sofia Keller* whom it names elsewhere.
    """
    kind = label_kind(label, cast.language)
    inside = _BRACKETED.search(label)
    if kind == "answer":
        named = inside and label_kind(inside[1], cast.language) in ("name", "written")
        return _named(cast, inside[1]) if inside and named else headed
    if kind in ("question", "chair"):
        return Speaker()
    return _named(cast, _BRACKETED.sub("", label).strip())


def headed_speaker(cast: Cast, heading: Sequence[Span], title: str | None) -> Speaker:
    """Return the person whom the title or heading names: the first line that names any decides.

    Nobody where that line names two.
    """
    lines = [cast.text[slice(*span)] for span in heading[:LINES]]
    for line in ([title] if title else []) + lines:
        found = {mention.surname.lower(): mention for mention in _people_in(cast, line)}
        if len(found) == 1:
            return cast.known(next(iter(found.values())), "title")
        if found:
            break
    return Speaker()


def _people_in(cast: Cast, line: str) -> list[Mention]:
    """Return whom a line names; in capitals only names that the text writes out elsewhere."""
    if line.isupper():
        words = f" {' '.join(_WORD.findall(line.lower()))} "
        return [m for m in cast.people if " " in m.name and f" {m.name.lower()} " in words]
    known = cast.actors.known_names
    found = find_people(line, [Span(0, len(line))], cast.language, known)
    # "the Harbour Herald" is a paper.
    return [m for m in found if m.role or not line[: m.start].lower().endswith("the ")]


def titled_speaker(cast: Cast, title: str | None) -> Speaker:
    """Return whose speech it is by a title that does not stand in the text."""
    who = find_speaker(title, Span(0, len(title)), cast.language) if title else None
    if title is None or who is None:
        return Speaker()
    people = list(find_people(title, [who], cast.language, cast.actors.known_names))
    if not people:
        return Speaker(title[slice(*who)], cast.actors.of_phrase(title[slice(*who)]), "title")
    side = people[0].country or cast.country(title[slice(*who)])
    return cast.known(people[0]._replace(country=side), "title")


def _named(cast: Cast, label: str) -> Speaker:
    """Find who is meant by a name as labels write it: in capitals, with initials or an office."""
    words = _WORD.findall(label)
    same = [m for m in cast.people if _is_meant(m, words)]
    written = [m for m in same if not m.name.isupper()]
    if written:
        full = max(written, key=lambda m: len(m.name.split()))
        whole = len(words) > 1 and words[0].lower() == full.name.split()[0].lower()
        return cast.known(full, "named" if whole else "surname")
    person = cast.actors.person(label)
    if person is not None:
        return Speaker(*person, "surname")
    name = " ".join(_recased(word, alone=len(words) == 1) for word in words)
    return Speaker(name, cast.actors.of_phrase(name), "label")


def _is_meant(mention: Mention, words: Sequence[str]) -> bool:
    """Tell whether a mention has the label's surname, and no other first name or initial."""
    name = mention.name.lower().split()
    if not words or name[-1] != words[-1].lower():
        return False
    initials = [word[0].lower() for word in words[:-1] if len(word.strip(".")) == 1]
    return not initials or len(name) < 2 or name[0][0] == initials[0]


def _recased(word: str, *, alone: bool) -> str:
    """Write *KELLER* as *Keller*, and leave *CNN* and *S.*."""
    short = alone and len(word) <= LONGEST_ACRONYM
    return word if short or not word.isupper() or len(word.strip(".")) < 2 else word.capitalize()
