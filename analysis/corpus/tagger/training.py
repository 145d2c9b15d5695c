"""Train the tagger on annotated texts, in numpy alone: Adam, dropout, averaged weights.

References
----------
Kingma and Ba (2015), ICLR, for Adam; Srivastava et al. (2014), JMLR 15, for dropout; Polyak and
Juditsky (1992), SIAM Journal on Control and Optimization 30(4), for the average.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from analysis.corpus.agreement import fit_agreement
from analysis.corpus.tagger.annotation import gold_labels
from analysis.corpus.tagger.confidence import fit_confidence
from analysis.corpus.tagger.learning import Gradients, loss_and_gradients
from analysis.corpus.tagger.model import LANGUAGE, Tagger, place_rows
from analysis.corpus.tagger.network import LAYERS, Floats, Numbers
from analysis.corpus.tagger.reading import (
    PLACE_SIZES,
    Tokens,
    form_features,
    place_features,
    read_tokens,
)
from analysis.corpus.tagger.wordclasses import word_classes

# How often a feature of each kind must occur to have a row.
LEAST = {"w": 3, "W": 4, "2": 3, "3": 4, "4": 6, "p": 4, "P": 6, "s": 1, "c": 1, "C": 1}
WIDTH, HIDDEN, LABELS = 64, 96, 11
WINDOW, ROWS, EPOCHS, RATE = 128, 24, 16, 2e-3
DROP, DROP_WORD, DROP_FEATURE, AVERAGE = 0.5, 0.15, 0.05, 0.995
# One text in so many is held out to learn how sure the tagger may be.
HELD_OUT = 5

Window = tuple[int, int, int]


def train_tagger(
    records: Sequence[Mapping[str, Any]],
    more: Sequence[str] = (),
    *,
    seed: int,
    epochs: int = EPOCHS,
) -> Tagger:
    """Train a tagger on annotated texts.

    Every fifth text is held out from a first training, from whose finds there it is learnt how
    sure they are, alone and beside the rules; the tagger itself is then trained on all. The same
    input gives the same weights.

    Parameters
    ----------
    records
        As `load_annotated` gives them.
    more
        Texts without annotation, from which classes of words are learnt too.
    seed, epochs
        The seed of everything random, and how often every text is read.
    """
    classes = word_classes([*(record["text"] for record in records), *more], seed=seed)
    held = [n % HELD_OUT == 0 for n in range(len(records))]
    seen = [record for record, out in zip(records, held, strict=True) if not out]
    unseen = [record for record, out in zip(records, held, strict=True) if out]
    first = _train(seen or records, classes, seed, epochs)
    sure = {"confidence": fit_confidence(first, unseen or records)}
    first = Tagger({**first.weights, **sure}, first.rows, first.classes)
    sure["agreement"] = fit_agreement(first, unseen or records, LANGUAGE)
    tagger = _train(records, classes, seed, epochs)
    return Tagger({**tagger.weights, **sure}, tagger.rows, tagger.classes)


def _train(
    records: Sequence[Mapping[str, Any]],
    classes: Mapping[str, tuple[int, int]],
    seed: int,
    epochs: int,
) -> Tagger:
    rng = np.random.default_rng(seed)
    read = [(read_tokens(record["text"]), record["attributions"]) for record in records]
    texts = [t for t, _ in read if t.forms]
    labels = [gold_labels(t, attributions) for t, attributions in read if t.forms]
    rows = _feature_rows(texts, classes)
    encoded = _encode(texts, rows, classes)
    learner = _Adam(_first_weights(1 + len(rows) + sum(PLACE_SIZES), rng))
    total = epochs * sum(len(e) / WINDOW + 0.5 for e in encoded) / ROWS
    for _ in range(epochs):
        for windows in _batches([len(e) for e in encoded], rng):
            x, y, lengths = _fill(windows, encoded, labels, rng)
            grads = _batch_gradients(learner.weights, x, y, lengths, rng)
            left = max(0.0, 1 - learner.count / total)
            learner.step(grads, RATE * min(1.0, (learner.count + 1) / 100) * left**0.7)
    return Tagger(learner.average, rows, dict(classes))


def _feature_rows(
    texts: Sequence[Tokens], classes: Mapping[str, tuple[int, int]]
) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for form, n in Counter(form for t in texts for form in t.forms).items():
        for feature in form_features(form, classes):
            counts[feature] += n
    kept = (feature for feature, n in counts.items() if n >= LEAST[feature[0]])
    return {feature: row for row, feature in enumerate(kept, start=1)}


def _encode(
    texts: Sequence[Tokens], rows: Mapping[str, int], classes: Mapping[str, tuple[int, int]]
) -> list[Numbers]:
    """Return the rows of every token's features: (tokens, features)."""
    offsets = np.array(place_rows(len(rows)))
    forms = dict.fromkeys(form for t in texts for form in t.forms)
    known = {form: [rows.get(f, 0) for f in form_features(form, classes)] for form in forms}
    return [
        np.c_[
            np.array([known[form] for form in t.forms], np.int64).reshape(len(t.forms), -1),
            place_features(t) + offsets,
        ]
        for t in texts
    ]


