"""Tables of models."""

from analysis.model_tables import TOPIC_TERMS
from analysis.schema import Table


def test_a_table_of_models_has_a_key_among_its_columns():
    assert isinstance(TOPIC_TERMS, Table)
    assert set(TOPIC_TERMS.key) <= set(TOPIC_TERMS.columns)
