"""What stands around the mention of the one whom a text speaks of."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from analysis.models.stance_blocks import Block, opinions_of
from analysis.models.stance_text import MENTION, mark_negated, mentions, plain_words

# Words this far from the mention fall into one bin: the next, two more, three more, the rest.
BINS = (1, 3, 6, 12)
WINDOWS = (3, 6, 12, 99)
NEAR_WORDS = 8
PLACES = 10
# Chosen by cross-validation: what columns of opinion count beside words.
OPINION_WEIGHT, PLACE_WEIGHT = 0.5, 0.3

Features = dict[str, float]


@dataclass(frozen=True)
class MentionBlock:
    """Words by side and distance, letters near by, and opinion by side and distance."""

    words: Any
    letters: Any
    opinions: Any

    def matrix(self, rows: pd.DataFrame) -> Any:
        """Return a row for each text."""
        from scipy.sparse import hstack
        from sklearn.preprocessing import normalize

        sides = [_sides(before, after) for before, _, after in mentions(rows)]
        words = normalize(self.words.transform([_words(*side) for side in sides]))
        letters = self.letters.transform([_near(*side) for side in sides])
        opinions = self.opinions.transform([_opinions(*side) for side in sides])
        return hstack([words, letters, opinions]).tocsr()

    def names(self) -> list[str]:
        """Return side, distance and word, or letters."""
        parts = (("around", self.words), ("near letters", self.letters), ("opinion", self.opinions))
        return [f"{kind}: {name}" for kind, part in parts for name in part.get_feature_names_out()]


def fit_mentions(rows: pd.DataFrame) -> Block:
    """Learn what stands around the mentions of labelled texts.

    References
    ----------
    Hamborg and Donnay (2021), EACL, for the task; Vo and Zhang (2015), IJCAI, for opinion left and
    right of a target; the lexicon is `analysis.language.opinion`.
    """
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.feature_extraction.text import TfidfVectorizer

    sides = [_sides(before, after) for before, _, after in mentions(rows)]
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=2)
    return MentionBlock(
        words=DictVectorizer().fit([_words(*side) for side in sides]),
        letters=letters.fit([_near(*side) for side in sides]),
        opinions=DictVectorizer().fit([_opinions(*side) for side in sides]),
    )


def _sides(before: str, after: str) -> tuple[list[str], list[str]]:
    """Return the words before the mention, the nearest first, and those after it."""
    words = mark_negated([*plain_words(before), MENTION, *plain_words(after)])
    place = next(at for at, word in enumerate(words) if word.startswith(MENTION))
    return words[:place][::-1], words[place + 1 :]


def _words(left: list[str], right: list[str]) -> Features:
    found: Features = {}
    for side, words in (("left", left), ("right", right)):
        for place, word in enumerate(words[: BINS[-1]]):
            within = next(size for size in BINS if place < size)
            found[f"{side} {within} {word}"] = found[f"{side} {word}"] = 1.0
        for first, second in pairwise(words[:7]):
            found[f"{side} {first} {second}"] = 1.0
    return found


def _near(left: list[str], right: list[str]) -> str:
    return " ".join([*left[:NEAR_WORDS][::-1], MENTION, *right[:NEAR_WORDS]])


def _opinions(left: list[str], right: list[str]) -> Features:
    """Return good and bad words within windows, and at each place."""
    found: Features = {}
    values = {"left": opinions_of(left), "right": opinions_of(right)}
    for side, ahead in values.items():
        for size in WINDOWS:
            for kind, total in _totals(ahead[:size]).items():
                found[f"{side} {size} {kind}"] = OPINION_WEIGHT * min(total, 6) / 3
        for place, value in enumerate(ahead[:PLACES]):
            if value:
                kind = "good" if value > 0 else "bad"
                found[f"{side} at {place} {kind}"] = PLACE_WEIGHT * abs(value)
                found[f"{side} about {place // 3} {kind}"] = PLACE_WEIGHT * abs(value)
    for size in (6, 99):
        totals = _totals([*values["left"][:size], *values["right"][:size]])
        totals["good less bad"] = totals["good"] - totals["bad"]
        for kind, total in totals.items():
            found[f"both {size} {kind}"] = OPINION_WEIGHT * float(np.tanh(total / 3))
    return found


def _totals(values: list[float]) -> dict[str, float]:
    return {
        "good": sum(value for value in values if value > 0),
        "bad": -sum(value for value in values if value < 0),
    }
