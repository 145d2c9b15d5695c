"""Wordscores: positions of texts from those of reference texts, by the words that they share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import TableError, check_choice
from analysis.matrices import count_matrix
from analysis.tables import SCALE_WORDS, SCORED_TEXTS, build_table
from analysis.voices import check_voice

Floats = NDArray[np.float64]

NORMAL_95 = 1.959963984540054
ROUNDING = 1e-12


@dataclass(frozen=True)
class Wordscores:
    """Scores of texts and of words.

    Attributes
    ----------
    positions
        The `scored_texts` table: a row for each unit.
    words
        The `scale_words` table: a row for each word of the reference texts.
    """

    positions: pd.DataFrame
    words: pd.DataFrame


def fit_wordscores(
    counts: pd.DataFrame,
    units: pd.DataFrame,
    *,
    reference_scores: Mapping[str, float],
    smooth: float = 0.0,
) -> Wordscores:
    """Score texts by the words of reference texts whose positions are known.

    Parameters
    ----------
    counts, units
        The `counts` and `units` tables; units of one voice of own words or a translation.
    reference_scores
        Unit -> its position: two units or more, at two positions or more.
    smooth
        What to add to each count of the reference texts.

    Returns
    -------
    Scores of words: the mean of the reference positions, weighted by how likely each is, given
    the word. And of every unit, reference texts too:

    n_scored, raw, se, low, high
        Tokens that have a score, their mean score, its standard error and 95 % limits (words taken
        for independent; NaN without scored tokens).
    lbg, lbg_low, lbg_high
        Rescaled so that all units' scores vary as the reference positions do (Laver, Benoit and
        Garry). It depends on which units are there.
    mv, mv_se, mv_low, mv_high
        Rescaled so that the lowest and the highest reference text keep their positions (Martin and
        Vanberg).

    Raises
    ------
    TableError
        If a table is not as declared, the counts are of other units, the voice rule is broken, or a
        reference text has no words, or the lowest and the highest use theirs in the same shares.
    ValueError
        If a reference unit is unknown (near matches are named), there are fewer than two
        positions, one is no number, or `smooth` is negative.

    References
    ----------
    Laver, Benoit and Garry (2003), American Political Science Review 97(2). Martin and Vanberg
    (2007), Political Analysis 16(1).
    """
    check_voice(units, None)
    matrix, terms = count_matrix(counts, units)
    names = units["unit_id"].astype("str").tolist()
    scores = _check_references(reference_scores, names, smooth)
    rows = matrix.astype(np.float64).tocsr()
    words = _score_words(rows[list(scores)], np.array(list(scores.values())), smooth)
    known = np.flatnonzero(np.isfinite(words))
    scored = _score_texts(rows[:, known], words[known])
    rescaled = _rescaled(scored, scores)
    positions = pd.DataFrame({"unit_id": units["unit_id"], "group": units["group"], **rescaled})
    reference = [scores.get(place, np.nan) for place in range(len(names))]
    table = pd.DataFrame(
        {
            "term": pd.Categorical(terms[known], categories=terms[known]),
            "n": np.asarray(rows.sum(axis=0), dtype=np.int64)[known],
            "score": words[known],
        }
    )
    return Wordscores(
        positions=build_table(positions.assign(reference=reference), SCORED_TEXTS),
        words=build_table(table.sort_values("score", kind="stable"), SCALE_WORDS),
    )


def _check_references(
    reference_scores: Mapping[str, float], names: list[str], smooth: float
) -> dict[int, float]:
    """Return place -> position of the reference texts."""
    if not smooth >= 0:
        raise ValueError(f"smooth is {smooth}; it is 0 or more")
    given = list(reference_scores.values())
    numbers = pd.to_numeric(pd.Series(given, dtype="object"), errors="coerce").to_numpy(float)
    if len(set(given)) < 2 or not np.isfinite(numbers).all():
        raise ValueError(
            f"reference_scores has the positions {given}; two or more that differ are needed, all "
            "of them numbers"
        )
    places = [names.index(check_choice(unit, names, "unit")) for unit in reference_scores]
    return dict(zip(places, numbers.tolist(), strict=True))


def _score_words(rows: Any, positions: Floats, smooth: float) -> Floats:
    """Return the score of each word; NaN for words that no reference text uses."""
    counts = rows.toarray() + smooth
    sizes = counts.sum(axis=1, keepdims=True)
    if (sizes == 0).any():
        raise TableError("counts: a reference text has no words; leave it out")
    shares = counts / sizes
    sums = shares.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        scores: Floats = np.where(sums > 0, positions @ shares / sums, np.nan)
    return scores


def _score_texts(rows: Any, words: Floats) -> dict[str, Floats]:
    """Return tokens scored, mean score and its standard error for each text."""
    n = np.asarray(rows.sum(axis=1), dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        raw = (rows @ words) / n
        spread = (rows @ words**2) / n - raw**2
        return {"n_scored": n, "raw": raw, "se": np.sqrt(np.maximum(spread, 0) / n)}


def _rescaled(scored: dict[str, Floats], scores: Mapping[int, float]) -> dict[str, Any]:
    """Return the scores with limits, as they are and on both scales of the reference texts."""
    raw, reach = scored["raw"], NORMAL_95 * scored["se"]
    positions = np.array(list(scores.values()))
    low, high = (extreme(scores, key=scores.__getitem__) for extreme in (min, max))
    apart = raw[high] - raw[low]
    if not abs(apart) > ROUNDING * np.ptp(positions):
        raise TableError(
            "counts: the lowest and the highest reference text have the same mean score, so that "
            "words do not tell their positions apart; choose others"
        )
    known = raw[np.isfinite(raw)]
    middle, factor = known.mean(), positions.std(ddof=1) / known.std(ddof=1)
    slope = (scores[high] - scores[low]) / apart
    return {
        "n_scored": scored["n_scored"].astype(np.int64),
        "raw": raw,
        "se": scored["se"],
        "low": raw - reach,
        "high": raw + reach,
        "lbg": (raw - middle) * factor + middle,
        "lbg_low": (raw - reach - middle) * factor + middle,
        "lbg_high": (raw + reach - middle) * factor + middle,
        "mv": (raw - raw[low]) * slope + scores[low],
        "mv_se": scored["se"] * abs(slope),
        "mv_low": (raw - raw[low]) * slope + scores[low] - abs(slope) * reach,
        "mv_high": (raw - raw[low]) * slope + scores[low] + abs(slope) * reach,
    }
