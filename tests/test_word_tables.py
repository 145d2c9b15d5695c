"""Tables of words come through the door of all tables."""

from analysis import tables, word_tables
from analysis.schema import Table


def test_every_table_of_words_is_among_all_tables():
    own = {name: value for name, value in vars(word_tables).items() if isinstance(value, Table)}
    assert own
    assert all(tables.TABLES[table.name] is table for table in own.values())
    assert set(own) <= set(tables.__all__)


def test_every_table_is_named_at_the_door():
    named = {name for name, value in vars(tables).items() if isinstance(value, Table)}
    assert named <= set(tables.__all__)
