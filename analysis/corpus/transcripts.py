"""Transcripts: who takes the floor, by the label in front of what they say.

A turn begins at a paragraph with a label and a colon, *S. KELLER:*, *Question:*, *A.*, and goes
on until the next one, over as many paragraphs as it takes. A label is a word like *Question*
or *Moderator*, a name in capitals, or a name in ordinary writing that stands in front of two
turns or more, or whose surname ends another label or stands in what comes before the first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from analysis.corpus.grammar import Span
from analysis.corpus.spans import Attribution
from analysis.language.lexicon import Language

# A label leaves little doubt; nobody has measured how little.
PROBABILITY = 0.9
LABEL_WORDS = 6
HEADING_PARAGRAPHS = 6
LABEL_CHARS = 70
_LABEL = re.compile(
    rf"[*_]{{0,2}}(?P<label>[^\W_][^:：\n*]{{0,{LABEL_CHARS}}}?)[*_]{{0,2}}\s?(?P<sign>[:：])[*_]{{0,2}}\s*"
)
_LETTER = re.compile(r"(?P<label>[QA])(?P<sign>\.)\s+(?=[^\W\d_])")
_ASIDE = re.compile(r"[(\[][^()\[\]]*[)\]][.…]?")
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_WORD = re.compile(r"[^\W\d_][\w'’.-]*")


class Label(NamedTuple):
    """The label of a turn: its words, its sign, where the turn's own words begin, what it is.

    `kind` is ``question``, ``answer``, ``chair``, ``name`` (in capitals), or ``written`` (a name
    in ordinary writing, a label only where it comes back).
    """

    place: Span
    sign: Span
    start: int
    kind: str


class Turn(NamedTuple):
    """A label with the number of its paragraph, and the paragraphs of the turn."""

    label: Label
    paragraph: int
    content: tuple[Span, ...]


def find_turns(text: str, paragraphs: Sequence[Span], language: Language) -> list[Turn]:
    """Return the turns of a transcript, in order; none where a text has no labels."""
    labels = _labels(text, paragraphs, language)
    ends = [number for number, _ in labels[1:]] + [len(paragraphs)]
    turns = []
    for (number, label), end in zip(labels, ends[: len(labels)], strict=True):
        first = Span(label.start, paragraphs[number].end)
        rest = paragraphs[number + 1 : end]
        content = [p for p in (first, *rest) if p.start < p.end and not _is_aside(text, p)]
        if content:
            turns.append(Turn(label, number, tuple(content)))
    return turns


def turn_attributions(turns: Sequence[Turn], around: Span | None) -> list[Attribution]:
    """Return each turn as one attribution; `around` is the heading that may tell the day."""
    return [
        Attribution(
            source=(turn.label.place,),
            cue=(turn.label.sign,),
            content=turn.content,
            pattern="turn",
            around=around or Span(turn.label.place.start, turn.label.sign.end),
            cue_class="neutral",
            lemma=":",
            probability=PROBABILITY,
        )
        for turn in turns
    ]


def label_kind(words: str, language: Language) -> str | None:
    """Return what kind of label these words are, or None where they are none.

    >>> from analysis.language.lexicon import load_language
    >>> label_kind("S. KELLER", load_language("en"))
    'name'
    """
    plain = _BRACKETS.sub("", words).strip()
    found = _WORD.findall(plain)
    if not 0 < len(found) <= LABEL_WORDS or re.search(r"[;!?\"“”«»]|\.\s+[a-z]", plain):
        return None
    first = found[0].lower().rstrip(".")
    for kind in ("question", "answer", "chair"):
        whole = len(found) == 1 or (kind != "answer" and len(first) > 1)
        if whole and first in language.sets[f"{kind}_labels"]:
            return kind
    if "".join(found).isupper():
        return "name"
    particles = language.sets["particles"]
    is_name = all(word[0].isupper() or word in particles for word in found)
    return "written" if is_name else None


def _labels(text: str, paragraphs: Sequence[Span], language: Language) -> list[tuple[int, Label]]:
    found = []
    for number, paragraph in enumerate(paragraphs):
        label = _label(text, paragraph, language)
        if label is not None:
            found.append((number, label))
    times = Counter(_surname(text, label) for _, label in found)
    sure = [number for number, label in found if label.kind != "written"]
    before = paragraphs[: min(sure, default=0)][:HEADING_PARAGRAPHS]
    introduced = set(_WORD.findall(" ".join(text[slice(*p)] for p in before).lower()))
    return [
        (number, label)
        for number, label in found
        if label.kind != "written"
        or times[_surname(text, label)] > 1
        or _surname(text, label) in introduced
    ]


def _surname(text: str, label: Label) -> str:
    """Return the last word of a label, in lower case, brackets left out."""
    plain = _BRACKETS.sub("", text[slice(*label.place)])
    words = _WORD.findall(plain.lower())
    return str(words[-1]) if words else ""


def _label(text: str, paragraph: Span, language: Language) -> Label | None:
    end = min(paragraph.end, paragraph.start + LABEL_CHARS + 10)
    match = _LABEL.match(text, paragraph.start, end) or _LETTER.match(text, paragraph.start, end)
    if match is None:
        return None
    kind = label_kind(match["label"], language)
    if kind is None or match["label"].lower() in ("http", "https"):
        return None
    words = match["label"].rstrip()
    start = match.start("label")
    return Label(Span(start, start + len(words)), Span(*match.span("sign")), match.end(), kind)


def _is_aside(text: str, paragraph: Span) -> bool:
    """Tell *(Laughter.)* and *[Applause]*, which nobody says."""
    return _ASIDE.fullmatch(text, *paragraph) is not None
