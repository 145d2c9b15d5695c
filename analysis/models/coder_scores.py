"""Coders side by side: how well each does against the same reference, code by code."""

from __future__ import annotations

import pandas as pd

from analysis.errors import check_choice
from analysis.models.evaluation import MACRO
from analysis.models.reliability import measure_reliability
from analysis.tables import CODER_SCORES, EVALUATION, build_table, check_table
from analysis.versions import join_notes


def score_coders(
    codes: pd.DataFrame,
    statements: pd.DataFrame,
    evaluation: pd.DataFrame,
    *,
    reference: str = "adjudicated",
) -> pd.DataFrame:
    """Put the macro F1 of each coder beside its alpha with the reference.

    The two ask different things. F1 counts each value alike, however rare; alpha asks how much of
    the agreement is more than chance, and is what coders by hand are held to.

    Parameters
    ----------
    codes, statements, reference
        As for `evaluate_codes` and `measure_reliability`.
    evaluation
        The `evaluation` table of the coders against the reference.

    Returns
    -------
    The `coder_scores` table, a row for each coder of `evaluation` and code: `macro_f1` and `alpha`
    with their 95 % limits over episodes, `agreement` as a share of statements, and in `note` what
    the two say, as that alpha is not defined.

    Raises
    ------
    ValueError
        If the reference has no codes; those who have are listed.
    TableError
        If a table is not as declared.
    """
    check_table(evaluation, EVALUATION)
    check_choice(reference, codes["coder"].astype("str").unique(), "coder")
    coders = list(dict.fromkeys(evaluation["coder"].astype("str")))
    parts = [_of_coder(codes, statements, evaluation, (reference, coder)) for coder in coders]
    frame = pd.concat(parts) if parts else pd.DataFrame(columns=list(CODER_SCORES.columns))
    frame["coder"] = pd.Categorical(frame["coder"], categories=coders)
    return build_table(frame, CODER_SCORES)


def _of_coder(
    codes: pd.DataFrame, statements: pd.DataFrame, evaluation: pd.DataFrame, pair: tuple[str, str]
) -> pd.DataFrame:
    """Return the rows of one coder, held to the reference."""
    mine = evaluation[(evaluation["coder"] == pair[1]) & (evaluation["value"] == MACRO)]
    f1 = mine.astype({"code": "str"}).rename(
        columns={"f1": "macro_f1", "low": "macro_f1_low", "high": "macro_f1_high"}
    )
    alpha = measure_reliability(codes, statements, coders=pair).astype({"code": "str"})
    alpha = alpha.rename(columns={"low": "alpha_low", "high": "alpha_high"})
    both = f1.merge(alpha, on="code", suffixes=("", "_alpha"))
    told = zip(both["note"], both["note_alpha"], strict=True)
    both["note"] = [join_notes(*notes) for notes in told]
    return both
