"""How often each unit uses each term."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.index import TokenIndex
from analysis.tables import COUNTS, build_table


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
