"""Phrases are found through the index where reading word by word finds them."""

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from analysis.features.runs import character_spans, find_run, parts_of
from analysis.index import build_index
from analysis.matching import compile_pattern, find_matches

# No single capitals: initials are one word there and two tokens here.
WORDS = ["good", "Good", "neighbour", "neighbourly", "Russia's", "a", "the", "ab"]
GAPS = [" ", "-", ", ", ". ", "\n", "\n\n", " - ", "'", ' "', "... ", "–", "-\n", "  "]
TEXTS = st.lists(
    st.lists(st.sampled_from(WORDS) | st.sampled_from(GAPS), max_size=14).map("".join), max_size=3
)
PATTERNS = st.sampled_from(
    [
        "good",
        "good neighbour",
        "good-neighbour*",
        "good * neighbour",
        "the|a good",
        "russia good",
        "neighbour*",
        "a a",
        "good good good",
        "no such",
        "?b",
    ]
)


def hits(texts, pattern):
    series = pd.Series(texts, index=[f"u{i}" for i in range(len(texts))], dtype="str")
    index = build_index(series)
    found = find_run(index, compile_pattern(pattern).runs[0], texts)
    starts, ends = character_spans(index, found, texts)
    units = index.unit_ids[index.unit_codes[found.first.tokens]]
    return series, list(zip(units, starts.tolist(), ends.tolist(), strict=True))


@given(TEXTS, PATTERNS)
@example(["good-\nneighbour"], "good neighbour")
@example(["the U.S. good. Good neighbour", ""], "good good")
def test_the_index_finds_what_reading_finds(texts, pattern):
    series, found = hits(texts, pattern)
    read = find_matches(series, [pattern])
    assert found == list(zip(read["id"], read["start"], read["end"], strict=True))


@pytest.mark.parametrize(
    ("text", "pattern", "expected"),
    [
        (
            "Good neighbours, good-neighbourly",
            "good neighbo*",
            ["Good neighbours", "good-neighbourly"],
        ),
        ("Mr. Berg left. Berg stayed", "mr berg", ["Mr. Berg"]),
        ("He left. Berg stayed", "left berg", []),
        ("in the North's view", "north view", ["North's view"]),
        ("North’s", "north", ["North"]),
        ("the well-known North's-view", "north view", ["North's-view"]),
        ("a state-of-the-art's end", "the art end", ["the-art's end"]),
        ("one two three", "one * three", ["one two three"]),
        ("the 'peace' treaty", "peace treaty", ["peace' treaty"]),
    ],
)
def test_what_belongs_to_a_phrase(text, pattern, expected):
    _, found = hits([text], pattern)
    assert [text[start:end] for _, start, end in found] == expected


def test_a_phrase_ends_with_its_text():
    assert hits(["peace", "treaty"], "peace treaty")[1] == []


def test_terms_are_split_once():
    index = build_index(pd.Series({"a": "good-neighbourly North's"}))
    parts = parts_of(index)
    assert parts_of(index) is parts
    assert parts.words == ["good", "neighbourly", "north"]
    assert parts.compound.tolist() == [True, False]
    assert parts.possessive.tolist() == [False, True]
