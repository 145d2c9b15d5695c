"""How sure the tagger may be: a logistic regression of right and wrong on its probabilities.

References
----------
Platt (1999), Advances in Large Margin Classifiers, for fitting probabilities on held-out texts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.corpus.tagger.annotation import stretches
from analysis.corpus.tagger.linking import Evidence, Stretch, link_segments
from analysis.corpus.tagger.model import Tagger, label_tokens
from analysis.corpus.tagger.network import Floats
from analysis.corpus.tagger.reading import Tokens, read_tokens

# A find is right if its content words overlap by so much (Dice) with those of an annotated one.
OVERLAP = 0.5
RIDGE, ROUNDS = 1.0, 50
EVIDENCE = 9


def fit_confidence(tagger: Tagger, records: Sequence[Mapping[str, Any]]) -> Floats:
    """Return the weights of the evidence and, last, the intercept.

    `records` are annotated texts that the tagger was not trained on. Without right and wrong
    finds among them every find is as likely as not.
    """
    evidence, right = collect_evidence(tagger, records)
    if len(set(right.tolist())) < 2:
        return np.zeros(EVIDENCE + 1, np.float32)
    return fit_logistic(evidence, right).astype(np.float32)


def collect_evidence(
    tagger: Tagger, records: Sequence[Mapping[str, Any]]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the evidence for each find in annotated texts, and whether it is right."""
    texts = [read_tokens(record["text"]) for record in records]
    labels, chances, bounds = label_tokens(texts, tagger)
    evidence: list[Floats] = []
    right: list[bool] = []
    for n, (t, record) in enumerate(zip(texts, records, strict=True)):
        part = slice(bounds[n], bounds[n + 1])
        found = link_segments(t, labels[part])
        known = Evidence(chances[part])
        evidence += [known.of(*link) for link in found]
        gold = [stretches(t, entry["content"]) for entry in record["attributions"]]
        right += _paired(t, [content for _, _, content in found], gold)
    shape = (len(evidence), EVIDENCE)
    return np.array(evidence, np.float64).reshape(shape), np.array(right, np.float64)


def fit_logistic(evidence: NDArray[np.float64], right: NDArray[np.float64]) -> NDArray[np.float64]:
    """Fit a logistic regression with a ridge by Newton's method; the intercept comes last."""
    x = np.column_stack([evidence, np.ones(len(evidence))])
    ridge = RIDGE * np.r_[np.ones(x.shape[1] - 1), 0]
    weights = np.zeros(x.shape[1])
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(-(x @ weights)))
        curvature = (x.T * (chance * (1 - chance))) @ x + np.diag(ridge + 1e-9)
        step = np.linalg.solve(curvature, x.T @ (right - chance) - ridge * weights)
        weights = weights + step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def _paired(
    t: Tokens, found: Sequence[Sequence[Stretch]], gold: Sequence[Sequence[Stretch]]
) -> list[bool]:
    """Pair finds with annotated contents one to one, the most alike first."""
    ours = [_words(t, content) for content in found]
    theirs = [_words(t, content) for content in gold]
    alike = [
        (2 * len(one & other) / (len(one) + len(other)), i, j)
        for i, one in enumerate(ours)
        for j, other in enumerate(theirs)
        if one & other
    ]
    taken: set[int] = set()
    right: set[int] = set()
    for share, i, j in sorted(alike, reverse=True):
        if share >= OVERLAP and i not in right and j not in taken:
            right.add(i)
            taken.add(j)
    return [i in right for i in range(len(ours))]


def _words(t: Tokens, content: Sequence[Stretch]) -> frozenset[int]:
    return frozenset(
        place
        for start, end in content
        for place in range(start, end)
        if any(sign.isalnum() for sign in t.forms[place])
    )
