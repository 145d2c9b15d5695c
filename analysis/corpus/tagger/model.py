"""A trained tagger: its weights, and what they belong to, in one file without pickle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np

from analysis.corpus.tagger.chain import Labels, label_sequences
from analysis.corpus.tagger.network import Floats, Numbers, score_tokens
from analysis.corpus.tagger.reading import (
    PLACE_SIZES,
    Tokens,
    form_features,
    place_features,
    sequences,
)
from analysis.errors import LoadError
from analysis.storage import replace_file

PACKAGE, WEIGHTS = "analysis.corpus.tagger", "weights.npz"
# The language of the training texts.
LANGUAGE = "en"
# Weights that are few and keep their precision.
EXACT = frozenset({"confidence", "agreement"})


@dataclass(frozen=True, eq=False)
class Tagger:
    """Weights by name, the row of each feature in the embeddings, the classes of words."""

    weights: Mapping[str, Floats]
    rows: Mapping[str, int]
    classes: Mapping[str, tuple[int, int]]


@cache
def default_tagger() -> Tagger | None:
    """Return the tagger that comes with the package, or None where its weights are not there."""
    found = files(PACKAGE).joinpath(WEIGHTS)
    if not found.is_file():
        return None
    with as_file(found) as path:
        return load_tagger(path)


def load_tagger(path: Path | str) -> Tagger:
    """Read a tagger that `save_tagger` wrote.

    Raises
    ------
    LoadError
        If the file cannot be read or is no tagger.
    """
    try:
        with np.load(path) as file:
            stored = {name: file[name] for name in file.files}
        names = stored.pop("features").tobytes().decode().split("\n")
        words = stored.pop("words").tobytes().decode().split("\n")
        pairs = zip(stored.pop("coarse").tolist(), stored.pop("fine").tolist(), strict=True)
        scale = stored.pop("scale").astype(np.float32)
        embeddings = stored.pop("emb") * scale[:, None]
    except (OSError, ValueError, KeyError) as error:
        raise LoadError(f"{path}: no weights of a tagger: {error}") from error
    weights = {name: value.astype(np.float32) for name, value in stored.items()}
    rows = dict(zip(names, range(1, len(names) + 1), strict=True))
    classes = dict(zip(words, pairs, strict=True))
    return Tagger({**weights, "emb": embeddings}, rows, classes)


def save_tagger(tagger: Tagger, path: Path | str) -> Path:
    """Write a tagger: embeddings as bytes with a scale for each row, the rest in half precision."""
    embeddings = tagger.weights["emb"]
    scale = np.maximum(np.abs(embeddings).max(axis=1) / 127, 1e-4).astype(np.float16)
    whole = np.rint(embeddings / scale.astype(np.float32)[:, None])
    words = sorted(tagger.classes)
    stored: dict[str, np.ndarray] = {
        **{name: v.astype(np.float16) for name, v in tagger.weights.items() if name != "emb"},
        **{name: v for name, v in tagger.weights.items() if name in EXACT},
        "emb": np.clip(whole, -127, 127).astype(np.int8),
        "scale": scale,
        "features": _bytes(sorted(tagger.rows, key=tagger.rows.__getitem__)),
        "words": _bytes(words),
        "coarse": np.array([tagger.classes[word][0] for word in words], np.uint8),
        "fine": np.array([tagger.classes[word][1] for word in words], np.uint16),
    }
    path = Path(path)
    with replace_file(path) as temporary, temporary.open("wb") as file:
        np.savez_compressed(file, **stored)  # type: ignore[arg-type]
    return path


def label_tokens(texts: Sequence[Tokens], tagger: Tagger) -> tuple[Labels, Floats, Numbers]:
    """Return labels and label probabilities of all tokens, and where each text begins."""
    bounds = np.r_[0, np.cumsum([len(t.forms) for t in texts])].astype(np.int64)
    embedded = _embed(texts, tagger)
    scores = score_tokens(embedded, bounds[:-1], bounds[1:], tagger.weights)
    parts = [
        (base + start, base + end)
        for t, base in zip(texts, bounds.tolist(), strict=False)
        for start, end in sequences(t)
    ]
    starts, ends = np.array(parts, np.int64).reshape(-1, 2).T
    labels, chances = label_sequences(scores, tagger.weights["trans"], starts, ends)
    return labels, chances, bounds


def _embed(texts: Sequence[Tokens], tagger: Tagger) -> Floats:
    """Sum the embeddings of each token's features; those of a form are summed once."""
    embeddings = tagger.weights["emb"]
    known: dict[str, int] = {}
    at = np.array([known.setdefault(f, len(known)) for t in texts for f in t.forms], np.int64)
    rows = [[tagger.rows.get(f, 0) for f in form_features(x, tagger.classes)] for x in known]
    by_form = np.zeros((len(known), embeddings.shape[1]), np.float32)
    for column in np.array(rows, np.int64).reshape(len(known), -1).T:
        by_form += embeddings[column]
    out: Floats = by_form[at]
    places = np.concatenate([place_features(t) for t in texts])
    for column, offset in zip(places.T, place_rows(len(tagger.rows)), strict=True):
        out += embeddings[column + offset]
    return out


def place_rows(n_features: int) -> list[int]:
    """Return the first row of each feature of the place, after those of the forms."""
    return [1 + n_features + int(n) for n in np.r_[0, np.cumsum(PLACE_SIZES)[:-1]]]


def _bytes(words: Sequence[str]) -> np.ndarray:
    return np.frombuffer("\n".join(words).encode(), np.uint8)
