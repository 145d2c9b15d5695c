"""What statements count as where an automatic coder read all and a person read some.

Every statement counts as its automatic code, and those drawn and read by hand put it right:
``f + R / pi (Y - f)``, with pi the chance of being drawn.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.comparison.counted import ABSENT, given_values, side_statements
from analysis.errors import TableError
from analysis.resampling import Interval, jackknife_se, share_interval
from analysis.tables import SAMPLE, check_table
from analysis.versions import join_notes, note_versions

Floats = NDArray[np.float64]
Units = NDArray[np.intp]

FEWEST_BY_HAND = 10
# By hand, so many have the code, and so many have it not.
FEWEST_OF_A_KIND = 5
NO_STATEMENTS = "no statements"
_TORN = "not defined without some of the units: no interval"


class Outcomes(NamedTuple):
    """What each statement counts as: by the coder, by hand where it was read, and its chance."""

    automatic: Floats
    by_hand: Floats
    chance: Floats
    units: Units


def corrected_values(outcomes: Outcomes, tuning: float) -> Floats:
    """Return what each statement counts as once put right, automatic codes used in part."""
    known, helped = _pieces(outcomes)
    values: Floats = known + tuning * helped
    return values


def corrected_mean(outcomes: Outcomes, *, tuning: float | None = None) -> tuple[float, float]:
    """Return the corrected mean, and how far the automatic codes were used.

    Parameters
    ----------
    outcomes
        Of the statements.
    tuning
        From 0 to 1; None: where the variance between units is least.
    """
    if tuning is None:
        tuning = best_tuning(*unit_totals(outcomes))
    return float(corrected_values(outcomes, tuning).mean()), tuning


def unit_totals(outcomes: Outcomes, n_units: int = 0) -> tuple[Floats, Floats, Floats]:
    """Return of each unit what it counts by hand, what automatic codes add to it, and its size."""
    known, helped = _pieces(outcomes)
    sums: list[Floats] = [
        np.bincount(outcomes.units, weights=values, minlength=n_units).astype(np.float64)
        for values in (known, helped, np.ones(len(known)))
    ]
    return sums[0], sums[1], sums[2]


def tuned_share(known: Floats, helped: Floats, sizes: Floats) -> float:
    """Return the corrected share of units with these totals, at their own best tuning."""
    if not sizes.sum():
        return float("nan")
    tuning = best_tuning(known, helped, sizes)
    return float((known + tuning * helped).sum() / sizes.sum())


def best_tuning(known: Floats, helped: Floats, sizes: Floats) -> float:
    """Return the part of the automatic codes with which units vary least."""
    first, second = (total - total.sum() / sizes.sum() * sizes for total in (known, helped))
    spread = float(second @ second)
    return float(np.clip(-(first @ second) / spread, 0.0, 1.0)) if spread > 0 else 0.0


def _pieces(outcomes: Outcomes) -> tuple[Floats, Floats]:
    """Return what each statement counts as by hand, and what a full use of its code adds."""
    weight = np.where(np.isnan(outcomes.by_hand), 0.0, 1 / outcomes.chance)
    return np.nan_to_num(outcomes.by_hand) * weight, outcomes.automatic * (1 - weight)


def corrected_share(values: Floats, units: Units) -> Interval:
    """Return the share that corrected values come to, with its 95 % limits over units.

    The limits are Korn and Graubard's at the variance that the jackknife over units gives. For
    shares of .4 and .5 they cover 94 to 97 % with 20, 50 and 100 units; for a share of .1, which
    is refused in six of seven runs with 20 units and in one of twelve with 50, 94 to 97, 97 to 98
    and 94 to 96 % where it is not (``tests/benchmarks/correction_coverage.py``). The jackknife with
    a t quantile covered 92 to 95 % with 20 units.
    """
    sums, sizes = np.bincount(units, weights=values), np.bincount(units).astype(np.float64)

    def ratio(chosen: NDArray[np.int64]) -> float:
        return float(sums[chosen].sum() / sizes[chosen].sum())

    return limits_of_share(ratio(np.arange(len(sizes))), sizes, jackknife_se(ratio, len(sizes)))


def limits_of_share(share: float, sizes: Floats, error: float) -> Interval:
    """Put Korn and Graubard's 95 % limits at a known standard error around a share, cut to [0, 1].

    `sizes` are the statements of each unit. A share beyond 0 or 1 is taken as this; where the error
    is not known there are no limits, and the note says so.
    """
    cut = float(np.clip(share, 0.0, 1.0))
    if np.isnan(error) and len(sizes) > 1:
        return Interval(cut, np.nan, np.nan, len(sizes), _TORN)
    return share_interval(cut * sizes, sizes, variance=error**2)


def why_not(outcomes: Outcomes) -> str:
    """Say why a share cannot be corrected; empty where it can."""
    if not len(outcomes.by_hand):
        return NO_STATEMENTS
    known = outcomes.by_hand[~np.isnan(outcomes.by_hand)]
    if len(known) < FEWEST_BY_HAND:
        return f"{len(known)} by hand, fewer than {FEWEST_BY_HAND}: not corrected"
    rarer = int(min(known.sum(), len(known) - known.sum()))
    if rarer < FEWEST_OF_A_KIND:
        return f"{rarer} of {len(known)} by hand are of the rarer kind: not corrected"
    return ""


def outcomes_of(rows: pd.DataFrame) -> Outcomes:
    """Return what the rows of `joined_codes` count as."""
    units, _ = pd.factorize(rows["unit"], sort=True)
    return Outcomes(
        rows["automatic"].to_numpy(dtype=np.float64),
        rows["by_hand"].to_numpy(dtype=np.float64),
        rows["chance"].to_numpy(dtype=np.float64),
        units,
    )


def remark_of(rows: pd.DataFrame) -> str:
    """Return what a reader must know of the codes in the rows of `joined_codes`, if anything."""
    return str(rows["remark"].iloc[0]) if len(rows) else ""


def joined_codes(
    statements: pd.DataFrame,
    codes: pd.DataFrame,
    sample: pd.DataFrame,
    groups: Mapping[str, Sequence[str]],
    coders: tuple[str, str],
) -> pd.DataFrame:
    """Return each statement of the groups and code with both coders' values, its unit and chance.

    Raises
    ------
    TableError
        If a table is not as declared, a statement is synthetic, a drawn one has no chance above 0,
        one was coded by hand that was not drawn, a value is neither of presence nor a stance, or
        no statement was coded by both.
    StudyError
        If an actor stands in two groups.
    ValueError
        If a coder has no codes (those that have are listed), or the two are one.
    """
    return coded_rows(side_statements(statements, groups), codes, sample, coders)


def coded_rows(
    known: pd.DataFrame, codes: pd.DataFrame, sample: pd.DataFrame, coders: tuple[str, str]
) -> pd.DataFrame:
    """Put both coders' values, the chance and what is to be said beside each statement and code."""
    if coders[0] == coders[1]:
        raise ValueError(f"coders are {coders}; name the automatic one, then the one by hand")
    chances = check_table(sample, SAMPLE).set_index("statement_id")["inclusion_probability"]
    automatic, by_hand = (_present(codes, coder) for coder in coders)
    stray = by_hand.loc[~by_hand["statement_id"].isin(chances.index), "statement_id"]
    if len(stray):
        raise TableError(f"codes: {stray.iloc[0]!r} was coded by hand but is not in the sample")
    merged = known.merge(automatic.rename(columns={"has": "automatic"}), on="statement_id")
    both = merged.merge(
        by_hand.rename(columns={"has": "by_hand"}), on=["statement_id", "code"], how="left"
    )
    both = both[both.groupby("code")["by_hand"].transform("count") > 0]
    if both.empty:
        raise TableError(f"codes: no statement of those compared was coded by both {coders}")
    used = codes[codes["coder"].isin(list(coders))]
    return _answered(both, chances, note_versions(used))


