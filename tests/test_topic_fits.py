"""Counts parted into topics, and units seen through given topics."""

import numpy as np
import pytest
from scipy.sparse import csr_array

from analysis.models.topic_fits import (
    Recipe,
    factorise,
    perplexity,
    project_units,
    term_matrix,
)
from tests.topical import FIELDS, world

TOPICS = np.array([[0.5, 0.5, 0.0, 0.0], [0.0, 0.0, 0.5, 0.5]])


def test_a_matrix_has_a_row_for_each_unit_and_a_column_for_each_kept_term():
    counts, units = world()
    matrix = term_matrix(counts, units)
    assert matrix.terms == tuple(sorted(term for field in FIELDS.values() for term in field))
    assert matrix.unit_ids == tuple(units["unit_id"].astype("str"))
    assert matrix.counts.sum(axis=1).tolist() == [60.0] * 30
    assert matrix.filled.all()


@pytest.mark.parametrize("method", ["kl_nmf", "lda"])
def test_weights_are_tokens_and_shares_part_each_unit(method):
    matrix = term_matrix(*world()).counts
    found = factorise(matrix, 3, seed=1, recipe=Recipe(method=method))
    assert found.weights.sum() == pytest.approx(matrix.sum())
    assert found.shares.sum(axis=1) == pytest.approx(np.ones(30))
    # Eight terms of three fields: no better guess than one of eight, no worse than one of 24.
    assert 8 < found.perplexity < 24


def test_words_of_kl_nmf_are_in_sum_as_frequent_as_in_the_units():
    matrix = term_matrix(*world()).counts
    found = factorise(matrix, 3, seed=1, recipe=Recipe())
    assert found.weights.sum(axis=0) == pytest.approx(matrix.sum(axis=0), rel=0.02)


def test_units_of_one_topics_words_are_of_that_topic_and_empty_ones_of_none():
    units = csr_array(np.array([[4.0, 2, 0, 0], [0, 0, 1, 1], [3, 0, 0, 1], [0, 0, 0, 0]]))
    found = project_units(units, TOPICS * 7)
    assert found[:3] == pytest.approx(np.array([[1, 0], [0, 1], [0.75, 0.25]]), abs=1e-4)
    assert np.isnan(found[3]).all()


def test_the_units_of_a_fit_are_seen_as_the_fit_saw_them():
    matrix = term_matrix(*world()).counts
    found = factorise(matrix, 3, seed=1, recipe=Recipe())
    assert project_units(matrix, found.weights) == pytest.approx(found.shares, abs=0.02)


def test_perplexity_of_a_model_that_knows_nothing_is_the_number_of_terms():
    units = csr_array(np.array([[4.0, 2, 1, 1]]))
    uniform = np.full((2, 4), 0.25)
    assert perplexity(units, np.array([[0.5, 0.5]]), uniform) == pytest.approx(4)


def test_an_unknown_method_names_the_known_ones():
    with pytest.raises(
        ValueError, match=r"no method 'nmf'; there are \['kl_nmf', 'lda', 'tomotopy'\]"
    ):
        factorise(term_matrix(*world()).counts, 3, seed=1, recipe=Recipe(method="nmf"))


def test_counts_that_topics_tell_exactly_come_to_rest():
    units = csr_array(np.array([[2.0, 2, 0, 0], [5, 5, 0, 0], [0, 0, 1, 1], [0, 0, 3, 3]]))
    found = factorise(units, 2, seed=1, recipe=Recipe())
    assert found.converged
    assert found.perplexity == pytest.approx(2)
