"""The gradients of the network, by hand: embeddings, recurrent layers, chain.

`analysis.corpus.tagger.network` is the same network in use; a test holds these gradients
against differences of the loss.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.corpus.tagger.network import LAYERS, Floats, Numbers, Weights, running_rows

Gradients = dict[str, Floats]
# Beyond this the exponential leaves the range of the numbers, and changes nothing.
LARGEST = 60.0


@dataclass(frozen=True, eq=False)
class _Trace:
    """What the way forward through a layer leaves for the way back: (steps, 2, rows, ·)."""

    inputs: Floats
    before: Floats
    gates: Floats
    inner: Floats
    new: Floats


def loss_and_gradients(
    weights: Weights, embedded: Floats, labels: Numbers, lengths: Numbers, masks: Sequence[Floats]
) -> tuple[float, Gradients, Floats]:
    """Return the loss of a batch, the gradients of the weights, and that of the embeddings.

    `embedded` is (steps, rows, width), rows by falling length; `masks` drop inputs and the
    outputs of each layer.
    """
    steps, rows, _ = embedded.shape
    turn = turned_places(lengths, steps)
    inputs = embedded * masks[0]
    hidden, traces = inputs, []
    for layer in range(LAYERS):
        hidden, trace = _forward(hidden, lengths, turn, weights, layer)
        hidden = hidden * masks[1 + layer]
        traces.append(trace)
    top = np.concatenate([hidden, inputs], axis=2).reshape(steps * rows, -1)
    scores = (top @ weights["Wo"] + weights["bo"]).reshape(steps, rows, -1)
    loss, by_score, by_move = chain_loss(scores, labels, lengths, weights["trans"])
    by_score = by_score.reshape(steps * rows, -1)
    grads: Gradients = {"Wo": top.T @ by_score, "bo": by_score.sum(0), "trans": by_move}
    by_top = (by_score @ weights["Wo"].T).reshape(steps, rows, -1)
    width = hidden.shape[2]
    back = by_top[:, :, :width]
    for layer in range(LAYERS - 1, -1, -1):
        back, more = _backward(back * masks[1 + layer], lengths, turn, weights, (layer, traces))
        grads.update(more)
    return loss, grads, (back + by_top[:, :, width:]) * masks[0]


def turned_places(lengths: Numbers, steps: int) -> Numbers:
    """Return where each place of a batch (steps times rows, flat) stands in the turned one."""
    at = np.arange(steps)[:, None]
    turned = np.where(at < lengths, lengths - 1 - at, at)
    places: Numbers = (turned * len(lengths) + np.arange(len(lengths))).ravel()
    return places


def chain_loss(
    scores: Floats, labels: Numbers, lengths: Numbers, transitions: Floats
) -> tuple[float, Floats, Floats]:
    """Return the negative log-likelihood of the labels and its gradients, by score and move."""
    steps, _, size = scores.shape
    inside = (np.arange(steps)[:, None] < lengths).astype(np.float32)
    top = scores.max(axis=2, keepdims=True)
    weight, move = np.exp(scores - top), np.exp(transitions)
    ahead, behind, norm = _both_ways(weight, move, inside)
    chance = ahead * behind
    chance /= chance.sum(axis=2, keepdims=True)
    gold = np.eye(size, dtype=np.float32)[labels]
    right = weight[1:] * behind[1:]
    total = ((ahead[:-1] @ move) * right).sum(2, keepdims=True)
    right *= inside[1:, :, None] / total
    pairs = move * (ahead[:-1].reshape(-1, size).T @ right.reshape(-1, size))
    seen = (gold[:-1] * inside[1:, :, None]).reshape(-1, size).T @ gold[1:].reshape(-1, size)
    by_token = (np.log(norm) + top[:, :, 0] - (scores * gold).sum(2)) * inside
    loss = by_token.sum() - (seen * transitions).sum()
    return float(loss), (chance - gold) * inside[:, :, None], pairs - seen


def _both_ways(weight: Floats, move: Floats, inside: Floats) -> tuple[Floats, Floats, Floats]:
    """Run the scaled forward and backward recursions."""
    steps, rows, _ = weight.shape
    ahead, norm = np.zeros_like(weight), np.ones((steps, rows), np.float32)
    for step in range(steps):
        reach = weight[step] if step == 0 else (ahead[step - 1] @ move) * weight[step]
        norm[step] = reach.sum(1)
        ahead[step] = reach / norm[step, :, None]
    behind = np.ones_like(weight)
    for step in range(steps - 2, -1, -1):
        reach = (weight[step + 1] * behind[step + 1]) @ move.T
        reach /= reach.sum(1, keepdims=True)
        behind[step] = np.where(inside[step + 1, :, None] > 0, reach, 1)
    return ahead, behind, norm


def _forward(
    x: Floats, lengths: Numbers, turn: Numbers, weights: Weights, layer: int
) -> tuple[Floats, _Trace]:
    """Run a layer as the network in use does, and keep the trace."""
    steps, rows, _ = x.shape
    recurrent, into, bias = weights[f"U{layer}"], weights[f"W{layer}"], weights[f"b{layer}"]
    inner_bias = weights[f"c{layer}"][:, None, :]
    size = recurrent.shape[1]
    flat = x.reshape(steps * rows, -1)
    given = np.stack([flat @ into[0] + bias[0], (flat @ into[1] + bias[1])[turn]])
    given = given.reshape(2, steps, rows, -1).swapaxes(0, 1)
    widths = (size, 2 * size, size, size)
    before, gates, inner, new = (np.zeros((steps, 2, rows, w), np.float32) for w in widths)
    state = np.zeros((2, rows, size), np.float32)
    out = np.zeros((steps, 2, rows, size), np.float32)
    running = running_rows(lengths, steps)
    for step in range(steps):
        k = running[step]
        now, at = state[:, :k], given[step, :, :k]
        before[step, :, :k] = now
        pushed = now @ recurrent
        gate = np.minimum(pushed[:, :, : 2 * size] + at[:, :, : 2 * size], LARGEST)
        gate = 1 / (1 + np.exp(gate))
        within = pushed[:, :, 2 * size :] + inner_bias
        fresh = np.tanh(at[:, :, 2 * size :] + gate[:, :, :size] * within)
        state[:, :k] = fresh + gate[:, :, size:] * (now - fresh)
        out[step, :, :k] = state[:, :k]
        gates[step, :, :k], inner[step, :, :k], new[step, :, :k] = gate, within, fresh
    back = out[:, 1].reshape(steps * rows, size)[turn].reshape(steps, rows, size)
    return np.concatenate([out[:, 0], back], axis=2), _Trace(flat, before, gates, inner, new)


def _backward(
    by_out: Floats,
    lengths: Numbers,
    turn: Numbers,
    weights: Weights,
    layers: tuple[int, Sequence[_Trace]],
) -> tuple[Floats, Gradients]:
    """Return the gradient of a layer's input, and those of its weights."""
    layer, trace = layers[0], layers[1][layers[0]]
    steps, rows, _ = by_out.shape
    into = weights[f"W{layer}"]
    size = weights[f"U{layer}"].shape[1]
    by_gate, by_new = _through_time(by_out, lengths, turn, weights[f"U{layer}"], trace)

    def flat(values: Floats) -> Floats:
        return values.swapaxes(0, 1).reshape(2, steps * rows, -1)

    by_pushed = flat(by_gate)
    by_given = by_pushed.copy()
    by_given[:, :, 2 * size :] = flat(by_new)
    by_given[1] = by_given[1][turn]
    grads = {
        f"U{layer}": flat(trace.before).swapaxes(1, 2) @ by_pushed,
        f"c{layer}": by_pushed[:, :, 2 * size :].sum(1),
        f"W{layer}": trace.inputs.T[None] @ by_given,
        f"b{layer}": by_given.sum(1),
    }
    return (by_given @ into.swapaxes(1, 2)).sum(0).reshape(steps, rows, -1), grads


