"""Which codes come together more often than chance lets expect."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import TableError, check_choice
from analysis.multiple import q_values
from analysis.tables import (
    CODES,
    COOCCURRENCE,
    HITS,
    STATEMENTS,
    UNITS,
    build_table,
    check_table,
)

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

ABSENT = ("absent", "not_addressed")
MIN_CLUSTERS = 5
ADDED = 0.5


def code_cooccurrence(
    codes: pd.DataFrame, statements: pd.DataFrame, *, coder: str = "patterns"
) -> pd.DataFrame:
    """Measure which codes of a coder come together in statements.

    Parameters
    ----------
    codes
        The `codes` table. A statement has a code where its value is neither "absent" nor
        "not_addressed".
    statements
        The `statements` table: the episode, or else the document, of each statement. Statements
        of the background layer and doubled ones are left out.
    coder
        Whose codes.

    Returns
    -------
    The `cooccurrence` table: a row for every two codes, in the order of `codes`.

    n_units, n_1, n_2, n_both, expected
        Statements; those with either code and with both; and how many with both would come by
        chance, ``n_1 * n_2 / n_units``.
    jaccard, phi
        Both over either; the correlation of the two codes.
    log_odds, low, high, p, q, note
        Natural logarithm of the odds ratio, half a statement added to each cell, with its 95 %
        interval over episodes or documents (jackknife, t quantile), the p value of the same
        test and its false discovery rate over all rows. NaN with fewer than five episodes or no
        variation between them, and `note` says so.

    Raises
    ------
    TableError
        If a table is not as declared, or a code is of a statement that is not there.
    ValueError
        If the coder has no codes; those that have are listed.

    References
    ----------
    Haldane (1956), Annals of Human Genetics 20(4), for the half. Efron and Tibshirani (1993),
    chapter 11, for the jackknife. Benjamini and Hochberg (1995) for `q`.
    """
    check_choice(coder, check_table(codes, CODES)["coder"].dropna().unique(), "coder")
    check_table(statements, STATEMENTS)
    background = statements["layer"].astype("str") == "background"
    kept = statements[statements["duplicate_of"].isna() & ~background]
    chosen = codes[(codes["coder"] == coder) & ~codes["value"].isin(list(ABSENT))]
    unknown = chosen[~chosen["statement_id"].isin(statements["statement_id"])]
    if len(unknown):
        name = unknown["statement_id"].iloc[0]
        raise TableError(f"codes: statement {name!r} is not in statements")
    clusters = kept["episode_id"].fillna(kept["doc_id"])
    names = [str(code) for code in codes.loc[codes["coder"] == coder, "code"].unique()]
    return _measured(
        _presence(chosen["statement_id"], chosen["code"], kept["statement_id"], names),
        clusters,
        names,
    )


def frame_cooccurrence(hits: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """Measure which codes come together in units of text, from the hits of their patterns.

    Parameters
    ----------
    hits
        The `hits` table of these units.
    units
        The `units` table: the document of each unit.

    Returns
    -------
    The `cooccurrence` table, as `code_cooccurrence` gives it, of units and over documents.

    Raises
    ------
    TableError
        If a table is not as declared, or hits are of unknown units.
    """
    check_table(hits, HITS)
    names = check_table(units, UNITS)["unit_id"].astype("str")
    found = hits["unit_id"].astype("str")
    unknown = found[~found.isin(names)]
    if len(unknown):
        raise TableError(f"hits: unit {unknown.iloc[0]!r} is not in units")
    codes = [str(code) for code in hits["code"].cat.categories]
    present = _presence(found, hits["code"], names, codes)
    return _measured(present, units["doc_id"].fillna(names), codes)


def _presence(owners: pd.Series, codes: pd.Series, units: pd.Series, names: list[str]) -> Floats:
    """Return whether each unit has each code: a row a unit, a column a code."""
    rows = pd.Index(units).get_indexer(pd.Index(owners))
    columns = pd.Index(names).get_indexer(pd.Index(codes.astype("str")))
    present = np.zeros((len(units), len(names)))
    known = (rows >= 0) & (columns >= 0)
    present[rows[known], columns[known]] = 1
    return present


def _measured(present: Floats, clusters: pd.Series, names: list[str]) -> pd.DataFrame:
    """Build the table from who has what, and which units belong together."""
    numbers, found = pd.factorize(clusters)

    def sums(held: Floats) -> Floats:
        return np.bincount(numbers, weights=held, minlength=len(found)).astype(np.float64)

    each, sizes = [sums(held) for held in present.T], sums(np.ones(len(present)))
    pairs = list(combinations(range(len(names)), 2))
    rows = [_row(sums(present[:, a] * present[:, b]), each[a], each[b], sizes) for a, b in pairs]
    frame = pd.DataFrame(rows, columns=list(COOCCURRENCE.columns)[2:])
    for column, place in (("code_1", 0), ("code_2", 1)):
        frame[column] = pd.Categorical([names[pair[place]] for pair in pairs], categories=names)
    return build_table(frame.assign(q=q_values(frame["p"].astype("float64"))), COOCCURRENCE)


def _row(both: Floats, first: Floats, second: Floats, sizes: Floats) -> dict[str, object]:
    """Measure one pair of codes from the sums of each cluster."""
    from scipy.special import stdtr, stdtrit

    sums = np.stack([both, first, second, sizes])
    n_both, n_1, n_2, n = whole = sums.sum(axis=1)
    log_odds = float(_log_odds(whole))
    count = len(sizes)
    error, reach, p, note = _spread(_log_odds(whole[:, None] - sums)), np.nan, np.nan, ""
    if count < MIN_CLUSTERS:
        note = f"{count} of {MIN_CLUSTERS} documents or episodes: no interval"
    elif not error > 0 or not n_1 or not n_2:
        note = "no variation between documents or episodes: no interval"
    else:
        reach = float(stdtrit(count - 1, 0.975)) * error
        p = float(2 * stdtr(count - 1, -abs(log_odds) / error))
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.sqrt(n_1 * (n - n_1) * n_2 * (n - n_2))
        return {
            "n_units": int(n),
            "n_1": int(n_1),
            "n_2": int(n_2),
            "n_both": int(n_both),
            "expected": n_1 * n_2 / n if n else np.nan,
            "jaccard": n_both / (n_1 + n_2 - n_both),
            "phi": (n * n_both - n_1 * n_2) / spread,
            "log_odds": log_odds,
            "low": log_odds - reach,
            "high": log_odds + reach,
            "p": p,
            "q": np.nan,
            "note": note or None,
        }


def _spread(left: Floats) -> float:
    """Return the jackknife's standard error, of values with each cluster left out."""
    if len(left) < MIN_CLUSTERS:
        return np.nan
    return float(np.sqrt((len(left) - 1) / len(left) * ((left - left.mean()) ** 2).sum()))


def _log_odds(sums: Floats) -> Floats:
    both, first, second, n = sums
    cells = np.stack([both, n - first - second + both, first - both, second - both]) + ADDED
    logs: Floats = np.log(cells[0]) + np.log(cells[1]) - np.log(cells[2]) - np.log(cells[3])
    return logs
