"""Whether the top words of a topic keep company in texts: coherence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.index import TokenIndex
from analysis.language.tokens import fold_term
from analysis.tables import COUNTS, TOPIC_COHERENCE, TOPIC_TERMS, build_table, check_table

Floats = NDArray[np.float64]

NARROW, WIDE = 10, 110
# What gensim adds to a share of windows before its logarithm.
EPSILON = 1e-12
MEASURES = ("u_mass", "c_uci", "c_npmi", "c_v")


class Company(NamedTuple):
    """In how many windows (or texts) words stand: alone on the diagonal, two together beside it."""

    together: Floats
    total: int


def measure_coherence(
    topic_terms: pd.DataFrame, index: TokenIndex, *, n_terms: int = 10
) -> pd.DataFrame:
    """Measure how far the top words of each topic keep company.

    Parameters
    ----------
    topic_terms
        The `topic_terms` table.
    index
        The tokens of the texts to ask: those of the model, or better others.
    n_terms
        How many top words of each topic.

    Returns
    -------
    The `topic_coherence` table: a row for each topic and measure.

    u_mass
        Mean logarithm of how often a word stands in the texts of a more probable one.
    c_uci, c_npmi
        Mean pointwise mutual information of pairs in windows of ten words; the same normalised,
        from -1 to 1.
    c_v
        Mean cosine between each word's normalised information with all of the topic and that of the
        topic as a whole, in windows of 110 words.

    As gensim 4 computes them: a text shorter than the window is one window, and 1e-12 is added to
    shares. All are NaN for a topic of which fewer than two words stand in any text.

    Raises
    ------
    TableError
        If `topic_terms` is not as declared.
    ValueError
        If `n_terms` is less than two.

    References
    ----------
    Röder, Both and Hinneburg (2015), WSDM, for all of them; Mimno et al. (2011), EMNLP, for u_mass;
    Newman et al. (2010), NAACL, for c_uci; Bouma (2009) for the normalisation.
    """
    topics, words = _tops(topic_terms, n_terms)
    texts = [_places(index, words, unit) for unit in range(len(index.unit_ids))]
    documents = _in_texts(texts, len(words))
    narrow, wide = (_in_windows(texts, len(words), size) for size in (NARROW, WIDE))
    return _measured(topics, words, (documents, narrow, wide))


def measure_unit_coherence(
    topic_terms: pd.DataFrame, counts: pd.DataFrame, *, n_terms: int = 10
) -> pd.DataFrame:
    """Measure how far the top words of each topic stand in the same units, where there is no text.

    Parameters
    ----------
    topic_terms, counts
        The tables of those names.
    n_terms
        How many top words of each topic.

    Returns
    -------
    The `topic_coherence` table as of `measure_coherence`, each unit one window. Words of a topic
    meet more easily in a whole speech than within ten words: figures are higher and part topics
    less, and are not to be set beside those of windows.

    Raises
    ------
    TableError
        If a table is not as declared.
    ValueError
        If `n_terms` is less than two.
    """
    check_table(counts, COUNTS)
    topics, words = _tops(topic_terms, n_terms)
    there = counts[counts["n"] > 0]
    columns = pd.Index(words).get_indexer(pd.Index(there["term"].astype("str").map(fold_term)))
    rows = pd.factorize(there["unit_id"].astype("str"), sort=True)
    held = np.zeros((len(rows[1]), len(words)))
    held[rows[0][columns >= 0], columns[columns >= 0]] = 1
    company = Company(held.T @ held, len(held))
    return _measured(topics, words, (company, company, company))


def _tops(topic_terms: pd.DataFrame, n_terms: int) -> tuple[dict[str, list[str]], list[str]]:
    """Return each topic's top words, folded, and all of them once."""
    if n_terms < 2:
        raise ValueError(f"n_terms is {n_terms}; company takes two words or more")
    rows = check_table(topic_terms, TOPIC_TERMS).sort_values(["topic", "rank"])
    topics = {
        str(topic): [fold_term(str(term)) for term in part["term"].head(n_terms)]
        for topic, part in rows.groupby("topic", observed=True, sort=True)
    }
    return topics, sorted({word for top in topics.values() for word in top})


