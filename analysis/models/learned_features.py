"""What a learnt coder sees of a statement: its words, and what a codebook's patterns say of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.codebook import PRESENCE, STANCES
from analysis.models.embeddings import Encoder
from analysis.models.stance_text import clean, words_of

Floats = NDArray[np.float64]

RULES = "patterns"
RESTING = (PRESENCE[-1], STANCES[-1])
# What a code's own patterns say counts twice: they were written for it.
OWN = 2.0


@dataclass(frozen=True)
class Texts:
    """What there is of statements, a row for each.

    Attributes
    ----------
    contents
        The texts.
    rules
        Of each text, the codes and values that the patterns gave it, resting ones apart.
    vectors
        Sentence embeddings; no columns where there are none.
    """

    contents: tuple[str, ...]
    rules: tuple[frozenset[tuple[str, str]], ...]
    vectors: Floats

    def take(self, places: NDArray[np.intp]) -> Texts:
        """Return some rows."""
        return Texts(
            tuple(self.contents[place] for place in places),
            tuple(self.rules[place] for place in places),
            self.vectors[places],
        )


@dataclass(frozen=True)
class Sight:
    """What was learnt to be looked for: `words` by a fitted vectoriser, `rules` by code and value.

    `width` is the number of columns of sentence embeddings.
    """

    words: Any
    rules: tuple[tuple[str, str], ...]
    width: int

    def matrix(self, texts: Texts) -> Any:
        """Return a row for each text: words, then rules, then the sentence's embedding."""
        from scipy.sparse import csr_array, hstack

        hits = [[float(rule in mine) for rule in self.rules] for mine in texts.rules]
        rules = np.array(hits, dtype=np.float64).reshape(len(hits), len(self.rules))
        words = self.words.transform(texts.contents)
        return csr_array(hstack([words, csr_array(rules), csr_array(texts.vectors)]))

    def names(self) -> list[str]:
        """Return what each column is."""
        words = list(self.words.get_feature_names_out())
        rules = [f"[{RULES}: {code} {value}]" for code, value in self.rules]
        return [*words, *rules, *(f"[embedding {place}]" for place in range(self.width))]

    def scales(self, code: str, *, words: bool, others: bool) -> Floats:
        """Return what each column counts for one code: words or none, others' rules or none."""
        rules = [OWN if rule[0] == code else float(others) for rule in self.rules]
        n_words = len(self.words.vocabulary_)
        parts = [np.full(n_words, float(words)), np.array(rules), np.ones(self.width)]
        return np.concatenate(parts)


def gather_texts(
    statements: pd.DataFrame, codes: pd.DataFrame | None, encoder: Encoder | None
) -> Texts:
    """Gather what there is of statements that have content."""
    contents = tuple(clean(text) for text in statements["content"])
    given: dict[str, set[tuple[str, str]]] = {}
    if codes is not None:
        rows = codes[(codes["coder"] == RULES) & codes["value"].notna()]
        triples = zip(*(rows[column] for column in ("statement_id", "code", "value")), strict=True)
        for statement, code, value in triples:
            if value not in RESTING:
                given.setdefault(statement, set()).add((str(code), str(value)))
    rules = tuple(frozenset(given.get(name, ())) for name in statements["statement_id"])
    vectors = np.zeros((len(contents), 0))
    if encoder is not None:
        vectors = np.asarray(encoder(list(statements["content"])), dtype=np.float64)
    return Texts(contents, rules, vectors)


def fit_sight(texts: Texts) -> Sight:
    """Learn from texts what there is to look for: words and pairs of them, negation marked."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    words = TfidfVectorizer(
        tokenizer=words_of, token_pattern=None, lowercase=False, ngram_range=(1, 2)
    )
    rules: Sequence[tuple[str, str]] = sorted(set().union(*texts.rules))
    words.set_params(sublinear_tf=True).fit(texts.contents)
    return Sight(words, tuple(rules), texts.vectors.shape[1])
