"""Type-token ratios of running text: in windows, in segments, and until they fall.

All take the terms of an index, text by text, and return a number for each unit.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from analysis.index import TokenIndex

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def window_ratio(index: TokenIndex, window: int) -> Floats:
    """Return the mean type-token ratio of all windows of so many tokens.

    A token is a type of its window where the same term did not stand there before it; so each
    adds one for every window that holds it but not its forerunner.
    """
    place, size = _places(index)
    back = np.minimum(_distance(index, place), window)
    # Windows that hold a token: they begin at most window - 1 before it, and at size - window
    # at the latest; those that hold its forerunner too begin before that.
    first = np.maximum(place - back + 1, 0)
    last = np.minimum(place, size - window)
    types = np.maximum(last - first + 1, 0)
    windows = index.n_tokens - window + 1
    return _per_unit(index, types, windows * window, windows > 0)


def segment_ratio(index: TokenIndex, segment: int) -> Floats:
    """Return the mean type-token ratio of whole segments of so many tokens."""
    place, size = _places(index)
    whole = place < size // segment * segment
    new = whole & (place - _distance(index, place) < place // segment * segment)
    counted = index.n_tokens // segment * segment
    return _per_unit(index, new, counted, counted > 0)


def mtld(index: TokenIndex, threshold: float) -> Floats:
    """Return the mean number of tokens until the type-token ratio falls below a threshold.

    Read forwards and backwards; what is left at the end counts as the part of a factor by
    which its ratio has fallen. A text that never falls at all has none: NaN.
    """
    found = np.full(len(index.unit_ids), np.nan)
    terms = index.term_codes.tolist()
    for unit, (start, end) in enumerate(zip(index.bounds[:-1], index.bounds[1:], strict=True)):
        text = terms[start:end]
        factors = _factors(text, threshold), _factors(reversed(text), threshold)
        if all(factors):
            found[unit] = sum(len(text) / factor for factor in factors) / 2
    return found


def _factors(terms: Iterable[int], threshold: float) -> float:
    """Count how often the ratio falls below the threshold; the rest counts in part."""
    factors, n_types, n_tokens = 0.0, 0, 0
    seen: set[int] = set()
    for term in terms:
        n_tokens += 1
        if term not in seen:
            seen.add(term)
            n_types += 1
        if n_types / n_tokens < threshold:
            factors += 1
            n_types, n_tokens = 0, 0
            seen.clear()
    rest = n_types / n_tokens if n_tokens else 1.0
    return factors + (1 - rest) / (1 - threshold)


def _places(index: TokenIndex) -> tuple[Ints, Ints]:
    """Return the place of each token in its unit, and the unit's size."""
    first = np.repeat(index.bounds[:-1], index.n_tokens)
    return np.arange(len(index.codes)) - first, np.repeat(index.n_tokens, index.n_tokens)


def _distance(index: TokenIndex, place: Ints) -> Ints:
    """Return how far back in its unit each token's term stood last; beyond its start if nowhere."""
    order, _ = index.by_term
    terms, units = index.term_codes[order], index.unit_codes[order]
    gaps = np.diff(order, prepend=-1)
    same = np.zeros(len(order), dtype=bool)
    same[1:] = (terms[1:] == terms[:-1]) & (units[1:] == units[:-1])
    back = np.empty(len(order), dtype=np.int64)
    back[order] = np.where(same, gaps, np.iinfo(np.int32).max)
    return np.minimum(back, np.where(back > place, np.iinfo(np.int32).max, back))


def _per_unit(
    index: TokenIndex, values: NDArray[np.generic], divisors: Ints, known: NDArray[np.bool_]
) -> Floats:
    sums = np.bincount(index.unit_codes, weights=values, minlength=len(index.unit_ids))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(known, sums / divisors, np.nan)
