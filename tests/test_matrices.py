"""Counts as a matrix."""

import pandas as pd
import pytest
import scaled

from analysis.errors import TableError
from analysis.features.counts import count_terms
from analysis.index import build_index
from analysis.matrices import check_varied, count_matrix
from analysis.tables import UNITS, build_table


def tables():
    index = build_index(pd.Series({"a": "x y x", "b": "", "c": "z"}))
    units = pd.DataFrame({"unit_id": index.unit_ids, "n_tokens": index.n_tokens})
    return count_terms(index), build_table(units, UNITS)


def test_a_row_for_each_unit_and_a_column_for_each_term():
    matrix, terms = count_matrix(*tables())
    assert list(terms) == ["x", "y", "z"]
    assert matrix.toarray().tolist() == [[2, 1, 0], [0, 0, 0], [0, 0, 1]]


def test_the_order_of_units_is_that_of_the_rows():
    counts, units = tables()
    matrix, _ = count_matrix(counts, units[::-1].reset_index(drop=True))
    assert matrix.toarray()[0].tolist() == [0, 0, 1]


def test_counts_of_other_units_are_refused():
    counts, units = tables()
    with pytest.raises(TableError, match="counts: unit 'a' is not in units"):
        count_matrix(counts, units.iloc[1:])


def test_a_count_of_nothing_is_not_there():
    counts, units = tables()
    matrix, _ = count_matrix(counts.assign(n=counts["n"].where(counts["n"] > 1, 0)), units)
    assert matrix.nnz == 1
    assert matrix.toarray().tolist() == [[2, 0, 0], [0, 0, 0], [0, 0, 0]]


def test_counts_below_nothing_are_refused():
    counts, units = tables()
    with pytest.raises(TableError, match=r"counts: row 0 \(a\): n -\d; it is 0 or more"):
        count_matrix(counts.assign(n=-counts["n"]), units)


@pytest.mark.parametrize("texts", [["a b"] * 3, ["a b", "a b a b", "b a"], ["a a", "a", "a a a"]])
def test_units_that_do_not_differ_are_told(texts):
    matrix, _ = count_matrix(*scaled.tables(*texts))
    with pytest.raises(TableError, match="all units use the same words in the same shares"):
        check_varied(matrix)


def test_units_that_differ_are_given_back():
    matrix, _ = count_matrix(*scaled.tables("a b", "a b b", ""))
    assert check_varied(matrix) is matrix
