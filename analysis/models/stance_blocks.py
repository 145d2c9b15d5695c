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
from analysis.models.embeddings import Encoder, encode
from analysis.models.stance_text import NEGATED, has_mentions, masked_texts, mentions, words_of

# With so many texts, a word that only one of them has teaches little and costs much.
MANY_TEXTS = 3000
# Of the texts around a mention, so many signs are embedded.
NEAR_CHARS = 60
CONTEXT = ("before", "after")


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


@dataclass(frozen=True)
class EmbeddingBlock:
    """Sentence embeddings: of the text, and of what stands around it or around its mention."""

    encoder: Encoder
    views: tuple[str, ...]

    def matrix(self, rows: pd.DataFrame) -> Any:
        """Return the views' vectors side by side, each of length one."""
        from scipy.sparse import csr_array

        texts = {view: _view(rows, view) for view in self.views}
        return csr_array(np.hstack([encode(self.encoder, texts[view]) for view in self.views]))

    def names(self) -> list[str]:
        """Return the number of each dimension."""
        width = self.encoder.words.shape[1]
        return [f"embedded {view}: {place}" for view in self.views for place in range(width)]


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

    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=2)
    return WordBlock("letters", "text", letters.fit(_texts(rows, "text")))


def embedding_block(rows: pd.DataFrame, encoder: Encoder) -> Block:
    """Return the embeddings of the views that the columns allow."""
    views = ["text"]
    views += ["near", "masked"] if has_mentions(rows) else []
    views += ["context"] if set(CONTEXT) <= set(rows.columns) else []
    return EmbeddingBlock(encoder, tuple(views))


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


def _view(rows: pd.DataFrame, view: str) -> list[str]:
    """Return the texts that are embedded."""
    if view == "text":
        return list(rows["text"])
    if view == "context":
        parts = zip(rows["before"].fillna(""), rows["text"], rows["after"].fillna(""), strict=True)
        return [" ".join(filter(None, part)) for part in parts]
    if view == "near":
        return [
            before[-NEAR_CHARS:] + name + after[:NEAR_CHARS]
            for before, name, after in mentions(rows)
        ]
    return [f"{before}the person{after}" for before, _, after in mentions(rows)]
