"""Correspondence analysis of texts and words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import TableError
from analysis.matrices import check_varied, count_matrix
from analysis.models.leading_axes import leading_axes
from analysis.tables import CA_DIMENSIONS, CA_TEXTS, CA_WORDS, build_table
from analysis.voices import check_voice

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Correspondence:
    """Coordinates of texts and words on the first dimensions.

    Attributes
    ----------
    texts, words
        The `ca_texts` and `ca_words` tables: a row for each unit (term) and dimension.
    dimensions
        The `ca_dimensions` table: how much each dimension tells.
    """

    texts: pd.DataFrame
    words: pd.DataFrame
    dimensions: pd.DataFrame


def fit_correspondence(
    counts: pd.DataFrame, units: pd.DataFrame, *, n_dimensions: int = 5
) -> Correspondence:
    """Lay texts and words out by which words each text uses more than the others.

    Parameters
    ----------
    counts, units
        The `counts` and `units` tables; units of one voice of own words or a translation. Units
        without counted words are left out.
    n_dimensions
        How many dimensions to keep.

    Returns
    -------
    `standard` coordinates have a weighted mean square of 1; `principal` ones are those times the
    dimension's singular value, so that distances between texts are chi-squared distances. The
    sign of a dimension is such that its largest text coordinate is positive. `inertia_share` is
    how much of all departure from independence a dimension tells.

    Raises
    ------
    TableError
        If a table is not as declared, the counts are of other units, the voice rule is broken, or
        fewer than three units have words, or all use them in the same shares.
    ValueError
        If there are not so many dimensions along which the texts differ.

    References
    ----------
    Greenacre (2017), Correspondence Analysis in Practice, third edition.
    """
    check_voice(units, None)
    matrix, terms = count_matrix(counts, units)
    filled = np.asarray(matrix.sum(axis=1)) > 0
    if filled.sum() < 3:
        raise TableError(f"units: {int(filled.sum())} have words; an analysis needs three or more")
    used = np.asarray(matrix[filled].sum(axis=0)) > 0
    rows = check_varied(matrix[filled][:, used].astype(np.float64))
    most = min(rows.shape) - 1
    if not 1 <= n_dimensions <= most:
        raise ValueError(f"n_dimensions is {n_dimensions}; there are 1 to {most}")
    axes = leading_axes(rows, n_dimensions)
    unit_ids = units.loc[filled, "unit_id"].astype("str").to_numpy()
    words = np.asarray(terms[used])
    return Correspondence(
        texts=build_table(_long("unit_id", unit_ids, axes.rows, axes.singular), CA_TEXTS),
        words=build_table(_long("term", words, axes.columns, axes.singular), CA_WORDS),
        dimensions=build_table(
            pd.DataFrame(
                {
                    "dimension": np.arange(1, n_dimensions + 1),
                    "singular_value": axes.singular,
                    "inertia_share": axes.singular**2 / axes.inertia,
                }
            ),
            CA_DIMENSIONS,
        ),
    )


def _long(name: str, names: NDArray[np.object_], standard: Floats, values: Floats) -> pd.DataFrame:
    size, width = standard.shape
    return pd.DataFrame(
        {
            name: pd.Categorical(np.repeat(names, width), categories=names),
            "dimension": np.tile(np.arange(1, width + 1), size),
            "standard": standard.ravel(),
            "principal": (standard * values).ravel(),
        }
    )
