"""Latent Dirichlet allocation by Gibbs sampling, where the tomotopy library is installed."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.errors import AnalysisError

# Sweeps before the first sample is kept, samples kept, and sweeps from one to the next.
BURN_IN, SAMPLES, APART = 300, 10, 10

Floats = NDArray[np.float64]


def sample_lda(matrix: Any, k: int, seed: int) -> tuple[Floats, Floats, bool]:
    """Fit by collapsed Gibbs sampling; priors of one over `k`, as those of variational LDA.

    Parameters
    ----------
    matrix
        Units by terms, whole counts; each unit holds a term.
    k
        How many topics.
    seed
        Of the sampler. One worker does all, so that the same seed gives the same topics with the
        same build of the library; on another kind of processor they may differ.

    Returns
    -------
    Shares, units by topics; weights, topics by terms, in expected tokens; and whether the chain
    came to rest. Both are means over ten samples, ten sweeps apart, after 300.

    Raises
    ------
    AnalysisError
        If tomotopy is not installed.

    References
    ----------
    Griffiths and Steyvers (2004), PNAS 101; https://bab2min.github.io/tomotopy.
    """
    model = _library().LDAModel(k=k, alpha=1 / k, eta=1 / k, seed=seed)
    # Priors stay as they are: learnt from few texts they drift.
    model.optim_interval = 0
    for words in _words(matrix):
        model.add_doc(words)
    _sweep(model, BURN_IN)
    shares, weights = np.zeros((matrix.shape[0], k)), np.zeros((k, matrix.shape[1]))
    likely = []
    for _ in range(SAMPLES):
        _sweep(model, APART)
        shares += [document.get_topic_dist() for document in model.docs]
        weights[:, [int(word) for word in model.used_vocabs]] += _tokens(model)
        likely.append(model.ll_per_word)
    return shares / SAMPLES, np.maximum(weights / SAMPLES, 1 / k), _at_rest(likely)


def _library() -> Any:
    try:
        import tomotopy
    except ImportError as error:
        raise AnalysisError(
            "method 'tomotopy': the library of that name is not installed; "
            "pip install 'concordat[tomotopy]', or take method 'lda', which needs no more"
        ) from error
    return tomotopy


def _words(matrix: Any) -> list[list[str]]:
    """Return each unit's tokens, a term called by the number of its column."""
    rows = matrix.tocsr()
    columns, times = rows.indices.astype("str"), rows.data.astype(np.int64)
    ends = rows.indptr[1:-1]
    parts = zip(np.split(columns, ends), np.split(times, ends), strict=True)
    return [np.repeat(names, n).tolist() for names, n in parts]


def _sweep(model: Any, sweeps: int) -> None:
    model.train(sweeps, workers=1)


def _at_rest(likely: list[float]) -> bool:
    """Tell whether words grow no likelier from one half of the samples to the other."""
    first, second = np.reshape(likely, (2, -1))
    spread = (first.std(ddof=1) + second.std(ddof=1)) / 2
    return bool(second.mean() - first.mean() <= 2 * spread)


def _tokens(model: Any) -> Floats:
    """Return tokens by topics and terms as a sample has them, the prior with them."""
    sizes = np.asarray(model.get_count_by_topics(), dtype=float)
    within = np.array([model.get_topic_word_dist(topic) for topic in range(model.k)])
    found: Floats = within * (sizes[:, None] + model.eta * within.shape[1])
    return found
