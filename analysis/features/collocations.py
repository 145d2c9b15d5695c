"""Which terms stand near each other more often than their frequencies let expect."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import TableError
from analysis.features.contingency import expected_both, signed_chi2, signed_g2
from analysis.index import TokenIndex
from analysis.tables import COLLOCATIONS, UNITS, build_table, check_table
from analysis.voices import check_voice

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


def collocations(
    index: TokenIndex,
    units: pd.DataFrame,
    *,
    window_tokens: int = 1,
    min_count: int = 5,
    voice: str | None = None,
) -> pd.DataFrame:
    """Measure how strongly terms attract the terms that follow them.

    Parameters
    ----------
    index
        The tokens.
    units
        The `units` table of the index: the voice of each unit. Units that it leaves out are
        not counted.
    window_tokens
        How many places to the right the second term may stand: 1 for neighbours.
    min_count
        Pairs that occur less often are left out of the result (not of the margins).
    voice
        None: all units have one voice of own words or a translation; "any" lets others through.

    Returns
    -------
    The `collocations` table, one row per ordered pair of terms, by falling `g2`.

    n, n_1, n_2
        Pairs of both terms in this order; pairs whose first is `term_1`; pairs whose second is
        `term_2`. Pairs do not cross units.
    mi, mi3, t, z
        log2 of observed over expected, the same with the observed cubed, and the difference
        over the root of the observed and of the expected.
    g2, chi2
        Log-likelihood ratio and Pearson's chi-squared of all four cells, negative for pairs
        that avoid each other.
    dice, log_dice
        ``2 n / (n_1 + n_2)``, and 14 plus its log2.

    Raises
    ------
    TableError
        If `units` is not as declared, names a unit that the index lacks, or breaks the voice rule.
    ValueError
        If `window_tokens` or `min_count` is below 1.

    References
    ----------
    Evert (2005), The Statistics of Word Cooccurrences, for pairs and margins. Rychlý (2008),
    RASLAN, for logDice. Dunning (1993) for G2. Daille (1994) for MI3.
    """
    for name, value in (("window_tokens", window_tokens), ("min_count", min_count)):
        if value < 1:
            raise ValueError(f"{name} is {value}; it is 1 or more")
    found_voice = check_voice(check_table(units, UNITS), voice)
    first, second = _pairs(index, _kept_units(index, units), window_tokens)
    rows = _count_pairs(first, second, index.terms)
    rows = measure_association(rows[rows["n"] >= min_count], len(first))
    rows = rows.assign(voice=pd.Categorical([found_voice] * len(rows)))
    by = ["g2", "term_1", "term_2"]
    ordered = rows.sort_values(by, ascending=[False, True, True], kind="stable")
    return build_table(ordered, COLLOCATIONS)


def measure_association(pairs: pd.DataFrame, total: int) -> pd.DataFrame:
    """Add the measures of `collocations` to counted pairs.

    `pairs` has the columns `n`, `n_1` and `n_2`; `total` is the number of all pairs.
    """
    n, n_1, n_2 = (pairs[name].to_numpy(dtype=np.float64) for name in ("n", "n_1", "n_2"))
    expected = expected_both(n_1, n_2, max(total, 1))
    dice = 2 * n / (n_1 + n_2)
    return pairs.assign(
        mi=np.log2(n / expected),
        mi3=np.log2(n**3 / expected),
        t=(n - expected) / np.sqrt(n),
        z=(n - expected) / np.sqrt(expected),
        g2=signed_g2(n, n_1, n_2, total),
        chi2=signed_chi2(n, n_1, n_2, total),
        dice=dice,
        log_dice=14 + np.log2(dice),
    )


def _kept_units(index: TokenIndex, units: pd.DataFrame) -> NDArray[np.bool_]:
    places = index.unit_ids.get_indexer(pd.Index(units["unit_id"].astype("str")))
    if (places < 0).any():
        name = units["unit_id"].iloc[int(np.argmax(places < 0))]
        raise TableError(f"units: the index has no unit {name!r}; build it from the same texts")
    kept = np.zeros(len(index.unit_ids), dtype=bool)
    kept[places] = True
    return kept


def _pairs(index: TokenIndex, kept: NDArray[np.bool_], window_tokens: int) -> tuple[Counts, Counts]:
    """Return the term codes of all ordered pairs within the window and within one unit."""
    chosen = kept[index.unit_codes]
    terms, units = index.term_codes[chosen].astype(np.int64), index.unit_codes[chosen]
    firsts, seconds = [], []
    for step in range(1, min(window_tokens, max(len(terms) - 1, 1)) + 1):
        same = units[:-step] == units[step:]
        firsts.append(terms[:-step][same])
        seconds.append(terms[step:][same])
    return np.concatenate(firsts), np.concatenate(seconds)


def _count_pairs(first: Counts, second: Counts, terms: pd.Index) -> pd.DataFrame:
    width = max(len(terms), 1)
    keys, sizes = np.unique(first * width + second, return_counts=True)
    one, two = keys // width, keys % width
    return pd.DataFrame(
        {
            "term_1": pd.Categorical.from_codes(one, categories=terms),
            "term_2": pd.Categorical.from_codes(two, categories=terms),
            "n": sizes.astype(np.int64),
            "n_1": np.bincount(first, minlength=width)[one],
            "n_2": np.bincount(second, minlength=width)[two],
        }
    )
