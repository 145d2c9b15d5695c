"""What is kept and what is lost where only statements of some confidence are used."""

from __future__ import annotations

import pandas as pd

from analysis.corpus.scoring import score_statements
from analysis.tables import THRESHOLDS, build_table

STEPS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9)


def score_thresholds(
    statements: pd.DataFrame, spans: pd.DataFrame, gold: pd.DataFrame, documents: pd.DataFrame
) -> pd.DataFrame:
    """Score the statements found, once for each least confidence that one might ask for.

    Parameters
    ----------
    statements, spans, gold, documents
        As for `score_statements`.

    Returns
    -------
    The `thresholds` table, a row for each `threshold` from 0 (all statements) to .9: how many
    statements have at least that confidence, how many of them are right as ``content``, and
    precision, recall and F1, with the 95 % interval of F1 over documents, as `score_statements`
    gives them.

    Raises
    ------
    TableError
        As `score_statements`.
    """
    rows = []
    for threshold in STEPS:
        kept = statements[statements["confidence"].fillna(0) >= threshold].reset_index(drop=True)
        mine = spans[spans["statement_id"].isin(kept["statement_id"])].reset_index(drop=True)
        scores = score_statements(kept, mine, gold, documents)
        rows.append(scores[scores["part"] == "content"].assign(threshold=threshold))
    return build_table(pd.concat(rows), THRESHOLDS)
