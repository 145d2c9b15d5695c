"""Differences between two groups from automatic codes, put right by codes given by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.comparison.outcomes import (
    Units,
    joined_codes,
    outcomes_of,
    remark_of,
    tuned_share,
    unit_totals,
    why_not,
)
from analysis.multiple import q_values
from analysis.resampling import jackknife_interval, jackknife_se
from analysis.tables import CORRECTED_DIFFERENCES, build_table
from analysis.versions import join_notes


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
    counts once; jackknife with a t quantile, the tuning chosen anew without each), the p value of
    no corrected difference and its false discovery rate. The corrected one is NaN where the share
    of either group cannot be corrected, and `note` says why.

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
    pairs = zip(groups, map(why_not, parts), strict=True)
    refusals = [f"{group}: {refusal}" for group, refusal in pairs if refusal]
    base |= _raw(rows, sides)
    if refusals:
        return base | {"note": join_notes(*refusals, remark_of(rows))}
    return base | _corrected(rows, sides)


def _raw(rows: pd.DataFrame, sides: Sequence[NDArray[np.bool_]]) -> dict[str, object]:
    """Return the difference by the automatic coder with its limits, as if it never erred."""
    units, names = pd.factorize(rows["unit"], sort=True)
    pairs = [
        (
            np.bincount(units[side], rows["automatic"][side], len(names)),
            np.bincount(units[side], minlength=len(names)),
        )
        for side in sides
    ]

    def raw(chosen: Units) -> float:
        if not all(sizes[chosen].any() for _, sizes in pairs):
            return float("nan")
        first, second = (sums[chosen].sum() / sizes[chosen].sum() for sums, sizes in pairs)
        return float(first - second)

    found = jackknife_interval(raw, len(names))
    return {"raw": found.estimate, "raw_low": found.low, "raw_high": found.high}


def _corrected(rows: pd.DataFrame, sides: Sequence[NDArray[np.bool_]]) -> dict[str, object]:
    """Return the corrected difference with limits, and its p value."""
    from scipy.special import stdtr

    units, names = pd.factorize(rows["unit"], sort=True)
    totals = [
        unit_totals(outcomes_of(rows[side])._replace(units=units[side]), len(names))
        for side in sides
    ]

    def corrected(chosen: Units) -> float:
        # Tuned anew without each unit, so that the limits know of the tuning too.
        first, second = (tuned_share(*(column[chosen] for column in part)) for part in totals)
        return first - second

    right = jackknife_interval(corrected, len(names))
    error = jackknife_se(corrected, len(names))
    known = not np.isnan(right.low)
    p = 2 * float(stdtr(len(names) - 1, -abs(right.estimate) / error)) if known else np.nan
    return {
        **{"corrected": right.estimate, "low": right.low, "high": right.high, "p": p},
        "note": join_notes(right.note, remark_of(rows)),
    }
