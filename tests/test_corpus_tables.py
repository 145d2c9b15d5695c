"""Tables of texts and of what is found in them."""

from analysis import corpus_tables
from analysis.schema import Table
from analysis.tables import TABLES


def test_every_table_of_texts_comes_through_the_one_door():
    declared = [table for table in vars(corpus_tables).values() if isinstance(table, Table)]
    assert len(declared) == 9
    assert all(TABLES[table.name] is table for table in declared)


def test_a_sample_is_statements_with_their_chances():
    extra = set(corpus_tables.SAMPLE.columns) - set(corpus_tables.STATEMENTS.columns)
    assert extra == {"inclusion_probability"}
