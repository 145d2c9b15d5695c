"""Rates over time as smooth lines, with intervals over documents."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.comparison.series import PER, Series, split_series
from analysis.tables import DOCUMENT_RATES, TREND, build_table, check_table

Floats = NDArray[np.float64]

MIN_DOCUMENTS = 5
DAYS_PER_YEAR = 365.25
# Parts of the time from the first to the last document that are tried as bandwidth.
PARTS = np.geomspace(0.05, 1.0, 13)
# So large a part of the documents may have nobody within a bandwidth that is tried.
LONE = 0.1


def smooth_rates(
    rates: pd.DataFrame, *, bandwidth_years: float | None = None, n_dates: int = 100
) -> pd.DataFrame:
    """Smooth the rates of documents over time.

    At each date a line is fitted to the rates of the documents around it, each weighing its
    tokens times what is left of a tricube kernel at its distance; the line's value there is the
    rate.

    Parameters
    ----------
    rates
        The `document_rates` table.
    bandwidth_years
        The distance at which a document counts no more. None: for each group and code, of
        thirteen from a twentieth to the whole of the time covered, the widest that foretells each
        document from the others as well as the best does, within one standard error. Those in
        which more than a tenth of the documents are alone are not tried.
    n_dates
        At how many days, at even distances from the first to the last document; at every day if
        there are fewer.

    Returns
    -------
    The `trend` table: a row for each group, code and date. `n_documents` is how many documents
    of equal weight would be as sure. `low` and `high` are 95 % limits of the smoothed rate: from
    each document's distance from the line, made larger for its own pull on it, with a t quantile,
    on the log scale. They speak of chance among documents, not of what smoothing itself levels; of
    a level rate they hold 91 to 97 % in simulations of 20 to 80 bursty documents. A rate below 0
    is 0. NaN with fewer than five documents in reach or no variation, and `note` says so.

    Raises
    ------
    TableError
        If `rates` is not as declared.
    ValueError
        If the bandwidth is not above 0 or there are fewer than two dates.

    References
    ----------
    Cleveland and Devlin (1988), Journal of the American Statistical Association 83(403), for local
    lines. Hastie, Tibshirani and Friedman (2009), The Elements of Statistical Learning, 7.10, for
    foretelling within one standard error. MacKinnon and White (1985), Journal of Econometrics
    29(3), for the variance (HC3). Figures: ``tests/benchmarks/smoothing.py``.
    """
    if bandwidth_years is not None and not bandwidth_years > 0:
        raise ValueError(f"bandwidth_years is {bandwidth_years}; it is above 0")
    if n_dates < 2:
        raise ValueError(f"n_dates is {n_dates}; it is 2 or more")
    check_table(rates, DOCUMENT_RATES)
    found = [_smoothed(series, bandwidth_years, n_dates) for series in split_series(rates)]
    frame = pd.concat(found) if found else pd.DataFrame(columns=list(TREND.columns))
    for column in ("group", "code"):
        frame[column] = pd.Categorical(frame[column], categories=rates[column].cat.categories)
    return build_table(frame, TREND)


def _smoothed(series: Series, bandwidth_years: float | None, n_dates: int) -> pd.DataFrame:
    days = series.days.astype("datetime64[D]").astype(np.float64)
    span = max(float(np.ptp(days)), 1.0)
    reach = bandwidth_years * DAYS_PER_YEAR if bandwidth_years else _best_reach(series, days, span)
    at: Floats = np.unique(np.linspace(days.min(), days.max(), n_dates).round())
    found: dict[str, Any] = _fit(series, days, at, reach)
    dates = at.astype("int64").astype("datetime64[D]").astype("datetime64[us]")
    return pd.DataFrame(
        {
            "group": series.group,
            "code": series.code,
            "date": dates,
            "bandwidth_years": reach / DAYS_PER_YEAR,
            **found,
        }
    )


def _fit(series: Series, days: Floats, at: Floats, reach: float) -> dict[str, Any]:
    """Return the smoothed rates with their limits."""
    from scipy.special import stdtrit

    rates = PER * series.hits / series.tokens
    pulls = line_weights(days, series.tokens, at, reach)
    own = np.diag(line_weights(days, series.tokens, days, reach))
    line = line_weights(days, series.tokens, days, reach) @ rates
    away = (rates - line) / np.maximum(1 - own, 0.05)
    value = pulls @ rates
    error = np.sqrt((pulls**2) @ away**2)
    documents = 1 / np.maximum((pulls**2).sum(axis=1), 1e-12)
    half = stdtrit(np.maximum(documents - 1, 1), 0.975) * error
    few, still = documents < MIN_DOCUMENTS, ~(error > 0)
    low, high = _limits(np.maximum(value, 0.0), np.where(few | still, np.nan, half))
    note = np.full(len(at), None, dtype=object)
    note[few] = f"fewer than {MIN_DOCUMENTS} documents in reach: no interval"
    note[still] = "no variation between documents: no interval"
    return {
        "n_documents": documents,
        "rate_per_10k": np.maximum(value, 0.0),
        "low": low,
        "high": high,
        "note": note,
    }


def _limits(value: Floats, half: Floats) -> tuple[Floats, Floats]:
    """Return limits on the log scale, as rates are skewed; where that would run away, straight on.

    The upper limit goes on as the tangent would from where `half` is as large as the rate.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        relative = np.where(half > 0, half / value, 0.0)
        low = np.where(np.isnan(half), np.nan, value * np.exp(-relative))
    near = np.minimum(relative, 1.0)
    high = np.where(relative > 1, value + (np.e - 1) * half, value * np.exp(near))
    return low, np.where(np.isnan(half), np.nan, high)