def _through_time(
    by_out: Floats, lengths: Numbers, turn: Numbers, recurrent: Floats, trace: _Trace
) -> tuple[Floats, Floats]:
    """Return the gradients of what is pushed on by the state, and of the new states."""
    steps, rows, _ = by_out.shape
    size = recurrent.shape[1]
    turned = by_out[:, :, size:].reshape(steps * rows, size)[turn].reshape(steps, rows, size)
    given = np.stack([by_out[:, :, :size], turned], axis=1)
    by_gate = np.zeros((steps, 2, rows, 3 * size), np.float32)
    by_new = np.zeros((steps, 2, rows, size), np.float32)
    by_state = np.zeros((2, rows, size), np.float32)
    running = running_rows(lengths, steps)
    back = recurrent.swapaxes(1, 2).copy()
    for step in range(steps - 1, -1, -1):
        k = running[step]
        reset = trace.gates[step, :, :k, :size]
        keep = trace.gates[step, :, :k, size:]
        fresh, now = trace.new[step, :, :k], trace.before[step, :, :k]
        grad = by_state[:, :k] + given[step, :, :k]
        inner = grad * (1 - keep) * (1 - fresh * fresh)
        by_new[step, :, :k] = inner
        part = by_gate[step, :, :k]
        # The weights of the gates are stored negated.
        part[:, :, :size] = -inner * trace.inner[step, :, :k] * reset * (1 - reset)
        part[:, :, size : 2 * size] = -grad * (now - fresh) * keep * (1 - keep)
        part[:, :, 2 * size :] = inner * reset
        by_state[:, :k] = grad * keep + part @ back
    return by_gate, by_new
