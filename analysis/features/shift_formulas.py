"""The formulas of word shifts: what each term contributes, and how it changes with its shares.

`p` and `q` are a term's shares of the words of the target and of the reference. Logarithms are
binary; what is not used contributes 0 log 0 = 0.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.features.clustered import Side

Floats = NDArray[np.float64]
Contribution = Callable[[Floats, Floats], Floats]
# Of the contribution, by p and by q.
Slopes = Callable[[Floats, Floats], tuple[Floats, Floats]]

DEALT_AT_ONCE = 32
LOG_2 = float(np.log(2))


@dataclass(frozen=True)
class Formula:
    """A measure of how two sides differ, as a sum over terms."""

    name: str
    contribution: Contribution
    slopes: Slopes


def weighted(scores: Floats, neutral: float) -> Formula:
    """Return the shift of an average of scores: (p - q) (score - neutral)."""
    above = scores - neutral
    return Formula("weighted", lambda p, q: (p - q) * above, lambda p, q: (above, -above))


def deleted_totals(formula: Formula, sides: Sequence[Side], place: int) -> Floats:
    """Return the sum of contributions without each document of a side in turn."""
    p, q = (side.matrix.sum(axis=0) / max(side.sizes.sum(), 1) for side in sides)
    side = sides[place]
    totals, size = np.asarray(side.matrix.sum(axis=0), dtype=np.float64), side.sizes.sum()
    found = []
    for row in np.flatnonzero((side.sizes > 0) & (side.sizes < size)):
        start, end = side.matrix.indptr[row : row + 2]
        left = totals.copy()
        left[side.matrix.indices[start:end]] -= side.matrix.data[start:end]
        share = left / (size - side.sizes[row])
        pair = (share, q) if place == 0 else (p, share)
        found.append(float(formula.contribution(*pair).sum()))
    return np.array(found)


def dealt_totals(formula: Formula, sides: Sequence[Side], dealings: NDArray[np.intp]) -> Floats:
    """Return the sum of contributions with the documents dealt anew to the sides.

    Each row of `dealings` orders the documents of both; the first ones are the target's.
    """
    from scipy.sparse import csr_array, vstack

    counts = vstack([side.matrix for side in sides]).tocsr()
    n_target, whole = len(sides[0].sizes), np.asarray(counts.sum(axis=0), dtype=np.float64)
    found = [np.empty(0)]
    for start in range(0, len(dealings), DEALT_AT_ONCE):
        block = dealings[start : start + DEALT_AT_ONCE, :n_target]
        rows = np.repeat(np.arange(len(block)), n_target)
        shape = len(block), counts.shape[0]
        pick = csr_array((np.ones(block.size), (rows, block.ravel())), shape=shape)
        first = (pick @ counts).toarray()
        found.append(formula.contribution(_rows(first), _rows(whole - first)).sum(axis=1))
    return np.concatenate(found)


def _rows(counts: Floats) -> Floats:
    """Return the shares of each row; none of an empty one."""
    shares: Floats = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    return shares


def _log(p: Floats) -> Floats:
    """Return log2 p, and 0 where there is no p: it stands beside a factor of 0."""
    return np.log2(np.where(p > 0, p, 1.0))


def _entropy(p: Floats, q: Floats) -> Floats:
    return q * _log(q) - p * _log(p)


def _entropy_slopes(p: Floats, q: Floats) -> tuple[Floats, Floats]:
    return -_log(p) - 1 / LOG_2, _log(q) + 1 / LOG_2


def _jensen_shannon(p: Floats, q: Floats) -> Floats:
    middle = _log((p + q) / 2)
    return (p * (_log(p) - middle) + q * (_log(q) - middle)) / 2


def _jensen_shannon_slopes(p: Floats, q: Floats) -> tuple[Floats, Floats]:
    middle = _log((p + q) / 2)
    return (_log(p) - middle) / 2, (_log(q) - middle) / 2


def _kullback_leibler(p: Floats, q: Floats) -> Floats:
    return np.where((p > 0) & (q == 0), np.inf, p * (_log(p) - _log(q)))


def _kullback_leibler_slopes(p: Floats, q: Floats) -> tuple[Floats, Floats]:
    return _log(p) - _log(q) + 1 / LOG_2, -p / (np.where(q > 0, q, np.inf) * LOG_2)


FORMULAS: Mapping[str, Formula] = {
    formula.name: formula
    for formula in (
        Formula("proportion", lambda p, q: p - q, lambda p, q: (np.ones_like(p), -np.ones_like(q))),
        Formula("entropy", _entropy, _entropy_slopes),
        Formula("tsallis", lambda p, q: q**2 - p**2, lambda p, q: (-2 * p, 2 * q)),
        Formula("jensen_shannon", _jensen_shannon, _jensen_shannon_slopes),
        Formula("kullback_leibler", _kullback_leibler, _kullback_leibler_slopes),
    )
}
