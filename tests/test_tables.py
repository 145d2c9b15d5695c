import pytest

from analysis.tables import TABLES, VALUES, build_table, check_table


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_an_empty_table_has_every_column_of_its_kind(table):
    empty = build_table([], table)
    assert list(empty.columns) == list(table.columns)
    assert check_table(empty, table) is empty


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_every_key_is_a_column(table):
    assert set(table.key) <= set(table.columns)


def test_values_are_declared_for_columns_that_exist():
    columns = {column for table in TABLES.values() for column in table.columns}
    assert set(VALUES) <= columns
