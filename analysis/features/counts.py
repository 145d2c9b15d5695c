"""How often each unit uses each term."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import TableError
from analysis.index import TokenIndex
from analysis.tables import COUNTS, UNITS, build_table, check_table


def count_terms(index: TokenIndex) -> pd.DataFrame:
    """Count every term in every unit of an index.

    Returns
    -------
    The `counts` table, one row per unit and term that occurs in it, by unit then term; both
    columns know all units and terms of the index as categories. The counts of a unit add up
    to its number of tokens.
    """
    width = max(len(index.terms), 1)
    keys = index.unit_codes.astype(np.int64) * width + index.term_codes
    found, sizes = np.unique(keys, return_counts=True)
    rows = pd.DataFrame(
        {
            "unit_id": pd.Categorical.from_codes(found // width, categories=index.unit_ids),
            "term": pd.Categorical.from_codes(found % width, categories=index.terms),
            "n": sizes.astype(np.int64),
        }
    )
    return build_table(rows, COUNTS)


def count_matrix(counts: pd.DataFrame, units: pd.DataFrame) -> tuple[Any, pd.Index]:
    """Lay counts out as a sparse matrix, after checking that they are those of the units.

    Terms may have been left out of `counts` (stop words, say): rates and proportions stay
    per all tokens of the units, which `units` counts.

    Returns
    -------
    A CSR matrix with a row for each row of `units` and a column for each term, and the terms,
    sorted.

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
    _check_sizes(matrix.sum(axis=1), units)
    return matrix, pd.Index(term.cat.categories)


def _check_sizes(sums: Any, units: pd.DataFrame) -> None:
    over = np.flatnonzero(sums > units["n_tokens"].to_numpy())
    if len(over):
        unit = units.iloc[int(over[0])]
        raise TableError(
            f"units: {unit['unit_id']!r} has n_tokens {unit['n_tokens']}, but its counts add up "
            f"to {int(sums[over[0]])}; count tokens and terms by one rule"
        )
