"""Topics: which words go together across units, how stable that is, and who speaks of what."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import TableError
from analysis.language.tokens import load_stopwords
from analysis.resampling import draw_units, share_interval
from analysis.tables import (
    COUNTS,
    PREVALENCE,
    TOPIC_SHARES,
    TOPIC_STABILITY,
    TOPIC_TERMS,
    UNITS,
    build_table,
    check_table,
)
from analysis.voices import check_not_synthetic, check_voice

# A term in fewer units cannot go together with others; one in more of them parts nothing.
FEWEST_UNITS = 0.03
MOST_UNITS = 0.95
RELEVANCE = 0.6
TOP_TERMS = 20
MATCHED_TERMS = 10
LABEL_TERMS = 3
REFITS = 5
# Starts tried, and how far the best goes on: (how many, tolerance) of the fit and of refits.
FIT, REFIT = (3, 1e-4), (2, 1e-3)
TRIAL_ITERATIONS, ITERATIONS = 30, 1000
WORD = r"[^\W\d_]{3,}[\w'’-]*"
NOTE = "interval over documents; that of the topics themselves is not yet in it"

Floats = NDArray[np.float64]


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
        ten top terms and of the cosine of weights. 1 is the same topic again.
    voice
        Whose words were modelled; "any" if the rule was set aside.
    k, seed, n_terms, converged
        Number of topics, seed, number of terms kept, and whether the fit came to rest.
    """

    topic_terms: pd.DataFrame
    topic_shares: pd.DataFrame
    stability: pd.DataFrame
    voice: str
    k: int
    seed: int
    n_terms: int
    converged: bool


def fit_topics(
    counts: pd.DataFrame, units: pd.DataFrame, *, k: int, seed: int, voice: str | None = None
) -> TopicModel:
    """Fit `k` topics to the term counts of units.

    Parameters
    ----------
    counts, units
        The tables of those names. Stop words are left out by the lists of the languages in a
        `language` column of `units`, or the English one where there is none; so are terms
        of under three letters, in under 3 % of units (at least two) or in over 95 %.
    k
        How many topics; at least two, at most one per unit.
    seed
        The study's seed; the same seed gives the same model.
    voice
        "any" to model words that are not the speakers' own, or of several voices.

    Returns
    -------
    The model. A topic's name is a number by falling prevalence and its three most relevant
    terms: "T1 harvest, grain, barley".

    Raises
    ------
    TableError
        If a table is not as declared, the voices are not of one kind, `counts` is empty or no
        term is left. ValueError if `k` does not fit the number of units.

    Notes
    -----
    Non-negative matrix factorisation of the counts themselves under the Kullback-Leibler
    loss, which is the likelihood of probabilistic latent semantic analysis; the best of a start
    from singular vectors and two drawn ones. On 146 long speeches and 8 topics, refits from
    singular vectors kept .41 of the top terms and a cosine of .87; the Frobenius loss on
    tf-idf was three times as fast, but kept .18 and .71.

    References
    ----------
    Lee and Seung (2001), NIPS 13; Ding, Li and Peng (2008), CSDA 52(8), for KL-NMF as PLSA;
    Boutsidis and Gallopoulos (2008) for the start; Greene et al. (2014), ECML, for stability;
    Sievert and Shirley (2014), ILLVI, for relevance (at their 0.6).
    """
    check_table(units, UNITS)
    check_table(counts, COUNTS)
    whose = check_voice(units, voice)
    matrix, terms = _matrix(counts, units)
    filled = np.asarray(matrix.sum(axis=1)).ravel() > 0
    _check_k(k, int(filled.sum()))
    loads, weights, converged = _factorise(matrix[filled], k, seed)
    shares = np.full((len(units), k), np.nan)
    shares[filled] = _shares(loads, weights)
    order = np.argsort(-np.nanmean(shares, axis=0), kind="stable")
    weights, shares = weights[order], shares[:, order]
    names = _names(weights, terms)
    return TopicModel(
        topic_terms=_topic_terms(weights, terms, names),
        topic_shares=_topic_shares(shares, units, names),
        stability=_stability(matrix[filled], weights, names, seed),
        voice=whose,
        k=k,
        seed=seed,
        n_terms=len(terms),
        converged=converged,
    )


