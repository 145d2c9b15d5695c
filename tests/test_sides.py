"""The two groups of a comparison."""

import pandas as pd
import pytest

from analysis.errors import TableError
from analysis.features.counts import count_terms
from analysis.features.sides import split_sides
from analysis.index import build_index
from analysis.tables import UNITS, build_table


def tables():
    index = build_index(pd.Series({"a": "x y", "b": "x", "c": "", "d": "z"}))
    units = pd.DataFrame({"unit_id": index.unit_ids, "n_tokens": index.n_tokens})
    groups = {"group": ["North", "North", "South", "East"], "doc_id": ["d1", "d1", "d2", "d3"]}
    return count_terms(index), build_table(units.assign(voice="original", **groups), UNITS)


def test_units_of_one_document_are_added_up():
    terms, target, reference = split_sides(*tables(), "North", "East")
    assert list(terms) == ["x", "y", "z"]
    assert target.matrix.toarray().tolist() == [[2, 1, 0]]
    assert (target.sizes.tolist(), reference.sizes.tolist()) == ([3], [1])


def test_a_side_without_tokens_is_refused():
    with pytest.raises(TableError, match="group 'South' has no tokens"):
        split_sides(*tables(), "North", "South")
