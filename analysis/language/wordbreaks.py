"""Words of a text for phrase matching, and what parts each from the word before.

The tokens of `analysis.language.tokens`, cut finer: a hyphen parts words (*good-neighbourly* is
two), a possessive ending belongs to no word (*Poland's* is *Poland*), and initials that are
written together are one, without its last stop (*U.S.* is *u.s*).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.language.lexicon import load_language
from analysis.language.tokens import APOSTROPHES, HYPHENS, fold_term, token_pattern

JOINED, CLAUSE, SENTENCE = 0, 1, 2
_PLAIN_GAPS = frozenset([" ", "-", "\n", "  "])
_PART = re.compile(rf"[^{HYPHENS}\s]+")
_POSSESSIVE = re.compile(rf"[{APOSTROPHES}][sS]$")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_STOP = re.compile(r"[!?…。！？]|\.(?=\s)|\.$|\.[\"”’»)\]]")
# Between two words these part them wherever they stand; of the others it depends on the words.
PARTING_SIGNS = ",;:()[]{}—/|，；：、!?…"
DOUBTFUL_SIGNS = f".。！？–{HYPHENS}"
_CLAUSE_SIGN = re.compile(rf"[{re.escape(PARTING_SIGNS)}]|(?<=\s)[-–](?=\s)|\.\.")


class Word(NamedTuple):
    """A word: its place in the text, its folded form, and the break before it."""

    start: int
    end: int
    form: str
    gap: int


@dataclass(frozen=True, eq=False)
class Words:
    """The words of one text: ``text[starts[i]:ends[i]]`` is the i-th as it stands.

    `breaks` says what parts a word from the one before: `JOINED` (space, hyphen, quotation
    marks), `CLAUSE` (a comma or other sign within the sentence) or `SENTENCE`.
    """

    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    forms: tuple[str, ...]
    breaks: NDArray[np.int8]


class _Short(NamedTuple):
    """Words whose stop ends no sentence: always, or before a number."""

    always: Collection[str]
    before_number: Collection[str]

    def holds(self, word: str, following: str) -> bool:
        """Tell whether the stop after `word` belongs to it."""
        initial = len(word) == 1 and word.isupper()
        counted = following.isdigit() and word.lower() in self.before_number
        return initial or counted or word.lower() in self.always


def clause_words(text: str, language: str) -> Words:
    """Split a text into words for phrase matching.

    A sentence ends at a full stop, question or exclamation mark before a word that is not in
    lower case, unless an abbreviation or a single capital stands before the stop, and at an
    empty line. The first word has the break `SENTENCE`.

    Raises
    ------
    ValueError
        If there is no lexicon for `language`; the message lists those there are.
    """
    sets = load_language(language).sets
    short = _Short(sets["never_final"], sets["before_number"])
    words = list(_joined_initials(_words(text, short), text))
    return Words(
        starts=np.array([word.start for word in words], dtype=np.int32),
        ends=np.array([word.end for word in words], dtype=np.int32),
        forms=tuple(word.form for word in words),
        breaks=np.array([word.gap for word in words], dtype=np.int8),
    )


def _words(text: str, short: _Short) -> Iterator[Word]:
    before: tuple[int, int] | None = None
    for start, end in _parts(text):
        found = _POSSESSIVE.search(text, start, end)
        stem_end = found.start() if found and found.start() > start else end
        gap = SENTENCE if before is None else _gap(text, before, start, short)
        yield Word(start, stem_end, fold_term(text[start:stem_end]), gap)
        before = (start, end)


def _parts(text: str) -> Iterator[tuple[int, int]]:
    for token in token_pattern().finditer(text):
        for part in _PART.finditer(text, token.start(), token.end()):
            yield part.span()


def _gap(text: str, before: tuple[int, int], start: int, short: _Short) -> int:
    """Say what the signs between two words part."""
    between = text[before[1] : start]
    if between in _PLAIN_GAPS:
        return JOINED
    if _BLANK_LINE.search(between):
        return SENTENCE
    if _STOP.search(between) and not text[start].islower():
        word = text[before[0] : before[1]]
        if not (between.startswith(".") and short.holds(word, text[start])):
            return SENTENCE
    return CLAUSE if _CLAUSE_SIGN.search(between) else JOINED


def _joined_initials(words: Iterator[Word], text: str) -> Iterator[Word]:
    """Make *U.S.* one word."""
    held: Word | None = None
    for word in words:
        if held and _is_initial(text, word) and text[held.end : word.start] == ".":
            held = held._replace(end=word.end, form=f"{held.form}.{word.form}")
            continue
        if held:
            yield held
        held = None
        if _is_initial(text, word) and text[word.end : word.end + 1] == ".":
            held = word
        else:
            yield word
    if held:
        yield held


def _is_initial(text: str, word: Word) -> bool:
    return word.end - word.start == 1 and text[word.start].isupper()
