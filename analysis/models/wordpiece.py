"""Texts as the numbered word pieces that models of the BERT family read."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from analysis.errors import LoadError

CONTINUES = "##"
LONGEST_WORD = 100
FIRST, LAST, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
# Blocks of ideographs, each of which is a word of its own.
IDEOGRAPHS = (
    *((0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F)),
    *((0x2B740, 0x2B81F), (0x2B820, 0x2CEAF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F)),
)


@dataclass(frozen=True)
class WordPieces:
    """A vocabulary of word pieces.

    Attributes
    ----------
    numbers
        Piece -> its number.
    lower
        Whether case and accents are dropped.
    longest
        How many pieces a text may have, the two marks included; the rest is cut off.
    """

    numbers: Mapping[str, int]
    lower: bool
    longest: int

    def encode(self, text: str) -> list[int]:
        """Return a text's numbers, between the marks of its first and last."""
        found = [number for word in self._words(text) for number in self._pieces(word)]
        first, last = self.numbers[FIRST], self.numbers[LAST]
        return [first, *found[: self.longest - 2], last]

    def _words(self, text: str) -> Iterator[str]:
        for word in "".join(map(_spaced, text)).split():
            yield from _parted(_plain(word) if self.lower else word)

    def _pieces(self, word: str) -> list[int]:
        """Return the longest pieces that a word is made of, from its start."""
        found: list[int] = []
        start = 0
        while start < len(word):
            marked = CONTINUES if start else ""
            for end in range(len(word), start, -1):
                number = self.numbers.get(marked + word[start:end])
                if number is not None:
                    break
            if number is None or len(word) > LONGEST_WORD:
                return [self.numbers[UNKNOWN]]
            found.append(number)
            start = end
        return found


def load_word_pieces(folder: Path) -> WordPieces:
    """Read the vocabulary of a model's folder from its tokenizer.json.

    Raises
    ------
    LoadError
        If the file is missing, damaged, or of another kind of pieces.
    """
    path = folder / "tokenizer.json"
    rules = read_json(path)
    try:
        kind, pieces = rules["model"]["type"], rules["model"]["vocab"]
        lower = bool(rules["normalizer"]["lowercase"])
    except (KeyError, TypeError) as error:
        raise LoadError(f"{path}: not the tokenizer of a BERT model: {error} is missing") from error
    if kind != "WordPiece" or not {FIRST, LAST, UNKNOWN} <= set(pieces):
        raise LoadError(f"{path}: pieces of kind {kind!r}; only WordPiece with its marks is read")
    limits = read_json(folder / "sentence_bert_config.json")
    return WordPieces(pieces, lower, int(limits.get("max_seq_length") or 512))


def read_json(path: Path) -> Any:
    """Read a JSON file of a model's folder.

    Raises
    ------
    LoadError
        If it is missing or no JSON.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise LoadError(f"{path}: cannot be opened: {error.strerror or error}") from error
    except ValueError as error:
        raise LoadError(f"{path}: no JSON: {error}") from error


@lru_cache(maxsize=65536)
def _spaced(letter: str) -> str:
    """Return a letter, alone if an ideograph; nothing for what is not seen."""
    place, category = ord(letter), unicodedata.category(letter)
    if letter in "\t\n\r" or category == "Zs":
        return " "
    if place in (0, 0xFFFD) or category.startswith("C"):
        return ""
    return f" {letter} " if any(low <= place <= high for low, high in IDEOGRAPHS) else letter


def _plain(word: str) -> str:
    """Return a word in lower case without accents."""
    letters = unicodedata.normalize("NFD", word.lower())
    return "".join(letter for letter in letters if unicodedata.category(letter) != "Mn")


def _parted(word: str) -> Iterator[str]:
    """Yield the parts of a word between marks of punctuation, and the marks."""
    start = 0
    for place, letter in enumerate(word):
        if _is_mark(letter):
            if place > start:
                yield word[start:place]
            yield letter
            start = place + 1
    if start < len(word):
        yield word[start:]


@lru_cache(maxsize=65536)
def _is_mark(letter: str) -> bool:
    """Tell punctuation, and every other sign of ASCII that is no letter, digit or space."""
    place = ord(letter)
    if place < 128:
        return place >= 33 and not letter.isalnum()
    return unicodedata.category(letter).startswith("P")
