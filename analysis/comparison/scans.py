"""Scans of a series for the documents that differ most from the rest, in any order of documents."""

from __future__ import annotations

from typing import NamedTuple

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


class Scan(NamedTuple):
    """The documents `first` to `last`, which differ most from the rest, and how rare that is."""

    first: int
    last: int
    statistic: float
    p: float


class Chance(NamedTuple):
    """What orders are drawn: a seed, and how many neighbouring documents stay together."""

    seed: int
    block: int = 1


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


def draw_orders(size: int, chance: Chance, number: int, draws: int) -> Orders:
    """Return the order in time, then others at random; `number` makes each test its own."""
    blocks = shuffle_units(-(-size // chance.block), seed=chance.seed + number, draws=draws)
    places = blocks[:, :, None] * chance.block + np.arange(chance.block)
    # The last block may be a short one.
    shuffled = places[places < size].reshape(draws, size)
    return np.concatenate([np.arange(size)[None, :], shuffled])


def p_value(farthest: Floats) -> float:
    """Return the share of orders, that in time among them, which reach what is found in time."""
    return float((farthest >= farthest[0] - 1e-9).mean())


def scan_stretches(part: Series, orders: Orders, places: Orders) -> Scan:
    """Find the stretch of documents that differs most from the rest, in the first of the orders.

    It is looked for twice, in two variances: that of all documents in any order, which sees short
    stretches far from the rest, and the stretch's own, which sees long ones among outliers.

    Returns
    -------
    The stretch that is rarer among the orders in its variance, with the p value of the rarer of
    two: the share of orders, the first among them, in which one as rare is found.
    """
    running = _running(part, orders, places)
    best = np.full((2, len(orders)), -1.0)
    where: list[tuple[int, int]] = [(0, 0), (0, 0)]
    for number, start in enumerate(places[:-1]):
        after = places[number + 1 :]
        # All documents together have no rest.
        fits = (after - start >= LEAST) & ((start > 0) | (after < places[-1]))
        if not fits.any():
            continue
        ends = number + 1 + np.flatnonzero(fits)
        sums = [values[:, ends] - values[:, [number]] for values in running]
        for kind, far in enumerate((_plain_distance(sums[0], sums[2]), _own_distance(*sums))):
            if far[0].max() > best[kind, 0] + 1e-12:
                where[kind] = (int(start), int(places[ends[far[0].argmax()]]))
            best[kind] = np.maximum(best[kind], far.max(axis=1))
    shares = np.array([_shares_reached(values) for values in best])
    first, last = where[int(shares[:, 0].argmin())]
    away, _, share = (values[0] for values in _running(part, orders[:1], np.array([first, last])))
    statistic = float(np.sqrt(_plain_distance(np.diff(away), np.diff(share)))[0])
    return Scan(first, last, statistic, p_value(-shares.min(axis=0)))


def far_splits(part: Series, orders: Orders, places: Orders) -> Floats:
    """Return, for each order, how far the documents before one of the places are off at most.

    In squares, in their own variance.
    """
    running = _running(part, orders, places[1:-1])
    return np.asarray(_own_distance(*running).max(axis=1))


def best_split(part: Series) -> int:
    """Return the place where two rates fit best, in least squares weighted by tokens."""
    places = places_of(part.days)[1:-1]
    away, _, share = _running(part, np.arange(len(part.hits))[None, :], places)
    return int(places[_plain_distance(away, share).argmax()])


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


def _shares_reached(farthest: Floats) -> Floats:
    """Return, for each order, in which share of them what it holds is reached."""
    rising = np.sort(farthest)
    found: Floats = 1 - np.searchsorted(rising, farthest - 1e-9) / len(farthest)
    return found


def _plain_distance(away: Floats, share: Floats) -> Floats:
    """Return the squared distance of a stretch in variances of any documents of its tokens."""
    found: Floats = away**2 / (share * (1 - share))
    return found


def _own_distance(away: Floats, squares: Floats, share: Floats) -> Floats:
    """Return the squared distance of a stretch in variances of its own documents and the rest's.

    Few documents are never far: at most as many as there are of them, about.
    """
    found: Floats = away**2 / ((1 - share) ** 2 * squares + share**2 * (1 - squares))
    return found
