"""Codes by any coder that the user brings: a function from statements to probabilities."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.codebook import PRESENCE, STANCES
from analysis.errors import TableError, suggest
from analysis.tables import CODES, STATEMENTS, build_table, check_table

Coder = Callable[[pd.DataFrame], pd.DataFrame]

# Sums of probabilities in single precision fall short of 1 by less than this.
ROUNDING = 1e-4


def code_by_function(
    statements: pd.DataFrame, function: Coder, *, coder: str, code: str
) -> pd.DataFrame:
    """Code statements by a function that gives each value a probability.

    Parameters
    ----------
    statements
        The `statements` table; the function is given a copy.
    function
        Takes the statements and gives a DataFrame with a row for each, in their order, and a column
        of probabilities for each value: "present" and "absent", or stances of
        `analysis.codebook.STANCES`. A row of NaN is a statement that it does not code.
    coder
        What the coder is called.
    code
        The frame or proposition that it codes.

    Returns
    -------
    The `codes` table: the likeliest value of each statement (of those level, the first column's)
    and its probability; both missing where the function gave NaN.

    Raises
    ------
    TableError
        If `statements` is not as declared, or what the function gives is no DataFrame, has another
        number of rows, a column that is no value (the nearest is named), a cell outside [0, 1], or
        a row that does not sum to 1.
    """
    check_table(statements, STATEMENTS)
    given = function(statements.copy())
    where = f"coder {coder!r}, code {code!r}"
    if not isinstance(given, pd.DataFrame):
        raise TableError(f"{where}: the function gave {type(given).__name__}; it gives a DataFrame")
    if len(given) != len(statements):
        raise TableError(
            f"{where}: the function gave {len(given)} rows for {len(statements)} statements"
        )
    values = _check_values([str(column) for column in given.columns], where)
    chances = _check_chances(given, statements["statement_id"], where)
    best = np.nan_to_num(chances).argmax(axis=1)
    frame = pd.DataFrame({"statement_id": statements["statement_id"].to_numpy(), "code": code})
    frame["probability"] = chances[np.arange(len(chances)), best]
    named = pd.Series(np.array(values, dtype=object)[best], index=frame.index)
    frame["value"] = named.where(frame["probability"].notna(), None)
    return build_table(frame.assign(coder=coder), CODES)


def _check_values(values: list[str], where: str) -> list[str]:
    """Return the columns if all are values of one kind."""
    allowed = PRESENCE if set(values) & set(PRESENCE) else STANCES
    for value in values:
        if value not in allowed:
            raise TableError(
                f"{where}: column {value!r} is no value; there are {list(PRESENCE)} for frames "
                f"and {list(STANCES)} for propositions{suggest(value, [*PRESENCE, *STANCES])}"
            )
    if len(set(values)) < len(values) or len(values) < 2:
        raise TableError(f"{where}: columns are {values}; there are two or more, each once")
    return values


def _check_chances(given: pd.DataFrame, ids: pd.Series, where: str) -> NDArray[np.float64]:
    """Return the probabilities if each lies in [0, 1] and each row sums to 1, or is all NaN."""
    try:
        chances = given.to_numpy(dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise TableError(f"{where}: probabilities are numbers: {error}") from error
    missing = np.isnan(chances)
    sums = np.nansum(chances, axis=1)
    wrong = (chances < 0).any(axis=1) | (chances > 1 + ROUNDING).any(axis=1)
    wrong |= missing.any(axis=1) != missing.all(axis=1)
    wrong |= ~missing.all(axis=1) & (np.abs(sums - 1) > ROUNDING)
    if wrong.any():
        row = int(np.argmax(wrong))
        raise TableError(
            f"{where}: statement {ids.iloc[row]!r} has {chances[row].tolist()}; probabilities lie "
            "in [0, 1] and sum to 1 (all NaN where a statement is not coded)"
        )
    bounded: NDArray[np.float64] = np.minimum(chances, 1.0)
    return bounded
