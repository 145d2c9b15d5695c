"""Labels under a linear-chain conditional random field, for many sequences side by side.

References
----------
Lafferty, McCallum and Pereira (2001), ICML. Rabiner (1989), Proceedings of the IEEE 77(2), for
the scaled forward-backward recursion and Viterbi's.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analysis.corpus.tagger.network import Floats, Numbers, running_rows

Labels = NDArray[np.int8]

ROWS = 256


def label_sequences(
    scores: Floats, transitions: Floats, starts: Numbers, ends: Numbers
) -> tuple[Labels, Floats]:
    """Return the best label and the probabilities of all labels, for every token.

    `scores` are (tokens, labels); sequences are half-open and share no tokens; tokens outside
    all of them have label 0 and no probabilities.
    """
    labels = np.zeros(len(scores), np.int8)
    chances = np.zeros_like(scores)
    order = np.argsort(starts - ends, kind="stable")
    for first in range(0, len(order), ROWS):
        chosen = order[first : first + ROWS]
        lengths = (ends - starts)[chosen]
        steps = np.arange(lengths[0])[:, None]
        inside = steps < lengths
        places = np.where(inside, starts[chosen] + steps, 0)
        block = scores[places]
        labels[places[inside]] = best_path(block, lengths, transitions)[inside]
        chances[places[inside]] = marginals(block, lengths, transitions)[inside]
    return labels, chances


def best_path(block: Floats, lengths: Numbers, transitions: Floats) -> Labels:
    """Return the likeliest labels (steps, rows) of scores (steps, rows, labels), by Viterbi."""
    steps, rows, size = block.shape
    running = running_rows(lengths, steps)
    value = block[0].copy()
    back = np.zeros((steps, rows, size), np.int8)
    into = transitions.T[None]
    for step in range(1, steps):
        active = running[step]
        reach = value[:active, None, :] + into
        choice = reach.argmax(2)
        back[step, :active] = choice
        best = np.take_along_axis(reach, choice[:, :, None], 2)[:, :, 0]
        value[:active] = best + block[step, :active]
    return _walk_back(back, value.argmax(1), running)


def _walk_back(back: Labels, last: NDArray[np.intp], running: Numbers) -> Labels:
    steps, rows, _ = back.shape
    path = np.zeros((steps, rows), np.int8)
    now = np.zeros(rows, np.int64)
    after = 0
    for step in range(steps - 1, -1, -1):
        active = running[step]
        if after:
            now[:after] = back[step + 1][np.arange(after), now[:after]]
        now[after:active] = last[after:active]
        path[step, :active] = now[:active]
        after = int(active)
    return path


def marginals(block: Floats, lengths: Numbers, transitions: Floats) -> Floats:
    """Return the probability of every label at every step, by the forward-backward recursion."""
    steps, rows, size = block.shape
    running = running_rows(lengths, steps)
    weight = np.exp(block - block.max(axis=2, keepdims=True))
    move = np.exp(transitions)
    chances = np.zeros_like(weight)
    ahead = weight[0] / weight[0].sum(1, keepdims=True)
    chances[0] = ahead
    for step in range(1, steps):
        active = running[step]
        ahead = (ahead[:active] @ move) * weight[step, :active]
        ahead /= ahead.sum(1, keepdims=True)
        chances[step, :active] = ahead
    behind = np.ones((rows, size), np.float32)
    for step in range(steps - 2, -1, -1):
        active = running[step + 1]
        reach = (weight[step + 1, :active] * behind[:active]) @ move.T
        behind[:active] = reach / reach.sum(1, keepdims=True)
        chances[step] *= behind
    total: Floats = chances.sum(axis=2, keepdims=True)
    shares: Floats = chances / np.where(total > 0, total, 1)
    return shares
