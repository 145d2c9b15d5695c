"""Scans of a series for the documents that differ most from the rest, in any order of documents."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analysis.comparison.series import Series
from analysis.resampling import shuffle_units

Floats = NDArray[np.float64]
Orders = NDArray[np.intp]

# So many documents stand at least on each side of a change.
LEAST = 4
# At so many places at most a test looks: time grows with their square.
MOST_PLACES = 100


def cut(series: Series, start: int, end: int) -> Series:
    """Return the documents `start` to `end` of a series."""
    return series._replace(
        days=series.days[start:end], hits=series.hits[start:end], tokens=series.tokens[start:end]
    )


def varies(part: Series) -> bool:
    """Tell whether documents differ in their rates at all."""
    return bool((np.abs(_away(part)) > 1e-9).any())


def places_of(days: NDArray[np.datetime64], *, least: int = LEAST) -> Orders:
    """Return where a stretch may begin or end: between two days, and at both ends of all.

    Documents of one day have no order. At least `least` documents stand before and after.
    """
    size = len(days)
    inside = np.flatnonzero(days[1:] != days[:-1]) + 1
    inside = inside[(inside >= least) & (inside <= size - least)]
    return np.concatenate([[0], inside, [size]])


def thin(places: Orders) -> Orders:
    """Return `MOST_PLACES` of the places at even distances, both ends among them."""
    if len(places) <= MOST_PLACES:
        return places
    return places[np.linspace(0, len(places) - 1, MOST_PLACES).round().astype(np.intp)]


def draw_orders(size: int, seed: int, draws: int) -> Orders:
    """Return the order in time, then others at random."""
    return np.concatenate([np.arange(size)[None, :], shuffle_units(size, seed=seed, draws=draws)])


def p_value(farthest: Floats) -> float:
    """Return the share of orders, that in time among them, which reach what is found in time."""
    return float((farthest >= farthest[0] - 1e-9).mean())


def far_stretches(part: Series, orders: Orders, places: Orders) -> tuple[Floats, Orders, Orders]:
    """Find, in each order, the stretch of documents that differs most from the rest.

    Returns
    -------
    How far its hits are from its share of tokens, in standard deviations, and the places where it
    begins and ends. The variance is that of a score, made of the squared distances of the
    documents inside and outside the stretch: a stretch in which a few outliers stand is not far.
    """
    running = _running(part, orders, places)
    rows = np.arange(len(orders))
    best = np.full(len(orders), -1.0)
    first, last = np.zeros((2, len(orders)), dtype=np.intp)
    for number, start in enumerate(places[:-1]):
        after = places[number + 1 :]
        # All documents together have no rest.
        fits = (after - start >= LEAST) & ((start > 0) | (after < places[-1]))
        if not fits.any():
            continue
        ends = number + 1 + np.flatnonzero(fits)
        far = _distance(*(sums[:, ends] - sums[:, [number]] for sums in running))
        place = far.argmax(axis=1)
        better = far[rows, place] > best + 1e-12
        best = np.where(better, far[rows, place], best)
        first, last = np.where(better, start, first), np.where(better, places[ends[place]], last)
    return np.sqrt(best), first, last


def far_splits(part: Series, orders: Orders, places: Orders) -> Floats:
    """Return, for each order, how far the documents before one of the places are off at most."""
    running = _running(part, orders, places[1:-1])
    found: Floats = np.sqrt(_distance(*running).max(axis=1))
    return found


def best_split(part: Series) -> int:
    """Return the place where two rates fit best, in least squares weighted by tokens."""
    places = places_of(part.days)[1:-1]
    away, _, share = _running(part, np.arange(len(part.hits))[None, :], places)
    return int(places[(away**2 / (share * (1 - share))).argmax()])


def _away(part: Series) -> Floats:
    found: Floats = part.hits - part.hits.sum() / part.tokens.sum() * part.tokens
    return found


def _running(part: Series, orders: Orders, places: Orders) -> tuple[Floats, Floats, Floats]:
    """Return what stands before each place, a row an order: distances, their squares, tokens.

    A distance is the hits of a document less its share of all by tokens. Squares and tokens add
    up to 1.
    """
    away = _away(part)
    away = away / np.sqrt((away**2).sum())
    found = []
    for values in (away, away**2, part.tokens / part.tokens.sum()):
        sums = np.zeros((orders.shape[0], orders.shape[1] + 1))
        np.cumsum(values[orders], axis=1, out=sums[:, 1:])
        found.append(sums[:, places])
    return found[0], found[1], found[2]


def _distance(away: Floats, squares: Floats, share: Floats) -> Floats:
    """Return the squared distance of a stretch in variances of its own score."""
    found: Floats = away**2 / ((1 - share) ** 2 * squares + share**2 * (1 - squares))
    return found
