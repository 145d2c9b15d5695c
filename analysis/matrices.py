"""Counts as a sparse matrix: what statistics of words and scales are computed on."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import TableError
from analysis.tables import COUNTS, UNITS, check_table

# What rounding leaves of an inertia of 0.
ROUNDING = 1e-10


def count_matrix(counts: pd.DataFrame, units: pd.DataFrame) -> tuple[Any, pd.Index]:
    """Lay counts out as a sparse matrix, after checking that they are those of the units.

    Terms may have been left out of `counts` (stop words, say): rates and proportions stay
    per all tokens of the units, which `units` counts.

    Returns
    -------
    A CSR matrix with a row for each row of `units` and a column for each term, and the terms,
    sorted. A count of 0 is as one that is not there.

    Raises
    ------
    TableError
        If counts belong to a unit that `units` does not know, or exceed its tokens.
    """
    from scipy.sparse import csr_array

    check_table(counts, COUNTS)
    check_table(units, UNITS)
    names = units["unit_id"].astype("str")
    rows = pd.Index(names).get_indexer(pd.Index(counts["unit_id"].cat.categories.astype("str")))
    placed = rows[counts["unit_id"].cat.codes] if len(rows) else np.empty(0, dtype=np.int64)
    if (placed < 0).any():
        name = str(counts["unit_id"].iloc[int(np.argmax(placed < 0))])
        raise TableError(f"counts: unit {name!r} is not in units; give the counts of these units")
    term = counts["term"].cat.remove_unused_categories()
    term = term.cat.reorder_categories(sorted(term.cat.categories))
    shape = len(units), len(term.cat.categories)
    matrix = csr_array((counts["n"].to_numpy(), (placed, term.cat.codes)), shape=shape)
    matrix.eliminate_zeros()
    _check_sizes(matrix.sum(axis=1), units)
    return matrix, pd.Index(term.cat.categories)


def check_varied(matrix: Any) -> Any:
    """Return counts of units (rows) by terms if the units differ in the shares of their terms.

    Raises
    ------
    TableError
        If they do not: then there is nothing to scale them by.
    """
    cells = matrix.tocoo()
    units, terms = (np.asarray(matrix.sum(axis=axis), dtype=np.float64) for axis in (1, 0))
    counts = cells.data.astype(np.float64)
    inertia = float((counts**2 / (units[cells.row] * terms[cells.col])).sum()) - 1
    if inertia < ROUNDING:
        raise TableError(
            "counts: all units use the same words in the same shares; there is nothing to tell "
            "them apart by"
        )
    return matrix


def _check_sizes(sums: Any, units: pd.DataFrame) -> None:
    over = np.flatnonzero(sums > units["n_tokens"].to_numpy())
    if len(over):
        unit = units.iloc[int(over[0])]
        raise TableError(
            f"units: {unit['unit_id']!r} has n_tokens {unit['n_tokens']}, but its counts add up "
            f"to {int(sums[over[0]])}; count tokens and terms by one rule"
        )
