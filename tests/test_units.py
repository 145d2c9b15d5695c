import pandas as pd
import pytest

from analysis.errors import TableError
from analysis.features.units import extract_statement_units, extract_units
from analysis.tables import STATEMENTS, build_table

GROUPS = {"North": ["North", "Northern Union"], "South": ["South"]}


def statement(number, actor, content, **cells):
    whole = {
        "statement_id": f"d{number}",
        "doc_id": "d",
        "actor": actor,
        "content": content,
        "said_on": f"2020-01-0{number}",
        "voice": "original",
        "layer": "news",
        "start": 0,
        "end": 1,
        "negated": False,
    }
    return {**whole, **cells}


def units_of(*rows):
    return extract_units(build_table(list(rows), STATEMENTS), groups=GROUPS)


def test_what_a_group_says_in_a_document_is_one_unit():
    units = units_of(
        statement(1, "North", "We want trade."),
        statement(2, "South", "We want peace."),
        statement(3, "Northern Union", "And a bridge."),
    )
    assert units["unit_id"].tolist() == ["d:North", "d:South"]
    assert units["text"].tolist() == ["We want trade.\nAnd a bridge.", "We want peace."]
    assert units["n_tokens"].tolist() == [6, 3]
    assert units["date"].tolist() == [pd.Timestamp("2020-01-01"), pd.Timestamp("2020-01-02")]


@pytest.mark.parametrize(
    "cells",
    [
        {"actor": "North; South"},  # joint: of no one side
        {"actor": "East"},  # of no group
        {"actor": None},
        {"content": None},
        {"layer": "background"},
        {"duplicate_of": "d1"},
    ],
)
def test_what_is_no_groups_own_news_is_in_no_unit(cells):
    units = units_of(statement(1, "North", "Trade."), {**statement(2, "North", "More."), **cells})
    assert units["text"].tolist() == ["Trade."]


def test_no_statements_give_no_units():
    assert units_of().empty
    assert extract_statement_units(build_table([], STATEMENTS), groups=GROUPS).empty


def test_each_statement_can_be_a_unit_drawn_with_its_episode():
    rows = [
        statement(1, "North", "We want trade.", episode_id="e1"),
        statement(2, "East", "Not ours.", episode_id="e1"),
        statement(3, "South", "Peace.", duplicate_of=None),
    ]
    table = build_table(rows, STATEMENTS)
    units = extract_statement_units(table, groups=GROUPS)
    assert units["unit_id"].tolist() == ["d1", "d3"]
    assert units["doc_id"].tolist() == ["e1", "d"]
    assert units["n_tokens"].tolist() == [3, 1]
    assert units["group"].cat.categories.tolist() == ["North", "South"]
    whole = extract_units(table, groups=GROUPS)
    assert units["n_tokens"].sum() == whole["n_tokens"].sum()


def test_the_order_of_the_rows_within_a_unit_is_that_of_the_statements():
    rows = [statement(1, "North", "One."), statement(2, "North", "Two.")]
    assert units_of(*rows)["text"].tolist() == ["One.\nTwo."]
    assert units_of(*rows[::-1])["text"].tolist() == ["Two.\nOne."]


def test_another_table_is_refused():
    with pytest.raises(TableError, match="statements: no column"):
        extract_units(pd.DataFrame({"text": ["x"]}), groups=GROUPS)
