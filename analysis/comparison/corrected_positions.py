"""Where groups stand by automatic codes, put right by codes given by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import product

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.codebook import STANCES
from analysis.comparison.counted import given_values
from analysis.comparison.outcomes import (
    NO_STATEMENTS,
    Outcomes,
    corrected_mean,
    corrected_share,
    corrected_values,
    joined_codes,
    outcomes_of,
    remark_of,
    why_not,
)
from analysis.comparison.positions import FEWEST_STANCES, direction_interval
from analysis.errors import TableError
from analysis.resampling import Interval, jackknife_interval, share_interval
from analysis.tables import CODES, CORRECTED_POSITIONS, build_table, check_table
from analysis.versions import join_notes

Floats = NDArray[np.float64]
Positions = NDArray[np.intp]

# A direction beyond this is taken as this, for the inverse hyperbolic tangent of 1 is infinite.
WHOLLY = 0.999
ENDS = ("", "_low", "_high")
COUNTS = [column for column, kind in CORRECTED_POSITIONS.columns.items() if kind == "count"]
# What a sum of statements is of.
PARTS = {"addressed": STANCES[:-1], "favor": ("favor",), "against": ("against",)}


def correct_positions(
    statements: pd.DataFrame,
    codes: pd.DataFrame,
    sample: pd.DataFrame,
    *,
    groups: Mapping[str, Sequence[str]],
    coders: tuple[str, str],
) -> pd.DataFrame:
    """Estimate how often each group addresses each proposition, and which way, and put it right.

    Parameters
    ----------
    statements, codes, sample, groups, coders
        As for `correct_shares`. Codes whose values by hand are stances are propositions.

    Returns
    -------
    The `corrected_positions` table: a row for each group and proposition, also where a group has no
    statements.

    n_statements, n_units, n_by_hand
        Statements that the automatic coder coded, their episodes (or documents), and those coded
        by hand.
    n_favor, n_against, n_raw_favor, n_raw_against
        Statements for and against, by hand and by the automatic coder.
    raw_salience, salience
        The share that addresses the proposition, by the automatic coder as if it never erred, and
        corrected, each with its 95 % limits over episodes (`_low`, `_high`).
    raw_direction, direction
        (favor - against) / (favor + against), likewise.
    note
        Why a figure is missing. Direction takes five statements that are for or against,
        and not all on one side: by hand to be corrected, by the automatic coder to be raw.

    Raises
    ------
    TableError, ValueError
        As `correct_shares`.

    Notes
    -----
    Each statement counts as `correct_shares` lets it, once as addressing, once as for, once as
    against. Salience is a mean of such counts, with limits as there, direction a ratio of their
    sums, its limits the jackknife's of its inverse hyperbolic tangent: without that they covered 88
    to 94 %, so 94 to 98 (``tests/benchmarks/corrected_positions.py``).

    References
    ----------
    As `analysis.comparison.correction`; Fisher (1921), Metron 1, for the transformation.
    """
    propositions = _propositions(codes, coders)
    kept = codes[codes["code"].astype("str").isin(propositions)]
    parts = {
        part: joined_codes(statements, _as_presence(kept, values), sample, groups, coders)
        for part, values in PARTS.items()
    }
    known = parts["addressed"]
    rows = [
        {"group": group, "proposition": code}
        | _position({part: every.loc[mine.index] for part, every in parts.items()})
        for group, code in product(groups, sorted(known["code"].unique()))
        for mine in [known[(known["group"] == group) & (known["code"] == code)]]
    ]
    frame = pd.DataFrame(rows, columns=list(CORRECTED_POSITIONS.columns))
    frame["group"] = pd.Categorical(frame["group"], categories=list(groups))
    return build_table(frame, CORRECTED_POSITIONS)


def separate_stances(codes: pd.DataFrame) -> pd.DataFrame:
    """Make codes of their own of being for and of being against each proposition.

    Parameters
    ----------
    codes
        The `codes` table. Frames are left out.

    Returns
    -------
    The `codes` table with "treaty: favor" and "treaty: against" in place of "treaty", each
    "present" or "absent": what `correct_shares` and `correct_differences` take. Probabilities are
    missing, for they were those of the values before.

    Raises
    ------
    TableError
        If `codes` is not as declared.
    """
    check_table(codes, CODES)
    stances = codes[codes["value"].astype("str").isin(STANCES)]
    parts = [
        _as_presence(stances, (stance,)).assign(
            code=stances["code"].astype("str") + f": {stance}", probability=np.nan
        )
        for stance in PARTS
        if stance != "addressed"
    ]
    return build_table(pd.concat(parts).astype({"value": "str"}), CODES)


def _propositions(codes: pd.DataFrame, coders: tuple[str, str]) -> list[str]:
    """Return the codes that the coder by hand gave stances, if the other gave them nothing else."""
    automatic, by_hand = (given_values(codes, coder) for coder in coders)
    found = sorted(by_hand.loc[by_hand["value"].isin(STANCES), "code"].unique())
    if not found:
        raise TableError(f"codes: no code of coder {coders[1]!r} has stances {list(STANCES)}")
    every = pd.concat([automatic, by_hand])
    strange = every[every["code"].isin(found) & ~every["value"].isin(STANCES)]
    if len(strange):
        name, code, value = strange.iloc[0]
        raise TableError(f"codes: {name}: {code} is {value!r} beside the stances {list(STANCES)}")
    return found


def _as_presence(codes: pd.DataFrame, values: Sequence[str]) -> pd.DataFrame:
    """Return the codes with "present" for the given values and "absent" for all others."""
    fits = codes["value"].astype("str").isin(values)
    present = pd.Series(np.where(fits, "present", "absent"), codes.index)
    return codes.assign(value=present.where(codes["value"].notna()).astype("category"))


def _position(parts: Mapping[str, pd.DataFrame]) -> dict[str, object]:
    """Return one row but for its keys."""
    if not len(parts["addressed"]):
        return {**dict.fromkeys(COUNTS, 0), "note": NO_STATEMENTS}
    outcomes = {part: outcomes_of(rows) for part, rows in parts.items()}
    sums = {part: _unit_sums(found) for part, found in outcomes.items()}
    sizes = np.bincount(outcomes["addressed"].units).astype(np.float64)

    def direction(chosen: Positions) -> float:
        balance = _balance(sums["favor"][chosen].sum(), sums["against"][chosen].sum())
        return float(np.arctanh(np.clip(balance, -WHOLLY, WHOLLY)))

    by_hand = [int(np.nansum(outcomes[part].by_hand)) for part in ("favor", "against")]
    why = why_not(outcomes["addressed"])
    why_no_direction = why or _why_no_direction(*by_hand)
    addressed = outcomes["addressed"]
    salient = corrected_share(_tuned(addressed), addressed.units)
    found = {"salience": _within(salient, why, np.asarray)}
    turned = jackknife_interval(direction, len(sizes))
    found["direction"] = _within(turned, why_no_direction, np.tanh)
    raw, why_no_raw = _raw(outcomes)
    return {
        "n_statements": len(parts["addressed"]),
        "n_units": len(sizes),
        "n_by_hand": int(parts["addressed"]["by_hand"].notna().sum()),
        **dict(zip(("n_favor", "n_against"), by_hand, strict=True)),
        **raw,
        **{
            f"{name}{end}": value for name, limits in found.items() for end, value in limits.items()
        },
        "note": join_notes(
            why_no_direction or turned.note, why_no_raw, remark_of(parts["addressed"])
        ),
    }


def _raw(outcomes: Mapping[str, Outcomes]) -> tuple[dict[str, object], str]:
    """Return what the automatic coder gives, as if it never erred, and why not a direction."""
    addressed, favor, against = (outcomes[part] for part in PARTS)
    units = addressed.units
    salience = share_interval(np.bincount(units, addressed.automatic), np.bincount(units))
    sides = {"favor": favor.automatic > 0, "against": against.automatic > 0}
    expressed = [
        pd.DataFrame({"value": side, "unit": units[chosen]}) for side, chosen in sides.items()
    ]
    found = {"salience": salience, "direction": direction_interval(pd.concat(expressed))}
    why = found["direction"].note
    return {
        **{f"n_raw_{side}": int(chosen.sum()) for side, chosen in sides.items()},
        **{
            f"raw_{name}{end}": value
            for name, limits in found.items()
            for end, value in zip(ENDS, limits[:3], strict=True)
        },
    }, f"raw: {why}" if why else ""


def _tuned(outcomes: Outcomes) -> Floats:
    """Return what each statement counts as, at the best tuning."""
    return corrected_values(outcomes, corrected_mean(outcomes)[1])


def _unit_sums(outcomes: Outcomes) -> Floats:
    """Return the sum over each unit of what its statements count as."""
    return np.bincount(outcomes.units, weights=_tuned(outcomes)).astype(np.float64)


def _balance(favor: float, against: float) -> float:
    return float((favor - against) / (favor + against)) if favor + against > 0 else np.nan


def _why_no_direction(favor: int, against: int) -> str:
    if favor + against < FEWEST_STANCES:
        return f"{favor + against} for or against by hand, fewer than {FEWEST_STANCES}"
    if not (favor and against):
        return f"all {favor + against} by hand {'for' if favor else 'against'}: no direction"
    return ""


def _within(found: Interval, why: str, scale: Callable[[Floats], Floats]) -> dict[str, float]:
    """Return an estimate and its limits on their scale; NaN where there is a reason."""
    limits = scale(np.array([found.estimate, found.low, found.high]))
    return dict(zip(ENDS, (np.nan * limits if why else limits).tolist(), strict=True))
