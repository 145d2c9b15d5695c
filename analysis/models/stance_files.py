"""Labelled texts and predictions as CSV files."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis.errors import LoadError
from analysis.storage import save_table


def load_labelled(path: Path | str) -> pd.DataFrame:
    """Read texts with their targets (and labels, if they have any) from a .csv or .csv.gz file.

    Raises
    ------
    LoadError
        If the file cannot be opened or is no CSV in UTF-8.
    """
    try:
        return pd.read_csv(path, dtype="str", encoding="utf-8-sig", keep_default_na=False)
    except OSError as error:
        raise LoadError(f"{path}: cannot be opened: {error.strerror or error}") from error
    except ValueError as error:
        raise LoadError(f"{path}: no CSV in UTF-8: {error}") from error


def save_predictions(predictions: pd.DataFrame, path: Path | str) -> Path:
    """Write predictions as a .csv file, probabilities to six digits, and return its path."""
    return save_table(predictions.round(6), path)
