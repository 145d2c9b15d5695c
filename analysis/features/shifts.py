"""Which words make two sides differ, and by how much: word shifts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import TableError, check_choice
from analysis.features.clustered import (
    Side,
    half_widths,
    half_widths_of_terms,
    share_variance,
)
from analysis.features.shift_formulas import (
    FORMULAS,
    Formula,
    dealt_totals,
    deleted_totals,
    weighted,
)
from analysis.features.sides import split_sides
from analysis.language.tokens import fold_term
from analysis.resampling import shuffle_units
from analysis.tables import DIVERGENCE, SHIFT_TOTALS, SHIFTS, build_table

Floats = NDArray[np.float64]


BIASED = "a divergence of samples is too large: see measure_divergence"
NO_INTERVAL = {
    "proportion": "0 by definition",
    "jensen_shannon": BIASED,
    "kullback_leibler": BIASED,
}


@dataclass(frozen=True, kw_only=True)
class Weights:
    """Scores of terms (of a lexicon, say), and the score that counts as neutral.

    Without a `neutral` score, the mean of the reference side is taken.
    """

    scores: Mapping[str, float]
    neutral: float | None = None


def word_shift(
    counts: pd.DataFrame,
    units: pd.DataFrame,
    *,
    target: str,
    reference: str,
    measure: str | Weights = "jensen_shannon",
) -> pd.DataFrame:
    """Break the difference of two groups' vocabularies down to single terms.

    Parameters
    ----------
    counts
        The `counts` table of these units.
    units
        The `units` table: the document, group, size and voice of each unit, all of one voice.
    target, reference
        Two values of the `group` column of `units`.
    measure
        With p the shares of the target and q those of the reference:

        "proportion": p - q. "entropy": Shannon's, -p log2 p + q log2 q. "tsallis": entropy of
        order 2, q² - p², which frequent words govern. "jensen_shannon": the divergence in bits,
        (p log2(p/m) + q log2(q/m)) / 2 with m = (p + q) / 2. "kullback_leibler": p log2(p/q).
        Or `Weights`: (p - q) (score - neutral), of the terms that have a score.

    Returns
    -------
    The `shifts` table, one row per term that either side uses, by falling size of the
    contribution. `contribution` adds up to the total of `measure_shift`; it is positive where
    the term raises the target's side of the difference (divergences are never negative: `p_target`
    and `p_reference` say whose word it is). `share` is the contribution over the sum of all
    contributions' sizes. `low` and `high` are its 95 % limits over documents: jackknife with a t
    quantile; NaN with fewer than five documents on a side or where a side does not use the term,
    and `note` says so.

    Raises
    ------
    TableError
        If a table is not as declared, the counts are of other units, the voice rule is broken, or
        a side has no tokens (no scored tokens).
    ValueError
        If a group or measure is unknown, both groups are the same, or a Kullback-Leibler
        divergence is infinite, since the reference lacks a term.

    References
    ----------
    Gallagher et al. (2021), EPJ Data Science 10:4, for word shifts. Lin (1991), IEEE
    Transactions on Information Theory 37(1). Dodds et al. (2011), PLoS ONE 6(12), for weighted
    averages. Efron and Tibshirani (1993), chapter 11, for the jackknife.
    """
    terms, sides, formula = _prepared(counts, units, target, reference, measure)
    p, q = (_shares(side) for side in sides)
    contribution = formula.contribution(p, q)
    slopes = formula.slopes(p, q)
    variance = sum(
        slope**2 * share_variance(side) for slope, side in zip(slopes, sides, strict=True)
    )
    reach, notes = half_widths_of_terms(sides, np.asarray(variance))
    size = float(np.abs(contribution).sum())
    rows = pd.DataFrame(
        {
            "term": pd.Categorical(terms, categories=terms),
            "measure": pd.Categorical([formula.name] * len(terms), categories=[formula.name]),
            "n_target": np.asarray(sides[0].matrix.sum(axis=0), dtype=np.int64),
            "n_reference": np.asarray(sides[1].matrix.sum(axis=0), dtype=np.int64),
            "p_target": p,
            "p_reference": q,
            "contribution": contribution,
            "share": contribution / size if size else np.zeros(len(terms)),
            "low": contribution - reach,
            "high": contribution + reach,
            "note": pd.Series(notes, dtype="str").mask(notes == ""),
        }
    )
    rows["size"] = -rows["contribution"].abs().round(15)
    return build_table(rows.sort_values(["size", "term"], kind="stable"), SHIFTS)


def measure_shift(
    counts: pd.DataFrame,
    units: pd.DataFrame,
    *,
    target: str,
    reference: str,
    measure: str | Weights = "jensen_shannon",
) -> pd.DataFrame:
    """Measure how far two groups' vocabularies differ in all.

    Parameters
    ----------
    counts, units, target, reference, measure
        As for `word_shift`.

    Returns
    -------
    The `shift_totals` table, one row. `total` is the sum of the contributions. Rare words are seen
    by chance, which makes entropies too small: `corrected` is the jackknife's estimate without
    bias of the first order, and `low` and `high` are its 95 % limits over documents (in
    simulations of 10 to 30 bursty documents a side they cover 88 to 100 %). They are NaN, and
    `note` says why, with fewer than five documents on a side; for proportions, whose total is 0 by
    definition; and for divergences, which chance words make far too large, more than a jackknife
    can mend: `measure_divergence` says how large they would be without any difference.

    Raises
    ------
    TableError, ValueError
        As `word_shift`.

    References
    ----------
    Zahl (1977), Ecology 58(4), for the jackknife of entropy.
    """
    _, sides, formula = _prepared(counts, units, target, reference, measure)
    total = float(formula.contribution(*(_shares(side) for side in sides)).sum())
    corrected, variance = np.nan, np.nan
    if formula.name not in NO_INTERVAL:
        left = [deleted_totals(formula, sides, place) for place in range(len(sides))]
        corrected, variance = _jackknifed(total, left)
    reach, notes = half_widths(sides, np.array([variance]))
    row = {
        "measure": formula.name,
        "target": target,
        "reference": reference,
        "n_documents_target": int((sides[0].sizes > 0).sum()),
        "n_documents_reference": int((sides[1].sizes > 0).sum()),
        "total": total,
        "corrected": corrected,
        "low": corrected - reach[0],
        "high": corrected + reach[0],
        "note": NO_INTERVAL.get(formula.name, notes[0]) or None,
    }
    return build_table([row], SHIFT_TOTALS)


def measure_divergence(
    counts: pd.DataFrame, units: pd.DataFrame, *, target: str, reference: str, seed: int
) -> pd.DataFrame:
    """Measure whether two groups' vocabularies differ by more than chance.

    The Jensen-Shannon divergence of two samples of one language is never 0. Here the documents of
    both sides are dealt to them anew, 999 times, as many to each as it has.

    Parameters
    ----------
    counts, units, target, reference
        As for `word_shift`.
    seed
        Of the dealing.

    Returns
    -------
    The `divergence` table, one row: `total` in bits; `chance`, its mean over the dealings;
    `excess`, the total less that, which in simulations comes near the true divergence where that
    is small and stays below it where it is large; `p`, the share of dealings (and the sides as they
    are) with no smaller divergence. `p` is NaN with fewer than five documents on a side, and
    `note` says so.

    Raises
    ------
    TableError, ValueError
        As `word_shift`.

    References
    ----------
    Phipson and Smyth (2010), Statistical Applications in Genetics and Molecular Biology 9(1), for
    p-values of dealings.
    """
    _, sides, formula = _prepared(counts, units, target, reference, "jensen_shannon")
    total = float(formula.contribution(*(_shares(side) for side in sides)).sum())
    dealings = shuffle_units(sum(len(side.sizes) for side in sides), seed=seed)
    dealt = dealt_totals(formula, sides, dealings)
    _, notes = half_widths(sides, np.ones(1))
    p = (1 + int((dealt >= total - 1e-12).sum())) / (1 + len(dealt))
    row = {
        "target": target,
        "reference": reference,
        "n_documents_target": len(sides[0].sizes),
        "n_documents_reference": len(sides[1].sizes),
        "total": total,
        "chance": dealt.mean(),
        "excess": total - dealt.mean(),
        "p": np.nan if notes[0] else p,
        "note": notes[0].replace("interval", "test") or None,
    }
    return build_table([row], DIVERGENCE)


def _jackknifed(total: float, left: Sequence[Floats]) -> tuple[float, float]:
    """Return an estimate without bias of the first order, and its variance; NaN if there is none.

    `left` has the estimates without each document, side by side; sides are independent.
    """
    if any(len(each) < 2 for each in left):
        return np.nan, np.nan
    bias = sum((len(each) - 1) * (each.mean() - total) for each in left)
    variance = sum((len(each) - 1) / len(each) * ((each - each.mean()) ** 2).sum() for each in left)
    return float(total - bias), float(variance)


def _prepared(
    counts: pd.DataFrame, units: pd.DataFrame, target: str, reference: str, measure: str | Weights
) -> tuple[pd.Index, tuple[Side, Side], Formula]:
    """Return the terms that either side uses, the sides, and the formula."""
    if not isinstance(measure, Weights):
        check_choice(measure, FORMULAS, "measure")
    terms, *found = split_sides(counts, units, target, reference)
    used = sum(np.asarray(side.matrix.sum(axis=0)) for side in found) > 0
    scores = None
    if isinstance(measure, Weights):
        listed = {fold_term(str(term)): score for term, score in measure.scores.items()}
        scores = np.array([listed.get(term, np.nan) for term in terms], dtype=np.float64)
        used &= np.isfinite(scores)
    kept = np.flatnonzero(used)
    first, second = (_kept(side, kept) for side in found)
    formula = _formula(measure, scores, kept, second)
    if formula.name == "kullback_leibler":
        _check_finite(terms[kept], first, second)
    return terms[kept], (first, second), formula


def _formula(
    measure: str | Weights, scores: Floats | None, kept: NDArray[np.intp], reference: Side
) -> Formula:
    if not isinstance(measure, Weights) or scores is None:
        return FORMULAS[str(measure)]
    chosen = scores[kept]
    neutral = float(chosen @ _shares(reference)) if measure.neutral is None else measure.neutral
    return weighted(chosen, neutral)


def _kept(side: Side, kept: NDArray[np.intp]) -> Side:
    """Return a side with the terms that are counted alone, and as many tokens."""
    matrix = side.matrix[:, kept]
    sizes = np.asarray(matrix.sum(axis=1), dtype=np.int64)
    if not sizes.sum():
        raise TableError(f"units: group {side.name!r} uses no term that is counted here")
    return Side(side.name, matrix, sizes)


def _check_finite(terms: pd.Index, target: Side, reference: Side) -> None:
    alone = (_shares(target) > 0) & (_shares(reference) == 0)
    if alone.any():
        raise ValueError(
            f"the Kullback-Leibler divergence is infinite: {reference.name!r} never uses "
            f"{terms[alone][0]!r} and {int(alone.sum()) - 1} more terms of {target.name!r}; "
            "take measure='jensen_shannon'"
        )


def _shares(side: Side) -> Floats:
    shares: Floats = np.asarray(side.matrix.sum(axis=0)) / side.sizes.sum()
    return shares