def measure_prevalence(topic_shares: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """Measure each group's mean share of each topic.

    Parameters
    ----------
    topic_shares, units
        The tables of those names. Units without a group or a share are left out.

    Returns
    -------
    The `prevalence` table, a row per topic and group: the mean `share` of its units, each
    counting the same, with a 95 % interval over documents (`n_units` of them): passages of one
    document are resampled together. `note` says what the interval does not hold yet.

    Raises
    ------
    TableError
        If a table is not as declared, or a unit is synthetic.

    Notes
    -----
    Korn and Graubard's interval with the variance between documents; the bound on the
    effective number of trials does not apply, since a share is measured, not counted. With 10
    to 50 documents it covers 92 to 97 % (``tests/benchmarks/coverage.py``).
    """
    check_table(topic_shares, TOPIC_SHARES)
    check_table(units, UNITS)
    check_not_synthetic(units)
    known = units[["unit_id", "doc_id", "group"]].dropna(subset=["group"])
    known = known.assign(unit_id=known["unit_id"].astype("str"))
    shares = topic_shares.assign(unit_id=topic_shares["unit_id"].astype("str"))
    merged = shares.dropna(subset=["share"]).merge(known, on="unit_id")
    rows = [
        {"topic": topic, "group": group, **_mean_share(cell)}
        for (topic, group), cell in merged.groupby(["topic", "group"], observed=True, sort=True)
    ]
    frame = pd.DataFrame(rows, columns=list(PREVALENCE.columns))
    frame["topic"] = pd.Categorical(frame["topic"], categories=topic_shares["topic"].cat.categories)
    return build_table(frame, PREVALENCE)


def _mean_share(cell: pd.DataFrame) -> dict[str, Any]:
    by_document = cell["share"].clip(0, 1).groupby(cell["doc_id"].fillna(cell["unit_id"]))
    # A thousand trials per unit: so many that their number never bounds the effective one.
    trials = by_document.size().to_numpy() * 1000.0
    found = share_interval(np.minimum(by_document.sum().to_numpy() * 1000, trials), trials)
    note = f"{found.note}; {NOTE}" if found.note else NOTE
    return {
        "n_units": found.n_units,
        "share": found.estimate,
        "low": found.low,
        "high": found.high,
        "note": note,
    }


def _matrix(counts: pd.DataFrame, units: pd.DataFrame) -> tuple[Any, list[str]]:
    """Build the sparse matrix of units by the terms that are kept, and those terms."""
    from scipy.sparse import csr_array

    if len(counts) == 0:
        raise TableError("counts: the table is empty; there is nothing to model")
    names = units["unit_id"].astype("str").tolist()
    rows = pd.Index(names).get_indexer(pd.Index(counts["unit_id"].astype("str")))
    if (rows < 0).any():
        stray = str(counts["unit_id"].iloc[int(np.argmax(rows < 0))])
        raise TableError(f"counts: unit {stray!r} is not in units")
    kept = _kept_terms(counts, units)
    columns = pd.Index(kept).get_indexer(pd.Index(counts["term"].astype("str")))
    used = columns >= 0
    entries = counts["n"].to_numpy(dtype=float)[used]
    shape = (len(names), len(kept))
    return csr_array((entries, (rows[used], columns[used])), shape=shape), kept


def _kept_terms(counts: pd.DataFrame, units: pd.DataFrame) -> list[str]:
    languages = units["language"].dropna().unique() if "language" in units else ["en"]
    stopped = frozenset().union(*(load_stopwords(str(language)) for language in languages))
    n_units = counts["unit_id"].nunique()
    spread = counts[counts["n"] > 0].groupby("term", observed=True).size()
    fewest = max(2, int(np.ceil(FEWEST_UNITS * n_units)))
    common = spread[(spread >= fewest) & (spread <= MOST_UNITS * n_units)]
    terms = common.index.astype("str")
    kept = sorted(terms[terms.str.fullmatch(WORD) & ~terms.str.lower().isin(stopped)])
    if not kept:
        raise TableError(
            f"counts: of {len(spread)} terms none is a word in {fewest} units or more and in at "
            f"most {MOST_UNITS:.0%} of {n_units}; topics need words that units share and differ in"
        )
    return kept


def _check_k(k: int, n_units: int) -> None:
    if not 2 <= k <= n_units:
        raise ValueError(
            f"k is {k}; there are {n_units} units with words, so it is from 2 to {n_units}"
        )


def _factorise(
    matrix: Any, k: int, seed: int, effort: tuple[int, float] = FIT
) -> tuple[Floats, Floats, bool]:
    """Give loads of units, weights of terms, and whether the fit came to rest."""
    starts, tolerance = effort
    # Singular vectors alone were seen to end in a poor local optimum; so were single draws.
    inits = ["nndsvda" if k <= min(matrix.shape) else "random", *["random"] * (starts - 1)]
    trials = [
        _descended(matrix, k, init=init, random_state=seed + place, max_iter=TRIAL_ITERATIONS)
        for place, init in enumerate(inits)
    ]
    model, loads = min(trials, key=lambda trial: float(trial[0].reconstruction_err_))
    start = {"W": loads, "H": model.components_}
    how = {"init": "custom", "tol": tolerance, "max_iter": ITERATIONS}
    model, loads = _descended(matrix, k, start, **how)
    return loads, model.components_, bool(model.n_iter_ < ITERATIONS)


def _descended(
    matrix: Any, k: int, start: dict[str, Floats] | None = None, **how: Any
) -> tuple[Any, Floats]:
    """Run the multiplicative updates; the model and the loads of units."""
    from sklearn.decomposition import NMF
    from sklearn.exceptions import ConvergenceWarning

    model = NMF(n_components=k, solver="mu", beta_loss="kullback-leibler", **how)
    with warnings.catch_warnings():
        # The result says so itself, in `converged`.
        warnings.simplefilter("ignore", ConvergenceWarning)
        return model, model.fit_transform(matrix, **(start or {}))


def _shares(loads: Floats, weights: Floats) -> Floats:
    """How a unit's modelled tokens part among the topics."""
    tokens = loads * weights.sum(axis=1)
    shares: Floats = tokens / tokens.sum(axis=1, keepdims=True)
    return shares


def _ranked(weights: Floats) -> NDArray[np.intp]:
    """Order each topic's terms by relevance: heavy in the topic, and more so than elsewhere."""
    within = weights / weights.sum(axis=1, keepdims=True)
    whole = weights.sum(axis=0) / weights.sum()
    logs = np.log(np.maximum(within, 1e-300))
    lift = logs - np.log(np.maximum(whole, 1e-300))
    return np.argsort(-(RELEVANCE * logs + (1 - RELEVANCE) * lift), axis=1, kind="stable")


def _names(weights: Floats, terms: list[str]) -> list[str]:
    """Name each topic by its number and the terms most relevant to it."""
    best = _ranked(weights)[:, :LABEL_TERMS]
    labels = [", ".join(terms[place] for place in row) for row in best]
    return [f"T{number} {label}" for number, label in enumerate(labels, start=1)]


def _topic_terms(weights: Floats, terms: list[str], names: list[str]) -> pd.DataFrame:
    within = weights / weights.sum(axis=1, keepdims=True)
    rows = [
        {"topic": name, "rank": rank, "term": terms[place], "weight": float(row[place])}
        for name, row, ranked in zip(names, within, _ranked(weights), strict=True)
        for rank, place in enumerate(ranked[:TOP_TERMS], start=1)
    ]
    return build_table(_numbered(rows, names), TOPIC_TERMS)


def _topic_shares(shares: Floats, units: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    rows = {
        "unit_id": np.repeat(units["unit_id"].astype("str").to_numpy(), len(names)),
        "topic": names * len(units),
        "share": shares.ravel(),
    }
    return build_table(_numbered(rows, names), TOPIC_SHARES)


def _stability(matrix: Any, weights: Floats, names: list[str], seed: int) -> pd.DataFrame:
    """Refit on units drawn anew and see what of each topic comes back."""
    found = []
    for drawn in draw_units(matrix.shape[0], seed=seed, draws=REFITS):
        # A unit drawn twice weighs twice: the same loss as two rows, in less time.
        times = np.bincount(drawn, minlength=matrix.shape[0])
        redrawn = matrix[times > 0].multiply(times[times > 0, None]).tocsr()
        again = _factorise(redrawn, len(weights), seed, REFIT)[1]
        found.append(_matched(weights, again))
    jaccard, cosine = np.mean(found, axis=0)
    rows = {"topic": names, "n_refits": REFITS, "jaccard": jaccard, "cosine": cosine}
    return build_table(_numbered(rows, names), TOPIC_STABILITY)


def _matched(first: Floats, second: Floats) -> tuple[Floats, Floats]:
    """Overlap of top terms and cosine of each topic with its match, one to one, in the other."""
    from scipy.optimize import linear_sum_assignment

    norms = [np.linalg.norm(part, axis=1, keepdims=True) for part in (first, second)]
    cosines = (first / np.maximum(norms[0], 1e-300)) @ (second / np.maximum(norms[1], 1e-300)).T
    _, match = linear_sum_assignment(-cosines)
    tops = [_ranked(part)[:, :MATCHED_TERMS] for part in (first, second)]
    overlaps = [
        len(np.intersect1d(top, tops[1][other])) / len(np.union1d(top, tops[1][other]))
        for top, other in zip(tops[0], match, strict=True)
    ]
    return np.array(overlaps), cosines[np.arange(len(match)), match]


def _numbered(rows: Any, names: list[str]) -> pd.DataFrame:
    """Put topics in the order of their numbers, not of their letters."""
    frame = pd.DataFrame(rows)
    return frame.assign(topic=pd.Categorical(frame["topic"], categories=names))
