"""Which words speak well or ill of whom they stand beside."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

STRENGTHS = {"very_good": 2, "good": 1, "bad": -1, "very_bad": -2}
SHORTEST_STEM = 3


@dataclass(frozen=True)
class Opinions:
    """A lexicon of opinion.

    Attributes
    ----------
    words, stems
        Whole words, and beginnings of words, each with its value: 2 and 1 speak well, -1 and -2
        ill.
    """

    words: Mapping[str, int]
    stems: Mapping[str, int]
    _found: dict[str, int] = field(default_factory=dict, repr=False, compare=False)

    def value(self, word: str) -> int:
        """Return the value of a word in lower case; 0 if it speaks neither way."""
        if word not in self._found:
            stems = (word[:end] for end in range(len(word), SHORTEST_STEM - 1, -1))
            best = next((self.stems[stem] for stem in stems if stem in self.stems), 0)
            self._found[word] = self.words.get(word, best)
        return self._found[word]


@cache
def load_opinions(language: str = "en") -> Opinions:
    """Read a language's lexicon of opinion; an empty one where there is none."""
    path = files("analysis.language") / language / "opinion.toml"
    listed = tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    values = {word: STRENGTHS[kind] for kind, words in listed.items() for word in words.split()}
    return Opinions(
        words={word: value for word, value in values.items() if not word.endswith("*")},
        stems={word[:-1]: value for word, value in values.items() if word.endswith("*")},
    )
