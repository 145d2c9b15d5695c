"""Texts and words laid out by what each text says more."""

import numpy as np
import pytest
from scaled import POSITIONS, line, tables

from analysis.errors import TableError
from analysis.matrices import count_matrix
from analysis.models.correspondence import fit_correspondence
from analysis.tables import CA_DIMENSIONS, CA_TEXTS, CA_WORDS, check_table


def wide(table, name, column):
    return table.pivot_table(index=name, columns="dimension", values=column, observed=True)


def test_the_first_dimension_is_the_line():
    found = fit_correspondence(*line(length=2000))
    first = wide(check_table(found.texts, CA_TEXTS), "unit_id", "standard")[1]
    assert abs(np.corrcoef(first, POSITIONS)[0, 1]) > 0.99
    assert first[first.abs().idxmax()] > 0


def test_all_dimensions_give_the_counts_back():
    counts, units = line(length=60, n_words=6)
    matrix, _ = count_matrix(counts, units)
    shares = matrix.toarray() / matrix.sum()
    found = fit_correspondence(counts, units, n_dimensions=5)
    check_table(found.words, CA_WORDS)
    left = wide(found.texts, "unit_id", "standard").to_numpy()
    right = wide(found.words, "term", "standard").to_numpy()
    values = check_table(found.dimensions, CA_DIMENSIONS)
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    again = np.outer(rows, columns) * (1 + left * values["singular_value"].to_numpy() @ right.T)
    assert again == pytest.approx(shares)
    assert values["inertia_share"].sum() == pytest.approx(1)


def test_standard_coordinates_have_a_weighted_mean_square_of_one():
    counts, units = line()
    found = fit_correspondence(counts, units, n_dimensions=2)
    matrix, _ = count_matrix(counts, units)
    weights = matrix.sum(axis=1) / matrix.sum()
    left = wide(found.texts, "unit_id", "standard").to_numpy()
    assert weights @ left**2 == pytest.approx([1, 1])


def test_what_is_refused():
    counts, units = line()
    with pytest.raises(ValueError, match="n_dimensions is 9; there are 1 to 8"):
        fit_correspondence(counts, units, n_dimensions=9)
    with pytest.raises(TableError, match="2 have words"):
        fit_correspondence(counts[counts["unit_id"].isin(["t0", "t1"])], units)


def test_dimensions_along_which_texts_do_not_differ_are_refused():
    counts, units = tables("a b", "a b", "a b c")
    assert len(fit_correspondence(counts, units, n_dimensions=1).dimensions) == 1
    with pytest.raises(ValueError, match="n_dimensions is 2; the texts differ along 1"):
        fit_correspondence(counts, units, n_dimensions=2)
    with pytest.raises(TableError, match="in the same shares"):
        fit_correspondence(*tables(*["a b c"] * 4), n_dimensions=1)