def _measured(
    topics: dict[str, list[str]], words: list[str], companies: tuple[Company, Company, Company]
) -> pd.DataFrame:
    found = [
        {"topic": topic, "measure": measure, "value": value}
        for topic, top in topics.items()
        for measure, value in _measures(
            np.array([words.index(word) for word in top]), *companies
        ).items()
    ]
    return build_table(pd.DataFrame(found, columns=list(TOPIC_COHERENCE.columns)), TOPIC_COHERENCE)


def _places(
    index: TokenIndex, words: Sequence[str], unit: int
) -> tuple[NDArray[np.intp], NDArray[np.intp], int]:
    """Return which words stand in a text, where, and how long it is."""
    columns = index.terms.get_indexer(pd.Index(words))
    of_term = np.full(len(index.terms) + 1, -1)
    of_term[columns[columns >= 0]] = np.flatnonzero(columns >= 0)
    start, end = index.bounds[unit], index.bounds[unit + 1]
    found = of_term[index.term_codes[start:end]]
    places = np.flatnonzero(found >= 0)
    return found[places], places, int(end - start)


def _in_texts(texts: Sequence[tuple[NDArray[np.intp], NDArray[np.intp], int]], n: int) -> Company:
    held = np.zeros((len(texts), n))
    for row, (words, _, _) in enumerate(texts):
        held[row, words] = 1
    return Company(held.T @ held, len(texts))


def _in_windows(
    texts: Sequence[tuple[NDArray[np.intp], NDArray[np.intp], int]], n: int, size: int
) -> Company:
    """Count windows of all texts, also those that hold none of the words."""
    together, total = np.zeros((n, n)), 0
    for words, places, length in texts:
        windows = max(length - size + 1, 1)
        total += windows
        if not len(words):
            continue
        first = np.clip(places - size + 1, 0, windows - 1)
        beyond = np.minimum(places, windows - 1) + 1
        edges = np.zeros((n, windows + 1))
        np.add.at(edges, (words, first), 1)
        np.add.at(edges, (words, beyond), -1)
        held = (np.cumsum(edges, axis=1)[:, :-1] > 0).astype(np.float64)
        together += held @ held.T
    return Company(together, total)


def _measures(
    top: NDArray[np.intp], documents: Company, narrow: Company, wide: Company
) -> dict[str, float]:
    if (np.diag(documents.together)[top] > 0).sum() < 2:
        return dict.fromkeys(MEASURES, float("nan"))
    apart = ~np.eye(len(top), dtype=bool)
    information, normalised = _information(top, narrow)
    _, context = _information(top, wide)
    whole = context.sum(axis=0)
    lengths = np.sqrt((context**2).sum(axis=1)) * np.sqrt((whole**2).sum())
    cosines = np.divide(context @ whole, lengths, out=np.zeros(len(top)), where=lengths > 0)
    values = (_u_mass(top, documents), information[apart].mean(), normalised[apart].mean())
    return dict(zip(MEASURES, (*map(float, values), float(cosines.mean())), strict=True))


def _u_mass(top: NDArray[np.intp], documents: Company) -> float:
    found = []
    for place, word in enumerate(top):
        for other in top[:place]:
            alone = documents.together[other, other]
            share = documents.together[word, other] / documents.total + EPSILON
            found.append(float(np.log(share / (alone / documents.total))) if alone else 0.0)
    return float(np.mean(found))


def _information(top: NDArray[np.intp], company: Company) -> tuple[Floats, Floats]:
    """Return pointwise mutual information of all pairs of words, and the same normalised.

    A word that stands nowhere has none: 0.
    """
    together = company.together[np.ix_(top, top)] / max(company.total, 1)
    alone = np.diag(together)
    both = together + EPSILON
    with np.errstate(divide="ignore"):
        information = np.log(both) - np.log(np.outer(alone, alone))
    known = np.outer(alone, alone) > 0
    information = np.where(known, information, 0.0)
    normalised: Floats = np.where(known, information / -np.log(both), 0.0)
    return information, normalised
