"""What a coder takes for what, and whether its probabilities hold."""

from __future__ import annotations

import pandas as pd

from analysis.errors import TableError
from analysis.models.evaluation import pair_codes
from analysis.tables import CONFUSION, JUDGMENTS, build_table


def count_confusion(
    codes: pd.DataFrame, statements: pd.DataFrame, *, reference: str, coder: str
) -> pd.DataFrame:
    """Count what a coder gave where the reference gave what.

    Parameters
    ----------
    codes, statements, reference, coder
        As for `analysis.models.evaluation.evaluate_codes`.

    Returns
    -------
    The `confusion` table: by code, a row for every value of the reference and every value of the
    coder, with the number of statements; 0 where the two never met.

    Raises
    ------
    TableError, ValueError
        As `evaluate_codes`.
    """
    pairs = pair_codes(codes, statements, reference=reference, coder=coder)
    parts = []
    for code, mine in pairs.groupby("code", sort=True):
        values = sorted({*mine["value_reference"], *mine["value_coder"]})
        cells = pd.MultiIndex.from_product([values] * 2, names=["value_reference", "value_coder"])
        met = mine.groupby(["value_reference", "value_coder"]).size().reindex(cells, fill_value=0)
        parts.append(met.rename("n").reset_index().assign(code=code))
    frame = pd.concat(parts) if parts else pd.DataFrame(columns=list(CONFUSION.columns))
    return build_table(frame.assign(coder=coder), CONFUSION)


def judge_codes(
    codes: pd.DataFrame, statements: pd.DataFrame, *, reference: str, coder: str
) -> pd.DataFrame:
    """Say of each code that a coder gave with a probability whether the reference has the same.

    Parameters
    ----------
    codes, statements, reference, coder
        As for `analysis.models.evaluation.evaluate_codes`.

    Returns
    -------
    The `judgments` table that `measure_confidence` takes, for the calibration curve and the
    expected calibration error: `statement_id` names statement and code, `doc_id` the episode,
    `confidence` is the probability of the value given.

    Raises
    ------
    TableError
        If the coder gave no probabilities; otherwise as `evaluate_codes`.
    """
    pairs = pair_codes(codes, statements, reference=reference, coder=coder)
    known = pairs[pairs["probability"].notna()]
    if known.empty:
        raise TableError(f"codes: coder {coder!r} gave no probability with any code to hold it to")
    frame = pd.DataFrame(
        {
            "statement_id": known["statement_id"] + " " + known["code"],
            "doc_id": known["unit"],
            "confidence": known["probability"],
            "right": known["value_reference"] == known["value_coder"],
        }
    )
    return build_table(frame, JUDGMENTS)
