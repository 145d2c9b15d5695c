"""Columns as the terms of a regression."""

import numpy as np
import pandas as pd
import pytest

from analysis.comparison.designs import build_design, predictor_columns
from analysis.errors import TableError

ROWS = pd.DataFrame(
    {
        "group": ["North", "South", "North", "East"],
        "year": [1, 2, 3, 4],
        "late": [False, True, True, False],
        "day": pd.to_datetime(["2000-01-01"] * 4),
        "layer": ["news"] * 4,
    }
)


def test_words_value_by_value_and_numbers_as_they_are():
    found = build_design(ROWS, ["group", "year", "late"])
    assert list(found) == ["intercept", "group: North", "group: South", "year", "late"]
    assert found["group: North"].tolist() == [1, 0, 1, 0]
    assert found["year"].tolist() == [1, 2, 3, 4]
    assert found["late"].tolist() == [0, 1, 1, 0]


def test_the_first_of_the_categories_is_the_one_compared_with():
    groups = pd.Categorical(ROWS["group"], categories=["South", "West", "North", "East"])
    assert list(build_design(ROWS.assign(group=groups), ["group"])) == [
        *("intercept", "group: North", "group: East")
    ]


def test_an_interaction_is_a_product():
    found = build_design(ROWS, ["group", "year", "group:year"])
    assert predictor_columns(["group", "year", "group:year"]) == ["group", "year"]
    product = found["group: South"] * found["year"]
    assert np.array_equal(found["group: South x year"], product)


def test_what_is_refused():
    with pytest.raises(ValueError, match=r"no column 'grup'.*did you mean 'group'"):
        build_design(ROWS, ["grup"])
    with pytest.raises(ValueError, match="name a column"):
        build_design(ROWS, [])
    with pytest.raises(TableError, match="holds dates; make a number of it"):
        build_design(ROWS, ["day"])
    with pytest.raises(TableError, match="'layer' has one value alone"):
        build_design(ROWS, ["layer"])
