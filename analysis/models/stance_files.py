"""Labelled texts and predictions as CSV files."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis.errors import LoadError
from analysis.models.stance_text import CONTEXT
from analysis.storage import save_table


def load_labelled(path: Path | str) -> pd.DataFrame:
    """Read texts with their targets (and labels, if they have any) from a .csv or .csv.gz file.

    Where a column ``speech`` says which texts follow each other, what was said around each is added
    (`add_context`).

    Raises
    ------
    LoadError
        If the file cannot be opened or is no CSV in UTF-8.
    """
    try:
        rows = pd.read_csv(path, dtype="str", encoding="utf-8-sig", keep_default_na=False)
    except OSError as error:
        raise LoadError(f"{path}: cannot be opened: {error.strerror or error}") from error
    except ValueError as error:
        raise LoadError(f"{path}: no CSV in UTF-8: {error}") from error
    return add_context(rows) if "speech" in rows and not {*CONTEXT} & {*rows} else rows


def add_context(rows: pd.DataFrame) -> pd.DataFrame:
    """Add what was said before and after each text of a speech, two texts on either side.

    Parameters
    ----------
    rows
        Texts in the order in which they were said, with columns text and ``speech``.

    Returns
    -------
    The rows with columns ``before`` and ``after``, and, where it was not there, ``group``: the
    ``debate`` if there is such a column, or else the speech. No group is parted between folds.
    """
    texts = rows.groupby("speech")["text"]
    near = {by: texts.shift(by, fill_value="") for by in (2, 1, -1, -2)}
    group = rows.get("group", rows.get("debate", rows["speech"]))
    return rows.assign(
        before=(near[2] + " " + near[1]).str.strip(),
        after=(near[-1] + " " + near[-2]).str.strip(),
        group=group,
    )


def save_predictions(predictions: pd.DataFrame, path: Path | str) -> Path:
    """Write predictions as a .csv file, probabilities to six digits, and return its path."""
    return save_table(predictions.round(6), path)
