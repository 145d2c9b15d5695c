"""What a stance model sees of texts: blocks of features, each learnt from the labelled texts.

A block turns a table of texts (columns id, target, text, and whatever else it asks for) into a
matrix with a row for each, and names its columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import pandas as pd

from analysis.language.opinion import load_opinions
from analysis.models.stance_text import NEGATED, masked_texts, words_of

# With so many texts, a word that only one of them has teaches little and costs much.
MANY_TEXTS = 3000
# A sequence of letters that one text has teaches nothing, but of few texts each counts.
FEW_TEXTS = 20


class Block(Protocol):
    """What every block can do."""

    def matrix(self, rows: pd.DataFrame) -> Any:
        """Return a row for each text."""

    def names(self) -> list[str]:
        """Return what each column is."""


@dataclass(frozen=True)
class WordBlock:
    """Terms of a column of texts, by fitted vectoriser; `kind` begins their names."""

    kind: str
    column: str
    vectorizer: Any

    def matrix(self, rows: pd.DataFrame) -> Any:
        """Return tf-idf of the terms, a row of length one for each text."""
        return self.vectorizer.transform(_texts(rows, self.column))

    def names(self) -> list[str]:
        """Return the terms."""
        return [f"{self.kind}: {term}" for term in self.vectorizer.get_feature_names_out()]


@dataclass(frozen=True)
class OpinionBlock:
    """How far a column of texts speaks well and ill, a negated word the other way about."""

    column: str
    language: str = "en"

    def matrix(self, rows: pd.DataFrame) -> Any:
        """Return three columns: good, bad and their difference, from -1 to 1."""
        from scipy.sparse import csr_array

        return csr_array([self._tone(text) for text in _texts(rows, self.column)])

    def names(self) -> list[str]:
        """Return the names of the three."""
        return [f"{self.column}: {kind}" for kind in ("good words", "bad words", "good less bad")]

    def _tone(self, text: str) -> list[float]:
        values = opinions_of(words_of(text), self.language)
        good = sum(value for value in values if value > 0)
        bad = -sum(value for value in values if value < 0)
        return [float(np.tanh(part / 2)) for part in (good, bad, good - bad)]


def fit_words(rows: pd.DataFrame, column: str = "text") -> list[Block]:
    """Learn the terms of a column: words up to three in a row, negation marked, and opinion.

    References
    ----------
    Mohammad, Kiritchenko, Sobhani, Zhu and Cherry (2016), SemEval-2016 Task 6.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer

    many = len(rows) > MANY_TEXTS
    words = TfidfVectorizer(
        tokenizer=words_of,
        token_pattern=None,
        lowercase=False,
        ngram_range=(1, 2) if many else (1, 3),
        sublinear_tf=True,
        min_df=2 if many else 1,
    )
    kind = "word" if column == "text" else column
    fitted = words.fit(_texts(rows, column))
    return [WordBlock(kind, column, fitted), OpinionBlock(column)]


def fit_letters(rows: pd.DataFrame) -> Block:
    """Learn the letters of texts: two to five in a row, within words."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    least = 2 if len(rows) > FEW_TEXTS else 1
    letters = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=least
    )
    return WordBlock("letters", "text", letters.fit(_texts(rows, "text")))


def see(blocks: Sequence[Block], rows: pd.DataFrame) -> Any:
    """Return what all blocks see of texts, side by side: a sparse matrix, a row for each."""
    from scipy.sparse import csr_array, hstack

    return csr_array(hstack([block.matrix(rows) for block in blocks]))


def opinions_of(words: Sequence[str], language: str = "en") -> list[float]:
    """Return the value of each word; that of a negated one turned and weaker."""
    opinions = load_opinions(language)
    values = []
    for word in words:
        value = opinions.value(word.removesuffix(NEGATED))
        values.append(-0.7 * value if word.endswith(NEGATED) else float(value))
    return values


def _texts(rows: pd.DataFrame, column: str) -> list[str]:
    return masked_texts(rows) if column == "text" else rows[column].fillna("").tolist()
