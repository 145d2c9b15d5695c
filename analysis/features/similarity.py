"""How alike the vocabularies of texts, or of groups, are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import TableError, check_choice
from analysis.features.counts import count_matrix
from analysis.tables import SIMILARITY, build_table
from analysis.voices import check_not_synthetic

Floats = NDArray[np.float64]

OF = ("unit", "group")


def similarity(counts: pd.DataFrame, units: pd.DataFrame, *, of: str = "unit") -> pd.DataFrame:
    """Measure how alike the words of every two units, or groups, are.

    Parameters
    ----------
    counts
        The `counts` table of these units.
    units
        The `units` table. Units without tokens are left out.
    of
        "unit", or "group": the counts of each group's units are added up.

    Returns
    -------
    The `similarity` table, one row per pair, in the order of `units` (of the groups). x and y
    are the counts, p and q their shares:

    cosine, correlation
        Of x and y over all terms that any unit uses.
    jaccard, dice, simple_matching, hamann
        Of the terms used: shared over used by either; twice shared over both numbers of terms;
        agreements (both or neither) over all terms; agreements less disagreements over all.
    ejaccard, edice
        The same of counts: xy / (x² + y² - xy), 2xy / (x² + y²).
    euclidean, manhattan, maximum, canberra, bray_curtis
        Distances of the counts; Canberra's adds |x - y| / (x + y) over terms used by either.
    jensen_shannon, hellinger, kl_first, kl_second
        Distances of the shares: the Jensen-Shannon divergence in bits (0 to 1), Hellinger's
        distance (0 to 1), Kullback-Leibler divergence of the first from the second and of the
        second from the first in bits (infinite where a term is used by one alone).

    These describe the texts at hand; how far they would change with other texts of the same
    sides is what the intervals of `analysis.features.shifts` say.

    Raises
    ------
    TableError
        If a table is not as declared, the counts are of other units, units are synthetic, or
        fewer than two have tokens.
    ValueError
        If `of` is neither.

    References
    ----------
    Choi, Cha and Tappert (2010), Systemics, Cybernetics and Informatics 8(1), for measures of
    presence. Strehl, Ghosh and Mooney (2000), AAAI, for the extended ones. Lin (1991), IEEE
    Transactions on Information Theory 37(1), for Jensen-Shannon. Lance and Williams (1967) for
    Canberra. Bray and Curtis (1957).
    """
    check_choice(of, OF, "of")
    matrix, _ = count_matrix(counts, check_not_synthetic(units))
    rows, names = _rows(matrix, units, of)
    filled = np.asarray(rows.sum(axis=1)) > 0
    rows, names = rows[filled].astype(np.float64), names[filled]
    if len(names) < 2:
        raise TableError(f"units: {len(names)} {of} has tokens; two or more are compared")
    used = rows[:, np.asarray(rows.sum(axis=0)) > 0]
    first, second = np.triu_indices(len(names), 1)
    sizes = np.asarray(rows.sum(axis=1), dtype=np.int64)
    measured = _of_products(used) | _of_overlap(used)
    pairs = {name: values[first, second] for name, values in measured.items()}
    # The lower triangle holds the divergence the other way round.
    pairs["kl_second"] = measured["kl_first"][second, first]
    frame = pd.DataFrame(
        {
            "first": pd.Categorical(names[first], categories=names),
            "second": pd.Categorical(names[second], categories=names),
            "n_tokens_first": sizes[first],
            "n_tokens_second": sizes[second],
            **pairs,
        }
    )
    return build_table(frame, SIMILARITY)


def _rows(matrix: Any, units: pd.DataFrame, of: str) -> tuple[Any, NDArray[np.object_]]:
    """Return the counts of each unit, or of each group."""
    from scipy.sparse import csr_array

    if of == "unit":
        return matrix, units["unit_id"].astype("str").to_numpy(dtype=object)
    codes, names = pd.factorize(units["group"].astype("str"), sort=False)
    places = np.flatnonzero(codes >= 0)
    ones = np.ones(len(places), dtype=np.int64)
    adder = csr_array((ones, (codes[places], places)), shape=(len(names), len(codes)))
    return adder @ matrix, np.asarray(names, dtype=object)


def _of_products(rows: Any) -> dict[str, Floats]:
    """Return the measures that follow from products of rows."""
    n_terms = rows.shape[1]
    products = (rows @ rows.T).toarray()
    squares, sums = np.diag(products), np.asarray(rows.sum(axis=1))
    both_squares = squares[:, None] + squares[None, :]
    held = rows.astype(bool).astype(np.float64)
    shared = (held @ held.T).toarray()
    n_used = np.diag(shared)
    n_either = n_used[:, None] + n_used[None, :]
    neither = n_terms - n_either + shared
    centred = products - np.outer(sums, sums) / n_terms
    roots = rows.multiply(1 / sums[:, None]).sqrt().tocsr()
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.sqrt(np.maximum(np.diag(centred), 0.0))
        return {
            "cosine": products / np.sqrt(np.outer(squares, squares)),
            "correlation": centred / np.outer(spread, spread),
            "jaccard": shared / (n_either - shared),
            "dice": 2 * shared / n_either,
            "ejaccard": products / (both_squares - products),
            "edice": 2 * products / both_squares,
            "simple_matching": (shared + neither) / n_terms,
            "hamann": 2 * (shared + neither) / n_terms - 1,
            "euclidean": np.sqrt(np.maximum(both_squares - 2 * products, 0.0)),
            "hellinger": np.sqrt(np.maximum(1 - (roots @ roots.T).toarray(), 0.0)),
        }


def _of_overlap(rows: Any) -> dict[str, Floats]:
    """Return the measures that look at every term that two rows share."""
    size, sums = rows.shape[0], np.asarray(rows.sum(axis=1))
    names = ("manhattan", "maximum", "canberra", "bray_curtis", "jensen_shannon", "kl_first")
    found = {name: np.zeros((size, size)) for name in names}
    for place in range(size):
        for name, values in _against_all(rows, sums, place):
            found[name][place] = values
    return found


def _against_all(rows: Any, sums: Floats, place: int) -> Iterator[tuple[str, Floats]]:
    """Yield the measures of one row against every row."""
    size = len(sums)
    own = np.zeros(rows.shape[1])
    own[rows.indices[rows.indptr[place] : rows.indptr[place + 1]]] = rows[[place]].data
    owner = np.repeat(np.arange(size), np.diff(rows.indptr))
    y = own[rows.indices]
    both = y > 0
    x, y, owner_both = rows.data[both], y[both], owner[both]

    def summed(values: Floats) -> Floats:
        return np.bincount(owner_both, weights=values, minlength=size).astype(np.float64)

    n_both = summed(np.ones(len(x)))
    n_either = np.diff(rows.indptr) + np.count_nonzero(own) - n_both
    manhattan = sums + sums[place] - 2 * summed(np.minimum(x, y))
    yield "manhattan", manhattan
    yield "bray_curtis", manhattan / (sums + sums[place])
    yield "canberra", n_either - n_both + summed(np.abs(x - y) / (x + y))
    farthest = np.abs(rows[:, np.flatnonzero(own)].toarray() - own[own > 0]).max(axis=1)
    others = np.zeros(size)
    np.maximum.at(others, owner[~both], rows.data[~both])
    yield "maximum", np.maximum(farthest, others)
    p, q = y / sums[place], x / sums[owner_both]
    shares = p * np.log2(2 * p / (p + q)) + q * np.log2(2 * q / (p + q))
    yield "jensen_shannon", np.maximum(1 + (summed(shares) - summed(p) - summed(q)) / 2, 0.0)
    lacking = n_both < np.count_nonzero(own)
    yield "kl_first", np.where(lacking, np.inf, np.maximum(summed(p * np.log2(p / q)), 0.0))
