"""Tables that are declared apart come through the door of all tables."""

import pytest

from analysis import model_tables, tables, word_tables
from analysis.schema import Table


@pytest.mark.parametrize("module", [word_tables, model_tables])
def test_every_table_is_among_all_tables(module):
    own = {name: value for name, value in vars(module).items() if isinstance(value, Table)}
    assert own
    assert all(tables.TABLES[table.name] is table for table in own.values())
    assert set(own) <= set(tables.__all__)


def test_every_table_is_named_at_the_door():
    named = {name for name, value in vars(tables).items() if isinstance(value, Table)}
    assert named <= set(tables.__all__)
