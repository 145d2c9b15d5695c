"""What the patterns see: a sentence as a row of words, signs and whole quotations.

There is no tagger here. Closed classes, capitals and endings tell a verb from a noun well
enough to find who stands before a reporting word and where a clause ends.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from analysis.corpus.quotes import Quote
from analysis.language.lexicon import Language

_TOKEN = re.compile(r"\d[\d,.]*\d|\w+(?:['’&-]\w+)*|\.\.\.|--|[^\w\s]")
STRONG = frozenset({";", ":", "—", "–", "―", "--", "(", ")", "?", "!", "…", "..."})
DASHES = frozenset({"—", "–", "―", "--", "-"})


class Span(NamedTuple):
    """Half-open offsets."""

    start: int
    end: int


class Token(NamedTuple):
    """A word, a sign or a whole quotation; `kind` is ``w``, ``p`` or ``q``."""

    start: int
    end: int
    text: str
    lower: str
    kind: str


@dataclass(frozen=True, eq=False)
class Sentence:
    """A sentence as tokens; `start` and `end` are offsets into the view it comes from."""

    text: str
    start: int
    end: int
    tokens: tuple[Token, ...]
    language: Language

    def is_in(self, position: int, *classes: str) -> bool:
        """Tell whether the token at `position` is a word of one of the closed classes."""
        token = self.token(position)
        return token.kind == "w" and any(token.lower in self.language.sets[c] for c in classes)

    def token(self, position: int) -> Token:
        """Return the token at `position`, an empty sign outside the sentence."""
        if 0 <= position < len(self.tokens):
            return self.tokens[position]
        return Token(self.end, self.end, "", "", "p")

    def span(self, first: int, last: int) -> Span:
        """Return the offsets of the tokens from `first` up to `last`, which is left out."""
        return Span(self.tokens[first].start, self.tokens[last - 1].end)

    def is_capital(self, position: int) -> bool:
        """Tell whether a word is written with a capital."""
        token = self.token(position)
        return token.kind == "w" and token.text[0].isupper()

    def is_comma(self, position: int) -> bool:
        """Tell whether a comma stands at `position` that parts clauses."""
        return self.token(position).text == "," and position not in self.date_commas

    def is_boundary(self, position: int) -> bool:
        """Tell whether no noun phrase runs over this token."""
        token = self.token(position)
        if token.kind == "q":
            return not self._is_nickname(position)
        return token.text in STRONG or not token.text or self.is_comma(position)

    def is_finite(self, position: int) -> bool:
        """Tell whether the word looks like a verb that has its own subject."""
        token = self.token(position)
        sets = self.language.sets
        if token.kind != "w" or (token.text[0].isupper() and position > 0):
            return False
        if token.lower in sets["auxiliaries"] or token.lower in sets["irregular_past"]:
            return True
        if "n't" in token.lower or "n’t" in token.lower:
            return True
        return self._is_past(token.lower) and not self._is_reduced(position)

    def _is_past(self, lower: str) -> bool:
        return (
            lower.endswith("ed") and len(lower) > 3 and lower not in self.language.sets["not_past"]
        )

    def _is_reduced(self, position: int) -> bool:
        """Tell the participle of *a note dated May 3* or *the man accused of it* from a verb."""
        before, after = self.token(position - 1), self.token(position + 1)
        if self.is_in(position - 1, "determiners", "prepositions") or before.lower.endswith("ly"):
            return True
        return after.lower in ("by", "as", "of", "in") or self.is_in(position + 1, "months")

    def _is_nickname(self, position: int) -> bool:
        """Tell whether a short quotation stands inside a name: *Viktor "the Hammer" Orlov*."""
        short = len(self.token(position).text) < 30
        return short and self.is_capital(position - 1) and self.is_capital(position + 1)

    def is_full_quote(self, position: int) -> bool:
        """Tell whether a quotation can be a statement by itself, not a word in quotes."""
        token = self.token(position)
        if token.kind != "q":
            return False
        inner = token.text.rstrip("\"”’'»›」』 ")
        return inner[-1:] in ",.?!…—-" or len(token.text.split()) >= 4

    @cached_property
    def last(self) -> int:
        """The position after the last token that is no final sign."""
        end = len(self.tokens)
        while end and self.tokens[end - 1].text in {".", "?", "!", "…", "...", ";", ",", ":"}:
            end -= 1
        return end

    @cached_property
    def date_commas(self) -> frozenset[int]:
        """Commas inside dates (*May 3, 1960,*), which part nothing."""
        commas: set[int] = set()
        for i, token in enumerate(self.tokens):
            if token.text == "," and _is_year(self.token(i + 1).text) and self._after_day(i):
                commas.add(i)
                if self.token(i + 2).text == ",":
                    commas.add(i + 2)
        return frozenset(commas)

    def _after_day(self, position: int) -> bool:
        return self.token(position - 1).text.isdigit() and self.is_in(
            position - 2, "months", "month_abbreviations"
        )


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isdigit() and text[0] in "12"


def read_sentence(
    text: str, start: int, end: int, quotes: Sequence[Quote], language: Language
) -> Sentence:
    """Return ``text[start:end]`` as a sentence; `quotes` are those that begin in it."""
    tokens: list[Token] = []
    at = start
    for quote in quotes:
        tokens += _words(text, at, min(quote.start, end))
        stop = min(quote.end, end)
        tokens.append(Token(quote.start, stop, text[quote.start : stop], "“”", "q"))
        at = stop
    tokens += _words(text, at, end)
    return Sentence(text, start, end, tuple(tokens), language)


def _words(text: str, start: int, end: int) -> list[Token]:
    found = []
    for match in _TOKEN.finditer(text, start, end):
        word = match.group()
        kind = "w" if word[0].isalnum() or word[0] == "_" else "p"
        found.append(Token(match.start(), match.end(), word, word.lower().replace("’", "'"), kind))
    return found
