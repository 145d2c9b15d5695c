"""Folds that part nothing that was said together."""

import coded
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import TableError
from analysis.models.learned_folds import deal_folds, near_groups

DAYS = ["2001-01-01", "2001-01-01", "2001-01-02", None, None, "2001-01-02"]


def groups(**columns):
    return near_groups(coded.statements(**columns)).tolist()


def days(*said):
    return pd.to_datetime(pd.Series(said)).tolist()


def test_a_day_an_episode_and_a_duplicate_join_and_joins_go_on():
    found = groups(
        said_on=days(*DAYS),
        episode_id=["e0", "e1", "e1", "e2", "e3", "e4"],
        duplicate_of=[None, None, None, None, "s3", None],
    )
    assert found == [0, 0, 0, 1, 1, 0]


def test_missing_days_join_nothing_and_documents_stand_in_for_episodes():
    found = groups(episode_id=[None, None, None], doc_id=["a", "b", "a"])
    assert found == [0, 1, 0]


def test_a_duplicate_of_a_statement_that_is_not_there_joins_its_likes():
    found = groups(duplicate_of=["x", None, "x"])
    assert found == [0, 1, 0]


def neighbours(table, one, two):
    return (
        table.episode_id[one] == table.episode_id[two]
        or table.said_on[one] == table.said_on[two]
        or table.statement_id[one] == table.duplicate_of[two]
    )


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(st.integers(0, 4), st.integers(1, 5), st.integers(0, 9)), min_size=1, max_size=10
    )
)
def test_groups_are_the_connected_components(rows):
    table = coded.statements(
        episode_id=[f"e{e}" for e, _, _ in rows],
        said_on=[pd.Timestamp(2001, 1, d) if d < 5 else None for _, d, _ in rows],
        duplicate_of=[f"s{c}" if c < n else None for n, (_, _, c) in enumerate(rows)],
    )
    size = len(table)
    reach = np.array(
        [
            [i == j or neighbours(table, i, j) or neighbours(table, j, i) for j in range(size)]
            for i in range(size)
        ]
    )
    for _ in range(size):
        reach = (reach.astype(int) @ reach.astype(int)) > 0
    found = near_groups(table)
    assert ((found[:, None] == found[None, :]) == reach).all()


def test_a_table_that_is_no_statements_table_is_refused():
    with pytest.raises(TableError, match="statements: no column 'said_on'"):
        near_groups(coded.statements("a").drop(columns="said_on"))


def test_rare_values_are_spread_and_no_group_is_parted():
    owners = np.repeat(np.arange(20), 2)
    values = np.array(["yes" if g < 5 else "no" for g in owners], dtype=object)
    folds = deal_folds(owners, {"toll": values}, 5, seed=3)
    assert all(len(set(folds[owners == g])) == 1 for g in range(20))
    assert sorted(folds[values == "yes"].tolist()) == sorted([0, 1, 2, 3, 4] * 2)
    assert np.bincount(folds).tolist() == [8] * 5


def test_folds_follow_the_seed():
    owners = np.arange(30)
    values = {"toll": np.array(["yes"] * 30, dtype=object)}
    first = deal_folds(owners, values, 5, seed=1)
    assert (first == deal_folds(owners, values, 5, seed=1)).all()
    assert (first != deal_folds(owners, values, 5, seed=2)).any()


def test_with_fewer_groups_there_are_fewer_folds():
    none = {"toll": np.array([None, None, None], dtype=object)}
    assert set(deal_folds(np.array([0, 1, 1]), none, 5, seed=0)) == {0, 1}
