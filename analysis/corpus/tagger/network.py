"""The network in use: summed embeddings, bidirectional gated recurrent layers, scores per label.

All windows of a batch run side by side, both directions in one product. Windows of the backward
direction are turned round, so that every row starts at the left; rows are sorted by falling
length, so that those still running are the first ones.

References
----------
Cho et al. (2014), EMNLP, for the gated unit; Lample et al. (2016), NAACL, for a recurrent
network under a conditional random field.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]
Weights = Mapping[str, Floats]

LAYERS = 2
# Tokens of a window, of its edges that serve as context alone, and windows of a batch.
WINDOW, CONTEXT, BATCH = 256, 32, 64
# Beyond this the exponential leaves the range of the numbers, and changes nothing.
LARGEST = 60.0


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
        lengths = end - begin
        steps = np.arange(lengths[0])[:, None]
        inside = steps < lengths
        places = np.where(inside, begin + steps, 0)
        found = _score_windows(embedded[places] * inside[:, :, None], lengths, weights)
        kept = inside & (places >= keep_from) & (places < keep_to)
        scores[places[kept]] = found[kept]
    return scores


def turned_places(lengths: Numbers, steps: int) -> Numbers:
    """Return where each place of a batch (steps times rows, flat) stands in the turned one."""
    at = np.arange(steps)[:, None]
    turned = np.where(at < lengths, lengths - 1 - at, at)
    places: Numbers = (turned * len(lengths) + np.arange(len(lengths))).ravel()
    return places


def running_rows(lengths: Numbers, steps: int) -> Numbers:
    """Return how many rows, sorted by falling length, reach each step."""
    return np.searchsorted(-lengths, -np.arange(steps), "left").astype(np.int64)


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


def _score_windows(x: Floats, lengths: Numbers, weights: Weights) -> Floats:
    steps, rows, _ = x.shape
    turn = turned_places(lengths, steps)
    hidden = x
    for layer in range(LAYERS):
        hidden = _recurrent_layer(hidden, lengths, turn, weights, layer)
    top = np.concatenate([hidden, x], axis=2).reshape(steps * rows, -1)
    scores: Floats = (top @ weights["Wo"] + weights["bo"]).reshape(steps, rows, -1)
    return scores


def _recurrent_layer(
    x: Floats, lengths: Numbers, turn: Numbers, weights: Weights, layer: int
) -> Floats:
    """Run both directions of one layer: (steps, rows, width) to (steps, rows, 2 * size)."""
    steps, rows, _ = x.shape
    recurrent = weights[f"U{layer}"]
    size = recurrent.shape[1]
    inputs = _layer_inputs(x, turn, weights, layer)
    bias = weights[f"c{layer}"][:, None, :]
    state = np.zeros((2, rows, size), np.float32)
    out = np.zeros((steps, 2, rows, size), np.float32)
    running = running_rows(lengths, steps)
    for step in range(steps):
        active = running[step]
        now, given = state[:, :active], inputs[step, :, :active]
        pushed = now @ recurrent
        gates = pushed[:, :, : 2 * size]
        gates += given[:, :, : 2 * size]
        # The weights of the gates are stored negated: 1 / (1 + exp(-a)) needs no sign.
        np.exp(np.minimum(gates, LARGEST, out=gates), out=gates)
        gates += 1
        np.reciprocal(gates, out=gates)
        new = pushed[:, :, 2 * size :]
        new += bias
        new *= gates[:, :, :size]
        new += given[:, :, 2 * size :]
        np.tanh(new, out=new)
        now -= new
        now *= gates[:, :, size:]
        now += new
        out[step, :, :active] = now
    back = out[:, 1].reshape(steps * rows, size)[turn].reshape(steps, rows, size)
    return np.concatenate([out[:, 0], back], axis=2)


def _layer_inputs(x: Floats, turn: Numbers, weights: Weights, layer: int) -> Floats:
    steps, rows, _ = x.shape
    flat = x.reshape(steps * rows, -1)
    into, bias = weights[f"W{layer}"], weights[f"b{layer}"]
    inputs = np.empty((steps, 2, rows, into.shape[2]), np.float32)
    inputs[:, 0] = (flat @ into[0] + bias[0]).reshape(steps, rows, -1)
    inputs[:, 1] = ((flat @ into[1] + bias[1])[turn]).reshape(steps, rows, -1)
    return inputs
