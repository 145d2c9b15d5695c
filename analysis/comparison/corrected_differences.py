"""Differences between two groups from automatic codes, put right by codes given by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.comparison.correction import (
    Outcomes,
    Units,
    corrected_mean,
    joined_codes,
    outcomes_of,
    why_not,
)
from analysis.multiple import q_values
from analysis.resampling import jackknife_interval, jackknife_se
from analysis.tables import CORRECTED_DIFFERENCES, build_table


def correct_differences(
    statements: pd.DataFrame,
    codes: pd.DataFrame,
    sample: pd.DataFrame,
    *,
    groups: Mapping[str, Sequence[str]],
    coders: tuple[str, str],
) -> pd.DataFrame:
    """Estimate how much more of its statements one group has each code in than another.

    Parameters
    ----------
    statements, codes, sample, coders
        As for `correct_shares`.
    groups
        Two groups, each with its actors.

    Returns
    -------
    The `corrected_differences` table, a row for each code: the first group's share less the
    second's, raw and corrected, each with 95 % limits over episodes (an episode in which both speak
    counts once), the p value of no corrected difference (t test by the jackknife) and its false
    discovery rate. NaN where the share of either group cannot be corrected, and `note` says why.

    Raises
    ------
    TableError, ValueError
        As `correct_shares`; ValueError also if there are not two groups.
    """
    if len(groups) != 2:
        raise ValueError(f"groups are {list(groups)}; a difference is between two")
    rows = joined_codes(statements, codes, sample, groups, coders)
    found = [
        {"code": code, **_difference(mine, list(groups))}
        for code, mine in rows.groupby("code", sort=True)
    ]
    frame = pd.DataFrame(found, columns=list(CORRECTED_DIFFERENCES.columns))
    frame["q"] = q_values(frame["p"].astype("float64"))
    return build_table(frame, CORRECTED_DIFFERENCES)


def _difference(rows: pd.DataFrame, groups: Sequence[str]) -> dict[str, object]:
    """Return one row: raw and corrected differences of two groups."""
    sides = [(rows["group"] == group).to_numpy() for group in groups]
    parts = [outcomes_of(rows[side]) for side in sides]
    base: dict[str, object] = {
        "target": groups[0],
        "reference": groups[1],
        "n_statements": len(rows),
        "n_units": rows["unit"].nunique(),
        "n_by_hand": int(rows["by_hand"].notna().sum()),
    }
    for group, part in zip(groups, parts, strict=True):
        refusal = why_not(part)
        if refusal:
            return base | {"note": f"{group}: {refusal}"}
    tunings = [corrected_mean(part)[1] for part in parts]
    return base | _estimates(rows, sides, tunings)


def _estimates(
    rows: pd.DataFrame, sides: Sequence[NDArray[np.bool_]], tunings: Sequence[float]
) -> dict[str, object]:
    """Return the raw and the corrected difference with limits, and its p value."""
    from scipy.special import stdtr

    units, names = pd.factorize(rows["unit"], sort=True)
    places = [np.flatnonzero(units == unit) for unit in range(len(names))]
    columns = rows[["automatic", "by_hand", "chance"]].to_numpy(dtype=np.float64).T

    def raw(chosen: Units) -> float:
        kept = np.concatenate([places[unit] for unit in chosen])
        return float(np.subtract(*(columns[0][kept][side[kept]].mean() for side in sides)))

    def corrected(chosen: Units) -> float:
        kept = np.concatenate([places[unit] for unit in chosen])
        means = []
        for side, tuning in zip(sides, tunings, strict=True):
            automatic, known, chance = columns[:, kept[side[kept]]]
            whole = Outcomes(automatic, known, chance, np.zeros(len(known), dtype=np.intp))
            means.append(corrected_mean(whole, tuning=tuning)[0])
        return means[0] - means[1]

    plain, right = (jackknife_interval(way, len(names)) for way in (raw, corrected))
    error = jackknife_se(corrected, len(names))
    p = 2 * float(stdtr(len(names) - 1, -abs(right.estimate) / error)) if error > 0 else np.nan
    return {
        **{"raw": plain.estimate, "raw_low": plain.low, "raw_high": plain.high},
        **{"corrected": right.estimate, "low": right.low, "high": right.high, "p": p},
        "note": right.note or None,
    }
