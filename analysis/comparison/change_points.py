"""When a rate changed: change points by a test that holds its error rate."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.comparison.series import PER, Series, split_series
from analysis.multiple import q_values
from analysis.resampling import ratio_interval, shuffle_units
from analysis.tables import CHANGE_POINTS, DOCUMENT_RATES, build_table, check_table

Floats = NDArray[np.float64]
Orders = NDArray[np.intp]

# So many documents stand at least on each side of a change.
LEAST = 4
DRAWS = 999
DRAWS_OF_DATES = 399
LEVEL_OF_PLACES = 0.05


class _Stretch(NamedTuple):
    """The documents `first` to `last` of a part of a series, which differ most from the rest."""

    start: int
    end: int
    first: int
    last: int
    statistic: float
    p: float

    @property
    def places(self) -> list[int]:
        """The places where the stretch begins and ends within the part."""
        return [place for place in (self.first, self.last) if self.start < place < self.end]


class _Change(NamedTuple):
    """A change before a document, with its test."""

    place: int
    statistic: float
    p: float


def find_change_points(rates: pd.DataFrame, *, seed: int, alpha: float = 0.05) -> pd.DataFrame:
    """Find when rates changed, with a test of each change.

    Parameters
    ----------
    rates
        The `document_rates` table. Documents are what is exchanged: in each series (group and
        code) as if their order in time were chance.
    seed
        Of the orders that are tried.
    alpha
        The share of series without any change in which one is found nevertheless, at most.

    Returns
    -------
    The `change_points` table. A series has a row for each change, in the order of time (`number`
    from 1), or one row with number 0.

    date, date_low, date_high
        The day of the first document after the change, and the first and last day of all places
        for a change that the documents before and after do not speak against at 5 %, taken as one
        change between the neighbouring ones. In simulations of 20 to 80 documents they hold the
        true day in 84 to 98 % of the changes found.
    n_before, rate_before_per_10k, low_before, high_before, n_after, …
        Documents and rate on both sides, as far as the neighbouring changes, with 95 % intervals
        over documents. They stand where the difference is largest, so it looks a little larger
        than it is.
    statistic, p, q
        How far the hits of a stretch of documents are from its share of tokens, in standard
        deviations of documents, for the stretch where that is largest (from the first document, to
        the last, or between); its p value by 999 orders of the documents, within parts multiplied
        so that over all parts together `alpha` holds; and the false discovery rate over the first
        test of all series.
    note
        Why there is no test: too few documents, or all alike.

    A slow trend is a change too, and so is a stretch of neighbouring documents that copy each
    other: look at the line (`smooth_rates`) before a date is told.

    Raises
    ------
    TableError
        If `rates` is not as declared.
    ValueError
        If `alpha` is not between 0 and 1.

    References
    ----------
    Olshen, Venkatraman, Lucito and Wigler (2004), Biostatistics 5(4), for stretches (circular
    binary segmentation) and orders; Meinshausen (2008), Biometrika 95(2), for the error rate over
    parts; Phipson and Smyth (2010), Statistical Applications in Genetics and Molecular Biology
    9(1), for the p value.
    """
    if not 0 < alpha < 1:
        raise ValueError(f"alpha is {alpha}; it lies between 0 and 1")
    check_table(rates, DOCUMENT_RATES)
    rows: list[dict[str, Any]] = []
    first: dict[tuple[str, str], float] = {}
    for series in split_series(rates):
        top, changes = _changes(series, seed, alpha)
        first[series.group, series.code] = top.p
        rows += list(_rows(series, top, changes, seed))
    frame = pd.DataFrame(rows, columns=list(CHANGE_POINTS.columns))
    rates_of_error = dict(zip(first, q_values(list(first.values())), strict=True))
    keys = zip(frame["group"], frame["code"], strict=True)
    frame["q"] = [rates_of_error[key] for key in keys]
    for column in ("group", "code"):
        frame[column] = pd.Categorical(frame[column], categories=rates[column].cat.categories)
    return build_table(frame, CHANGE_POINTS)


def _changes(series: Series, seed: int, alpha: float) -> tuple[_Stretch, list[_Change]]:
    """Return the first test of a series, and the changes found."""
    size = len(series.hits)
    # A series hears neither the others nor their number.
    own = seed + crc32(f"{series.group}\n{series.code}".encode())
    top = _test(series, 0, size, own)
    found: list[_Change] = []
    parts = [(top, 0.0)]
    while parts:
        part, above = parts.pop()
        p = max(part.p * size / (part.end - part.start), above)
        if not p <= alpha:
            continue
        places = _needed(series, part, own)
        found += [_Change(place, part.statistic, p) for place in places]
        edges = [part.start, *places, part.end]
        parts += [(_test(series, *edge, own), p) for edge in pairwise(edges)]
    return top, sorted(found)


def _cut(series: Series, start: int, end: int) -> Series:
    days, hits, tokens = (values[start:end] for values in series[2:])
    return Series(series.group, series.code, days, hits, tokens)


def _test(series: Series, start: int, end: int, seed: int) -> _Stretch:
    """Test whether the rate changed within some documents of a series."""
    part = _cut(series, start, end)
    places = _places(part.days)
    if len(places) < 3 or not _vary(part):
        return _Stretch(start, end, start, end, np.nan, np.nan)
    orders = _orders(end - start, seed + start * 10_007 + end, DRAWS)
    farthest, first, last = _stretches(part, orders, places)
    return _Stretch(
        start, end, start + int(first[0]), start + int(last[0]), float(farthest[0]), _p(farthest)
    )


def _orders(size: int, seed: int, draws: int) -> Orders:
    """Return the order in time, then others at random."""
    return np.concatenate([np.arange(size)[None, :], shuffle_units(size, seed=seed, draws=draws)])


def _p(farthest: Floats) -> float:
    return float((farthest >= farthest[0] - 1e-9).mean())


def _places(days: NDArray[np.datetime64]) -> Orders:
    """Return where a stretch may begin or end: between two days, or where the part does."""
    size = len(days)
    inside = np.flatnonzero(days[1:] != days[:-1]) + 1
    inside = inside[(inside >= LEAST) & (inside <= size - LEAST)]
    return np.concatenate([[0], inside, [size]])


def _vary(part: Series) -> bool:
    away = part.hits - part.hits.sum() / part.tokens.sum() * part.tokens
    return bool((np.abs(away) > 1e-9).any())


def _needed(series: Series, part: _Stretch, seed: int) -> list[int]:
    """Return where a stretch begins and ends; one of both if the other is no change by itself."""
    if len(part.places) < 2:
        return part.places
    before = _place_p(series, part.start, part.first, part.last, seed)
    after = _place_p(series, part.first, part.last, part.end, seed)
    kept = [
        place for place, p in ((part.first, before), (part.last, after)) if p <= LEVEL_OF_PLACES
    ]
    return kept or part.places


def _place_p(series: Series, start: int, place: int, end: int, seed: int) -> float:
    """Return the p value of a change at a given place."""
    part = _cut(series, start, end)
    if not _vary(part):
        return 1.0
    orders = _orders(end - start, seed + start * 101 + end, DRAWS)
    return _p(_splits(part, orders, np.array([0, place - start, end - start])))


def _running(part: Series, orders: Orders, places: Orders) -> tuple[Floats, Floats, Floats]:
    """Return what stands before each place, a row an order: as shares, how far hits are off too.

    Hits less their share by tokens, the squares of these, and tokens.
    """
    away = part.hits - part.hits.sum() / part.tokens.sum() * part.tokens
    away = away / np.sqrt((away**2).sum())
    found = []
    for values in (away, away**2, part.tokens / part.tokens.sum()):
        sums = np.cumsum(values[orders], axis=1)
        found.append(np.concatenate([np.zeros((len(orders), 1)), sums], axis=1)[:, places])
    return found[0], found[1], found[2]


def _distance(away: Floats, squares: Floats, share: Floats) -> Floats:
    """Return how far the hits of a stretch are off, squared, in its own variance.

    The variance is made of the squares inside the stretch and outside of it, so a stretch that a
    few outliers stand in is not taken for a change.
    """
    found: Floats = away**2 / ((1 - share) ** 2 * squares + share**2 * (1 - squares))
    return found


def _stretches(part: Series, orders: Orders, places: Orders) -> tuple[Floats, Orders, Orders]:
    """Return, for each order, the stretch that differs most from the rest: how much, and where."""
    running = _running(part, orders, places)
    rows = np.arange(len(orders))
    best = np.full(len(orders), -1.0)
    first, last = np.zeros((2, len(orders)), dtype=np.intp)
    for number, start in enumerate(places[:-1]):
        after = places[number + 1 :]
        fits = after - start >= LEAST
        if start == 0:
            fits &= after < places[-1]
        if not fits.any():
            continue
        ends = number + 1 + np.flatnonzero(fits)
        far = _distance(*(sums[:, ends] - sums[:, [number]] for sums in running))
        place = far.argmax(axis=1)
        better = far[rows, place] > best + 1e-12
        best = np.where(better, far[rows, place], best)
        first, last = np.where(better, start, first), np.where(better, places[ends[place]], last)
    return np.sqrt(best), first, last


def _splits(part: Series, orders: Orders, places: Orders) -> Floats:
    """Return, for each order, how far the documents before a place are off at most."""
    running = _running(part, orders, places[1:-1])
    found: Floats = np.sqrt(_distance(*running).max(axis=1))
    return found


def _rows(
    series: Series, top: _Stretch, changes: list[_Change], seed: int
) -> Iterator[dict[str, Any]]:
    bounds = [0, *(change.place for change in changes), len(series.hits)]
    base = {"group": series.group, "code": series.code}
    if not changes:
        note = None
        if np.isnan(top.p):
            note = _why_untested(series)
        rate = _rate(series, 0, len(series.hits), "before")
        untimed = {"number": 0, "n_after": 0, "statistic": top.statistic, "p": top.p}
        yield base | rate | untimed | {"note": note}
    for number, change in enumerate(changes, start=1):
        before, after = bounds[number - 1], bounds[number + 1]
        low, high = _dates(series, before, change.place, after, seed)
        yield base | {
            "number": number,
            "date": series.days[change.place],
            "date_low": series.days[low],
            "date_high": series.days[high],
            **_rate(series, before, change.place, "before"),
            **_rate(series, change.place, after, "after"),
            "statistic": change.statistic,
            "p": change.p,
            "note": None,
        }


def _why_untested(series: Series) -> str:
    if len(series.hits) < 2 * LEAST:
        return f"fewer than {2 * LEAST} documents: no test"
    if len(_places(series.days)) < 3:
        return f"no day with {LEAST} documents before it and {LEAST} from it on: no test"
    return "all alike: no test"


def _rate(series: Series, start: int, end: int, side: str) -> dict[str, Any]:
    found = ratio_interval(series.hits[start:end], series.tokens[start:end])
    return {
        f"n_{side}": end - start,
        f"rate_{side}_per_10k": PER * found.estimate,
        f"low_{side}": PER * found.low,
        f"high_{side}": PER * found.high,
    }


def _dates(series: Series, start: int, place: int, end: int, seed: int) -> tuple[int, int]:
    """Return the first and last place where a single change is not spoken against.

    A change may stand at a place if the documents before it could come in any order, and those
    after it too: no second change is found on either side, at 5 % in all.
    """
    days = series.days
    kept = [
        other
        for other in range(start + 1, end)
        if other == place
        or (days[other] != days[other - 1] and _may_stand(series, start, other, end, seed))
    ]
    return min(kept), max(kept)


def _may_stand(series: Series, start: int, place: int, end: int, seed: int) -> bool:
    sides = []
    for first, last in ((start, place), (place, end)):
        part = _cut(series, first, last)
        places = _places(part.days)
        if len(places) > 2 and _vary(part):
            orders = _orders(last - first, seed + first * 31 + last, DRAWS_OF_DATES)
            sides.append(_splits(part, orders, places))
    return not sides or _p(np.max(sides, axis=0)) > LEVEL_OF_PLACES
