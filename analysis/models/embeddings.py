"""Sentence embeddings from a model folder that the user has, without deep-learning libraries.

A folder is one of sentence-transformers: config.json, tokenizer.json, model.safetensors, and
1_Pooling/config.json. Networks of the BERT family are read.

References
----------
Devlin, Chang, Lee and Toutanova (2019), NAACL, for the network; Reimers and Gurevych (2019), EMNLP,
for sentence embeddings by their mean.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.errors import LoadError
from analysis.models.wordpiece import WordPieces, load_word_pieces, read_json

Single = NDArray[np.float32]

# Word pieces that go through the network at once: what a processor keeps close at hand.
BATCH = 512
FILES = (
    *("config.json", "tokenizer.json", "model.safetensors", "1_Pooling/config.json"),
    "sentence_bert_config.json",
)
# Abramowitz and Stegun (1964), 7.1.26: the tail of the normal curve to 1.5e-7, in single precision
# no further off than the exact one, and four times as fast.
_NEAR = np.float32(0.3275911 / np.sqrt(2))
_TAIL = np.array(
    [1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592], dtype=np.float32
) / np.float32(2)


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

    def __call__(self, texts: Sequence[str]) -> Single:
        """Return a unit vector for each text, as `encode`."""
        return encode(self, texts)


def load_encoder(path: Path | str) -> Encoder:
    """Read the encoder of a folder.

    Raises
    ------
    LoadError
        If a file is missing or damaged, the network is not of the BERT family, its vectors are not
        pooled by their mean, or its parts do not fit together.
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
    pieces = load_word_pieces(folder)
    weights = _load_weights(folder / FILES[2])
    try:
        return _checked(_encoder(weights, config, pieces, folder.name))
    except KeyError as error:
        raise LoadError(f"{folder}: the network lacks {error}") from error
    except (TypeError, ValueError) as error:
        raise LoadError(f"{folder}: parts of the network do not fit: {error}") from error


def encode(encoder: Encoder, texts: Sequence[str]) -> Single:
    """Return a unit vector for each text: shape (texts, width of the network).

    Texts of one length go through the network together, so that none is padded; each text does so
    once, however often it stands there. What lies beyond the network's longest text is cut off.

    Raises
    ------
    ValueError
        If a text is missing.
    """
    for place, text in enumerate(texts):
        if not isinstance(text, str):
            raise ValueError(f"text {place} is {text!r}; leave missing texts out, or give ''")
    distinct = {text: place for place, text in enumerate(dict.fromkeys(texts))}
    numbers = [encoder.pieces.encode(text) for text in distinct]
    lengths = np.array([len(row) for row in numbers], dtype=np.intp)
    found = np.zeros((len(distinct), encoder.words.shape[1]), dtype=np.float32)
    for length in np.unique(lengths):
        alike, step = np.flatnonzero(lengths == length), max(BATCH // int(length), 1)
        for start in range(0, len(alike), step):
            chosen = alike[start : start + step]
            found[chosen] = _mean_vectors(encoder, np.array([numbers[row] for row in chosen]))
    return found[np.array([distinct[text] for text in texts], dtype=np.intp)]


def _mean_vectors(encoder: Encoder, numbers: NDArray[np.int64]) -> Single:
    """Run texts of one length through the network; the mean of each, of length one."""
    n_texts, length = numbers.shape
    width = encoder.words.shape[1]
    state = (encoder.words[numbers] + encoder.places[:length]).reshape(-1, width)
    state = _normed(state, encoder.norm, encoder.epsilon)
    for layer in encoder.layers:
        heard = _attended(_linear(state, layer.attend), encoder.heads, length)
        state += _linear(heard, layer.out)
        state = _normed(state, layer.out_norm, encoder.epsilon)
        state += _linear(_bent(_linear(state, layer.widen)), layer.narrow)
        state = _normed(state, layer.norm, encoder.epsilon)
    mean: Single = state.reshape(n_texts, length, width).mean(axis=1)
    mean /= np.maximum(np.linalg.norm(mean, axis=1, keepdims=True), np.float32(1e-12))
    return mean


def _attended(mixed: Single, heads: int, length: int) -> Single:
    """Let each place of a text hear all others, in each head."""
    width = mixed.shape[1] // 3
    parts = mixed.reshape(-1, length, 3, heads, width // heads).transpose(2, 0, 3, 1, 4)
    asked, offered, said = parts
    # Places that are heard stand in rows: sums over rows are faster than sums along them.
    scores = offered @ asked.swapaxes(-1, -2)
    scores *= np.float32(1 / np.sqrt(width // heads))
    scores -= scores.max(axis=-2, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=-2, keepdims=True)
    heard: Single = (scores.swapaxes(-1, -2) @ said).swapaxes(1, 2).reshape(-1, width)
    return heard


def _linear(state: Single, weights: tuple[Single, Single]) -> Single:
    rows: Single = state @ weights[0]
    rows += weights[1]
    return rows


def _normed(state: Single, scale: tuple[Single, Single], epsilon: float) -> Single:
    apart: Single = state - state.mean(axis=1, keepdims=True)
    spread = np.einsum("ij,ij->i", apart, apart) / np.float32(apart.shape[1])
    apart /= np.sqrt(spread + np.float32(epsilon))[:, None]
    apart *= scale[0]
    apart += scale[1]
    return apart


def _bent(state: Single) -> Single:
    """Bend `state` itself: the Gaussian error linear unit (Hendrycks and Gimpel 2016).

    Of x times the normal curve up to x: what is above 0, less |x| times the tail beyond |x|.
    """
    far = np.abs(state)
    near = far * _NEAR
    near += np.float32(1)
    np.reciprocal(near, out=near)
    tail = near * _TAIL[0]
    for weight in _TAIL[1:]:
        tail += weight
        tail *= near
    tail *= far
    far *= far
    far *= np.float32(-0.5)
    tail *= np.exp(far, out=far)
    np.maximum(state, np.float32(0), out=state)
    state -= tail
    return state


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


def _checked(encoder: Encoder) -> Encoder:
    """Return an encoder whose texts are no longer than it has places, if its parts fit."""
    n_words, width = encoder.words.shape
    highest = max(encoder.pieces.numbers.values())
    if highest >= n_words:
        raise ValueError(f"a word piece has the number {highest}, there are {n_words} vectors")
    if width % encoder.heads:
        raise ValueError(f"vectors of {width} cannot be shared by {encoder.heads} heads")
    if not np.isfinite(_mean_vectors(encoder, np.zeros((1, 1), dtype=np.int64))).all():
        raise ValueError("it gives vectors that are no numbers")
    longest = min(encoder.pieces.longest, len(encoder.places))
    return replace(encoder, pieces=replace(encoder.pieces, longest=longest))


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
