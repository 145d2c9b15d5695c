"""Shares and their differences from automatic codes, put right by a few codes given by hand.

An automatic coder errs, and its errors do not cancel. Where a sample with known chances was coded
by hand as well, each statement counts as its automatic code, and the ones in the sample correct it:
``f + R / pi (Y - f)``. This has no bias, whatever the coder's errors, and is the surer the better
the coder is.

References
----------
Egami, Hinck, Stewart and Wei (2023), NeurIPS, for these outcomes (design-based supervised
learning). Angelopoulos, Duchi and Zrnic (2023), PPI++, for the power tuning: f counts in part
where it helps less. Cochran (1977), Sampling Techniques, chapter 7, for the difference estimator
behind both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import TableError, check_choice
from analysis.resampling import jackknife_interval, share_interval
from analysis.tables import (
    CODES,
    CORRECTED,
    SAMPLE,
    STATEMENTS,
    build_table,
    check_table,
)
from analysis.voices import check_not_synthetic

Floats = NDArray[np.float64]
Units = NDArray[np.intp]

FEWEST_BY_HAND = 10
# By hand, so many have the code, and so many have it not.
FEWEST_OF_A_KIND = 5


class Outcomes(NamedTuple):
    """What each statement counts as: by the coder, by hand where it was read, and its chance."""

    automatic: Floats
    by_hand: Floats
    chance: Floats
    units: Units


def correct_shares(
    statements: pd.DataFrame,
    codes: pd.DataFrame,
    sample: pd.DataFrame,
    *,
    groups: Mapping[str, Sequence[str]],
    coders: tuple[str, str],
) -> pd.DataFrame:
    """Estimate in what share of its statements each group has each code, and put it right.

    Parameters
    ----------
    statements
        The `statements` table: all that the share is of. Those of the background layer, doubled
        ones and those of no group are left out.
    codes
        The `codes` table with both coders' codes.
    sample
        The `sample` table: the statements drawn to be coded by hand, and the chance of each.
    groups
        Group -> its actors.
    coders
        The automatic coder and the one by hand.

    Returns
    -------
    The `corrected` table: a row for each group and code that both coded.

    n_statements, n_units, n_by_hand
        Statements that the automatic coder coded, their episodes (or else documents), and those
        coded by hand among them.
    raw, raw_low, raw_high
        The share by the automatic coder, as if it never erred.
    corrected, low, high
        The corrected share and its 95 % limits over episodes: jackknife with a t quantile. Within
        0 and 1.
    tuning
        How far the automatic code is used: 0 not at all, 1 wholly.
    note
        Why there is no correction: fewer than ten statements by hand, or fewer than five of them
        that have the code, or that have it not.

    A code counts where its value is "present", or any stance but "not_addressed".

    Raises
    ------
    TableError
        If a table is not as declared, a statement is synthetic, a drawn one has no chance above 0,
        or one was coded by hand that was not drawn.
    ValueError
        If a coder has no codes; those that have are listed.
    """
    rows = joined_codes(statements, codes, sample, groups, coders)
    found = [
        {"group": group, "code": code, **_corrected(outcomes_of(mine))}
        for (group, code), mine in rows.groupby(["group", "code"], sort=True)
    ]
    frame = pd.DataFrame(found, columns=list(CORRECTED.columns))
    frame["group"] = pd.Categorical(frame["group"], categories=list(groups))
    return build_table(frame, CORRECTED)


def corrected_mean(outcomes: Outcomes, *, tuning: float | None = None) -> tuple[float, float]:
    """Return the corrected mean, and how far the automatic codes were used.

    Parameters
    ----------
    outcomes
        Of the statements.
    tuning
        From 0 to 1; None: where the variance between units is least.
    """
    weight = np.where(np.isnan(outcomes.by_hand), 0.0, 1 / outcomes.chance)
    known = np.nan_to_num(outcomes.by_hand) * weight
    helped = outcomes.automatic * (1 - weight)
    if tuning is None:
        tuning = _best_tuning(known, helped, outcomes.units)
    return float((known + tuning * helped).mean()), tuning


def _best_tuning(known: Floats, helped: Floats, units: Units) -> float:
    """Return the part of the automatic codes with which units vary least."""
    size = np.bincount(units)
    sums = [np.bincount(units, weights=values) for values in (known, helped)]
    first, second = (total - total.sum() / size.sum() * size for total in sums)
    spread = float(second @ second)
    return float(np.clip(-(first @ second) / spread, 0.0, 1.0)) if spread > 0 else 0.0


def _corrected(outcomes: Outcomes) -> dict[str, object]:
    """Return one row: the raw and the corrected share with their limits."""
    n_units = int(outcomes.units.max()) + 1
    sums = np.bincount(outcomes.units, weights=outcomes.automatic)
    raw = share_interval(sums, np.bincount(outcomes.units))
    n_by_hand = int((~np.isnan(outcomes.by_hand)).sum())
    row: dict[str, object] = {
        "n_statements": len(outcomes.units),
        "n_units": n_units,
        "n_by_hand": n_by_hand,
        "raw": raw.estimate,
        "raw_low": raw.low,
        "raw_high": raw.high,
    }
    refusal = why_not(outcomes)
    if refusal:
        return row | {"note": refusal}
    _, tuning = corrected_mean(outcomes)
    places = [np.flatnonzero(outcomes.units == unit) for unit in range(n_units)]

    def of_units(chosen: Units) -> float:
        kept = np.concatenate([places[unit] for unit in chosen])
        numbers = np.repeat(np.arange(len(chosen)), [len(places[unit]) for unit in chosen])
        automatic, by_hand, chance = (column[kept] for column in outcomes[:3])
        part = Outcomes(automatic, by_hand, chance, numbers)
        return corrected_mean(part, tuning=tuning)[0]

    found = jackknife_interval(of_units, n_units)
    limits = np.clip([found.estimate, found.low, found.high], 0.0, 1.0)
    numbers = dict(zip(("corrected", "low", "high"), limits.tolist(), strict=True))
    return row | numbers | {"tuning": tuning, "note": found.note or None}


def why_not(outcomes: Outcomes) -> str:
    """Say why a share cannot be corrected; empty where it can."""
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


def joined_codes(
    statements: pd.DataFrame,
    codes: pd.DataFrame,
    sample: pd.DataFrame,
    groups: Mapping[str, Sequence[str]],
    coders: tuple[str, str],
) -> pd.DataFrame:
    """Return each statement and code with both coders' values, its unit and its chance."""
    for coder in coders:
        check_choice(coder, check_table(codes, CODES)["coder"].astype("str").unique(), "coder")
    check_not_synthetic(check_table(statements, STATEMENTS))
    chances = check_table(sample, SAMPLE).set_index("statement_id")["inclusion_probability"]
    wrong = chances[~((chances > 0) & (chances <= 1))]
    if len(wrong):
        raise TableError(
            f"sample: {wrong.index[0]!r} has the chance {wrong.iloc[0]}; it lies above 0, up to 1"
        )
    sides = {actor: group for group, actors in groups.items() for actor in actors}
    counted = statements["duplicate_of"].isna() & (
        statements["layer"].astype("str") != "background"
    )
    known = statements[counted & statements["actor"].isin(list(sides))]
    units = known["episode_id"].fillna(known["doc_id"]).fillna(known["statement_id"])
    rows = known[["statement_id"]].assign(group=known["actor"].map(sides), unit=units)
    automatic, by_hand = (_present(codes, coder) for coder in coders)
    drawn = by_hand[by_hand["statement_id"].isin(chances.index)]
    if len(drawn) < len(by_hand):
        stray = by_hand.loc[~by_hand["statement_id"].isin(chances.index), "statement_id"].iloc[0]
        raise TableError(f"codes: {stray!r} was coded by hand but is not in the sample")
    merged = rows.merge(automatic.rename(columns={"has": "automatic"}), on="statement_id")
    both = merged.merge(
        drawn.rename(columns={"has": "by_hand"}), on=["statement_id", "code"], how="left"
    )
    both = both[both.groupby("code")["by_hand"].transform("count") > 0]
    return both.assign(chance=both["statement_id"].map(chances).fillna(1.0))


def _present(codes: pd.DataFrame, coder: str) -> pd.DataFrame:
    """Return whether each statement has each code, by one coder."""
    mine = codes[(codes["coder"] == coder) & codes["value"].notna()]
    has = ~mine["value"].astype("str").isin(["absent", "not_addressed"])
    frame = mine[["statement_id", "code"]].astype("str")
    return frame.assign(has=has.astype("float64").to_numpy())
