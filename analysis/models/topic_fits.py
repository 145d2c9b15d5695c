"""Counts parted into topics, and units seen through given topics."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import TableError, check_choice
from analysis.language.tokens import load_stopwords
from analysis.models.topic_gibbs import sample_lda
from analysis.tables import COUNTS, UNITS, check_table

# A term in fewer units cannot go together with others; one in more of them parts nothing. Short
# statements would be left with few words by a share alone.
FEWEST_UNITS, ENOUGH_UNITS = 0.03, 5
MOST_UNITS = 0.95
# Starts tried, and how far the best goes on: (how many, tolerance) of the fit and of refits.
FIT, REFIT = (3, 1e-4), (2, 1e-3)
TRIAL_ITERATIONS, ITERATIONS = 30, 1000
LDA_ITERATIONS, LDA_CHECKED = 200, 10
PROJECTION_TOLERANCE = 1e-5
# So small an error is none.
EXACT = 1e-4
WORD = r"[^\W\d_]{3,}[\w'’-]*"
METHODS = ("kl_nmf", "lda", "tomotopy")

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class TermMatrix:
    """Counts of units as a sparse matrix of the terms that are kept.

    Attributes
    ----------
    counts
        A CSR matrix: a row for each row of `units`, a column for each term.
    terms, unit_ids
        What columns and rows stand for.
    """

    counts: Any
    terms: tuple[str, ...]
    unit_ids: tuple[str, ...]

    @property
    def filled(self) -> NDArray[np.bool_]:
        """Which units hold a kept term."""
        return np.asarray(np.asarray(self.counts.sum(axis=1)).ravel() > 0)


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """How to factorise: the method, and what pulls the first topics to terms.

    Attributes
    ----------
    method
        "kl_nmf", "lda" or "tomotopy".
    pulls
        For each seeded topic a row of pseudo-counts of terms, or None. The first topics are
        these, in that order.
    """

    method: str = "kl_nmf"
    pulls: Floats | None = None


class Factors(NamedTuple):
    """What a factorisation gives.

    `shares`: how a unit's modelled tokens part among the topics; rows add up to one. `weights`: the
    tokens of each term (column) that each topic (row) accounts for. `converged`: whether the fit
    came to rest. `perplexity`: of the counts, given both.
    """

    shares: Floats
    weights: Floats
    converged: bool
    perplexity: float


def term_matrix(counts: pd.DataFrame, units: pd.DataFrame) -> TermMatrix:
    """Lay counts out as units by terms, without stop words and terms too rare or too common.

    Parameters
    ----------
    counts, units
        The tables of those names.

    Returns
    -------
    The matrix. Left out are stop words of the languages in a `language` column of `units` (English
    where there is none), terms of under three letters, in under 3 % of units (at least two, at
    most five are asked) or in over 95 %.

    Raises
    ------
    TableError
        If `counts` is empty, speaks of a unit that `units` does not know, or no term is left.
    """
    from scipy.sparse import csr_array

    check_table(units, UNITS)
    check_table(counts, COUNTS)
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
    matrix = csr_array((entries, (rows[used], columns[used])), shape=(len(names), len(kept)))
    matrix.sum_duplicates()
    return TermMatrix(counts=matrix, terms=tuple(kept), unit_ids=tuple(names))


def factorise(
    matrix: Any, k: int, *, seed: int, recipe: Recipe, effort: tuple[int, float] = FIT
) -> Factors:
    """Part a matrix of counts into `k` topics.

    Parameters
    ----------
    matrix
        Units by terms; each unit holds a term.
    k
        How many topics.
    seed
        Of the random starts.
    recipe
        The method and the pulls.
    effort
        KL-NMF alone: how many starts are tried, and the tolerance at which the best comes to rest.

    Returns
    -------
    The factors, topics in no order of their own, but seeded ones first.
    """
    check_choice(recipe.method, METHODS, "method")
    if recipe.method == "kl_nmf":
        loads, weights, converged = _kl_nmf(matrix, k, seed, (recipe.pulls, effort))
        shares = _parted(loads * weights.sum(axis=1))
    else:
        fit = _lda if recipe.method == "lda" else sample_lda
        shares, weights, converged = fit(matrix, k, seed)
    within = weights / weights.sum(axis=1, keepdims=True)
    lengths = np.asarray(matrix.sum(axis=1)).ravel()
    tokens = within * (shares.T @ lengths)[:, None]
    return Factors(shares, tokens, converged, perplexity(matrix, shares, within))


def project_units(
    matrix: Any, weights: Floats, *, tolerance: float = PROJECTION_TOLERANCE
) -> Floats:
    """See units through given topics: the shares that make their counts most likely.

    Parameters
    ----------
    matrix
        Units by terms, the terms those of the topics.
    weights
        Topics by terms; only proportions within a topic matter.
    tolerance
        How little may be left to gain when the search stops.

    Returns
    -------
    A row for each unit, adding up to one; NaN where a unit holds no term.
    """
    from sklearn.decomposition import non_negative_factorization
    from sklearn.exceptions import ConvergenceWarning

    filled = np.asarray(matrix.sum(axis=1)).ravel() > 0
    shares = np.full((matrix.shape[0], len(weights)), np.nan)
    within = weights / weights.sum(axis=1, keepdims=True)
    how: dict[str, Any] = {"solver": "mu", "beta_loss": "kullback-leibler", "update_H": False}
    how |= {"tol": tolerance, "max_iter": ITERATIONS, "init": "custom"}
    with warnings.catch_warnings():
        # The likelihood is concave in shares: what is left to gain at the end is negligible.
        warnings.simplefilter("ignore", ConvergenceWarning)
        loads = non_negative_factorization(
            _handy(matrix[filled]), H=within, n_components=len(weights), **how
        )[0]
    shares[filled] = _parted(loads)
    return shares


def perplexity(matrix: Any, shares: Floats, within: Floats) -> float:
    """Measure how unsure a model is of each token: one over its mean probability (geometric).

    Parameters
    ----------
    matrix
        Units by terms.
    shares, within
        Shares of topics in units, and of terms in topics.
    """
    entries = matrix.tocoo()
    logs = np.log(token_chances(entries, shares, within))
    return float(np.exp(-(entries.data * logs).sum() / entries.data.sum()))


def token_chances(entries: Any, shares: Floats, within: Floats) -> Floats:
    """Return the probability of a token at each entry of a COO matrix, units by terms.

    Parameters
    ----------
    entries
        The matrix.
    shares, within
        Shares of topics in units, and of terms in topics.
    """
    chances = np.einsum("ik,ik->i", shares[entries.row], within.T[entries.col])
    found: Floats = np.maximum(chances, 1e-300)
    return found


def _parted(tokens: Floats) -> Floats:
    shares: Floats = tokens / np.maximum(tokens.sum(axis=1, keepdims=True), 1e-300)
    return shares


def _kept_terms(counts: pd.DataFrame, units: pd.DataFrame) -> list[str]:
    languages = units["language"].dropna().unique() if "language" in units else ["en"]
    stopped = frozenset().union(*(load_stopwords(str(language)) for language in languages))
    n_units = counts["unit_id"].nunique()
    spread = counts[counts["n"] > 0].groupby("term", observed=True).size()
    fewest = max(2, min(ENOUGH_UNITS, int(np.ceil(FEWEST_UNITS * n_units))))
    common = spread[(spread >= fewest) & (spread <= MOST_UNITS * n_units)]
    terms = common.index.astype("str")
    kept = sorted(terms[terms.str.fullmatch(WORD) & ~terms.str.lower().isin(stopped)])
    if not kept:
        raise TableError(
            f"counts: of {len(spread)} terms none is a word in {fewest} units or more and in at "
            f"most {MOST_UNITS:.0%} of {n_units}; topics need words that units share and differ in"
        )
    return kept


def _lda(matrix: Any, k: int, seed: int) -> tuple[Floats, Floats, bool]:
    """Fit by batch variational Bayes; priors of one over `k`, as the library's default."""
    from sklearn.decomposition import LatentDirichletAllocation

    model = LatentDirichletAllocation(
        n_components=k,
        learning_method="batch",
        max_iter=LDA_ITERATIONS,
        evaluate_every=LDA_CHECKED,
        random_state=seed,
    )
    shares = model.fit_transform(matrix)
    return shares, model.components_, bool(model.n_iter_ < LDA_ITERATIONS)


