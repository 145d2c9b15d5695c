"""The leading dimensions along which rows of counts depart from each other."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# What rounding leaves of the inertia of a dimension that is not there.
ROUNDING = 1e-12
# Up to so many rows (or columns, if there are fewer) all dimensions are found at once.
MOST_AT_ONCE = 1000


class LeadingAxes(NamedTuple):
    """Singular values, standard coordinates of rows and columns, and the whole inertia."""

    singular: Floats
    rows: Floats
    columns: Floats
    inertia: float


def leading_axes(counts: Any, n_dimensions: int) -> LeadingAxes:
    """Decompose how a sparse matrix of counts departs from independence of rows and columns.

    Parameters
    ----------
    counts
        Texts by words; each row and each column holds a count.
    n_dimensions
        How many dimensions, one or more.

    Returns
    -------
    Coordinates whose mean square is 1, weighted by the counts of each row (column); the sign of a
    dimension is such that the row farthest out is positive. No matrix of texts by words is made
    dense, nor one of more than a million cells.

    Raises
    ------
    ValueError
        If there are not so many dimensions along which the texts differ.

    References
    ----------
    Greenacre (2017), Correspondence Analysis in Practice, third edition, appendix A.
    """
    total = counts.sum()
    texts, words = (np.asarray(counts.sum(axis=axis)) / total for axis in (1, 0))
    shares = counts.multiply(1 / np.sqrt(texts * total * total)[:, None])
    shares = shares.multiply(1 / np.sqrt(words)[None, :]).tocsr()
    flat = shares.shape[0] <= shares.shape[1]
    few = shares if flat else shares.T.tocsr()
    masses, others = (texts, words) if flat else (words, texts)
    at_once = len(masses) <= MOST_AT_ONCE
    decompose = _all_squares if at_once else _largest_squares
    squares, near = decompose(few, np.sqrt(masses), n_dimensions)
    there = int((squares > ROUNDING).sum())
    if n_dimensions > there:
        raise ValueError(f"n_dimensions is {n_dimensions}; the texts differ along {there}")
    squares, near = squares[:n_dimensions], near[:, :n_dimensions]
    singular = np.sqrt(squares)
    far = (few.T @ near - np.outer(np.sqrt(others), np.sqrt(masses) @ near)) / singular
    left, right = (near, far) if flat else (far, near)
    left, right = left / np.sqrt(texts)[:, None], right / np.sqrt(words)[:, None]
    signs = np.sign(left[np.abs(left).argmax(axis=0), np.arange(n_dimensions)])
    inertia = float((shares.data**2).sum()) - 1
    return LeadingAxes(singular, left * signs, right * signs, inertia)


def _all_squares(few: Any, roots: Floats, n_dimensions: int) -> tuple[Floats, Floats]:
    """Return every squared singular value, the largest first, and their vectors."""
    squares, vectors = np.linalg.eigh((few @ few.T).toarray() - np.outer(roots, roots))
    order = np.argsort(-squares, kind="stable")
    return squares[order], vectors[:, order]


def _largest_squares(few: Any, roots: Floats, n_dimensions: int) -> tuple[Floats, Floats]:
    """Return the largest squared singular values and their vectors, by products alone."""
    from scipy.sparse.linalg import LinearOperator, eigsh

    size = len(roots)

    def product(vector: Floats) -> Floats:
        found: Floats = few @ (few.T @ vector) - roots * (roots @ vector)
        return found

    operator = LinearOperator((size, size), matvec=product, dtype=np.float64)
    # Any start that is the same each time, and not the one direction that tells nothing.
    start = np.cos(np.arange(size, dtype=np.float64))
    squares, vectors = eigsh(operator, k=n_dimensions, which="LA", v0=start)
    return squares[::-1], vectors[:, ::-1]
