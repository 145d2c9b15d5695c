"""Counts as a matrix."""

import pandas as pd
import pytest

from analysis.errors import TableError
from analysis.features.counts import count_terms
from analysis.index import build_index
from analysis.matrices import count_matrix
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
