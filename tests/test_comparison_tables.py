"""Tables of comparisons."""

from analysis import comparison_tables
from analysis.schema import Table
from analysis.tables import TABLES


def test_every_table_of_comparisons_comes_through_the_one_door():
    declared = [table for table in vars(comparison_tables).values() if isinstance(table, Table)]
    assert len(declared) >= 10
    assert all(TABLES[table.name] is table for table in declared)
    assert all(set(table.key) <= set(table.columns) for table in declared)