def _first_weights(count: int, rng: np.random.Generator) -> dict[str, Floats]:
    weights = {
        "emb": rng.normal(0, 0.1, (count, WIDTH)),
        "trans": np.zeros((LABELS, LABELS)),
        "bo": np.zeros(LABELS),
    }
    width = WIDTH
    for layer in range(LAYERS):
        weights[f"W{layer}"] = rng.normal(0, width**-0.5, (2, width, 3 * HIDDEN))
        weights[f"U{layer}"] = rng.normal(0, HIDDEN**-0.5, (2, HIDDEN, 3 * HIDDEN))
        weights[f"b{layer}"] = np.zeros((2, 3 * HIDDEN))
        weights[f"c{layer}"] = np.zeros((2, HIDDEN))
        width = 2 * HIDDEN
    weights["Wo"] = rng.normal(0, (width + WIDTH) ** -0.5, (width + WIDTH, LABELS))
    weights["emb"][0] = 0
    return {name: value.astype(np.float32) for name, value in weights.items()}


def _batches(lengths: Sequence[int], rng: np.random.Generator) -> Iterator[list[Window]]:
    """Cut texts from a random place on, and give the windows in random batches."""
    windows: list[Window] = []
    for text, n in enumerate(lengths):
        edges = np.r_[0, np.arange(int(rng.integers(1, WINDOW + 1)), n, WINDOW), n].tolist()
        windows += [(text, a, b) for a, b in pairwise(edges) if b > a]
    order = rng.permutation(len(windows))
    for first in range(0, len(order), ROWS):
        chosen = (windows[place] for place in order[first : first + ROWS])
        yield sorted(chosen, key=lambda window: window[1] - window[2])


def _fill(
    windows: Sequence[Window],
    encoded: Sequence[Numbers],
    labels: Sequence[Numbers],
    rng: np.random.Generator,
) -> tuple[Numbers, Numbers, Numbers]:
    """Return features, of which some are dropped, labels and lengths of a batch."""
    lengths = np.array([end - start for _, start, end in windows])
    x = np.zeros((lengths[0], len(windows), encoded[0].shape[1]), np.int64)
    y = np.zeros(x.shape[:2], np.int64)
    for row, (text, start, end) in enumerate(windows):
        x[: end - start, row] = encoded[text][start:end]
        y[: end - start, row] = labels[text][start:end]
    x *= rng.random(x.shape, np.float32) >= DROP_FEATURE
    x[:, :, :2] *= (rng.random(x.shape[:2], np.float32) >= DROP_WORD)[:, :, None]
    return x, y, lengths


def _mask(shape: tuple[int, ...], rng: np.random.Generator) -> Floats:
    kept: Floats = (rng.random(shape, np.float32) >= DROP).astype(np.float32) / (1 - DROP)
    return kept


def _batch_gradients(
    weights: Mapping[str, Floats],
    x: Numbers,
    y: Numbers,
    lengths: Numbers,
    rng: np.random.Generator,
) -> Gradients:
    """Return the gradients of a batch, no longer than 5 together, a token's worth 20 / tokens."""
    from scipy.sparse import csr_matrix

    steps, rows, fields = x.shape
    flat = x.ravel()
    ones = (flat > 0).astype(np.float32)
    bounds = np.arange(0, len(flat) + 1, fields)
    bag = csr_matrix((ones, flat, bounds), shape=(steps * rows, len(weights["emb"])))
    embedded = (bag @ weights["emb"]).reshape(steps, rows, -1)
    hidden = [(steps, rows, 2 * HIDDEN)] * LAYERS
    masks = [_mask(shape, rng) for shape in (embedded.shape, *hidden)]
    _, grads, by_embedded = loss_and_gradients(weights, embedded, y, lengths, masks)
    grads["emb"] = bag.T @ by_embedded.reshape(steps * rows, -1)
    scale = 20 / lengths.sum()
    norm = scale * np.sqrt(sum(float(np.vdot(g, g)) for g in grads.values()))
    scale *= min(1.0, 5 / norm)
    return {name: g * np.float32(scale) for name, g in grads.items()}


class _Adam:
    """Weights on their way, with their moments and their running average."""

    def __init__(self, weights: dict[str, Floats]) -> None:
        self.weights, self.count = weights, 0
        self.first = {name: np.zeros_like(v) for name, v in weights.items()}
        self.second = {name: np.zeros_like(v) for name, v in weights.items()}
        self.average = {name: v.copy() for name, v in weights.items()}

    def step(self, grads: Gradients, rate: float) -> None:
        """Take one step, in place: the arrays are large."""
        self.count += 1
        keep = min(AVERAGE, (1 + self.count) / (10 + self.count))
        rate *= np.sqrt(1 - 0.99**self.count) / (1 - 0.9**self.count)
        for name, grad in grads.items():
            first, second = self.first[name], self.second[name]
            first *= 0.9
            first += 0.1 * grad
            np.square(grad, out=grad)
            grad *= 0.01
            second *= 0.99
            second += grad
            np.sqrt(second, out=grad)
            grad += 1e-6
            np.divide(first, grad, out=grad)
            grad *= np.float32(rate)
            self.weights[name] -= grad
            np.subtract(self.weights[name], self.average[name], out=grad)
            grad *= np.float32(1 - keep)
            self.average[name] += grad


def load_more(paths: Sequence[Path]) -> list[str]:
    """Read texts without annotation: .txt files, or the column ``text`` of .parquet files."""
    import pandas as pd

    texts: list[str] = []
    for path in paths:
        for file in sorted(path.glob("*.txt")) if path.is_dir() else [path]:
            if file.suffix == ".parquet":
                texts += pd.read_parquet(file, columns=["text"])["text"].tolist()
            else:
                texts.append(file.read_text(encoding="utf-8", errors="replace"))
    return texts
