"""How many topics? What each number gives, for the researcher to read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypedDict, Unpack

import numpy as np
import pandas as pd

from analysis.index import TokenIndex
from analysis.models.topic_fits import term_matrix
from analysis.models.topic_labels import measure_topics
from analysis.models.topics import TopicModel, check_k, fit_topics
from analysis.tables import TOPIC_SCAN, build_table

N_REFITS = 3


class ScanOptions(TypedDict, total=False):
    """What `scan_topics` takes beside tables, numbers of topics and the seed.

    `method`, `seeds`, `voice`: as in `fit_topics`. `n_refits`: how many refits to units drawn
    anew, and how many from other seeds (3). `index`: tokens of the texts to ask for coherence, best
    of texts that the topics were not fitted to; where there is none, the units are asked.
    """

    method: str
    seeds: Mapping[str, Sequence[str]]
    voice: str | None
    n_refits: int
    index: TokenIndex | None


def scan_topics(
    counts: pd.DataFrame,
    units: pd.DataFrame,
    *,
    ks: Iterable[int],
    seed: int,
    **options: Unpack[ScanOptions],
) -> pd.DataFrame:
    """Fit several numbers of topics and measure each: none is chosen.

    Parameters
    ----------
    counts, units
        The tables of those names.
    ks
        The numbers of topics.
    seed
        The study's seed.
    **options
        `method`, `seeds`, `voice`, `n_refits`, `index`: see `ScanOptions`.

    Returns
    -------
    The `topic_scan` table, a row for each number. Means over topics: `exclusivity` (at most 10),
    `npmi` and `c_v` coherence (`company` says whether in `texts` or in `units`), `jaccard` and
    `cosine` of topics to their match in units drawn anew (`lowest_cosine`: of the topic that comes
    back least), `seed_jaccard` and `seed_cosine` in fits from other seeds. `perplexity` is that
    of the counts fitted, and falls with `k` by itself.

    Raises
    ------
    TableError
        As `fit_topics`.
    ValueError
        If there is no number, or one is under two or over the number of units with words or of
        terms; else as `fit_topics`.

    Notes
    -----
    No single figure says how many topics there are. Coherence and exclusivity pull against each
    other (Roberts et al. 2014), stability falls with `k`; among numbers that hold up, the question
    decides.

    References
    ----------
    Roberts et al. (2014), American Journal of Political Science 58(4); Röder, Both and Hinneburg
    (2015), WSDM; Greene, O'Callaghan and Cunningham (2014), ECML; Chang et al. (2009), NIPS 22, on
    why likelihood is no guide.
    """
    numbers = sorted(set(ks))
    if not numbers:
        raise ValueError("ks is empty; give the numbers of topics to try, as (5, 10, 15)")
    matrix = term_matrix(counts, units)
    for k in numbers:
        check_k(k, int(matrix.filled.sum()), len(matrix.terms))
    how: Any = {"n_refits": N_REFITS, **options}
    index = how.pop("index", None)
    rows = [_row(fit_topics(counts, units, k=k, seed=seed, **how), index) for k in numbers]
    return build_table(rows, TOPIC_SCAN)


def _row(model: TopicModel, index: TokenIndex | None) -> dict[str, Any]:
    quality = measure_topics(model, index)
    means = ("exclusivity", "npmi", "c_v", "jaccard", "cosine", "seed_jaccard", "seed_cosine")
    return {
        "method": model.method,
        "k": model.k,
        "n_units": int(np.count_nonzero(model.parts.matrix.filled)),
        "n_terms": model.n_terms,
        "perplexity": model.parts.perplexity,
        **{name: float(quality[name].mean()) for name in means},
        "company": str(quality["company"].iloc[0]),
        "n_refits": int(model.stability["n_refits"].iloc[0]),
        "lowest_cosine": float(quality["cosine"].min()),
        "converged": model.converged,
    }
