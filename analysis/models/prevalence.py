"""How much of each group's texts a topic takes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.resampling import share_interval
from analysis.tables import PREVALENCE, TOPIC_SHARES, UNITS, build_table, check_table
from analysis.voices import check_not_synthetic

NOTE = "interval over documents; that of the topics themselves is not yet in it"


def measure_prevalence(topic_shares: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """Measure each group's mean share of each topic.

    Parameters
    ----------
    topic_shares, units
        The tables of those names. Units without a group or a share are left out.

    Returns
    -------
    The `prevalence` table, a row per topic and group: the mean `share` of its units, each
    counting the same, with a 95 % interval over documents (`n_units` of them): passages of one
    document are resampled together. `note` says what the interval does not hold yet.

    Raises
    ------
    TableError
        If a table is not as declared, or a unit is synthetic.

    Notes
    -----
    Korn and Graubard's interval with the variance between documents; the bound on the
    effective number of trials does not apply, since a share is measured, not counted. With 10
    to 50 documents it covers 92 to 97 % (``tests/benchmarks/coverage.py``).
    """
    check_table(topic_shares, TOPIC_SHARES)
    check_table(units, UNITS)
    check_not_synthetic(units)
    known = units[["unit_id", "doc_id", "group"]].dropna(subset=["group"])
    known = known.assign(unit_id=known["unit_id"].astype("str"))
    shares = topic_shares.assign(unit_id=topic_shares["unit_id"].astype("str"))
    merged = shares.dropna(subset=["share"]).merge(known, on="unit_id")
    rows = [
        {"topic": topic, "group": group, **_mean_share(cell)}
        for (topic, group), cell in merged.groupby(["topic", "group"], observed=True, sort=True)
    ]
    frame = pd.DataFrame(rows, columns=list(PREVALENCE.columns))
    frame["topic"] = pd.Categorical(frame["topic"], categories=topic_shares["topic"].cat.categories)
    return build_table(frame, PREVALENCE)


def _mean_share(cell: pd.DataFrame) -> dict[str, Any]:
    by_document = cell["share"].clip(0, 1).groupby(cell["doc_id"].fillna(cell["unit_id"]))
    # A thousand trials per unit: so many that their number never bounds the effective one.
    trials = by_document.size().to_numpy() * 1000.0
    found = share_interval(np.minimum(by_document.sum().to_numpy() * 1000, trials), trials)
    note = f"{found.note}; {NOTE}" if found.note else NOTE
    return {
        "n_units": found.n_units,
        "share": found.estimate,
        "low": found.low,
        "high": found.high,
        "note": note,
    }
