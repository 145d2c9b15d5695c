"""Whether confidence is meant: of the statements at 0.9, nine in ten should hold."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import TableError
from analysis.resampling import share_interval
from analysis.tables import CONFIDENCE, JUDGMENTS, build_table, check_table

N_BINS = 10
FEWEST_DOCUMENTS = 5
# A product such as 0.6 * 0.5 falls short of its bin by less than this.
ROUNDING = 1e-9
ALL = "all"


def measure_confidence(judgments: pd.DataFrame) -> pd.DataFrame:
    """Measure how often statements hold, by the confidence that they were given.

    Parameters
    ----------
    judgments
        The `judgments` table: a statement, its document, its confidence, and whether it is right.
        `judge_statements` makes it from annotated texts; a random sample that was checked by hand
        serves as well.

    Returns
    -------
    The `confidence` table: one row for each tenth of the scale (lower end included; the last
    holds 1 too), then one for ``all``. ``confidence`` is the mean of those in the bin;
    ``precision`` is the share that is right, with its 95 % interval over documents. ``error`` is
    the distance between the two; for ``all`` it is the mean of the bins' errors, weighted by
    their statements: the expected calibration error, which is above 0 by chance alone where
    bins are small. ``note`` says why a figure is missing.

    Raises
    ------
    TableError
        If a statement has no confidence, or one outside [0, 1].

    References
    ----------
    Bins and their error: Naeini, Cooper and Hauskrecht (2015), AAAI 29. Intervals: Korn and
    Graubard (1998), as in `share_interval`; with fewer than five documents there is none.
    """
    check_table(judgments, JUDGMENTS)
    places = _bins(judgments)
    rows = [_row(_name(place), judgments[places == place]) for place in range(N_BINS)]
    total = _row(ALL, judgments)
    if len(judgments):
        weighted = [row["error"] * row["n_found"] for row in rows if row["n_found"]]
        total["error"] = sum(weighted) / len(judgments)
    table = build_table([*rows, total], CONFIDENCE)
    names = [row["bin"] for row in rows]
    return table.assign(bin=pd.Categorical(table["bin"], [*names, ALL], ordered=True))


def _bins(judgments: pd.DataFrame) -> np.ndarray[Any, Any]:
    confidence = judgments["confidence"]
    if confidence.isna().any():
        name = judgments.loc[confidence.isna(), "statement_id"].iloc[0]
        raise TableError(f"judgments: statement {name!r} has no confidence; leave it out")
    tenths = np.floor(confidence.to_numpy() * N_BINS + ROUNDING)
    return np.minimum(tenths, N_BINS - 1).astype(np.int64)


def _name(place: int) -> str:
    return f"{place / N_BINS:.1f} to {(place + 1) / N_BINS:.1f}"


def _row(name: str, judged: pd.DataFrame) -> dict[str, Any]:
    documents = judged.groupby("doc_id")["right"]
    interval = share_interval(documents.sum(), documents.size())
    limits = (interval.low, interval.high, interval.note)
    if not len(judged):
        limits = (np.nan, np.nan, "no statements: no estimate")
    elif interval.n_units < FEWEST_DOCUMENTS:
        limits = (np.nan, np.nan, f"fewer than {FEWEST_DOCUMENTS} documents: no interval")
    confidence = float(judged["confidence"].mean())
    return {
        "bin": name,
        "n_found": len(judged),
        "n_right": int(judged["right"].sum()),
        "n_units": interval.n_units,
        "confidence": confidence,
        "precision": interval.estimate,
        "low": limits[0],
        "high": limits[1],
        "error": abs(confidence - interval.estimate),
        "note": limits[2] or None,
    }
