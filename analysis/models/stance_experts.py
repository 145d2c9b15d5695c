"""The experts of a stance model, each of which sees something else of a text and scores it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.models.stance_linear import SHARED, Floats, LinearScores, Words, fit_linear

# Chosen by cross-validation: how dear errors are to an expert on words, and to one on meaning.
WORDS_STRENGTH, MEANING_STRENGTH = 0.3, 1.0


@dataclass(frozen=True)
class Sight:
    """What is seen of texts.

    Attributes
    ----------
    words
        Words, letters and opinion: a sparse matrix, a row for each text.
    targets
        What each text is about; empty where all are learnt together.
    meaning
        Features of the embeddings, a row for each text; None without an encoder.
    """

    words: Any
    targets: Words
    meaning: Floats | None = None

    def part(self, chosen: NDArray[np.intp]) -> Sight:
        """Return what is seen of the chosen texts."""
        meaning = None if self.meaning is None else self.meaning[chosen]
        return Sight(self.words[chosen], self.targets[chosen], meaning)


@dataclass(frozen=True)
class Experts:
    """The experts of a model.

    Attributes
    ----------
    own, shared
        On words: a model for each target, and (None for one target) one for all targets.
    meaning
        On embeddings, a model for each target; None without an encoder.
    """

    own: LinearScores
    shared: LinearScores | None = None
    meaning: LinearScores | None = None

    def scores(self, sight: Sight) -> Floats:
        """Return the scores of all experts side by side: a row for each text."""
        parts = [
            expert.scores(sight.words if kind == "words" else sight.meaning, sight.targets)
            for kind, expert in self.parts()
        ]
        return np.hstack(parts)

    def parts(self) -> Iterator[tuple[str, LinearScores]]:
        """Yield the linear experts in the order of their scores, with what each sees."""
        yield "words", self.own
        if self.meaning is not None:
            yield "meaning", self.meaning
        if self.shared is not None:
            yield "words", self.shared


def fit_experts(sight: Sight, y: Words, labels: Sequence[str]) -> Experts:
    """Fit every expert that the texts allow."""
    how: dict[str, Any] = {"labels": labels, "strength": WORDS_STRENGTH}
    several = len(np.unique(sight.targets)) > 1
    everyone = np.full(len(y), SHARED, dtype=object)
    return Experts(
        own=fit_linear(sight.words, y, sight.targets, **how),
        shared=fit_linear(sight.words, y, everyone, **how) if several else None,
        meaning=None
        if sight.meaning is None
        else fit_linear(sight.meaning, y, sight.targets, labels=labels, strength=MEANING_STRENGTH),
    )


def weights_toward(experts: Experts, slopes: Floats, target: str) -> dict[str, Floats]:
    """Return how far each feature speaks for each label, all experts heard as the decision does.

    Returns
    -------
    By "words" and "meaning": an array of labels by features; what a feature adds to the logit of a
    label, less the mean of all labels.
    """
    found: dict[str, Floats] = {}
    size = slopes.shape[1]
    apart = slopes - slopes.mean(axis=1, keepdims=True)
    for place, (kind, expert) in enumerate(experts.parts()):
        heard = apart[place * size : (place + 1) * size].T @ expert.weights[expert.owner(target)]
        found[kind] = found[kind] + heard if kind in found else heard
    return found
