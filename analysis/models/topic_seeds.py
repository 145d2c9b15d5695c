"""Topics guided by words that the researcher names: from a codebook's frames, or by hand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase

import numpy as np
from numpy.typing import NDArray

from analysis.codebook import Codebook
from analysis.errors import suggest
from analysis.models.topic_fits import TermMatrix

Floats = NDArray[np.float64]


def frame_seeds(codebook: Codebook, terms: Iterable[str]) -> dict[str, list[str]]:
    """Make seeds of a codebook's frames: the words of their patterns, spelled out in a vocabulary.

    Parameters
    ----------
    codebook
        Its frames' patterns. Those of several words give each of them, since a topic knows single
        terms alone: read the seeds before using them. `*` and `?` stand for letters.
    terms
        The vocabulary: ``TopicModel.parts.matrix.terms`` or ``term_matrix(counts, units).terms``.

    Returns
    -------
    Frame -> its terms, in the vocabulary's order. A term that two frames claim is left out: it
    would pull both topics to the same place. A frame without a term has an empty list, which
    `fit_topics` refuses: leave it out, ``{name: terms for name, terms in seeds.items() if terms}``.
    """
    known = sorted(set(terms))
    found = {
        code: [term for term in known if _meant(term, frame.patterns)]
        for code, frame in codebook.frames.items()
    }
    claims = [term for names in found.values() for term in names]
    return {
        code: [term for term in names if claims.count(term) == 1] for code, names in found.items()
    }


def seed_pulls(
    seeds: Mapping[str, Sequence[str]], matrix: TermMatrix, k: int, method: str
) -> Floats:
    """Lay seeds out as pseudo-counts: each term weighs as much as it does in all units together.

    Parameters
    ----------
    seeds
        Topic -> its seed terms.
    matrix
        Counts of units.
    k, method
        Those of the fit.

    Returns
    -------
    A row for each seed, a column for each term.

    Raises
    ------
    ValueError
        If there is no seed, there are more than topics, one is empty, a term is not in the matrix,
        or the method takes no seeds.
    """
    if method != "kl_nmf":
        raise ValueError(f"seeds guide the method 'kl_nmf' alone; the method is {method!r}")
    if not seeds:
        raise ValueError("seeds are empty; name a topic and its terms, or leave seeds out")
    if len(seeds) > k:
        raise ValueError(f"{len(seeds)} seeds {list(seeds)}, but k is {k}: one topic for each")
    column = {term: place for place, term in enumerate(matrix.terms)}
    totals = np.asarray(matrix.counts.sum(axis=0)).ravel()
    pulls = np.zeros((len(seeds), len(totals)))
    for row, (name, terms) in enumerate(seeds.items()):
        _check_seed(name, terms, column)
        places = [column[term] for term in terms]
        pulls[row, places] = totals[places]
    return pulls


def _check_seed(name: str, terms: Sequence[str], known: Mapping[str, int]) -> None:
    if not terms or isinstance(terms, str):
        raise ValueError(
            f"seed {name!r} has terms {terms!r}; give a list of one or more, or leave the seed out"
        )
    unknown = [term for term in terms if term not in known]
    if unknown:
        told = "; ".join(f"{term!r}{suggest(term, known)}" for term in unknown)
        raise ValueError(
            f"seed {name!r}: not among the {len(known)} terms of the model: {told}. They are "
            "in several units, in at most 95 %, and no stop words"
        )


def _meant(term: str, patterns: Iterable[str]) -> bool:
    words = re.split(r"[\s|-]+", " ".join(patterns).replace("...", " "))
    return any(fnmatchcase(term.casefold(), word.casefold()) for word in words)
