"""How evenly a term is spread over the units, or whether a few units hold it all."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.features import spread as formulas
from analysis.features.spread import Spread
from analysis.index import TokenIndex
from analysis.matrices import count_matrix
from analysis.tables import DISPERSION, WAITING_TIMES, build_table
from analysis.voices import check_not_synthetic


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
    The `dispersion` table, one row per term, by falling `n`.

    n, n_units, range_share
        Occurrences, units that use the term, and their share of all units.
    dp, dp_norm
        Deviation of proportions: 0 where each unit has its share of the term, near 1 where the
        smallest unit has it all; `dp_norm` reaches 1 there.
    sd, vc, juilland_d, carroll_d2, lyne_d3
        Standard deviation and variation coefficient of the counts; Juilland's D, Carroll's D2
        and Lyne's D3: 1 where even.
    rosengren_s, kl_divergence, mean_difference, dissemination
        Rosengren's S (1 where even), Kullback-Leibler divergence from the shares of tokens in
        bits (0 where even), Burch's DA (1 where even), and the units that use the term over how
        many would by chance (about 1 where even, less where bursty).
    entropy
        Of the term's shares of the units, in bits: 0 in one unit alone.
    juilland_u, carroll_um, rosengren_kf, engwall_fm, kromer_ur
        Adjusted frequencies: N times D; N times D2 and the rest evenly dealt; N times S; N times
        the share of units that use the term; and Kromer's, which counts each further occurrence
        in a unit for less.

    Measures that need two units are NaN with one.

    Raises
    ------
    TableError
        If a table is not as declared, the counts are of other units, or units are synthetic.

    References
    ----------
    Gries (2008), International Journal of Corpus Linguistics 13(4), and Gries (2020), in Paquot
    and Gries, A Practical Handbook of Corpus Linguistics, chapter 5, which compare them; the
    source of each is named in `analysis.features.spread`. Juilland and Chang-Rodríguez (1964),
    Carroll (1970), Rosengren (1971), Engwall (1974) and Kromer (2003) for adjusted frequencies.
    Rosengren's S of parts of one size is also Zhang's (2004) distributional consistency.
    """
    matrix, terms = count_matrix(counts, check_not_synthetic(units))
    spread = Spread(matrix, units["n_tokens"].to_numpy())
    n_units = spread.sum(np.ones(len(spread.f)))
    sd = formulas.standard_deviation(spread)
    d, d2, s = (
        formula(spread)
        for formula in (formulas.juilland_d, formulas.carroll_d2, formulas.rosengren_s)
    )
    rows = pd.DataFrame(
        {
            "term": pd.Categorical(terms, categories=terms),
            "n": spread.total.astype(np.int64),
            "n_units": n_units.astype(np.int64),
            "range_share": n_units / max(spread.n_units, 1),
            "dp": formulas.deviation_of_proportions(spread),
            "dp_norm": formulas.normalised_deviation(spread),
            "sd": sd,
            "vc": sd * spread.n_units / np.where(spread.total > 0, spread.total, np.nan),
            "juilland_d": d,
            "carroll_d2": d2,
            "lyne_d3": formulas.lyne_d3(spread),
            "rosengren_s": s,
            "kl_divergence": formulas.kl_divergence(spread),
            "mean_difference": formulas.mean_difference(spread),
            "dissemination": formulas.dissemination(spread),
            "entropy": formulas.entropy(spread),
            "juilland_u": d * spread.total,
            "carroll_um": d2 * spread.total + (1 - d2) * spread.total / max(spread.n_units, 1),
            "rosengren_kf": s * spread.total,
            "engwall_fm": spread.total * n_units / max(spread.n_units, 1),
            "kromer_ur": formulas.kromer_ur(spread),
        }
    )
    ordered = rows.sort_values(["n", "term"], ascending=[False, True], kind="stable")
    return build_table(ordered, DISPERSION)


def waiting_times(index: TokenIndex) -> pd.DataFrame:
    """Measure how evenly each term is spread over running text, without parts.

    All texts stand in a row, and the last token is followed by the first.

    Returns
    -------
    The `waiting_times` table, one row per term, by falling `n`.

    n, arf
        Occurrences, and the average reduced frequency: stretches of text of the mean distance
        that hold the term, averaged over where they begin.
    awt, f_awt
        Average waiting time, (1 + Σd²/N) / 2, for distances d between occurrences in N tokens;
        and the frequency of evenly spread tokens with that waiting time.
    ald, f_ald
        Average logarithmic distance Σ d log10 d / N, and the frequency with that distance.

    References
    ----------
    Savický and Hlaváčová (2002), Journal of Quantitative Linguistics 9(3).
    """
    order, begins = index.by_term
    size, n = len(index.codes), np.diff(begins)
    column = np.repeat(np.arange(len(n)), n)
    following = np.roll(order, -1)
    last = begins[1:] - 1
    following[last[n > 0]] = order[begins[:-1][n > 0]] + size
    d = (following - order).astype(np.float64)

    def summed(values: formulas.Floats) -> formulas.Floats:
        return np.bincount(column, weights=values, minlength=len(n)).astype(np.float64)

    squares, logs = summed(d**2), summed(d * np.log10(np.maximum(d, 1))) / max(size, 1)
    mean = size / np.maximum(n, 1)
    rows = pd.DataFrame(
        {
            "term": pd.Categorical(index.terms, categories=index.terms),
            "n": n,
            "arf": summed(np.minimum(d, mean[column])) / mean,
            "awt": (1 + squares / max(size, 1)) / 2,
            "f_awt": size**2 / np.where(squares > 0, squares, np.nan),
            "ald": logs,
            "f_ald": size * 10**-logs,
        }
    )
    ordered = rows.sort_values(["n", "term"], ascending=[False, True], kind="stable")
    return build_table(ordered, WAITING_TIMES)
