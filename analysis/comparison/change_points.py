"""When a rate changed: change points by a test that holds its error rate."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from math import ceil
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
import pandas as pd

from analysis.comparison.scans import (
    LEAST,
    MOST_PLACES,
    Chance,
    best_split,
    cut,
    draw_orders,
    far_splits,
    p_value,
    places_of,
    scan_stretches,
    thin,
    varies,
)
from analysis.comparison.series import PER, Series, split_series
from analysis.multiple import q_values
from analysis.resampling import ratio_interval
from analysis.tables import CHANGE_POINTS, DOCUMENT_RATES, build_table, check_table

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


def find_change_points(
    rates: pd.DataFrame, *, seed: int, alpha: float = 0.05, block: int = 1
) -> pd.DataFrame:
    """Find when rates changed, with a test of each change.

    Parameters
    ----------
    rates
        The `document_rates` table, its rows in any order. Documents are what is exchanged: in each
        series (group and code) as if their order in time were chance.
    seed
        Of the orders that are tried.
    alpha
        The share of series without any change in which one is found nevertheless, at most.
    block
        How many neighbouring documents stay together in every order: 1 where each speaks for
        itself, more where neighbours are alike.

    Returns
    -------
    The `change_points` table. A series has a row for each change, in the order of time (`number`
    from 1), or one row with number 0.

    date, date_low, date_high
        The day of the first document after the change, where two rates fit best, and the first
        and last day of all places for a change that the documents before and after do not speak
        against at 5 %, taken as one change between the neighbouring ones. Changes stand between
        days, never between documents of one day. In simulations of 20 to 80 documents with one
        change they hold the true day in 97 to 100 % of the series in which one is found.
    n_before, rate_before_per_10k, low_before, high_before, n_after, …
        Documents and rate on both sides, as far as the neighbouring changes, with 95 % intervals
        over documents. They stand where the difference is largest, so it looks a little larger
        than it is.
    statistic, p, q
        How far the hits of a stretch of documents are from its share of tokens, in standard
        deviations of documents in any order, for the stretch (from the first document, to the
        last, or between) where that is rarest, or where the like in the stretch's own variance
        is; the p value of the rarer of the two by 999 orders of the documents, within parts
        multiplied so that over all parts together `alpha` holds; and the false discovery rate
        over the first test of all series.
    note
        Why there is no test: too few documents, or all alike, or of one day.

    In simulated series of 20 to 80 bursty documents of unequal size without a change, one is found
    in 3 to 7 % at .05, also where documents grow or shrink sixfold over time; in 4 to 11 % if
    twentyfold. A slow trend is a change too, and so may be a stretch of neighbours that copy each
    other: where their rates correlate by .5 one is found in 10 to 36 %, in 6 to 15 % with a
    `block` of three, which sees less where documents are few. Look at the line (`smooth_rates`)
    before a date is told.

    Raises
    ------
    TableError
        If `rates` is not as declared.
    ValueError
        If `alpha` is not between 0 and 1, or `block` is below 1.

    References
    ----------
    Olshen, Venkatraman, Lucito and Wigler (2004), Biostatistics 5(4), for stretches (circular
    binary segmentation) and orders; White (1980), Econometrica 48(4), for a stretch's own
    variance, Chung and Romano (2013), Annals of Statistics 41(2), for orders with it; Pesarin and
    Salmaso (2010), Permutation Tests for Complex Data, for the rarer of two; Kirch (2007), Journal
    of Statistical Planning and Inference 137, for blocks; Meinshausen (2008), Biometrika
    95(2), for the error rate over parts; Phipson and Smyth (2010), Statistical Applications in
    Genetics and Molecular Biology 9(1), for the p value. Figures:
    ``tests/benchmarks/change_points.py``.
    """
    if not 0 < alpha < 1:
        raise ValueError(f"alpha is {alpha}; it lies between 0 and 1")
    if block < 1:
        raise ValueError(f"block is {block}; it is 1 or more documents")
    check_table(rates, DOCUMENT_RATES)
    rows: list[dict[str, Any]] = []
    first: dict[tuple[str, str], float] = {}
    for series in split_series(rates):
        # A series hears neither the others nor their number.
        own = crc32(f"{series.group}\n{series.code}".encode())
        chance = Chance(seed + own, block)
        top, changes = _changes(series, chance, alpha)
        first[series.group, series.code] = top.p
        rows += list(_rows(series, top, changes, chance))
    frame = pd.DataFrame(rows, columns=list(CHANGE_POINTS.columns))
    rates_of_error = dict(zip(first, q_values(list(first.values())), strict=True))
    keys = zip(frame["group"], frame["code"], strict=True)
    frame["q"] = [rates_of_error[key] for key in keys]
    for column in ("group", "code"):
        frame[column] = pd.Categorical(frame[column], categories=rates[column].cat.categories)
    return build_table(frame, CHANGE_POINTS)


def _changes(series: Series, chance: Chance, alpha: float) -> tuple[_Stretch, list[_Change]]:
    """Return the first test of a series, and the changes found."""
    size = len(series.hits)
    top = _test(series, 0, size, chance)
    found: list[_Change] = []
    parts = [(top, 0.0)]
    while parts:
        part, above = parts.pop()
        p = max(part.p * size / (part.end - part.start), above)
        if not p <= alpha:
            continue
        places = _settled(series, part, _needed(series, part, chance))
        found += [_Change(place, part.statistic, p) for place in places]
        edges = [part.start, *places, part.end]
        parts += [(_test(series, *edge, chance), p) for edge in pairwise(edges)]
    return top, sorted(found)


def _test(series: Series, start: int, end: int, chance: Chance) -> _Stretch:
    """Test whether the rate changed within some documents of a series."""
    part = cut(series, start, end)
    places = thin(places_of(part.days))
    if len(places) < 3 or not varies(part):
        return _Stretch(start, end, start, end, np.nan, np.nan)
    orders = draw_orders(end - start, chance, start * 10_007 + end, DRAWS)
    first, last, statistic, p = scan_stretches(part, orders, places)
    return _Stretch(start, end, start + first, start + last, statistic, p)


def _needed(series: Series, part: _Stretch, chance: Chance) -> list[int]:
    """Return where a stretch begins and ends; one of both if the other is no change by itself."""
    if len(part.places) < 2:
        return part.places
    before = _place_p(series, part.start, part.first, part.last, chance)
    after = _place_p(series, part.first, part.last, part.end, chance)
    kept = [
        place for place, p in ((part.first, before), (part.last, after)) if p <= LEVEL_OF_PLACES
    ]
    return kept or part.places


def _settled(series: Series, part: _Stretch, places: list[int]) -> list[int]:
    """Move each place to where the documents between its neighbours fit two rates best."""
    edges = [part.start, *places, part.end]
    for number in range(1, len(edges) - 1):
        start = edges[number - 1]
        between = cut(series, start, edges[number + 1])
        if varies(between) and len(places_of(between.days)) > 2:
            edges[number] = start + best_split(between)
    return edges[1:-1]


def _place_p(series: Series, start: int, place: int, end: int, chance: Chance) -> float:
    """Return the p value of a change at a given place."""
    part = cut(series, start, end)
    if not varies(part):
        return 1.0
    orders = draw_orders(end - start, chance, start * 101 + end, DRAWS)
    return p_value(far_splits(part, orders, np.array([0, place - start, end - start])))


def _rows(
    series: Series, top: _Stretch, changes: list[_Change], chance: Chance
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
        low, high = _dates(series, before, change.place, after, chance)
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
    if len(places_of(series.days)) < 3:
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


def _dates(series: Series, start: int, place: int, end: int, chance: Chance) -> tuple[int, int]:
    """Return the first and last place where a single change is not spoken against.

    A change may stand at a place if the documents before it could come in any order, and those
    after it too: no second change is found on either side, at 5 % in all.
    """
    places = [start + int(at) for at in places_of(series.days[start:end], least=1)[1:-1]]
    step = ceil(len(places) / MOST_PLACES)
    kept = [
        number
        for number in range(0, len(places), step)
        if _may_stand(series, start, places[number], end, chance)
    ]
    kept.append(places.index(place))
    # Places that were passed over may hold the change too.
    low, high = max(min(kept) - step + 1, 0), min(max(kept) + step, len(places)) - 1
    return places[low], places[high]


def _may_stand(series: Series, start: int, place: int, end: int, chance: Chance) -> bool:
    sides = []
    for first, last in ((start, place), (place, end)):
        part = cut(series, first, last)
        places = thin(places_of(part.days))
        if len(places) > 2 and varies(part):
            orders = draw_orders(last - first, chance, first * 31 + last, DRAWS_OF_DATES)
            sides.append(far_splits(part, orders, places))
    return not sides or p_value(np.max(sides, axis=0)) > LEVEL_OF_PLACES
