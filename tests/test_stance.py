"""Stance from patterns, and from the actor alone."""

import coded
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import StudyError, TableError
from analysis.models.stance import (
    code_by_actor,
    code_stance,
    extract_stance_hits,
    stance_patterns,
)

BOOK = coded.codebook(
    propositions={
        "bridge": {
            "favor": ["want* ... bridge", "build*", "never refus* to build"],
            "against": ["useless", "close* ... bridge"],
            "conditional": ["build* if", "only if"],
            "ambiguous": ["perhaps"],
        },
        "map": {},
    }
)


def stance(text, book=BOOK):
    (value,) = code_stance(coded.statements(text), book)["value"]
    return value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They want the bridge.", "favor"),
        ("They do not want the bridge.", "against"),
        ("They want no bridge.", "against"),
        ("It is useless.", "against"),
        ("It is not useless.", "favor"),
        ("Build if the river stays.", "conditional"),
        ("Never build if the river floods.", "conditional"),
        ("We want the bridge; only if it is cheap.", "conditional"),
        ("It is useless; only if.", "conditional"),
        ("We want the bridge, useless as it is.", "ambiguous"),
        ("Perhaps.", "ambiguous"),
        ("Not perhaps.", "ambiguous"),
        ("Perhaps we build.", "ambiguous"),
        ("They will never refuse to build.", "favor"),
        ("A fine day.", "not_addressed"),
        (None, "not_addressed"),
    ],
)
def test_what_the_words_say(text, expected):
    assert stance(text) == expected


def test_the_longer_phrase_stands_for_the_shorter_inside_it():
    found = extract_stance_hits(coded.statements("We never refuse to build."), BOOK)
    assert found[["value", "form", "negated"]].astype({"value": "str"}).to_numpy().tolist() == [
        ["favor", "never refuse to build", False]
    ]


def test_a_proposition_without_patterns_is_not_coded():
    frame = code_stance(coded.statements("a", "b"), BOOK)
    assert set(frame["code"]) == {"bridge"}
    assert list(stance_patterns(BOOK)) == ["bridge"]
    assert set(frame["coder"]) == {"patterns"}


def test_exchanging_favor_and_against_exchanges_the_values():
    patterns = dict(BOOK.propositions["bridge"].patterns)
    patterns["favor"], patterns["against"] = patterns["against"], patterns["favor"]
    turned = coded.codebook(propositions={"bridge": patterns})
    exchange = {"favor": "against", "against": "favor"}
    for text in ("want a bridge", "no bridge is useless", "build if", "perhaps", "a day"):
        assert stance(text, turned) == exchange.get(stance(text), stance(text))


@given(
    st.lists(
        st.sampled_from(["want", "build", "if", "not", "useless", "bridge", "perhaps", "."]),
        max_size=12,
    )
)
def test_the_evidence_stands_where_it_says(words):
    text = " ".join(words)
    found = extract_stance_hits(coded.statements(text), BOOK)
    assert all(text[s:e] == form for s, e, form in found[["start", "end", "form"]].values)


def test_a_bad_pattern_names_its_key_in_the_codebook():
    book = coded.codebook(propositions={"bridge": {"against": ["no, thanks"]}})
    with pytest.raises(StudyError, match=r"^propositions\.bridge\.patterns\.against: 'no, thanks'"):
        stance("a", book)


def by_actor(values, **columns):
    table = coded.statements(**columns)
    frame = code_by_actor(table, coded.codes(adjudicated=values))
    return frame["value"].tolist()


def test_the_baseline_takes_the_actors_most_frequent_value_elsewhere():
    found = by_actor(
        ["favor", "favor", "against", "against", "against"],
        actor=["North", "North", "North", "South", "South"],
    )
    assert found == ["against", "against", "favor", "against", "against"]


def test_the_baseline_never_learns_from_the_same_episode():
    found = by_actor(
        ["favor", "favor", "favor", "against"],
        actor=["North"] * 4,
        episode_id=["e0", "e0", "e0", "e1"],
    )
    assert found == ["against", "against", "against", "favor"]


def test_an_actor_known_from_one_episode_gets_what_is_most_frequent_elsewhere():
    found = by_actor(["favor", "against", "against"], actor=["North", "South", "South"])
    assert found[0] == "against"


def test_the_baseline_says_how_often_its_value_was_the_actors():
    table = coded.statements(actor=["North"] * 4)
    frame = code_by_actor(table, coded.codes(adjudicated=["favor", "favor", "favor", "against"]))
    assert frame["probability"].tolist() == pytest.approx([2 / 3, 2 / 3, 2 / 3, 1])
    assert set(frame["coder"]) == {"actor_only"}


def test_with_one_episode_there_is_nothing_to_learn():
    assert by_actor(["favor"], actor=["North"]) != ["favor"]


def test_the_contents_do_not_matter_to_the_baseline():
    values = coded.codes(adjudicated=["favor", "against", "favor"])
    one = code_by_actor(coded.statements("a", "b", "c"), values)
    two = code_by_actor(coded.statements("build", "useless", "perhaps"), values)
    assert one["value"].tolist() == two["value"].tolist()


def test_an_unknown_reference_names_the_known_ones():
    with pytest.raises(ValueError, match=r"no coder 'nobody'.*\['adjudicated'\]"):
        code_by_actor(coded.statements("a"), coded.codes(adjudicated=["favor"]), reference="nobody")


def test_a_table_that_is_no_statements_table_is_refused():
    with pytest.raises(TableError, match="statements: no column 'actor'"):
        code_by_actor(
            coded.statements("a").drop(columns="actor"), coded.codes(adjudicated=["favor"])
        )