def line_weights(days: Floats, sizes: Floats, at: Floats, reach: float) -> Floats:
    """Return what each document's rate weighs in the line at each date: a row a date.

    Weights add up to 1. Where fewer than two days are within reach the nearest documents count
    alone.
    """
    apart = days[None, :] - at[:, None]
    nearest = np.abs(apart).min(axis=1, keepdims=True)
    wide = np.maximum(reach, 1.001 * nearest + 1e-9)
    kernel = np.clip(1 - (np.abs(apart) / wide) ** 3, 0.0, None) ** 3 * sizes[None, :]
    s0, s1, s2 = ((kernel * apart**power).sum(axis=1, keepdims=True) for power in range(3))
    # Where all within reach stand on one side, a line would run away from them; so does the mean.
    spread = s2 * s0 - s1**2
    straight = spread > 1e-9 * s0**2 * wide**2
    with np.errstate(divide="ignore", invalid="ignore"):
        weights = np.where(straight, kernel * (s2 - s1 * apart) / spread, kernel / s0)
    found: Floats = weights
    return found


def _best_reach(series: Series, days: Floats, span: float) -> float:
    """Return the widest bandwidth that foretells documents from the others as well as the best.

    As well: worse by no more than one standard error of the difference.
    """
    rates = PER * series.hits / series.tokens
    total = series.tokens.sum() - series.tokens
    plain = rates - PER * (series.hits.sum() - series.hits) / np.where(total > 0, total, np.nan)
    reaches, squares = [], []
    for reach in PARTS * span:
        weights = line_weights(days, series.tokens, days, reach)
        own = np.diag(weights)
        left = (rates - weights @ rates) / np.where(own < 0.999, 1 - own, np.nan)
        lone = np.isnan(left)
        if lone.mean() <= LONE:
            reaches.append(reach)
            # A document that nobody is near counts as foretold by the mean of all others.
            squares.append(series.tokens * np.where(lone, plain, left) ** 2)
    if not reaches:
        return float(PARTS[-1] * span)
    errors = np.array(squares)
    worse = errors - errors[int(np.argmin(errors.sum(axis=1)))]
    doubt = np.sqrt(len(days)) * worse.std(axis=1)
    return float(reaches[np.flatnonzero(worse.sum(axis=1) <= doubt).max()])
