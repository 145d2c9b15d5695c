"""Where groups stand on scales, period by period, and how far scales agree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import check_choice
from analysis.resampling import Interval, difference_interval, jackknife_interval
from analysis.tables import SCALE_AGREEMENT, SCALE_EFFECTS, SCALES, build_table, check_table

ALL = "all"
DATE = "date"
FEWEST_DOCUMENTS = 5
FEW = f"fewer than {FEWEST_DOCUMENTS} documents: no interval"

Floats = NDArray[np.float64]
Periods = Mapping[str, tuple[date, date]]


def compare_scales(
    scales: pd.DataFrame, *, groups: Sequence[str], periods: Periods | None = None
) -> pd.DataFrame:
    """Compare where groups stand on average, period by period.

    Parameters
    ----------
    scales
        The `scales` table. Reference texts are left out: they were told where they stand.
    groups
        The groups to compare, in the study's order.
    periods
        Period -> its first and last day, both included, in the order of time.

    Returns
    -------
    The `scale_effects` table: the mean position of each group's units ("mean") and how far two
    groups stand apart ("difference", `contrast` "North - South") in each period and in "all",
    in the scale's own units. `low` and `high` are 95 % limits over documents (jackknife, t):
    they hold how much texts of a period vary, the errors of their positions included. `n_units`
    counts documents; with fewer than five on a side there are no limits, and `note` says so.

    Raises
    ------
    TableError
        If the table is not as declared.
    ValueError
        If a group has no unit (those that have are listed).
    """
    check_table(scales, SCALES)
    rows = scales[scales["reference"].isna() & scales["position"].notna()]
    for group in groups:
        check_choice(group, rows["group"].dropna().astype("str").unique(), "group")
    found = []
    for scale, own in rows.groupby("scale", observed=True, sort=False):
        for period, part in _by_period(own, periods or {}):
            sums = {group: _sums(part[part["group"] == group]) for group in groups}
            keys = {"scale": scale, "period": period}
            found += [keys | row for row in _effects(sums)]
    frame = pd.DataFrame(found)
    effect = pd.Categorical(frame["effect"], ["mean", "difference"])
    order = ["scale", "effect", "contrast"]
    frame = frame.assign(effect=effect, scale=_as_found(frame["scale"]))
    frame["contrast"] = _as_found(frame["contrast"])
    return build_table(frame.sort_values(order, kind="stable"), SCALE_EFFECTS)


def correlate_scales(scales: pd.DataFrame, *, groups: Sequence[str]) -> pd.DataFrame:
    """Measure how far scales agree with each other, and how far each only follows the date.

    Parameters
    ----------
    scales
        The `scales` table. Reference texts are left out of the scale that they are references of.
    groups
        The groups; scales may agree across groups because groups stand apart, and disagree within.

    Returns
    -------
    The `scale_agreement` table: Pearson's correlation of each pair of scales, "date" one of them
    where units have days, in each group and in "all", with 95 % limits over documents (jackknife
    on Fisher's scale). `n_units` counts the documents that have both.

    Raises
    ------
    TableError
        If the table is not as declared.
    """
    check_table(scales, SCALES)
    rows = scales[scales["reference"].isna()].astype({"unit_id": "str"})
    wide = rows.pivot_table(index="unit_id", columns="scale", values="position", observed=True)
    known = rows.drop_duplicates("unit_id").set_index("unit_id")
    names = [str(name) for name in scales["scale"].cat.categories if name in wide.columns]
    if known["date"].notna().any():
        wide[DATE] = (known["date"] - known["date"].min()).dt.days.reindex(wide.index)
        names.append(DATE)
    found = []
    for first, second in combinations(names, 2):
        for group in (ALL, *groups):
            inside = known.index if group == ALL else known.index[known["group"] == group]
            pair = wide.loc[inside, [first, second]].dropna().astype("float64")
            interval = _correlation(pair, known.loc[pair.index, "doc_id"])
            keys = {"first": first, "second": second, "group": group}
            found.append(keys | _row(interval, "correlation"))
    frame = pd.DataFrame(found, columns=list(SCALE_AGREEMENT.columns))
    return build_table(frame.assign(group=_as_found(frame["group"])), SCALE_AGREEMENT)


def _by_period(rows: pd.DataFrame, periods: Periods) -> Iterator[tuple[str, pd.DataFrame]]:
    yield ALL, rows
    for period, (first, last) in periods.items():
        yield period, rows[rows["date"].between(pd.Timestamp(first), pd.Timestamp(last))]


def _sums(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the sum of positions and the number of units of each document."""
    return rows.groupby("doc_id")["position"].agg(["sum", "size"]).astype("float64")


def _effects(sums: Mapping[str, pd.DataFrame]) -> Iterator[dict[str, object]]:
    for group, own in sums.items():
        few = len(own) < FEWEST_DOCUMENTS
        yield {"effect": "mean", "contrast": group} | _row(_mean(own.to_numpy()), "estimate", few)
    for (first, one), (second, other) in combinations(sums.items(), 2):
        # One row for each document of either, since both groups may speak in one.
        both = pd.concat([one, other], axis=1).fillna(0.0).to_numpy()
        apart = difference_interval((both[:, 0], both[:, 1]), (both[:, 2], both[:, 3]))
        few = min(len(one), len(other)) < FEWEST_DOCUMENTS
        keys = {"effect": "difference", "contrast": f"{first} - {second}"}
        yield keys | _row(apart, "estimate", few)


def _mean(sums: Floats) -> Interval:
    def mean(chosen: NDArray[np.int64]) -> float:
        total, n = sums[chosen].sum(axis=0)
        return float(total / n)

    return jackknife_interval(mean, len(sums))


def _row(interval: Interval, name: str, few: bool = False) -> dict[str, object]:
    """Return an interval as a row; where there are too few documents, without limits."""
    known = {"n_units": interval.n_units, name: interval.estimate}
    if few and interval.n_units:
        return known | {"low": np.nan, "high": np.nan, "note": FEW}
    return known | {"low": interval.low, "high": interval.high, "note": interval.note or None}


def _correlation(pair: pd.DataFrame, documents: pd.Series) -> Interval:
    """Return the correlation of two columns, with limits over documents."""
    centred = (pair - pair.mean()).to_numpy().T
    products = [np.ones(len(pair)), *centred, centred[0] ** 2, centred[1] ** 2, centred.prod(0)]
    sums = pd.DataFrame(np.transpose(products)).groupby(documents.to_numpy()).sum().to_numpy()
    if len(sums) < FEWEST_DOCUMENTS:
        return Interval(np.nan, np.nan, np.nan, len(sums), FEW.replace("interval", "correlation"))
    found = jackknife_interval(lambda chosen: _fisher(sums[chosen].sum(axis=0)), len(sums))
    estimate, low, high = np.tanh(found[:3])
    return Interval(float(estimate), float(low), float(high), len(sums), found.note)


def _fisher(sums: Floats) -> float:
    """Return Fisher's z of the correlation that sums of products give."""
    n, x, y, xx, yy, xy = sums
    spread = (n * xx - x * x) * (n * yy - y * y)
    if spread <= 0:
        return float("nan")
    # One is infinite on this scale.
    return float(np.arctanh(np.clip((n * xy - x * y) / spread**0.5, -1 + 1e-12, 1 - 1e-12)))


def _as_found(values: pd.Series) -> pd.Categorical:
    return pd.Categorical(values, categories=list(dict.fromkeys(values)))
