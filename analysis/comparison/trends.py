"""How often each group uses each code, period by period."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import TableError
from analysis.resampling import ratio_interval
from analysis.tables import HITS, RATES, UNITS, build_table, check_table
from analysis.voices import check_voice

MIN_UNITS = 5
PER = 10_000


def measure_rates(
    hits: pd.DataFrame,
    units: pd.DataFrame,
    *,
    periods: Mapping[str, tuple[date, date]],
    voice: str | None = None,
) -> pd.DataFrame:
    """Measure how often each group uses each code per 10,000 tokens, in each period.

    Parameters
    ----------
    hits
        The `hits` table of these units. Codes that its `code` column knows as categories but
        that never occur have rates of 0.
    units
        The `units` table: document, group, date, size and voice of each unit. Groups are those
        that occur.
    periods
        Period -> its first and last day, both included. Periods may overlap. Units outside
        all periods, or without a date, are in no row.
    voice
        None: all units have one voice of own words or a translation; "any" lets others through.

    Returns
    -------
    The `rates` table: one row for every group, period and code, in the order of groups, periods
    and codes. `low` and `high` are the 95 % limits of `analysis.resampling.ratio_interval` over
    documents (`doc_id`; passages of one speech are not independent), which `n_units` counts.
    They are NaN, and `note` says why, with fewer than five documents or no variation between
    them; `rate_per_10k` is NaN where there is no token.

    Raises
    ------
    TableError
        If a table is not as declared, hits are of unknown units, or the voice rule is broken
        (synthetic units always break it).

    References
    ----------
    Cochran (1977), Sampling Techniques, chapter 6, for the ratio estimator.
    """
    check_voice(check_table(units, UNITS), voice)
    found = _hits_by_unit(check_table(hits, HITS), units)
    codes = list(hits["code"].cat.categories)
    rows = [
        _rate(group, period, code, chosen, found)
        for group, period, chosen in _cells(units, periods)
        for code in codes
    ]
    orders = {"group": _groups(units), "period": list(periods), "code": codes}
    frame = pd.DataFrame(rows, columns=list(RATES.columns))
    for column, order in orders.items():
        frame[column] = pd.Categorical(frame[column], categories=order)
    return build_table(frame, RATES)


def _groups(units: pd.DataFrame) -> list[str]:
    return [str(name) for name in units["group"].cat.remove_unused_categories().cat.categories]


def _cells(
    units: pd.DataFrame, periods: Mapping[str, tuple[date, date]]
) -> Iterator[tuple[str, str, pd.DataFrame]]:
    """Yield the units of each group and period."""
    for group in _groups(units):
        for period, (first, last) in periods.items():
            inside = units["date"].between(pd.Timestamp(first), pd.Timestamp(last))
            yield group, period, units[(units["group"] == group) & inside]


def _hits_by_unit(hits: pd.DataFrame, units: pd.DataFrame) -> pd.Series:
    """Return the number of hits by code and unit."""
    names = hits["unit_id"].astype("str")
    unknown = ~names.isin(units["unit_id"].astype("str"))
    if unknown.any():
        name = str(names[unknown].iloc[0])
        raise TableError(f"hits: unit {name!r} is not in units; give the hits of these units")
    return hits["n"].groupby([hits["code"].astype("str"), names]).sum()


def _rate(
    group: str, period: str, code: str, units: pd.DataFrame, hits: pd.Series
) -> dict[str, Any]:
    names = units["unit_id"].astype("str")
    numbers = hits.reindex(pd.MultiIndex.from_product([[code], names]), fill_value=0).to_numpy()
    sums = pd.DataFrame({"n": numbers, "n_tokens": units["n_tokens"].to_numpy()})
    sums = sums.groupby(units["doc_id"].fillna(names).to_numpy()).sum()
    estimate, low, high, n_units, note = ratio_interval(sums["n"], sums["n_tokens"])
    if 0 < n_units < MIN_UNITS:
        low, high, note = np.nan, np.nan, f"fewer than {MIN_UNITS} documents: no interval"
    return {
        "group": group,
        "period": period,
        "code": code,
        "n": int(numbers.sum()),
        "n_units": n_units,
        "n_tokens": int(sums["n_tokens"].sum()),
        "rate_per_10k": PER * estimate,
        "low": PER * low,
        "high": PER * high,
        "note": note or None,
    }
