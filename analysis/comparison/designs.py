"""Columns of statements as the terms of a regression."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import TableError, check_choice

Floats = NDArray[np.float64]

INTERCEPT = "intercept"


def build_design(rows: pd.DataFrame, predictors: Sequence[str]) -> pd.DataFrame:
    """Return the terms of a regression, a column each, beginning with the intercept.

    Parameters
    ----------
    rows
        A row for each case; no predictor is missing in any.
    predictors
        Columns. A column of numbers, or of true and false, is a term; of any other every value but
        the first (by the order of its categories, or of the alphabet) is one, "group: South".
        Two columns joined by a colon, "group:period", are the products of their terms; name the
        columns themselves too.

    Raises
    ------
    ValueError
        If there is no such column (those there are listed), or none is named.
    TableError
        If a column holds dates, a number without end, or one value alone.
    """
    if not predictors:
        raise ValueError("predictors are []; name a column of the statements or more")
    terms: dict[str, Floats] = {INTERCEPT: np.ones(len(rows))}
    for predictor in predictors:
        parts = [_terms(rows, column) for column in predictor.split(":")]
        for chosen in product(*(part.items() for part in parts)):
            name = " x ".join(term for term, _ in chosen)
            terms[name] = np.prod([values for _, values in chosen], axis=0)
    return pd.DataFrame(terms, index=rows.index)


def predictor_columns(predictors: Sequence[str]) -> list[str]:
    """Return the columns that predictors are made of, each once."""
    return list(dict.fromkeys(column for each in predictors for column in each.split(":")))


def _terms(rows: pd.DataFrame, column: str) -> dict[str, Floats]:
    """Return the terms of one column."""
    values = rows[check_choice(column, rows.columns, "column")]
    if pd.api.types.is_datetime64_any_dtype(values):
        raise TableError(f"column {column!r} holds dates; make a number of it, as values.dt.year")
    if pd.api.types.is_numeric_dtype(values):
        found = {column: values.to_numpy(dtype=np.float64)}
        if not np.isfinite(found[column]).all():
            raise TableError(f"column {column!r} holds a number that is none or has no end")
    else:
        names = values.astype("category").cat.remove_unused_categories()
        found = {
            f"{column}: {level}": (names == level).to_numpy(dtype=np.float64)
            for level in names.cat.categories[1:]
        }
    if not any(np.ptp(term) > 0 for term in found.values() if len(term)):
        raise TableError(f"column {column!r} has one value alone; there is nothing to compare")
    return found
