"""Latent semantic scaling: positions of texts from a few seed words at two poles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import TableError
from analysis.language.tokens import fold_term
from analysis.matching import compile_pattern
from analysis.matrices import check_varied, count_matrix
from analysis.tables import POLARITY_TEXTS, POLARITY_WORDS, build_table
from analysis.voices import check_voice

Floats = NDArray[np.float64]
ROUNDING = 1e-12


@dataclass(frozen=True)
class Polarity:
    """Words and texts between two poles.

    Attributes
    ----------
    texts
        The `polarity_texts` table: a row for each unit.
    words
        The `polarity_words` table: a row for each word.
    """

    texts: pd.DataFrame
    words: pd.DataFrame


def fit_latent_semantics(
    counts: pd.DataFrame,
    units: pd.DataFrame,
    *,
    seeds: Mapping[str, float],
    n_dimensions: int = 100,
    min_units: int = 2,
) -> Polarity:
    """Scale words by their nearness to seed words, and texts by their words.

    Words that stand in the same contexts are near. The smaller the units (sentences, statements),
    the closer the contexts.

    Parameters
    ----------
    counts, units
        The `counts` and `units` tables; units of one voice of own words or a translation.
    seeds
        Words with globs at most (``peace*``) -> their weight: positive at one pole, negative at
        the other. Words of a glob share its weight; the poles weigh the same in all.
    n_dimensions
        Of the space of words; fewer where there are fewer units or words.
    min_units
        Words that fewer units use are left out.

    Returns
    -------
    `polarity` of a word is the weighted mean of its cosines with the seeds; `seed` is the seed's
    weight. `polarity` of a text is the mean of its words', with its standard error (words taken for
    independent) and 95 % limits; `position` the same with mean 0 and standard deviation 1 over
    texts. Texts without such words are NaN.

    Raises
    ------
    TableError
        If a table is not as declared, the counts are of other units, the voice rule is broken,
        fewer than three units or words are left, or the units do not differ.
    ValueError
        If a pole has no seed, no seed of a pole is among the words (they are named), a seed's
        weight is no number, or there are fewer than two dimensions.

    References
    ----------
    Watanabe (2021), Communication Methods and Measures 15(2). Deerwester et al. (1990), Journal of
    the American Society for Information Science 41(6).
    """
    check_voice(units, None)
    matrix, terms = count_matrix(counts, units)
    used = np.flatnonzero(np.bincount(matrix.indices, minlength=len(terms)) >= min_units)
    if len(used) < 3:
        raise TableError(f"counts: {len(used)} words are used by {min_units} units; too few")
    rows, kept = matrix[:, used].astype(np.float64).tocsr(), terms[used]
    filled = int((np.asarray(rows.sum(axis=1)) > 0).sum())
    if filled < 3:
        raise TableError(f"units: {filled} have such words; a scale needs three or more")
    check_varied(rows)
    weights = _seed_weights(seeds, kept)
    vectors = _word_vectors(rows, n_dimensions)
    near = vectors @ vectors[weights != 0].T
    polarity = near @ weights[weights != 0]
    words = pd.DataFrame(
        {
            "term": pd.Categorical(kept, categories=kept),
            "n": np.asarray(rows.sum(axis=0), dtype=np.int64),
            "seed": np.where(weights != 0, weights, np.nan),
            "polarity": polarity,
        }
    ).sort_values("polarity", kind="stable")
    texts = _score_texts(rows, polarity, units)
    return Polarity(build_table(texts, POLARITY_TEXTS), build_table(words, POLARITY_WORDS))


def _seed_weights(seeds: Mapping[str, float], terms: pd.Index) -> Floats:
    """Return the weight of every word as a seed; each pole adds up to one half."""
    weights = np.zeros(len(terms))
    for seed, weight in seeds.items():
        if not np.isfinite(weight):
            raise ValueError(f"seeds: the weight of {seed!r} is {weight}; it is a number")
        expression = compile_pattern(seed, where="seeds").text
        glob = fold_term(expression).replace("*", ".*").replace("?", ".")
        found = np.asarray(terms.str.fullmatch(glob), dtype=bool)
        if found.any():
            weights[found] += weight / found.sum()
    for pole, side in (("positive", weights > 0), ("negative", weights < 0)):
        if not side.any():
            raise ValueError(
                f"seeds: no {pole} one of {sorted(seeds)} is among the words; give seeds of both "
                "poles that the texts use"
            )
        weights[side] /= 2 * np.abs(weights[side]).sum()
    return weights


def _word_vectors(rows: Any, n_dimensions: int) -> Floats:
    """Return a vector of length one for each word."""
    from scipy.sparse.linalg import svds

    most = min(rows.shape) - 1
    k = min(n_dimensions, most)
    if k < 2:
        raise ValueError(f"n_dimensions is {n_dimensions}; there are 2 to {most}")
    logs = rows.copy()
    logs.data = np.log1p(logs.data)
    start = np.full(min(rows.shape), 1 / np.sqrt(min(rows.shape)))
    _, values, right = svds(logs, k=k, v0=start)
    vectors = right.T * values
    lengths = np.sqrt((vectors**2).sum(axis=1, keepdims=True))
    found: Floats = vectors / np.where(lengths > 0, lengths, 1.0)
    return found


def _score_texts(rows: Any, polarity: Floats, units: pd.DataFrame) -> pd.DataFrame:
    n = np.asarray(rows.sum(axis=1), dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = (rows @ polarity) / n
        spread = np.maximum((rows @ polarity**2) / n - mean**2, 0.0)
        error = np.where(n > 1, np.sqrt(spread / (n - 1)), np.nan)
    known = mean[np.isfinite(mean)]
    if not np.ptp(known) > ROUNDING:
        raise TableError("counts: all units have the same polarity; the seeds tell none apart")
    return pd.DataFrame(
        {
            "unit_id": units["unit_id"],
            "group": units["group"],
            "n_scored": n.astype(np.int64),
            "polarity": mean,
            "se": error,
            "low": mean - 1.959963984540054 * error,
            "high": mean + 1.959963984540054 * error,
            "position": (mean - known.mean()) / known.std(ddof=1),
        }
    )
