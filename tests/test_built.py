"""What the steps of the pipeline share."""

import pytest

from analysis.built import Built, stack_tables, why_one_group, why_refused
from analysis.errors import TableError
from analysis.tables import CODES
from analysis.voices import check_not_synthetic
from tests.coded import codes, statements
from tests.small_study import small_study


def test_categories_of_a_stack_are_those_of_all_its_parts():
    parts = [codes(hand=["favor"]), codes("bridge", anna=["present"])]
    stacked = stack_tables(parts, CODES)
    assert stacked["code"].tolist() == ["toll", "bridge"]
    assert set(stacked["coder"].cat.categories) == {"hand", "anna"}
    with pytest.raises(TableError, match="stands in two rows"):
        stack_tables([parts[0], parts[0]], CODES)


def test_nothing_is_built_and_nothing_left_out_at_first():
    assert Built() == Built(tables={}, left_out={})
    assert Built().tables is not Built().tables


def test_why_a_step_is_left_out():
    assert why_refused(check_not_synthetic, statements("a")) == ""
    assert "synthetic" in why_refused(check_not_synthetic, statements("a", voice=["synthetic"]))
    assert "has one group, ['North']" in why_one_group(small_study(groups={"North": ("North",)}))