def _kl_nmf(
    matrix: Any, k: int, seed: int, how: tuple[Floats | None, tuple[int, float]]
) -> tuple[Floats, Floats, bool]:
    """Try several starts for a while and follow the best to rest."""
    pulls, (n_starts, tolerance) = how
    whole = matrix if pulls is None else _with_pulls(matrix, pulls)
    starts = (
        _starts(matrix, k, seed, n_starts) if pulls is None else _pulled(matrix, k, seed, pulls)
    )
    trials = [_descended(whole, k, {**start, "max_iter": TRIAL_ITERATIONS}) for start in starts]
    model, loads = min(trials, key=lambda trial: float(trial[0].reconstruction_err_))
    last = {"init": "custom", "W": loads, "H": model.components_}
    model, loads = _descended(whole, k, {**last, "tol": tolerance, "max_iter": ITERATIONS})
    at_rest = model.n_iter_ < ITERATIONS or model.reconstruction_err_ < EXACT
    return loads[: matrix.shape[0]], model.components_, bool(at_rest)


def _starts(matrix: Any, k: int, seed: int, n_starts: int) -> list[dict[str, Any]]:
    # Singular vectors alone were seen to end in a poor local optimum; so were single draws.
    inits = ["nndsvda" if k <= min(matrix.shape) else "random", *["random"] * (n_starts - 1)]
    return [{"init": init, "random_state": seed + place} for place, init in enumerate(inits)]


