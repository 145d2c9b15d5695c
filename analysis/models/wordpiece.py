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
    lower, bare
        Whether case is dropped, and whether accents are.
    longest
        How many pieces a text may have, the two marks included; the rest is cut off.
    """

    numbers: Mapping[str, int]
    lower: bool
    bare: bool
    longest: int

    def encode(self, text: str) -> list[int]:
        """Return a text's numbers, between the marks of its first and last."""
        found = [number for word in self._words(text) for number in self._pieces(word)]
        first, last = self.numbers[FIRST], self.numbers[LAST]
        return [first, *found[: self.longest - 2], last]

    def _words(self, text: str) -> Iterator[str]:
        for word in "".join(map(_spaced, text)).split():
            yield from _parted(self._plain(word))

    def _plain(self, word: str) -> str:
        """Return a word without accents, in lower case, or as it is."""
        if self.bare:
            letters = unicodedata.normalize("NFD", word)
            word = "".join(letter for letter in letters if unicodedata.category(letter) != "Mn")
        return word.lower() if self.lower else word

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
        kind, numbers = rules["model"]["type"], dict(rules["model"]["vocab"])
        parts, spelling = rules["pre_tokenizer"]["type"], rules["normalizer"]
        lower = bool(spelling["lowercase"])
    except (KeyError, TypeError, ValueError) as error:
        raise LoadError(f"{path}: not the tokenizer of a BERT model: {error}") from error
    if (kind, parts) != ("WordPiece", "BertPreTokenizer"):
        raise LoadError(f"{path}: pieces of kind {kind!r} ({parts}); only WordPiece (Bert) is read")
    missing = sorted({FIRST, LAST, UNKNOWN} - set(numbers))
    if missing:
        raise LoadError(f"{path}: no piece {missing[0]!r}; the vocabulary of a BERT model has it")
    # Where nothing is said of accents they go with case.
    bare = spelling.get("strip_accents")
    limits = read_json(folder / "sentence_bert_config.json")
    longest = int(limits.get("max_seq_length") or 512)
    return WordPieces(numbers, lower, lower if bare is None else bool(bare), longest)


def read_json(path: Path) -> dict[str, Any]:
    """Read a JSON file of a model's folder.

    Raises
    ------
    LoadError
        If it is missing or no JSON of names and values.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise LoadError(f"{path}: cannot be opened: {error.strerror or error}") from error
    except ValueError as error:
        raise LoadError(f"{path}: no JSON: {error}") from error
    if not isinstance(found, dict):
        raise LoadError(f"{path}: a {type(found).__name__}; names with values are needed: {{...}}")
    return found


@lru_cache(maxsize=65536)
def _spaced(letter: str) -> str:
    """Return a letter, alone if an ideograph; nothing for what is not seen."""
    place, category = ord(letter), unicodedata.category(letter)
    if letter in "\t\n\r" or category == "Zs":
        return " "
    # Not "Cn": what a later Unicode knows is a letter here, and so a word not known.
    if place in (0, 0xFFFD) or category in ("Cc", "Cf", "Co", "Cs"):
        return ""
    return f" {letter} " if any(low <= place <= high for low, high in IDEOGRAPHS) else letter


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
