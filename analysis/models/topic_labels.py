"""What a reader judges a topic by: its words, its quality, the units that speak most of it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.index import TokenIndex
from analysis.models.coherence import measure_coherence, measure_unit_coherence
from analysis.models.topic_fits import TermMatrix
from analysis.models.topic_words import exclusivity, frex, rank_frex, rank_probable, rank_relevant
from analysis.models.topics import TopicModel
from analysis.tables import (
    COUNTS,
    TOPIC_LABELS,
    TOPIC_MAP,
    TOPIC_QUALITY,
    TOPIC_TERMS,
    TOPIC_UNITS,
    build_table,
)

MAP_TERMS = 3

Floats = NDArray[np.float64]


def label_topics(model: TopicModel, *, n_terms: int = 10) -> pd.DataFrame:
    """List the terms that speak for each topic, by three measures.

    Parameters
    ----------
    model
        The fitted topics.
    n_terms
        How many terms of each.

    Returns
    -------
    The `topic_labels` table. `probability`: the term's share of the topic's tokens; common words
    lead. `relevance`: that weighed with how much more the topic uses it than all do (`score` is the
    share still). `frex`: the harmonic mean of the ranks of frequency and exclusivity.

    References
    ----------
    Sievert and Shirley (2014), ILLVI; Bischof and Airoldi (2012), ICML; Roberts, Stewart and
    Tingley (2019), Journal of Statistical Software 91(2), for lists side by side.
    """
    weights, terms = model.parts.weights, model.parts.matrix.terms
    within = weights / weights.sum(axis=1, keepdims=True)
    measures = {
        "probability": (rank_probable(weights), within),
        "relevance": (rank_relevant(weights), within),
        "frex": (rank_frex(weights), frex(weights)),
    }
    rows = [
        {"topic": name, "measure": measure, "rank": rank, "term": terms[at], "score": score[at]}
        for measure, (ranked, scores) in measures.items()
        for name, places, score in zip(model.parts.names, ranked, scores, strict=True)
        for rank, at in enumerate(places[:n_terms], start=1)
    ]
    return build_table(_in_order(rows, model), TOPIC_LABELS)


def measure_topics(model: TopicModel, index: TokenIndex | None = None) -> pd.DataFrame:
    """Measure how good each topic is: exclusive, coherent, stable.

    Parameters
    ----------
    model
        The fitted topics.
    index
        The tokens of the texts to ask for coherence, those of the model or others; where there is
        none, terms keep company when they stand in the same units.

    Returns
    -------
    The `topic_quality` table. `share`: mean of units. `exclusivity`: sum of FREX (weights .7 and
    .3) of the ten most probable terms, at most 10. `npmi`, `c_v`: coherence of these terms;
    `company` says whether in windows of `texts` or in `units`, which are not to be compared. Then
    stability, as in `topic_stability`.
    """
    company = coherence_of(model, index)
    rows = {
        "topic": list(model.parts.names),
        "share": np.nanmean(model.parts.shares, axis=0),
        "exclusivity": exclusivity(model.parts.weights),
        "npmi": company["c_npmi"].to_numpy(),
        "c_v": company["c_v"].to_numpy(),
        "company": "units" if index is None else "texts",
    }
    kept = model.stability[["jaccard", "cosine", "seed_jaccard", "seed_cosine"]]
    return build_table(_in_order(pd.DataFrame(rows).join(kept), model), TOPIC_QUALITY)


def coherence_of(model: TopicModel, index: TokenIndex | None = None) -> pd.DataFrame:
    """Return the coherences of each topic's ten most probable terms, a column for each measure.

    Parameters
    ----------
    model
        The fitted topics.
    index
        As in `measure_topics`.
    """
    top = label_topics(model).query("measure == 'probability'").rename(columns={"score": "weight"})
    terms = build_table(_in_order(top, model), TOPIC_TERMS)
    if index is None:
        found = measure_unit_coherence(terms, _counts(model.parts.matrix))
    else:
        found = measure_coherence(terms, index)
    wide = found.pivot_table(index="topic", columns="measure", values="value", observed=True)
    return wide.reindex([str(name) for name in model.parts.names])


def representative_units(
    model: TopicModel, *, n: int = 5, fewest_tokens: int | None = None
) -> pd.DataFrame:
    """List the units that speak most of each topic: where to read what it is about.

    Parameters
    ----------
    model
        The fitted topics.
    n
        How many units for each topic; one or more.
    fewest_tokens
        Units with fewer modelled tokens are passed over: a unit of three words is soon all of one
        topic. By default half of the median.

    Returns
    -------
    The `topic_units` table, among equal shares the longest first: `unit_id` leads to
    the text, `share` is the topic's share of it, `n_modelled` the number of tokens that the model
    sees.

    Raises
    ------
    ValueError
        If `n` is under one.
    """
    if n < 1:
        raise ValueError(f"n is {n}; ask for one unit or more of each topic")
    sizes = np.asarray(model.parts.matrix.counts.sum(axis=1)).ravel()
    least = np.median(sizes[sizes > 0]) / 2 if fewest_tokens is None else fewest_tokens
    shares = np.where((sizes >= max(least, 1))[:, None], model.parts.shares, -1.0)
    rows = [
        {
            **{"topic": name, "rank": rank, "unit_id": model.parts.matrix.unit_ids[at]},
            **{"share": shares[at, place], "n_modelled": int(sizes[at])},
        }
        for place, name in enumerate(model.parts.names)
        # Many units are wholly of one topic: of these the longest say most.
        for rank, at in enumerate(np.lexsort((-sizes, -shares[:, place].round(6)))[:n], start=1)
        if shares[at, place] >= 0
    ]
    return build_table(_in_order(rows, model), TOPIC_UNITS)


def map_topics(model: TopicModel) -> pd.DataFrame:
    """Place topics in a plane, near where they use the same words.

    Parameters
    ----------
    model
        The fitted topics.

    Returns
    -------
    The `topic_map` table: `x` and `y`, classical scaling of the Jensen-Shannon distances (square
    root of the divergence, base 2, from 0 to 1) between topics' words; the topic farthest out on an
    axis lies at its positive end. `share` is the mean of units, `cosine` how far the topic comes
    back in redrawn units, `terms` its three most relevant terms.

    References
    ----------
    Sievert and Shirley (2014), ILLVI, for such maps; Torgerson (1952), Psychometrika 17, for
    classical scaling; Endres and Schindelin (2003), IEEE Transactions 49(7), for the distance.
    """
    weights, terms = model.parts.weights, model.parts.matrix.terms
    places = _scaled(_distances(weights / weights.sum(axis=1, keepdims=True)))
    best = rank_relevant(weights)[:, :MAP_TERMS]
    rows = {
        "topic": list(model.parts.names),
        "x": places[:, 0],
        "y": places[:, 1],
        "share": np.nanmean(model.parts.shares, axis=0),
        "cosine": model.stability["cosine"].to_numpy(),
        "terms": [", ".join(terms[at] for at in row) for row in best],
    }
    return build_table(_in_order(rows, model), TOPIC_MAP)


def _distances(within: Floats) -> Floats:
    middles = (within[:, None] + within[None]) / 2
    entropies = _entropy(within)
    apart = _entropy(middles) - (entropies[:, None] + entropies[None]) / 2
    distances: Floats = np.sqrt(np.maximum(apart, 0))
    return distances


def _entropy(chances: Floats) -> Floats:
    logs = np.log2(chances, out=np.zeros_like(chances), where=chances > 0)
    found: Floats = -(chances * logs).sum(axis=-1)
    return found


def _scaled(distances: Floats) -> Floats:
    """Scale distances to two dimensions; signs do not hang on the library."""
    n = len(distances)
    centre = np.eye(n) - 1 / n
    values, vectors = np.linalg.eigh(-centre @ distances**2 @ centre / 2)
    places = vectors[:, ::-1][:, :2] * np.sqrt(np.maximum(values[::-1][:2], 0))
    far = places[np.abs(places).round(9).argmax(axis=0), [0, 1]]
    found: Floats = places * np.where(far < 0, -1, 1)
    return found


def _counts(matrix: TermMatrix) -> pd.DataFrame:
    """Return a model's matrix as a table of counts again."""
    entries = matrix.counts.tocoo()
    rows = {
        "unit_id": np.array(matrix.unit_ids, dtype=object)[entries.row],
        "term": np.array(matrix.terms, dtype=object)[entries.col],
        "n": entries.data.astype(np.int64),
    }
    return build_table(pd.DataFrame(rows), COUNTS)


def _in_order(rows: Any, model: TopicModel) -> pd.DataFrame:
    """Put topics in the order of their prevalence, not of their letters."""
    frame = pd.DataFrame(rows)
    names = list(model.parts.names)
    return frame.assign(topic=pd.Categorical(frame["topic"], categories=names))
