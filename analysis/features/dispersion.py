"""How evenly a term is spread over the units, or whether a few units hold it all."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.features.counts import count_matrix
from analysis.tables import DISPERSION, build_table
from analysis.voices import check_not_synthetic

Floats = NDArray[np.float64]


def dispersion(counts: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """Measure how evenly each term is spread over units of any size.

    Parameters
    ----------
    counts
        The `counts` table of these units.
    units
        The `units` table: the size of each unit.

    Returns
    -------
    The `dispersion` table, one row per term, by falling `n`. `n_units` counts the units that
    use the term. `dp` is 0 where each unit has its share of the term, and near 1 where the
    smallest unit has it all; `dp_norm` reaches 1 there (NaN with one unit).

    Raises
    ------
    TableError
        If a table is not as declared, the counts are of other units, or units are synthetic.

    References
    ----------
    Gries (2008), International Journal of Corpus Linguistics 13(4), for DP; Lijffijt and Gries
    (2012), same journal 17(1), for the normalisation.
    """
    matrix, terms = count_matrix(counts, check_not_synthetic(units))
    sizes = units["n_tokens"].to_numpy()
    dp = deviation_of_proportions(matrix, sizes)
    filled = sizes[sizes > 0]
    span = 1 - filled.min() / filled.sum() if len(filled) > 1 else np.nan
    rows = pd.DataFrame(
        {
            "term": pd.Categorical(terms, categories=terms),
            "n": matrix.sum(axis=0),
            "n_units": np.bincount(matrix.indices[matrix.data > 0], minlength=len(terms)),
            "dp": dp,
            "dp_norm": dp / span,
        }
    )
    ordered = rows.sort_values(["n", "term"], ascending=[False, True], kind="stable")
    return build_table(ordered, DISPERSION)


def deviation_of_proportions(matrix: Any, sizes: NDArray[np.int64]) -> Floats:
    """Return DP of each column of a sparse units-by-terms matrix; NaN where a term is absent.

    DP is half the sum, over units, of the distance between the unit's share of the term and
    its share of all tokens. Units without the term add their share of tokens, so only the
    others need a look.
    """
    entries = matrix.tocoo()
    width = matrix.shape[1]
    shares = sizes / max(sizes.sum(), 1)
    totals = np.bincount(entries.col, weights=entries.data, minlength=width)
    kept = entries.data > 0
    rows, columns = entries.row[kept], entries.col[kept]
    distances = np.abs(entries.data[kept] / totals[columns] - shares[rows])
    inside = np.bincount(columns, weights=distances - shares[rows], minlength=width)
    dp: Floats = np.where(totals > 0, 0.5 * (1 + inside), np.nan)
    return dp
