"""Sentence embeddings from a model folder that the user has, without deep-learning libraries.

A folder is one of sentence-transformers: config.json, tokenizer.json, model.safetensors, and
1_Pooling/config.json. Networks of the BERT family are read.

References
----------
Devlin, Chang, Lee and Toutanova (2019), NAACL, for the network; Reimers and Gurevych (2019), EMNLP,
for sentence embeddings by its mean.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.errors import LoadError
from analysis.models.wordpiece import WordPieces, load_word_pieces, read_json

Single = NDArray[np.float32]

# Texts of one length that go through the network at once.
BATCH = 64
FILES = ("config.json", "tokenizer.json", "model.safetensors", "1_Pooling/config.json")


@dataclass(frozen=True)
class Layer:
    """One layer: attention, then two linear maps with a bend between them, each normalised."""

    attend: tuple[Single, Single]
    out: tuple[Single, Single]
    out_norm: tuple[Single, Single]
    widen: tuple[Single, Single]
    narrow: tuple[Single, Single]
    norm: tuple[Single, Single]


@dataclass(frozen=True)
class Encoder:
    """A network that turns texts into vectors.

    Attributes
    ----------
    pieces
        Its word pieces.
    words, places
        A vector for each word piece, and for each place in a text.
    norm
        Scale and shift of their sum.
    layers
        The layers, first to last.
    heads, epsilon
        Heads of attention, and what is added to variances.
    name
        The folder's name.
    """

    pieces: WordPieces
    words: Single
    places: Single
    norm: tuple[Single, Single]
    layers: tuple[Layer, ...]
    heads: int
    epsilon: float
    name: str


def load_encoder(path: Path | str) -> Encoder:
    """Read the encoder of a folder.

    Raises
    ------
    LoadError
        If a file is missing or damaged, the network is not of the BERT family, or its vectors are
        not pooled by their mean.
    """
    folder = Path(path)
    missing = [name for name in FILES if not (folder / name).is_file()]
    if missing:
        raise LoadError(f"{folder}: no {missing[0]}; the folder of an encoder holds {list(FILES)}")
    config = read_json(folder / FILES[0])
    if config.get("model_type") != "bert" or config.get("hidden_act") != "gelu":
        raise LoadError(
            f"{folder}: a network {config.get('model_type')!r} ({config.get('hidden_act')}); "
            "those read are 'bert' (gelu)"
        )
    if not read_json(folder / FILES[3]).get("pooling_mode_mean_tokens"):
        raise LoadError(f"{folder}: its vectors are not pooled by their mean, the one way read")
    weights = _load_weights(folder / FILES[2])
    try:
        return _encoder(weights, config, load_word_pieces(folder), folder.name)
    except KeyError as error:
        raise LoadError(f"{folder}: the network lacks {error}") from error


def encode(encoder: Encoder, texts: Sequence[str]) -> Single:
    """Return a unit vector for each text: shape (texts, width of the network).

    Texts of one length go through the network together, so that none is padded. What lies beyond
    the network's longest text is cut off.
    """
    numbers = [encoder.pieces.encode(text) for text in texts]
    lengths = np.array([len(row) for row in numbers], dtype=np.intp)
    found = np.zeros((len(texts), encoder.words.shape[1]), dtype=np.float32)
    for length in np.unique(lengths):
        alike = np.flatnonzero(lengths == length)
        for start in range(0, len(alike), BATCH):
            chosen = alike[start : start + BATCH]
            found[chosen] = _mean_vectors(encoder, np.array([numbers[row] for row in chosen]))
    return found


def _mean_vectors(encoder: Encoder, numbers: NDArray[np.int64]) -> Single:
    """Run texts of one length through the network; the mean of each, of length one."""
    state = encoder.words[numbers] + encoder.places[: numbers.shape[1]]
    state = _normed(state, encoder.norm, encoder.epsilon)
    for layer in encoder.layers:
        heard = _linear(_attended(_linear(state, layer.attend), encoder.heads), layer.out)
        state = _normed(state + heard, layer.out_norm, encoder.epsilon)
        thought = _linear(_bent(_linear(state, layer.widen)), layer.narrow)
        state = _normed(state + thought, layer.norm, encoder.epsilon)
    mean: Single = state.mean(axis=1)
    mean /= np.maximum(np.linalg.norm(mean, axis=1, keepdims=True), np.float32(1e-12))
    return mean


def _attended(mixed: Single, heads: int) -> Single:
    """Let each place of a text hear all others, in each head."""
    n_texts, length, width = mixed.shape
    parts = mixed.reshape(n_texts, length, 3, heads, width // 3 // heads).transpose(2, 0, 3, 1, 4)
    asked, offered, said = parts
    scores = asked @ offered.transpose(0, 1, 3, 2) / np.float32(np.sqrt(asked.shape[-1]))
    scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
    heard: Single = (scores / scores.sum(axis=-1, keepdims=True)) @ said
    return heard.transpose(0, 2, 1, 3).reshape(n_texts, length, width // 3)


def _linear(state: Single, weights: tuple[Single, Single]) -> Single:
    rows: Single = state.reshape(-1, state.shape[-1]) @ weights[0] + weights[1]
    return rows.reshape(*state.shape[:-1], -1)


def _normed(state: Single, scale: tuple[Single, Single], epsilon: float) -> Single:
    apart = state - state.mean(axis=-1, keepdims=True)
    spread = np.sqrt((apart**2).mean(axis=-1, keepdims=True) + np.float32(epsilon))
    normed: Single = apart / spread * scale[0] + scale[1]
    return normed


def _bent(state: Single) -> Single:
    """Return the Gaussian error linear unit (Hendrycks and Gimpel 2016)."""
    from scipy.special import ndtr

    bent: Single = state * ndtr(state)
    return bent


def _load_weights(path: Path) -> Mapping[str, Any]:
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        return {name.removeprefix("bert."): each for name, each in load_file(path).items()}
    except (OSError, SafetensorError) as error:
        raise LoadError(f"{path}: cannot be read: {error}") from error


def _encoder(
    weights: Mapping[str, Any], config: Mapping[str, Any], pieces: WordPieces, name: str
) -> Encoder:
    return Encoder(
        pieces=pieces,
        words=_single(weights["embeddings.word_embeddings.weight"]),
        # Every text is of the first kind: its vector is part of the place's.
        places=_single(
            weights["embeddings.position_embeddings.weight"]
            + weights["embeddings.token_type_embeddings.weight"][0]
        ),
        norm=_scale(weights, "embeddings.LayerNorm"),
        layers=tuple(_layer(weights, number) for number in range(config["num_hidden_layers"])),
        heads=config["num_attention_heads"],
        epsilon=config["layer_norm_eps"],
        name=name,
    )


def _layer(weights: Mapping[str, Any], number: int) -> Layer:
    base = f"encoder.layer.{number}"
    parts = [_map(weights, f"{base}.attention.self.{part}") for part in ("query", "key", "value")]
    return Layer(
        attend=(
            np.concatenate([part[0] for part in parts], axis=1),
            np.concatenate([part[1] for part in parts]),
        ),
        out=_map(weights, f"{base}.attention.output.dense"),
        out_norm=_scale(weights, f"{base}.attention.output.LayerNorm"),
        widen=_map(weights, f"{base}.intermediate.dense"),
        narrow=_map(weights, f"{base}.output.dense"),
        norm=_scale(weights, f"{base}.output.LayerNorm"),
    )


def _map(weights: Mapping[str, Any], name: str) -> tuple[Single, Single]:
    """Return a linear map for row vectors, and its shift."""
    return np.ascontiguousarray(_single(weights[f"{name}.weight"]).T), _single(
        weights[f"{name}.bias"]
    )


def _scale(weights: Mapping[str, Any], name: str) -> tuple[Single, Single]:
    return _single(weights[f"{name}.weight"]), _single(weights[f"{name}.bias"])


def _single(array: Any) -> Single:
    return np.asarray(array, dtype=np.float32)
