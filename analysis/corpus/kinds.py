"""What kind of text it is: news, a transcript or a speech; and what follows from that.

The document's own ``kind`` goes first. Where it says none of the three, the rule is: a
*transcript* has turns under two different labels, the first of them within the first
`FIRST_PARAGRAPHS` paragraphs, and a turn in four paragraphs, or `MANY_TURNS`, and at least half
of them are sentences to the end; a *speech* says in
its title or first lines whose it is, and speaks in the first person once in `OWN_EVERY` words
outside quotations; all else is *news*.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.corpus.bulletins import read_layout
from analysis.corpus.grammar import Span
from analysis.corpus.quotes import Quote, find_quotes
from analysis.corpus.spans import Attribution
from analysis.corpus.speeches import (
    OPENING_LINES,
    body_of_speech,
    find_speaker,
    opening_lines,
    speech_attributions,
)
from analysis.corpus.transcripts import Turn, find_turns, turn_attributions
from analysis.language.identify import recognise_language
from analysis.language.lexicon import Language, load_language

KINDS = ("news", "transcript", "speech")
FIRST_PARAGRAPHS = 6
SHARE_OF_TURNS = 0.25
MANY_TURNS = 8
OWN_EVERY = 100
HEADING_CHARS = 1000
# What is said ends in one of these; the entries of a list do not.
CLOSING = frozenset('.?!…"”’»」』)。？！—')
_WORD = re.compile(r"\w+(?:['’]\w+)?")


@dataclass(frozen=True)
class Form:
    """The kind of a text, what it attributes as a whole, and the heading that says to whom.

    `told` are the paragraphs before the first turn that somebody else tells.
    """

    kind: str = "news"
    attributions: tuple[Attribution, ...] = ()
    heading: tuple[Span, ...] = ()
    told: tuple[Span, ...] = ()

    @property
    def parts(self) -> list[Span]:
        """What can hold other attributions, in order: the heading, and what is said as a whole."""
        said = [span for found in self.attributions for span in found.content]
        return sorted([*self.told, *said])


@dataclass(frozen=True)
class Draft:
    """A text before it is read: its paragraphs, its title if it stands in it, its quotations."""

    text: str
    paragraphs: Sequence[Span]
    title: Span | None
    quotes: Sequence[Quote]
    language: Language


def read_form(draft: Draft, kind: str | None) -> Form:
    """Return what a text of this kind attributes as a whole; a missing kind is recognised."""
    turns = [] if kind == "news" else find_turns(draft.text, draft.paragraphs, draft.language)
    who = None if kind == "news" else _speaker(draft)
    if kind not in KINDS:
        kind = _kind(draft, turns, who)
    if kind == "transcript" and turns:
        return _transcript(draft, turns, who)
    return _speech(draft, who) if kind == "speech" else Form()


def recognise_kind(text: str, language: str | None = None) -> str:
    """Return ``news``, ``transcript`` or ``speech``, by the rule at the head of this module."""
    lexicon = load_language(language or recognise_language(text))
    layout = read_layout(text)
    quotes, _ = find_quotes(text, layout.paragraphs)
    return read_form(Draft(text, layout.paragraphs, layout.title, quotes, lexicon), None).kind


def _kind(draft: Draft, turns: Sequence[Turn], who: Span | None) -> str:
    if _is_transcript(draft, turns):
        return "transcript"
    return "speech" if who is not None and _is_own(draft) else "news"


def _is_transcript(draft: Draft, turns: Sequence[Turn]) -> bool:
    labels = {draft.text[slice(*turn.label.place)] for turn in turns}
    whole = [turn for turn in turns if _is_sentence(draft.text[slice(*turn.content[0])])]
    if len(labels) < 2 or turns[0].paragraph >= FIRST_PARAGRAPHS or 2 * len(whole) < len(turns):
        return False
    return len(turns) >= min(MANY_TURNS, SHARE_OF_TURNS * len(draft.paragraphs))


def _is_sentence(words: str) -> bool:
    """Tell what somebody says from the number that stands behind a name in a list."""
    return words[-1:] in CLOSING and any(sign.isalpha() for sign in words)


def _is_own(draft: Draft) -> bool:
    """Tell whether a text speaks in the first person, quotations left out."""
    own = total = 0
    at = 0
    for quote in (*draft.quotes, Quote(len(draft.text), len(draft.text))):
        words = _WORD.findall(draft.text, at, max(at, quote.start))
        total += len(words)
        own += sum(word.lower() in draft.language.sets["own_pronouns"] for word in words)
        at = max(at, quote.end)
    return own * OWN_EVERY >= total > 0


def _speaker(draft: Draft) -> Span | None:
    """Return who the title or one of the first lines says that it is by."""
    first = draft.paragraphs[:OPENING_LINES]
    for line in (*((draft.title,) if draft.title else ()), *first):
        who = find_speaker(draft.text, line, draft.language)
        if who is not None:
            return who
    return None


def _heading(draft: Draft, paragraphs: Sequence[Span]) -> tuple[Span, ...]:
    return (*((draft.title,) if draft.title else ()), *paragraphs)


def _around(heading: Sequence[Span]) -> Span | None:
    """Return the stretch of the heading in which the day is looked for."""
    if not heading:
        return None
    start = heading[0].start
    return Span(start, min(heading[-1].end, start + HEADING_CHARS))


def _transcript(draft: Draft, turns: Sequence[Turn], who: Span | None) -> Form:
    before = draft.paragraphs[: turns[0].paragraph]
    number = opening_lines(draft.text, before)
    opening = [] if who is None else list(body_of_speech(draft.text, before, number))
    heading = _heading(draft, before[:number] if opening else before)
    around = _around(heading)
    found = [*speech_attributions(opening, who, around), *turn_attributions(turns, around)]
    return Form("transcript", tuple(found), heading, () if opening else tuple(before[number:]))


def _speech(draft: Draft, who: Span | None) -> Form:
    number = opening_lines(draft.text, draft.paragraphs)
    if who is not None:
        inside = [n for n, p in enumerate(draft.paragraphs) if p.start <= who.start < p.end]
        number = max(number, *(n + 1 for n in inside)) if inside else number
    heading = _heading(draft, draft.paragraphs[:number])
    body = body_of_speech(draft.text, draft.paragraphs, number)
    found = speech_attributions(list(body), who, _around(heading))
    return Form("speech", tuple(found), heading)
