"""Shares by counting and adjusting: what a coder found, less what it finds where there is none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.comparison.outcomes import (
    NO_STATEMENTS,
    Floats,
    Outcomes,
    Units,
    joined_codes,
    limits_of_share,
    outcomes_of,
    remark_of,
    why_not,
)
from analysis.resampling import jackknife_se
from analysis.tables import ADJUSTED, build_table
from analysis.versions import join_notes

# Sensitivity and specificity together must be so far above 1 to be divided by.
LEAST_POWER = 0.1
ERRORS = ("pooled", "own")

Sums = tuple[Floats, Floats]


def adjust_shares(
    statements: pd.DataFrame,
    codes: pd.DataFrame,
    sample: pd.DataFrame,
    *,
    groups: Mapping[str, Sequence[str]],
    coders: tuple[str, str],
) -> pd.DataFrame:
    """Estimate each group's shares from what a coder counts and how often it is wrong.

    A check on `correct_shares`: another way from the same codes by hand. If the two differ by more
    than their limits, the coder's errors are not the same everywhere.

    Parameters
    ----------
    statements, codes, sample, groups, coders
        As for `correct_shares`.

    Returns
    -------
    The `adjusted` table: two rows for each group and code, by whose `errors` it is adjusted.

    pooled
        By the coder's errors in all groups: surer, but biased where it errs oftener in one group.
    own
        By its errors in the group itself.
    n_statements, n_units, n_by_hand
        Of the group: statements that the coder coded, their episodes (or else documents), and those
        coded by hand; of `n_by_hand` in all groups for "pooled".
    sensitivity, specificity
        The part of statements with the code in which the coder found it, and of those without it in
        which it did not, each statement by hand weighted by the inverse of its chance.
    raw, adjusted, low, high
        The share as counted, and ``(raw + specificity - 1) / (sensitivity + specificity - 1)``, cut
        to 0 and 1, with its 95 % limits over episodes: Korn and Graubard's at the variance of the
        jackknife, in which the errors are measured anew without each episode.
    note
        Why a figure is missing: no statements, too little by hand, as for `correct_shares`, or a
        coder hardly better than chance (sensitivity and specificity add up to 1.1 or less).

    Raises
    ------
    TableError, ValueError
        As `correct_shares`.

    References
    ----------
    Gart and Buck (1966), American Journal of Epidemiology 83(3); Rogan and Gladen (1978), the same
    107(1). Forman (2008), Data Mining and Knowledge Discovery 17(2), as "adjusted count". Hopkins
    and King (2010), American Journal of Political Science 54(1), on errors that are the same in the
    sample and in what is estimated, on which all of them rest.
    """
    rows = joined_codes(statements, codes, sample, groups, coders)
    found = [
        {"group": group, "code": code, "errors": errors}
        | adjusted_row(every, every["group"] == group, errors)
        for code, every in rows.groupby("code", sort=True)
        for group in groups
        for errors in ERRORS
    ]
    frame = pd.DataFrame(found, columns=list(ADJUSTED.columns))
    frame["group"] = pd.Categorical(frame["group"], categories=list(groups))
    return build_table(frame, ADJUSTED)


def adjusted_row(rows: pd.DataFrame, of_group: pd.Series, errors: str) -> dict[str, object]:
    """Return the row of one group, but for its keys, of one code's rows of `joined_codes`."""
    if not of_group.any():
        return {"n_statements": 0, "n_units": 0, "n_by_hand": 0, "note": NO_STATEMENTS}
    used = rows if errors == "pooled" else rows[of_group]
    outcomes, mine = outcomes_of(used), of_group.loc[used.index].to_numpy()
    n_units = int(outcomes.units.max()) + 1
    judged = _judged(outcomes, n_units)
    sizes = np.bincount(outcomes.units[mine], minlength=n_units).astype(np.float64)
    found = np.bincount(outcomes.units[mine], outcomes.automatic[mine], n_units).astype(np.float64)
    share = _adjusting(judged, (found, sizes))
    sensitivity, specificity = _rates(judged.sum(axis=1))
    row: dict[str, object] = {
        "n_statements": int(mine.sum()),
        "n_units": int((sizes > 0).sum()),
        "n_by_hand": int((~np.isnan(outcomes.by_hand)).sum()),
        "raw": float(found.sum() / sizes.sum()),
    }
    refusal = why_not(outcomes)
    if refusal:
        return row | {"note": join_notes(refusal, remark_of(rows))}
    row |= {"sensitivity": sensitivity, "specificity": specificity}
    if sensitivity + specificity <= 1 + LEAST_POWER:
        total = f"sensitivity and specificity add up to {sensitivity + specificity:.2f}"
        return row | {"note": join_notes(f"{total}: not to be adjusted by", remark_of(rows))}
    estimate = share(np.arange(n_units))
    limits = limits_of_share(estimate, sizes[sizes > 0], jackknife_se(share, n_units))
    beyond = "" if 0 <= estimate <= 1 else f"{estimate:.2f}, cut to {limits.estimate:.0f}"
    numbers = {"adjusted": limits.estimate, "low": limits.low, "high": limits.high}
    return row | numbers | {"note": join_notes(beyond, limits.note, remark_of(rows))}


def _adjusting(judged: Floats, counted: Sums) -> Callable[[Units], float]:
    """Return the adjusted share as a statistic of units."""
    found, sizes = counted

    def share(chosen: Units) -> float:
        sensitivity, specificity = _rates(judged[:, chosen].sum(axis=1))
        power, n = sensitivity + specificity - 1, sizes[chosen].sum()
        if not (power > 0 and n > 0):
            return float("nan")
        return float((found[chosen].sum() / n + specificity - 1) / power)

    return share


def _judged(outcomes: Outcomes, n_units: int) -> Floats:
    """Return weights by unit: has the code by hand, and was found; has it not, and was not."""
    read = ~np.isnan(outcomes.by_hand)
    right, found = outcomes.by_hand[read], outcomes.automatic[read]
    weight, units = 1 / outcomes.chance[read], outcomes.units[read]
    kinds = (right, right * found, 1 - right, (1 - right) * (1 - found))
    return np.stack([np.bincount(units, weight * kind, n_units) for kind in kinds])


def _rates(totals: Floats) -> tuple[float, float]:
    """Return sensitivity and specificity of the four weights; NaN where there is none of a kind."""
    has, has_found, lacks, lacks_left = (float(total) for total in totals)
    return (
        has_found / has if has > 0 else float("nan"),
        lacks_left / lacks if lacks > 0 else float("nan"),
    )
