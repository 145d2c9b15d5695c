"""Frames in texts: coded, with the words that gave the code, and counted."""

import coded
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import StudyError, TableError
from analysis.features.frames import (
    code_frames,
    count_hits,
    count_patterns,
    extract_frame_hits,
    frame_patterns,
)

BOOK = coded.codebook(
    {
        "roads": (["road*", "good* road*"], ["railroad*", "road to ruin"]),
        "tolls": (["toll*"], []),
        "maps": ([], []),
    }
)


def present(text):
    frame = code_frames(coded.statements(text), BOOK)
    return sorted(frame.loc[frame["value"] == "present", "code"].astype("str"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A road and a toll.", ["roads", "tolls"]),
        ("Good-roads policy", ["roads"]),
        ("There will be no tolls.", ["tolls"]),
        ("The road to ruin.", []),
        ("The road to ruin is a road.", ["roads"]),
        ("Nothing of the kind.", []),
        (None, []),
    ],
)
def test_a_frame_is_present_where_a_pattern_stands(text, expected):
    assert present(text) == expected


def test_every_statement_gets_every_frame_that_has_patterns():
    frame = code_frames(coded.statements("road", "toll"), BOOK)
    assert frame[["statement_id", "code", "value"]].astype("str").to_numpy().tolist() == [
        ["s0", "roads", "present"],
        ["s0", "tolls", "absent"],
        ["s1", "roads", "absent"],
        ["s1", "tolls", "present"],
    ]
    assert set(frame["coder"]) == {"patterns"}
    assert set(frame["codebook_version"]) == {"7"}


def test_the_evidence_names_pattern_and_words():
    found = extract_frame_hits(coded.statements("A good road."), BOOK)
    columns = ["statement_id", "code", "value", "pattern", "start", "end", "form"]
    assert found[columns].astype({"code": "str"}).to_numpy().tolist() == [
        ["s0", "roads", "present", "good* road*", 2, 11, "good road"],
        ["s0", "roads", "present", "road*", 7, 11, "road"],
    ]


@settings(max_examples=25)
@given(st.lists(st.text(alphabet=st.sampled_from("road tolgs.-\n"), max_size=40), max_size=3))
def test_the_evidence_stands_where_it_says(texts):
    table = coded.statements(*texts)
    content = table.set_index("statement_id")["content"]
    found = extract_frame_hits(table, BOOK)
    assert all(
        content[key][start:end] == form
        for key, start, end, form in found[["statement_id", "start", "end", "form"]].to_numpy()
    )


def test_patterns_never_hit_are_counted_too():
    found = extract_frame_hits(coded.statements("road, road", "road"), BOOK)
    used = count_patterns(found, frame_patterns(BOOK))
    assert used.drop(columns="value").astype(
        {"code": "str", "pattern": "str"}
    ).to_numpy().tolist() == [
        ["roads", "road*", 3, 2],
        ["roads", "good* road*", 0, 0],
        ["tolls", "toll*", 0, 0],
    ]


def test_counted_phrases_do_not_overlap():
    texts = pd.Series({"u2": "Good roads! good\nRoads, roads.", "u1": "a toll"}, dtype="str")
    found = count_hits(texts, BOOK)
    assert found.astype(
        {"unit_id": "str", "code": "str", "pattern": "str"}
    ).to_numpy().tolist() == [
        ["u2", "roads", "good* road*", "good roads", 2],
        ["u2", "roads", "road*", "roads", 1],
        ["u1", "tolls", "toll*", "toll", 1],
    ]


def test_counts_of_two_texts_are_those_of_the_texts_alone():
    one, two = {"a": "a road, a toll road"}, {"b": "tolls. Good roads"}
    together = count_hits(pd.Series(one | two, dtype="str"), BOOK)
    apart = [count_hits(pd.Series(text, dtype="str"), BOOK) for text in (one, two)]
    pd.testing.assert_frame_equal(
        together.astype("str"), pd.concat(apart).astype("str").reset_index(drop=True)
    )


def test_no_text_has_no_hits():
    assert count_hits(pd.Series({"a": "river"}, dtype="str"), BOOK).empty
    assert count_hits(pd.Series({}, dtype="str"), BOOK).empty


@pytest.mark.parametrize("which", [(["roads!"], []), (["road"], ["roads!"])])
def test_a_bad_pattern_names_its_key_in_the_codebook(which):
    key = "patterns" if which[1] == [] else "not_patterns"
    with pytest.raises(StudyError, match=rf"^frames\.roads\.{key}: 'roads!': '!' cannot stand"):
        code_frames(coded.statements("a"), coded.codebook({"roads": which}))


def test_a_table_that_is_no_statements_table_is_refused():
    with pytest.raises(TableError, match="statements: no column 'content'"):
        code_frames(coded.statements("a").drop(columns="content"), BOOK)
