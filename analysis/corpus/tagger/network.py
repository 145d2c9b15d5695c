"""The network in use: summed embeddings, bidirectional gated recurrent layers, scores per label.

All windows of a batch run side by side, both directions in one product. Windows of the backward
direction are turned round, so that every row starts at the left; rows are sorted by falling
length, so that those still running are the first ones. Tokens are packed step by step: first
the first token of every window, then the second of those that have one, with nothing between.

References
----------
Cho et al. (2014), EMNLP, for the gated unit; Lample et al. (2016), NAACL, for a recurrent
network under a conditional random field.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]
Weights = Mapping[str, Floats]

LAYERS = 2
# Tokens of a window, of its edges that serve as context alone, and windows of a batch.
WINDOW, CONTEXT, BATCH = 512, 32, 40


class Packing(NamedTuple):
    """How the tokens of a batch of windows stand in packed order.

    Attributes
    ----------
    bounds
        Step ``i`` holds the packed tokens ``bounds[i]`` to ``bounds[i + 1]``.
    places
        The place of each packed token among all tokens.
    turned
        The packed token that stands in each one's place once every window is turned round.
    """

    bounds: Numbers
    places: Numbers
    turned: Numbers


def score_tokens(embedded: Floats, starts: Numbers, ends: Numbers, weights: Weights) -> Floats:
    """Score every label for every token.

    Parameters
    ----------
    embedded
        The embedding of each token, texts one after the other: (tokens, width).
    starts, ends
        Where each text begins and ends among the tokens.
    weights
        The weights by name.

    Returns
    -------
    Scores: (tokens, labels).
    """
    jobs = _cut_windows(starts, ends)
    scores = np.zeros((len(embedded), len(weights["bo"])), np.float32)
    for first in range(0, len(jobs), BATCH):
        begin, end, keep_from, keep_to = jobs[first : first + BATCH].T
        packing = _pack(begin, end)
        found = _score_packed(embedded[packing.places], packing, weights)
        row = np.concatenate([np.arange(n) for n in np.diff(packing.bounds)])
        kept = (packing.places >= keep_from[row]) & (packing.places < keep_to[row])
        scores[packing.places[kept]] = found[kept]
    return scores


def running_rows(lengths: Numbers, steps: int) -> Numbers:
    """Return how many rows, sorted by falling length, reach each step."""
    return np.searchsorted(-lengths, -np.arange(steps), "left").astype(np.int64)


def _pack(begin: Numbers, end: Numbers) -> Packing:
    """Pack the tokens of windows that are sorted by falling length."""
    lengths = end - begin
    steps = np.arange(lengths[0])[:, None]
    inside = steps < lengths
    bounds = np.r_[0, np.cumsum(inside.sum(axis=1))].astype(np.int64)
    turned = bounds[np.where(inside, lengths - 1 - steps, 0)] + np.arange(len(lengths))
    return Packing(bounds, (begin + steps)[inside], turned[inside])


def _cut_windows(starts: Numbers, ends: Numbers) -> Numbers:
    """Cut texts into overlapping windows: rows of begin, end, and what is kept of it."""
    jobs = [
        job
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
        for job in _windows_of(start, end)
    ]
    jobs.sort(key=lambda job: job[0] - job[1])
    return np.array(jobs, np.int64).reshape(-1, 4)


def _windows_of(start: int, end: int) -> Iterator[tuple[int, int, int, int]]:
    kept = start
    while kept < end:
        begin = max(start, kept - CONTEXT)
        stop = min(end, begin + WINDOW)
        keep_to = end if stop == end else stop - CONTEXT
        yield begin, stop, kept, keep_to
        kept = keep_to


def _score_packed(x: Floats, packing: Packing, weights: Weights) -> Floats:
    hidden = x
    # Beyond the range of the numbers a gate is shut, as it should be.
    with np.errstate(over="ignore"):
        for layer in range(LAYERS):
            hidden = _recurrent_layer(hidden, packing, weights, layer)
    scores: Floats = np.concatenate([hidden, x], axis=1) @ weights["Wo"]
    scores += weights["bo"]
    return scores


def _recurrent_layer(x: Floats, packing: Packing, weights: Weights, layer: int) -> Floats:
    """Run both directions of one layer: (tokens, width) to (tokens, 2 * size), packed."""
    recurrent = weights[f"U{layer}"]
    size = recurrent.shape[1]
    to_gates, to_new = (np.ascontiguousarray(u) for u in np.split(recurrent, [2 * size], axis=2))
    for_gates, for_new = _layer_inputs(x, packing, weights, layer)
    bias = weights[f"c{layer}"][:, None, :]
    state = np.zeros((2, int(packing.bounds[1]), size), np.float32)
    out = np.empty((2, len(x), size), np.float32)
    for first, end in pairwise(packing.bounds.tolist()):
        now = state[:, : end - first]
        gates = now @ to_gates
        gates += for_gates[:, first:end]
        # The weights of the gates are stored negated: 1 / (1 + exp(-a)) needs no sign.
        np.exp(gates, out=gates)
        gates += 1
        np.reciprocal(gates, out=gates)
        new = now @ to_new
        new += bias
        new *= gates[:, :, :size]
        new += for_new[:, first:end]
        np.tanh(new, out=new)
        now -= new
        now *= gates[:, :, size:]
        now += new
        out[:, first:end] = now
    return np.concatenate([out[0], out[1][packing.turned]], axis=1)


def _layer_inputs(
    x: Floats, packing: Packing, weights: Weights, layer: int
) -> tuple[Floats, Floats]:
    """Return what each token gives to the gates and to the new state: (2, tokens, width)."""
    into, bias = weights[f"W{layer}"], weights[f"b{layer}"][:, None, :]
    size = into.shape[2] // 3
    both = np.stack([x, x[packing.turned]])
    for_gates = both @ into[:, :, : 2 * size]
    for_gates += bias[:, :, : 2 * size]
    for_new = both @ into[:, :, 2 * size :]
    for_new += bias[:, :, 2 * size :]
    return for_gates, for_new