def _with_pulls(matrix: Any, pulls: Floats) -> Any:
    """Put a unit of its seed terms below the others for each seeded topic."""
    from scipy.sparse import csr_array, vstack

    return vstack([matrix, csr_array(pulls)], format="csr")


def _pulled(matrix: Any, k: int, seed: int, pulls: Floats) -> Sequence[dict[str, Any]]:
    """Start seeded topics at the words that keep their seeds company, the others at random.

    Each seed's own unit loads on its topic alone. Multiplicative updates leave a load of zero at
    zero: that unit adds its pseudo-counts to that topic only, to the end.
    """
    rng = np.random.default_rng(seed)
    n_units, n_terms = matrix.shape
    scale = float(np.sqrt(matrix.mean() / k))
    loads = scale * rng.gamma(10.0, 0.1, size=(n_units, k))
    weights = scale * rng.gamma(10.0, 0.1, size=(k, n_terms))
    rates = (matrix @ (pulls > 0).T) / matrix.sum(axis=1)[:, None]
    company = rates.T @ matrix
    loads[:, : len(pulls)] += scale * rates / rates.mean(axis=0)
    weights[: len(pulls)] += scale * company / company.mean(axis=1, keepdims=True)
    own = np.eye(len(pulls), k) * pulls.sum(axis=1, keepdims=True) / weights.sum(axis=1)
    return [{"init": "custom", "W": np.vstack([loads, own]), "H": weights}]


def _descended(matrix: Any, k: int, how: dict[str, Any]) -> tuple[Any, Floats]:
    """Run the multiplicative updates; the model and the loads of units."""
    from sklearn.decomposition import NMF
    from sklearn.exceptions import ConvergenceWarning

    start = {name: how[name] for name in ("W", "H") if name in how}
    options = {name: value for name, value in how.items() if name not in start}
    model = NMF(n_components=k, solver="mu", beta_loss="kullback-leibler", **options)
    # A start that fits to the last count has no error to divide by.
    with warnings.catch_warnings(), np.errstate(invalid="ignore", divide="ignore"):
        # The result says so itself, in `converged`.
        warnings.simplefilter("ignore", ConvergenceWarning)
        return model, model.fit_transform(_handy(matrix), **start)


def _handy(matrix: Any) -> Any:
    """Lay a matrix that is mostly filled out in full: looking up its places would take longer."""
    return matrix.toarray() if 2 * matrix.nnz > np.prod(matrix.shape) else matrix