def _answered(rows: pd.DataFrame, chances: pd.Series, versions: Mapping[str, str]) -> pd.DataFrame:
    """Add the chance of having been drawn and coded, and a remark by code.

    A drawn statement that the coder by hand left out is taken as missing at random: the chance of
    those that were coded is made smaller by the share that was.
    """
    chance = rows["statement_id"].map(chances)
    drawn, read = chance.notna(), rows["by_hand"].notna()
    counts = pd.DataFrame({"drawn": drawn, "left": drawn & ~read}).groupby(rows["code"]).sum()
    remarks = {
        str(code): join_notes(
            versions.get(str(code)),
            f"{n_left} of {n_drawn} drawn not coded by hand" if n_left else None,
        )
        or ""
        for code, n_drawn, n_left in counts.itertuples()
    }
    shares = rows["code"].map(1 - counts["left"] / counts["drawn"])
    remark = rows["code"].map(remarks)
    return rows.assign(chance=(chance * shares).fillna(1.0), remark=remark)


def _present(codes: pd.DataFrame, coder: str) -> pd.DataFrame:
    """Return whether each statement has each code, by one coder."""
    mine = given_values(codes, coder)
    has = ~mine["value"].isin(ABSENT)
    return mine[["statement_id", "code"]].assign(has=has.astype("float64"))
