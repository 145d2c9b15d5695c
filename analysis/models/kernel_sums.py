"""Sums of exponentials at many points at once, for models of counts.

Each word of a Poisson scaling model needs ``sum_i exp(a_i + x y_i)`` at its own x, over all
documents i, and the same weighted by y and y squared. As functions of x these are smooth, so they
are computed at a few nodes and interpolated: a matrix of words by documents is never made.
"""

from __future__ import annotations

import numpy as np
from numpy.polynomial.chebyshev import chebval
from numpy.typing import NDArray

Floats = NDArray[np.float64]

NODES = 24
# Half the width of a piece, in units of the exponent: 24 Chebyshev nodes are exact to 1e-11 there.
REACH = 6.0
# Nodes whose exponentials are held at once.
BLOCK = 8


class KernelSums:
    """``sum_i exp(a_i + x y_i) y_i ** p`` for p = 0, 1, 2 and any x from `low` to `high`."""

    def __init__(self, a: Floats, y: Floats, low: float, high: float) -> None:
        steepest = max(float(np.abs(y).max()), 1e-9)
        pieces = max(1, int(np.ceil((high - low) * steepest / (2 * REACH))))
        edges = np.linspace(low, high, pieces + 1)
        self.edges, self.half = edges, np.diff(edges) / 2
        self.middle = edges[:-1] + self.half
        angles = np.pi * (np.arange(NODES) + 0.5) / NODES
        nodes = (self.middle[:, None] + self.half[:, None] * np.cos(angles)).ravel()
        values = _values(a, y, nodes).reshape(3, pieces, NODES)
        basis = np.cos(np.outer(np.arange(NODES), angles)) * 2 / NODES
        basis[0] /= 2
        self.series = np.einsum("pk,qjk->qjp", basis, values)

    def __call__(self, x: Floats) -> Floats:
        """Return the three sums at each x: a row for each power."""
        piece = np.clip(np.searchsorted(self.edges, x) - 1, 0, len(self.half) - 1)
        place = np.clip((x - self.middle[piece]) / self.half[piece], -1.0, 1.0)
        sums: Floats = np.empty((3, len(x)))
        # Piece by piece, since one series for many points is evaluated fast.
        order = np.argsort(piece, kind="stable")
        ends = np.cumsum(np.bincount(piece, minlength=len(self.half)))
        for number, mine in enumerate(np.split(order, ends[:-1])):
            sums[:, mine] = chebval(place[mine], self.series[:, number].T)
        return sums


def _values(a: Floats, y: Floats, nodes: Floats) -> Floats:
    values = np.empty((3, len(nodes)))
    for start in range(0, len(nodes), BLOCK):
        part = slice(start, start + BLOCK)
        kernel = np.exp(np.outer(nodes[part], y) + a)
        values[:, part] = kernel.sum(axis=1), kernel @ y, kernel @ (y * y)
    return values
