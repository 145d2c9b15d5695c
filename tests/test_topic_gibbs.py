"""Topics by Gibbs sampling: with the library where it is installed, and what is said without."""

import sys

import numpy as np
import pytest

from analysis.errors import AnalysisError
from analysis.models.topic_fits import Recipe, factorise, term_matrix
from analysis.models.topic_gibbs import sample_lda
from analysis.models.topic_matching import match_topics
from analysis.models.topic_scan import scan_topics
from analysis.models.topics import fit_topics
from tests.topical import FIELDS, world


@pytest.fixture(scope="module")
def tomotopy():
    return pytest.importorskip("tomotopy", reason="the extra 'tomotopy' is not installed")


@pytest.mark.usefixtures("tomotopy")
def test_topics_are_those_of_variational_lda():
    matrix = term_matrix(*world()).counts
    sampled, oracle = (
        factorise(matrix, 3, seed=1, recipe=Recipe(method=name)) for name in ("tomotopy", "lda")
    )
    match = match_topics(oracle.weights, sampled.weights)
    assert match.cosine.min() > 0.95
    assert sampled.perplexity == pytest.approx(oracle.perplexity, rel=0.05)
    assert np.abs(sampled.shares[:, match.places] - oracle.shares).mean() < 0.05


@pytest.mark.usefixtures("tomotopy")
def test_weights_hold_every_token_and_shares_add_up():
    matrix = term_matrix(*world()).counts
    found = factorise(matrix, 3, seed=1, recipe=Recipe(method="tomotopy"))
    assert found.weights.sum() == pytest.approx(matrix.sum())
    assert found.shares.sum(axis=1) == pytest.approx(np.ones(30))
    assert sample_lda(matrix, 3, 1)[1].sum() == pytest.approx(matrix.sum() + 24, rel=0.01)


@pytest.mark.usefixtures("tomotopy")
def test_the_same_seed_gives_the_same_topics_and_another_others():
    one, same, other = (
        fit_topics(*world(), k=3, seed=seed, method="tomotopy", n_refits=1) for seed in (1, 1, 2)
    )
    assert one.topic_terms.equals(same.topic_terms)
    assert one.topic_shares.equals(same.topic_shares)
    assert not one.topic_shares.equals(other.topic_shares)
    top = one.topic_terms[one.topic_terms["rank"] <= 6]
    for _, terms in top.groupby("topic", observed=True)["term"]:
        assert any(set(terms) <= set(field) for field in FIELDS.values())


@pytest.mark.usefixtures("tomotopy")
def test_a_scan_takes_it_too():
    scan = scan_topics(*world(), ks=(2, 3), seed=1, n_refits=1, method="tomotopy")
    assert scan["method"].tolist() == ["tomotopy"] * 2
    assert scan["perplexity"].is_monotonic_decreasing


def test_without_the_library_it_is_told_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "tomotopy", None)
    with pytest.raises(AnalysisError, match=r"pip install 'concordat\[tomotopy\]'.*'lda'"):
        fit_topics(*world(), k=3, seed=1, method="tomotopy")


def test_seeds_guide_kl_nmf_alone():
    with pytest.raises(ValueError, match="'kl_nmf' alone; the method is 'tomotopy'"):
        fit_topics(*world(), k=3, seed=1, method="tomotopy", seeds={"law": ["court"]})
