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
from itertools import product

import numpy as np
import pandas as pd

from analysis.comparison.outcomes import (
    corrected_mean,
    corrected_share,
    corrected_values,
    joined_codes,
    outcomes_of,
    remark_of,
    why_not,
)
from analysis.resampling import share_interval
from analysis.tables import CORRECTED, build_table
from analysis.versions import join_notes


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
    The `corrected` table: a row for each group and each code that both coded, also where a group
    has no statements.

    n_statements, n_units, n_by_hand
        Statements that the automatic coder coded, their episodes (or else documents), and those
        coded by hand among them.
    raw, raw_low, raw_high
        The share by the automatic coder, as if it never erred.
    corrected, low, high
        The corrected share and its 95 % limits over episodes: Korn and Graubard's at the variance
        of the jackknife. Within 0 and 1.
    tuning
        How far the automatic code is used: 0 not at all, 1 wholly.
    note
        Why there is no correction: fewer than ten statements by hand, or fewer than five of them
        that have the code, or that have it not (for a rare code see `sample_stratified`). Also
        said: that codes are of two versions of the codebook, or that statements drawn were not
        coded by hand, which are taken as missing at random.

    A code counts where its value is "present", or any stance but "not_addressed".

    Raises
    ------
    TableError
        If a table is not as declared, a statement is synthetic, a drawn one has no chance above 0,
        one was coded by hand that was not drawn, a value is neither "present", "absent" nor a
        stance (the nearest is named), or no statement was coded by both.
    StudyError
        If an actor stands in two groups.
    ValueError
        If a coder has no codes (those that have are listed), or the two are one.
    """
    rows = joined_codes(statements, codes, sample, groups, coders)
    found = [
        {"group": group, "code": code}
        | _corrected(rows[(rows["group"] == group) & (rows["code"] == code)])
        for group, code in product(groups, sorted(rows["code"].unique()))
    ]
    frame = pd.DataFrame(found, columns=list(CORRECTED.columns))
    frame["group"] = pd.Categorical(frame["group"], categories=list(groups))
    return build_table(frame, CORRECTED)


def _corrected(rows: pd.DataFrame) -> dict[str, object]:
    """Return one row: the raw and the corrected share with their limits."""
    outcomes = outcomes_of(rows)
    sums = np.bincount(outcomes.units, weights=outcomes.automatic)
    raw = share_interval(sums, np.bincount(outcomes.units))
    row: dict[str, object] = {
        "n_statements": len(rows),
        "n_units": raw.n_units,
        "n_by_hand": int(rows["by_hand"].notna().sum()),
        "raw": raw.estimate,
        "raw_low": raw.low,
        "raw_high": raw.high,
    }
    refusal = why_not(outcomes)
    if refusal:
        return row | {"note": join_notes(refusal, remark_of(rows))}
    _, tuning = corrected_mean(outcomes)
    found = corrected_share(corrected_values(outcomes, tuning), outcomes.units)
    return row | {
        "corrected": found.estimate,
        "low": found.low,
        "high": found.high,
        "tuning": tuning,
        "note": join_notes(found.note, remark_of(rows)),
    }
