"""How strongly words attract each other: the formulas, for pairs and for longer n-grams.

All measures compare how often words stand together, `n`, with what their own frequencies let
expect. For a pair the frequencies are `n_1` and `n_2`, and `total` is what they are counted in.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from analysis.features.contingency import expected_both, signed_chi2, signed_g2

Floats = NDArray[np.float64]

SMOOTHING = 0.5


def measure_association(
    pairs: pd.DataFrame, total: float, *, smoothing: float = SMOOTHING
) -> pd.DataFrame:
    """Add the measures of `collocations` to counted pairs.

    Parameters
    ----------
    pairs
        Has the columns `n`, `n_1` and `n_2`.
    total
        What the margins are counted in: the number of all pairs, or of tokens where `n_1` and
        `n_2` are frequencies of words.
    smoothing
        What `lambda_value` and `lambda_z` add to each of the four cells.

    Returns
    -------
    `pairs` with a column for each measure.
    """
    n, n_1, n_2 = (pairs[name].to_numpy(dtype=np.float64) for name in ("n", "n_1", "n_2"))
    whole = max(total, 1)
    cells = np.stack([total - n_1 - n_2 + n, n_1 - n, n_2 - n, n])
    value, z = interaction(cells, smoothing=smoothing)
    return pairs.assign(
        **_common(n, expected_both(n_1, n_2, whole)),
        g2=signed_g2(n, n_1, n_2, total),
        chi2=signed_chi2(n, n_1, n_2, total),
        dice=dice(n, n_1 + n_2, 2),
        log_dice=log_dice(n, n_1 + n_2, 2),
        delta_p_2_given_1=delta_p(n, n_1, n_2, total),
        delta_p_1_given_2=delta_p(n, n_2, n_1, total),
        lambda_value=value,
        lambda_z=z,
    )


def measure_cells(cells: Floats, *, smoothing: float = SMOOTHING) -> dict[str, Floats]:
    """Return the measures of n-grams of any length from their tables of cells.

    Parameters
    ----------
    cells
        A row for each set of places: row ``b`` counts the n-grams that agree with this one in
        just the places whose bits are set in ``b``. So the first row agrees nowhere, and the
        last is the n-gram itself. A column for each n-gram.
    smoothing
        What `lambda_value` and `lambda_z` add to each cell.
    """
    size = len(cells).bit_length() - 1
    n, total = cells[-1], cells.sum(axis=0)
    margins = np.stack([cells[_with_place(size, place)].sum(axis=0) for place in range(size)])
    with np.errstate(divide="ignore", invalid="ignore"):
        means = _independent(margins / total, total)
        ratios = np.where(means > 0, cells / means, 1.0)
        squares = np.where(means > 0, (cells - means) ** 2 / means, 0.0).sum(axis=0)
        logs = np.where(cells > 0, cells * np.log(np.where(ratios > 0, ratios, 1.0)), 0.0)
    sign = np.where(n < means[-1], -1.0, 1.0)
    value, z = interaction(cells, smoothing=smoothing)
    return {
        "expected": means[-1],
        **_common(n, means[-1]),
        "g2": sign * np.maximum(2 * logs.sum(axis=0), 0.0),
        "chi2": sign * squares,
        "dice": dice(n, margins.sum(axis=0), size),
        "log_dice": log_dice(n, margins.sum(axis=0), size),
        "lambda_value": value,
        "lambda_z": z,
    }


def interaction(cells: ArrayLike, *, smoothing: float = SMOOTHING) -> tuple[Floats, Floats]:
    """Return the interaction of all words of an n-gram, and its Wald z.

    The parameter lambda of the saturated log-linear model of Blaheta and Johnson (2001), as
    quanteda.textstats has it; `cells` is as in `measure_cells`. For a pair it is the log odds
    ratio. Without smoothing an empty cell makes it infinite, and z NaN.
    """
    filled = np.asarray(cells, dtype=np.float64) + smoothing
    size = len(filled).bit_length() - 1
    signs = np.array([(-1.0) ** (size - code.bit_count()) for code in range(len(filled))])
    shaped = signs.reshape(-1, *[1] * (filled.ndim - 1))
    with np.errstate(divide="ignore", invalid="ignore"):
        value: Floats = (shaped * np.log(filled)).sum(axis=0)
        return value, value / np.sqrt((1 / filled).sum(axis=0))


def delta_p(both: ArrayLike, row: ArrayLike, column: ArrayLike, total: ArrayLike) -> Floats:
    """Return how much likelier the column is in the row than outside it (Gries 2013)."""
    n, r, c, whole = (np.asarray(value, dtype=np.float64) for value in (both, row, column, total))
    with np.errstate(divide="ignore", invalid="ignore"):
        difference: Floats = n / r - (c - n) / (whole - r)
    return difference


def dice(n: ArrayLike, margins: ArrayLike, size: int = 2) -> Floats:
    """Return what part of their words' occurrences n-grams hold: 1 where none stands apart."""
    return size * np.asarray(n, dtype=np.float64) / np.asarray(margins, dtype=np.float64)


def log_dice(n: ArrayLike, margins: ArrayLike, size: int = 2) -> Floats:
    """Return 14 plus the binary logarithm of `dice`: at most 14 (Rychlý 2008)."""
    with np.errstate(divide="ignore"):
        logs: Floats = 14 + np.log2(dice(n, margins, size))
    return logs


def _common(n: Floats, expected: Floats) -> dict[str, Floats]:
    """Return the measures that need nothing but the count and its expectation."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return {
            "mi": np.log2(n / expected),
            "mi3": np.log2(n**3 / expected),
            "t": (n - expected) / np.sqrt(n),
            "z": (n - expected) / np.sqrt(expected),
        }


def _independent(shares: Floats, total: Floats) -> Floats:
    """Return what each cell would hold if the words of each place came independently."""
    size = len(shares)
    means = []
    for code in range(2**size):
        parts = [shares[place] if code >> place & 1 else 1 - shares[place] for place in range(size)]
        means.append(total * np.prod(parts, axis=0))
    return np.stack(means)


def _with_place(size: int, place: int) -> Sequence[int]:
    return [code for code in range(2**size) if code >> place & 1]
