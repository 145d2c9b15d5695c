"""What counts in a comparison."""

from datetime import date

import pytest

from analysis.comparison.counted import (
    actor_sides,
    check_periods,
    counted_statements,
    given_kinds,
    given_values,
    side_statements,
)
from analysis.errors import StudyError, TableError
from tests.coded import codes, statements


def test_background_and_doubles_do_not_count():
    made = statements(
        layer=["news", "background", "news", None], duplicate_of=[None, None, "s0", None]
    )
    assert counted_statements(made)["statement_id"].tolist() == ["s0", "s3"]


def test_the_unit_is_the_episode_or_else_the_document_or_else_the_statement():
    made = statements(episode_id=["e", None, None], doc_id=["d", "d", None])
    assert counted_statements(made)["unit"].tolist() == ["e", "d", "s2"]


def test_a_statement_of_no_one_actor_of_a_group_is_left_out():
    made = statements(actor=["North", "Old North", "North; South", None, "East"])
    found = side_statements(made, {"N": ["North", "Old North"], "S": ["South"]})
    assert found.set_index("statement_id")["group"].to_dict() == {"s0": "N", "s1": "N"}


def test_invented_statements_bear_no_estimate():
    with pytest.raises(TableError, match="are synthetic, first 's0'"):
        counted_statements(statements(voice=["synthetic", "paraphrase"]))


@pytest.mark.parametrize(
    ("groups", "message"),
    [
        ({"N": ["North"], "S": ["South", "North"]}, "actor 'North' stands in groups 'N' and 'S'"),
        ({"N": "North"}, "actors of group 'N' are 'North'; give a list of names"),
    ],
)
def test_an_actor_stands_on_one_side(groups, message):
    with pytest.raises(StudyError, match=message):
        actor_sides(groups)


def test_an_actor_named_twice_in_one_group_is_on_its_side():
    assert actor_sides({"N": ["North", "North"]}) == {"North": "N"}


def test_values_of_one_coder_without_the_missing_ones():
    made = codes(ada=["favor", None, "against"], bob=["present", "absent", "present"])
    found = given_values(made, "ada")
    assert found["value"].tolist() == ["favor", "against"]
    assert given_kinds(made, "bob") == [("present", "absent")]


@pytest.mark.parametrize("read", [given_values, given_kinds])
def test_a_value_that_is_none_names_the_nearest_one(read):
    made = codes(ada=["favor", "favour"])
    with pytest.raises(TableError, match=r"s1: toll by 'ada' is 'favour'; .* mean 'favor'\?"):
        read(made, "ada")


def test_a_coder_without_values_or_codes():
    made = codes(ada=["favor"], bob=["favor"])
    empty = made.assign(value=made["value"].where(made["coder"] != "bob"))
    with pytest.raises(TableError, match="coder 'bob' gave no value"):
        given_kinds(empty, "bob")
    with pytest.raises(ValueError, match=r"no coder 'adda'; there are .* did you mean 'ada'"):
        given_values(made, "adda")


@pytest.mark.parametrize(
    ("periods", "message"),
    [
        ({"all": (date(2000, 1, 1), date(2001, 1, 1))}, "a period is named 'all'"),
        (
            {"then": (date(2001, 1, 1), date(2000, 1, 1))},
            "'then' begins on 2001-01-01 and ends on 2000-01-01; turn it round",
        ),
    ],
)
def test_periods_that_are_none(periods, message):
    with pytest.raises(ValueError, match=message):
        check_periods(periods)


def test_a_period_of_one_day_is_one():
    one = {"then": (date(2000, 1, 1), date(2000, 1, 1))}
    assert check_periods(one) is one
