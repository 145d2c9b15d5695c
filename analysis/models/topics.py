"""Topics: which words go together across units, and how much of that comes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypedDict, Unpack

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.models.topic_fits import Factors, Recipe, TermMatrix, factorise, term_matrix
from analysis.models.topic_seeds import seed_pulls
from analysis.models.topic_stability import REFITS, topic_stability
from analysis.models.topic_words import rank_relevant
from analysis.tables import (
    TOPIC_SHARES,
    TOPIC_STABILITY,
    TOPIC_TERMS,
    build_table,
)
from analysis.voices import check_voice

TOP_TERMS = 20
LABEL_TERMS = 3

Floats = NDArray[np.float64]


class TopicOptions(TypedDict, total=False):
    """What `fit_topics` takes beside the number of topics and the seed.

    `method`: "kl_nmf", "lda" or "tomotopy". `seeds`: name of a topic -> its seed terms. `voice`:
    "any" to model words that are not the speakers' own, or of several voices. `n_refits`: how many
    refits tell the stability (5 to units drawn anew, as many from other seeds).
    """

    method: str
    n_refits: int
    seeds: Mapping[str, Sequence[str]]
    voice: str | None


@dataclass(frozen=True, kw_only=True)
class TopicParts:
    """What a fit rests on and gives, as arrays: to refit it, and to see other units through it.

    Attributes
    ----------
    matrix
        Counts of all units, also those without a kept term.
    weights
        Topics, in the order of `names`, by terms: the tokens that a topic accounts for.
    shares
        Units by topics; NaN for a unit without a kept term.
    names
        What topics are called.
    recipe
        The method and what pulls topics to seed terms.
    perplexity
        Of the modelled counts: one over a token's mean probability.
    """

    matrix: TermMatrix
    weights: Floats
    shares: Floats
    names: tuple[str, ...]
    recipe: Recipe
    perplexity: float


@dataclass(frozen=True, kw_only=True)
class TopicModel:
    """A fitted topic model: its tables and how it was fitted.

    Attributes
    ----------
    topic_terms
        The `topic_terms` table: each topic's twenty most relevant terms, heavy in the topic
        and more so than elsewhere; `weight` is the term's share of the topic's tokens.
    topic_shares
        The `topic_shares` table: each topic's share of each unit's tokens, NaN for units
        without a term of the model.
    stability
        The `topic_stability` table: how much of each topic comes back when the units are
        drawn anew, with replacement, as the mean over `n_refits` refits of the Jaccard overlap of
        ten top terms and of the cosine of weights; `seed_jaccard` and `seed_cosine`, when the same
        units are fitted from `n_seeds` other seeds. 1 is the same topic again.
    voice
        Whose words were modelled; "any" if the rule was set aside.
    k, seed, n_terms, converged
        Number of topics, seed, number of terms kept, and whether the fit came to rest.
    method
        "kl_nmf", "lda" or "tomotopy".
    parts
        The arrays behind the tables.
    """

    topic_terms: pd.DataFrame
    topic_shares: pd.DataFrame
    stability: pd.DataFrame
    voice: str
    k: int
    seed: int
    n_terms: int
    converged: bool
    method: str
    parts: TopicParts = field(repr=False)


def fit_topics(
    counts: pd.DataFrame,
    units: pd.DataFrame,
    *,
    k: int,
    seed: int,
    **options: Unpack[TopicOptions],
) -> TopicModel:
    """Fit `k` topics to the term counts of units.

    Parameters
    ----------
    counts, units
        The tables of those names; units are documents, passages or statements (below). Stop words
        are left out by the lists of the languages in a `language` column of `units`, or the English
        one where there is none; so are terms of under three letters, in under 3 % of units (at
        least two, at most five are asked) or in over 95 %.
    k
        How many topics; at least two, at most one for each unit and for each term.
    seed
        The study's seed; the same seed gives the same model.
    **options
        `method`: "kl_nmf" (default), "lda" or "tomotopy". `seeds`: topic -> its seed terms, for
        "kl_nmf"; see `frame_seeds`. `voice`: "any" to model words that are not the speakers' own,
        or of several voices. `n_refits`: how many refits of each kind tell the stability (5).

    Returns
    -------
    The model. Topics stand by falling prevalence. A topic's name is its number and its three most
    relevant terms, "T1 harvest, grain, barley"; a seeded topic keeps the name of its seed.

    Raises
    ------
    TableError
        If a table is not as declared, the voices are not of one kind, `counts` is empty or no
        term is left.
    ValueError
        If `k` does not fit the numbers of units and terms, there is no refit or no seed, there
        are more seeds than topics, a seed has no term or one that is not among those of the model
        (near ones are named), or seeds are given for another method than "kl_nmf".
    AnalysisError
        If the method is "tomotopy" and that library is not installed.

    Notes
    -----
    KL-NMF: non-negative matrix factorisation of the counts themselves under the Kullback-Leibler
    loss, which is the likelihood of probabilistic latent semantic analysis; the best of a start
    from singular vectors and two drawn ones. On 146 long speeches and 8 topics, refits from
    singular vectors kept .41 of the top terms and a cosine of .87; the Frobenius loss on
    tf-idf was three times as fast, but kept .18 and .71.

    LDA: variational Bayes on all units at once, priors of 1/k. On the same speeches topics came
    back in redrawn units with a mean cosine of .79 (KL-NMF: .89), from other seeds with .77 (.94),
    in six times the time. Of 237 short statements six topics came back with .72 and .67 (KL-NMF:
    .65 and .99), which is weak ground for either (``tests/benchmarks/topics.py``).

    "tomotopy" is LDA by Gibbs sampling, with the same priors, where that library is installed
    (``pip install 'concordat[tomotopy]'``). The same seed gives the same topics with the same build
    of the library alone.

    Seeds pull a topic as a prior does: each seed term counts as if it had been seen in that topic
    once more for every time that it stands in the texts. The topic is free to take other terms
    beside, and other topics to take a share of these.

    References
    ----------
    Lee and Seung (2001), NIPS 13; Ding, Li and Peng (2008), CSDA 52(8), for KL-NMF as PLSA;
    Boutsidis and Gallopoulos (2008) for the start; Blei, Ng and Jordan (2003), JMLR 3, for LDA;
    Greene et al. (2014), ECML, for stability; Sievert and Shirley (2014), ILLVI, for relevance
    (at their 0.6); Jagarlamudi, Daumé and Udupa (2012), EACL, and Eshima, Imai and Sasaki (2024),
    American Journal of Political Science 68(2), for topics guided by seed words.

    Examples
    --------
    Topics of single statements; those of one episode are drawn anew together::

        units = extract_statement_units(statements, groups=study.groups)
        counts = count_terms(build_index(units.set_index("unit_id")["text"]))
        model = fit_topics(counts, units, k=6, seed=study.seed)
        draws = draw_topics(model, units, seed=study.seed)
        compare_topics(draws, units, groups=list(study.groups))

    With ``extract_units`` in place of ``extract_statement_units``, of all that a side says in a
    document.
    """
    return _fit(counts, units, (k, seed), **options)


def _fit(
    counts: pd.DataFrame,
    units: pd.DataFrame,
    size: tuple[int, int],
    *,
    method: str = "kl_nmf",
    seeds: Mapping[str, Sequence[str]] | None = None,
    voice: str | None = None,
    n_refits: int = REFITS,
) -> TopicModel:
    k, seed = size
    if n_refits < 1:
        raise ValueError(f"n_refits is {n_refits}; what comes back takes one or more")
    matrix = term_matrix(counts, units)
    whose = check_voice(units, voice)
    filled = matrix.filled
    check_k(k, int(filled.sum()), len(matrix.terms))
    pulls = None if seeds is None else seed_pulls(seeds, matrix, k, method)
    recipe = Recipe(method=method, pulls=pulls)
    found = factorise(matrix.counts[filled], k, seed=seed, recipe=recipe)
    parts = _parts(found, matrix, recipe, tuple(seeds or ()))
    again = topic_stability(
        matrix.counts[filled], parts.weights, seed=seed, recipe=recipe, n_refits=n_refits
    )
    return TopicModel(
        topic_terms=_topic_terms(parts),
        topic_shares=_topic_shares(parts),
        stability=build_table(_numbered(again.assign(topic=parts.names), parts), TOPIC_STABILITY),
        voice=whose,
        k=k,
        seed=seed,
        n_terms=len(matrix.terms),
        converged=found.converged,
        method=method,
        parts=parts,
    )


def check_k(k: int, n_units: int, n_terms: int | None = None) -> int:
    """Return `k` if so many topics can be told apart in so many units and terms, else raise."""
    what, most = f"{n_units} units with words", n_units
    if n_terms is not None and n_terms < n_units:
        what, most = f"{n_terms} terms in {n_units} units", n_terms
    if most < 2:
        raise ValueError(f"there are {what}; topics can be told apart in two or more")
    if k != int(k) or not 2 <= k <= most:
        raise ValueError(f"k is {k}; there are {what}, so it is a whole number from 2 to {most}")
    return k


def _parts(found: Factors, matrix: TermMatrix, recipe: Recipe, seeds: Sequence[str]) -> TopicParts:
    """Put topics in the order of their prevalence and name them."""
    shares = np.full((len(matrix.unit_ids), len(found.weights)), np.nan)
    shares[matrix.filled] = found.shares
    order = np.argsort(-found.shares.mean(axis=0), kind="stable")
    weights = found.weights[order]
    best = rank_relevant(weights)[:, :LABEL_TERMS]
    labels = [", ".join(matrix.terms[place] for place in row) for row in best]
    names = [
        seeds[place] if place < len(seeds) else f"T{number} {label}"
        for number, (place, label) in enumerate(zip(order, labels, strict=True), start=1)
    ]
    return TopicParts(
        matrix=matrix,
        weights=weights,
        shares=shares[:, order],
        names=tuple(names),
        recipe=recipe,
        perplexity=found.perplexity,
    )


def _topic_terms(parts: TopicParts) -> pd.DataFrame:
    within = parts.weights / parts.weights.sum(axis=1, keepdims=True)
    ranked = rank_relevant(parts.weights)[:, :TOP_TERMS]
    rows = [
        {"topic": name, "rank": rank, "term": parts.matrix.terms[place], "weight": row[place]}
        for name, row, places in zip(parts.names, within, ranked, strict=True)
        for rank, place in enumerate(places, start=1)
    ]
    return build_table(_numbered(rows, parts), TOPIC_TERMS)


def _topic_shares(parts: TopicParts) -> pd.DataFrame:
    rows = {
        "unit_id": np.repeat(np.array(parts.matrix.unit_ids, dtype=object), len(parts.names)),
        "topic": list(parts.names) * len(parts.matrix.unit_ids),
        "share": parts.shares.ravel(),
    }
    return build_table(_numbered(rows, parts), TOPIC_SHARES)


def _numbered(rows: Any, parts: TopicParts) -> pd.DataFrame:
    """Put topics in the order of their numbers, not of their letters."""
    frame = pd.DataFrame(rows)
    return frame.assign(topic=pd.Categorical(frame["topic"], categories=list(parts.names)))
