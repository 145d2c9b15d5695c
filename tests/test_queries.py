"""What can be looked for, and what is refused."""

import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.codebook import Frame
from analysis.errors import StudyError
from analysis.features import queries
from analysis.features.queries import as_written, find_hits
from analysis.index import build_index
from analysis.matching import find_matches

TEXTS = ["May wants a Peace Treaty; they may sign. A peace treaty?", "No peace. «Treaty»!", ""]
INDEX = build_index(pd.Series(TEXTS, index=["a", "b", "c"]))


def found(query):
    hits = find_hits(INDEX, TEXTS, query)
    return [TEXTS[u][s:e] for u, s, e in zip(hits.units, hits.starts, hits.ends, strict=True)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("peace treaty", ["Peace Treaty", "peace treaty"]),
        ("may ... sign", ["may sign"]),
        (["peace", "peace treaty"], ["Peace Treaty", "peace treaty", "peace"]),
        (Frame(code="p", label="p", patterns=("peace",)), ["Peace", "peace", "peace"]),
        (
            Frame(code="p", label="p", patterns=("peace",), not_patterns=("no peace",)),
            ["Peace", "peace"],
        ),
        (re.compile(r"\w+ sign\b"), ["may sign"]),
        (re.compile("PEACE", re.IGNORECASE), ["Peace", "peace", "peace"]),
        (re.compile("[!?]"), ["?", "!"]),
        (re.compile("x*"), []),
        ("war", []),
    ],
)
def test_what_a_query_finds(query, expected):
    assert found(query) == expected


@given(
    st.lists(
        st.lists(
            st.sampled_from(
                ["good", "U.S.", "u.s", "base", "man", "kind", "peace", "Peace's", "treaty"]
            )
            | st.sampled_from([" ", "-", "-\n", ", ", ". "]),
            max_size=12,
        ).map("".join),
        max_size=4,
    ),
    st.sampled_from(["u.s. base", "good ... treaty", "man kind", "u.s.|peace", "peace"]),
)
def test_a_frame_is_found_where_it_is_coded(texts, pattern):
    series = pd.Series(texts, index=[f"u{n}" for n in range(len(texts))], dtype="str")
    hits = find_hits(build_index(series), texts, Frame(code="c", label="c", patterns=(pattern,)))
    coded = find_matches(series, [pattern]).drop_duplicates(["id", "start"], keep="last")
    places = zip(hits.units.tolist(), hits.starts.tolist(), hits.ends.tolist(), strict=True)
    assert [(f"u{unit}", start, end) for unit, start, end in places] == list(
        zip(coded["id"], coded["start"], coded["end"], strict=True)
    )


def test_letters_as_the_pattern_writes_them():
    hits = as_written(find_hits(INDEX, TEXTS, "May"), TEXTS)
    assert (hits.starts.tolist(), hits.units.tolist()) == ([0], [0])
    assert len(as_written(find_hits(INDEX, TEXTS, "Peace T*"), TEXTS)) == 1


def test_signs_that_belong_to_no_token_lie_between_tokens():
    hits = find_hits(INDEX, TEXTS, re.compile("«"))
    assert (hits.first - hits.last).tolist() == [1]
    assert INDEX.forms[INDEX.codes[hits.first[0]]] == "Treaty"


def test_a_regular_expression_that_runs_away_is_stopped(monkeypatch):
    monkeypatch.setattr(queries, "SECONDS", 0.05)
    texts = ["a" * 60 + "!"]
    index = build_index(pd.Series(texts, index=["long"]))
    with pytest.raises(ValueError, match=r"0.05 seconds in text 'long': repeats inside repeats"):
        find_hits(index, texts, re.compile("(a|aa)+$"))


@pytest.mark.parametrize("query", [3, [], [1], None, b"x"])
def test_a_query_of_another_kind(query):
    with pytest.raises(ValueError, match="it is a pattern, a list of patterns, a frame"):
        find_hits(INDEX, TEXTS, query)


def test_a_regular_expression_of_bytes():
    with pytest.raises(ValueError, match="is of bytes"):
        find_hits(INDEX, TEXTS, re.compile(b"x"))


def test_a_bad_pattern():
    with pytest.raises(StudyError, match="cannot stand in a pattern"):
        find_hits(INDEX, TEXTS, "peace!")
