"""How often each document uses each code, in the order of time: what trends are made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import TableError
from analysis.tables import DOCUMENT_RATES, HITS, UNITS, build_table, check_table
from analysis.voices import check_voice

Floats = NDArray[np.float64]
PER = 10_000


class Series(NamedTuple):
    """The documents of one group in the order of their dates, and how often each uses a code."""

    group: str
    code: str
    days: NDArray[np.datetime64]
    hits: Floats
    tokens: Floats


def document_rates(
    hits: pd.DataFrame, units: pd.DataFrame, *, voice: str | None = None
) -> pd.DataFrame:
    """Measure how often each document uses each code per 10,000 tokens.

    Parameters
    ----------
    hits
        The `hits` table of these units. Codes that its `code` column knows as categories but
        that never occur have rates of 0.
    units
        The `units` table. Units of one document are added up; it has the first of their days.
        Units without a group, a date or tokens are left out.
    voice
        None: all units have one voice of own words or a translation; "any" lets others through.

    Returns
    -------
    The `document_rates` table: a row for each document of a group and each code, in the order
    of groups, codes and days.

    Raises
    ------
    TableError
        If a table is not as declared, hits are of unknown units, or the voice rule is broken.
    """
    check_voice(check_table(units, UNITS), voice)
    check_table(hits, HITS)
    names = units["unit_id"].astype("str")
    found = hits["unit_id"].astype("str")
    unknown = found[~found.isin(names)]
    if len(unknown):
        raise TableError(f"hits: unit {unknown.iloc[0]!r} is not in units; give the hits of these")
    rows = units.assign(unit=names, doc_id=units["doc_id"].fillna(names))
    rows = rows[rows["group"].notna() & rows["date"].notna() & (rows["n_tokens"] > 0)]
    owner = rows.set_index("unit")[["group", "doc_id"]]
    documents = rows.groupby(["group", "doc_id"], observed=True).agg(
        date=("date", "min"), n_tokens=("n_tokens", "sum")
    )
    used = hits.assign(unit=found)[lambda frame: frame["unit"].isin(owner.index)]
    used = used.join(owner, on="unit")
    counted = used.groupby(["group", "doc_id", "code"], observed=True)["n"].sum()
    codes = hits["code"].cat.categories
    every = documents.reset_index().merge(pd.DataFrame({"code": codes}), how="cross")
    keys = pd.MultiIndex.from_frame(every[["group", "doc_id", "code"]])
    every["n"] = counted.reindex(keys, fill_value=0).to_numpy()
    every["rate_per_10k"] = PER * every["n"] / every["n_tokens"]
    groups = units["group"].cat.remove_unused_categories().cat.categories
    every["group"] = pd.Categorical(every["group"].astype("str"), categories=groups)
    every["code"] = pd.Categorical(every["code"].astype("str"), categories=codes)
    return build_table(every.sort_values(["group", "code", "date", "doc_id"]), DOCUMENT_RATES)


def split_series(rates: pd.DataFrame) -> Iterator[Series]:
    """Yield the series of each group and code of a `document_rates` table, in the order of days.

    Rows may stand in any order.
    """
    ordered = rates.sort_values(["date", "doc_id"])
    for (group, code), rows in ordered.groupby(["group", "code"], observed=True, sort=True):
        yield Series(
            str(group),
            str(code),
            rows["date"].to_numpy(),
            rows["n"].to_numpy(dtype=np.float64),
            rows["n_tokens"].to_numpy(dtype=np.float64),
        )


def calendar_periods(units: pd.DataFrame, *, years: int = 10) -> Mapping[str, tuple[date, date]]:
    """Return periods of whole years that hold the units' dates: what `measure_rates` takes.

    Parameters
    ----------
    units
        The `units` table.
    years
        How many years a period has; periods begin with years that can be divided by it.

    Returns
    -------
    Period -> its first and last day: ``1990-99``, or ``1990`` where it has one year.

    Raises
    ------
    ValueError
        If `years` is less than one.
    TableError
        If no unit has a date.
    """
    if years < 1:
        raise ValueError(f"years is {years}; a period has 1 or more")
    earliest, latest = _first_and_last(units)
    starts = range(earliest.year // years * years, latest.year + 1, years)
    return {
        _period(start, years): (date(start, 1, 1), date(start + years - 1, 12, 31))
        for start in starts
    }


def month_periods(units: pd.DataFrame, *, months: int = 3) -> Mapping[str, tuple[date, date]]:
    """Return periods of whole months that hold the units' dates: what `measure_rates` takes.

    Parameters
    ----------
    units
        The `units` table.
    months
        How many months a period has: 1, 2, 3, 4 or 6, so that each year begins with one.

    Returns
    -------
    Period -> its first and last day: ``1990-01/03``, or ``1990-01`` where it has one month.

    Raises
    ------
    ValueError
        If a year has no whole number of such periods above one.
    TableError
        If no unit has a date.
    """
    if months not in (1, 2, 3, 4, 6):
        raise ValueError(f"months is {months}; a period has 1, 2, 3, 4 or 6, or whole years")
    earliest, latest = _first_and_last(units)
    first = (earliest.year * 12 + earliest.month - 1) // months * months
    starts = range(first, latest.year * 12 + latest.month, months)
    return {_months(start, months): (_day(start), _day(start + months, -1)) for start in starts}


def _first_and_last(units: pd.DataFrame) -> tuple[date, date]:
    known = check_table(units, UNITS)["date"].dropna()
    if known.empty:
        raise TableError("units: none has a date, so there are no periods")
    return known.min().date(), known.max().date()


def _day(month: int, days: int = 0) -> date:
    """Return the first day of a month counted from the year 0, or one some days from it."""
    return date(month // 12, month % 12 + 1, 1) + timedelta(days=days)


def _months(start: int, months: int) -> str:
    name = f"{start // 12}-{start % 12 + 1:02}"
    return name if months == 1 else f"{name}/{start % 12 + months:02}"


def _period(start: int, years: int) -> str:
    end = start + years - 1
    if years == 1:
        return str(start)
    return f"{start}-{end % 100:02}" if start // 100 == end // 100 else f"{start}-{end}"
