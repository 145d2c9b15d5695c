"""Distributional classes of words, from the texts at hand: close to parts of speech and topics.

References
----------
Bullinaria and Levy (2007), Behavior Research Methods 39(3), for vectors of positive pointwise
mutual information; neighbours at each distance and side are counted apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from analysis.corpus.tagger.reading import TOKEN, plain_form

PLACES, CONTEXTS, DIMENSIONS = (-2, -1, 1, 2), 6000, 64
# How many classes of each kind, and how often a word must occur to have one.
CLASSES, LEAST = (128, 800), 3
# The classes are fitted on the most frequent words; the others go to the nearest.
FITTED = 12_000


def word_classes(texts: Sequence[str], *, seed: int) -> dict[str, tuple[int, int]]:
    """Give each plain form that occurs three times its class of 128 and its class of 800."""
    from sklearn.cluster import MiniBatchKMeans
    from sklearn.utils.extmath import randomized_svd

    vocabulary, associations = _associations(texts)
    dimensions = min(DIMENSIONS, len(vocabulary) - 1)
    left, values, _ = randomized_svd(associations, dimensions, n_iter=4, random_state=seed)
    vectors = left * np.sqrt(values)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9
    kinds = []
    for size in CLASSES:
        means = MiniBatchKMeans(
            min(size, len(vocabulary)), random_state=seed, n_init=1, batch_size=4096, max_iter=30
        )
        kinds.append(means.fit(vectors[:FITTED]).predict(vectors).tolist())
    return dict(zip(vocabulary, zip(*kinds, strict=True), strict=True))


def _associations(texts: Sequence[str]) -> tuple[list[str], Any]:
    """Return the words by falling frequency, and their sparse matrix of associations."""
    from scipy.sparse import coo_matrix

    lines = [[plain_form(form) for form in TOKEN.findall(text)] for text in texts]
    counts = Counter(form for line in lines for form in line)
    vocabulary = [form for form, n in counts.most_common() if n >= LEAST]
    pairs = _pairs(lines, vocabulary)
    rows = np.asarray(pairs.sum(1)).ravel()
    columns = np.asarray(pairs.sum(0)).ravel() ** 0.75
    expected = rows[pairs.row] * (columns / columns.sum())[pairs.col] + 1e-9
    strength = np.log(pairs.data / expected)
    kept = strength > 0
    places = (pairs.row[kept], pairs.col[kept])
    return vocabulary, coo_matrix((strength[kept], places), shape=pairs.shape).tocsr()


def _pairs(lines: Sequence[Sequence[str]], vocabulary: Sequence[str]) -> Any:
    """Count words with their neighbours, a block of columns for each place."""
    from scipy.sparse import coo_matrix, hstack

    number = {form: place for place, form in enumerate(vocabulary)}
    # A gap between texts, so that none is the neighbour of another.
    gap = [-1] * 3
    coded = [np.array([number.get(form, -1) for form in line] + gap, np.int64) for line in lines]
    stream = np.concatenate(coded)
    blocks = []
    for place in PLACES:
        near, far = stream[max(0, -place) :], stream[max(0, place) :]
        size = len(stream) - abs(place)
        words, others = near[:size], far[:size]
        kept = (words >= 0) & (others >= 0) & (others < CONTEXTS)
        shape = (len(vocabulary), CONTEXTS)
        ones = np.ones(int(kept.sum()), np.float32)
        blocks.append(coo_matrix((ones, (words[kept], others[kept])), shape=shape).tocsr())
    return hstack(blocks).tocoo()
