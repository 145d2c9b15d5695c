"""Topic shares drawn anew: how they would have come out from other documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import TableError
from analysis.models.topic_blends import blend_topics, widest_blend
from analysis.models.topic_fits import factorise, project_units
from analysis.models.topic_matching import match_topics
from analysis.models.topics import TopicModel, TopicParts
from analysis.resampling import draw_units
from analysis.tables import TOPIC_DRAWS, UNITS, build_table, check_table
from analysis.voices import check_not_synthetic

DRAWS = 25
# Enough for a term that a refit never saw to tell no topic from another, and no more.
UNSEEN = 1e-3

Floats = NDArray[np.float64]


def draw_topics(
    model: TopicModel, units: pd.DataFrame, *, seed: int, draws: int = DRAWS
) -> pd.DataFrame:
    """Draw the topic shares of units, as refits to documents drawn anew would give them.

    Parameters
    ----------
    model
        A fitted model.
    units
        The `units` table that it was fitted to; passages of one document are drawn together.
    seed
        The study's seed; the same seed gives the same draws.
    draws
        How many refits; two at least.

    Returns
    -------
    The `topic_draws` table: every unit's share of every topic in each draw, NaN for units without a
    term of the model. Draw 0 is the model itself. Each other draw is a fit to documents drawn with
    replacement; its topics are matched one to one to the model's, and all units of the model seen
    through them. Topics are drawn together by a part of what words leave open (`widest_blend`): in
    draw 0 by half of it, in the others by parts spread evenly over all of it.

    Raises
    ------
    TableError
        If `units` is not as declared, holds a synthetic unit or lacks one of the model's.
    ValueError
        If `draws` is under two.

    Notes
    -----
    A fit takes topics that lie as far apart as the words allow; nearer ones, in texts less mixed,
    give nearly the same words. The words do not say which: in simulated texts a difference of .40
    came out as .29 to .45 through the topics as fitted, as .40 to .54 through the nearest, as .35
    to .49 halfway (what limits make of it: ``tests/benchmarks/topic_coverage.py``). In long texts,
    whose words leave little open, draw 0 has the shares of the fit.

    Shares are the most likely ones given the topics, for LDA too, whose own ones its prior draws
    together. They are not blurred further by the chance of a unit's words: that chance
    already parts the documents from each other, and would be counted twice in `compare_topics`.

    References
    ----------
    Treier and Jackman (2008), American Journal of Political Science 52(1), and Roberts et al.
    (2014), the same 58(4), for draws of a measure in place of one value. Here they come from
    refits, not from a posterior, so that they hold other topics that the words allow too.
    """
    if draws < 2:
        raise ValueError(f"draws is {draws}; how far they differ takes two or more")
    check_not_synthetic(check_table(units, UNITS))
    parts = model.parts
    shares = redraw_shares(parts, _documents(parts, units), seed=seed, draws=draws)
    size = (draws + 1, len(parts.matrix.unit_ids), len(parts.names))
    places = np.indices(size).reshape(3, -1)
    frame = pd.DataFrame(
        {
            "draw": places[0],
            "unit_id": pd.Categorical.from_codes(places[1], pd.Index(parts.matrix.unit_ids)),
            "topic": pd.Categorical.from_codes(places[2], pd.Index(parts.names)),
            "share": shares.ravel(),
        }
    )
    return build_table(frame, TOPIC_DRAWS)


def redraw_shares(
    parts: TopicParts, documents: Sequence[str], *, seed: int, draws: int = DRAWS
) -> Floats:
    """Return shares, draws by units by topics; the first draw is the fit.

    Parameters
    ----------
    parts
        Those of a model.
    documents
        The document of each unit.
    seed, draws
        As for `draw_topics`.
    """
    filled = parts.matrix.filled
    matrix, names = parts.matrix.counts[filled], np.asarray(documents, dtype=object)[filled]
    found = np.full((draws + 1, len(filled), len(parts.weights)), np.nan)
    # What words leave open between the topics as fitted and as near as they may lie: the model
    # stands halfway, draws evenly over the whole way.
    reach = widest_blend(matrix, parts.weights, seed=seed)
    found[0, filled] = project_units(matrix, blend_topics(parts.weights, reach / 2))
    for draw, times in enumerate(_redrawn(names, seed, draws), start=1):
        topics = blend_topics(_refitted(matrix, times, parts, seed), reach * (draw - 0.5) / draws)
        found[draw, filled] = project_units(matrix, topics)
    return found


def _refitted(matrix: Any, times: NDArray[np.intp], parts: TopicParts, seed: int) -> Floats:
    """Fit to units counted so many times; the topics in the order of the model's."""
    chosen = times > 0
    drawn = matrix[chosen].multiply(times[chosen, None]).tocsr()
    k = len(parts.weights)
    # With as much care as the fit: what less care leaves to chance would widen every interval.
    again = factorise(drawn, k, seed=seed, recipe=parts.recipe).weights
    again = again[match_topics(parts.weights, again).places]
    usual = np.asarray(matrix.sum(axis=0)).ravel() / matrix.sum()
    smoothed: Floats = again + UNSEEN * again.sum(axis=1, keepdims=True) * usual
    return smoothed


def _redrawn(documents: NDArray[np.object_], seed: int, draws: int) -> Iterator[NDArray[np.intp]]:
    """Yield how often each unit stands in each draw of documents."""
    places, names = pd.factorize(documents)
    for drawn in draw_units(len(names), seed=seed, draws=draws):
        yield np.bincount(drawn, minlength=len(names))[places]


def _documents(parts: TopicParts, units: pd.DataFrame) -> list[str]:
    names = units["unit_id"].astype("str")
    documents = dict(zip(names, units["doc_id"].fillna(names), strict=True))
    missing = [name for name in parts.matrix.unit_ids if name not in documents]
    if missing:
        raise TableError(f"units: no unit {missing[0]!r}; give the units the model was fitted to")
    return [str(documents[name]) for name in parts.matrix.unit_ids]
