"""The pattern language: what matches, what is negated, what is no pattern."""

import time

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import StudyError
from analysis.matching import compile_pattern, find_labelled, find_matches


def forms(text, *patterns):
    return find_matches(pd.Series({"t": text}, dtype="str"), patterns)["form"].tolist()


def negated(text, pattern):
    (found,) = find_matches(pd.Series({"t": text}, dtype="str"), [pattern])["negated"]
    return found


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("bridge", "A Bridge, two bridges.", ["Bridge"]),
        ("bridge*", "A Bridge, two bridges.", ["Bridge", "bridges"]),
        ("organi?ation", "organisation organization organiation", ["organisation", "organization"]),
        (
            "bridge|ferry toll",
            "ferry toll, bridge tolls, bridge toll",
            ["ferry toll", "bridge toll"],
        ),
        ("good* neighbo*", "good-neighbourly", ["good-neighbourly"]),
        ("good* neighbo*", "Good  neighborliness", ["Good  neighborliness"]),
        ("good-neighbo*", "good neighbours", ["good neighbours"]),
        ("good* neighbo*", "good-\nneighbourly", ["good-\nneighbourly"]),
        ("good neighbours", "good, neighbours", []),
        ("good neighbours", "It was good. Neighbours came.", []),
        ("good neighbours", "the “good” neighbours", ["good” neighbours"]),
        ("north claim*", "North's claims", ["North's claims"]),
        ("north's claim*", "North claims", ["North claims"]),
        ("u.s. base*", "no U.S. bases", ["U.S. bases"]),
        ("us base*", "no U.S. bases", []),
        ("u.n.|usa", "the U.N. and the USA", ["U.N", "USA"]),
        ("art* 107", "Art. 107", ["Art. 107"]),
        ("the * bridge", "the old bridge, the bridge", ["the old bridge"]),
        ("toll ... bridge", "The toll, he said, of the bridge", ["toll, he said, of the bridge"]),
        ("toll ... bridge", "toll 1 2 3 4 5 6 7 8 bridge", ["toll 1 2 3 4 5 6 7 8 bridge"]),
        ("toll ... bridge", "toll 1 2 3 4 5 6 7 8 9 bridge", []),
        ("toll ... bridge", "The toll rose. The bridge fell.", []),
        ("toll … bridge", "toll bridge", ["toll bridge"]),
        ("toll ... bridge", "bridge toll", []),
        ("toll ... bridge", "toll on toll on a bridge", ["toll on a bridge"]),
        ("a ... b ... c", "a b 1 2 3 4 5 6 b c", ["a b 1 2 3 4 5 6 b c"]),
        ("straße", "STRASSE", ["STRASSE"]),
    ],
)
def test_what_a_pattern_matches(pattern, text, expected):
    assert forms(text, pattern) == expected


def test_a_chain_takes_the_later_word_where_only_that_reaches_the_end():
    text = "a b 1 2 3 4 5 6 b 7 8 9 c"
    assert forms(text, "a ... b ... c") == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We want the bridge.", False),
        ("We do not want the bridge.", True),
        ("We don't want the bridge.", True),
        ("We don’t want the bridge.", True),
        ("We dont want the bridge.", True),
        ("The North denied wanting the bridge.", True),
        ("The North ruled out the bridge.", True),
        ("We do not deny the bridge.", False),
        ("Not we, but they want the bridge.", False),
        ("It is not cheap but the bridge stands.", False),
        ("It is not cheap, the bridge stands.", False),
        ("They did not come. The bridge stands.", False),
        ("Not one two three four bridge", True),
        ("Not one two three four five bridge", False),
        ("Not only the bridge", False),
        ("It isn't only the bridge", False),
        ("No doubt the bridge stands", False),
        ("We want neither ferry nor bridge", True),
        ("The bridge is not wanted", False),
    ],
)
def test_a_negator_reaches_five_words_within_its_clause(text, expected):
    assert negated(text, "bridge") is expected


def test_a_negator_between_the_parts_negates_unless_the_pattern_names_it():
    text = "The bridge will not be built"
    assert negated(text, "bridge ... built")
    assert not negated(text, "bridge ... not ... built")
    assert not negated("without any toll", "without ... toll")


def test_matches_come_by_text_place_and_pattern_with_their_ids():
    texts = pd.Series({"y": "toll bridge", "x": None, "w": "a bridge"}, dtype="str")
    found = find_matches(texts, ["bridge", "toll", "toll"])
    assert found[["id", "pattern", "start", "end"]].to_numpy().tolist() == [
        ["y", "toll", 0, 4],
        ["y", "bridge", 5, 11],
        ["w", "bridge", 2, 8],
    ]


def test_a_pattern_of_two_labels_gives_a_row_for_each():
    found = find_labelled(pd.Series({"t": "a toll"}), {"one": ["toll"], "two": ["toll"]})
    assert found["label"].tolist() == ["one", "two"]


@pytest.mark.parametrize("texts", [{}, {"t": ""}, {"t": None}])
def test_nothing_to_match_gives_an_empty_table_of_the_same_columns(texts):
    found = find_matches(pd.Series(texts, dtype="str"), ["toll", "a ... b"])
    assert found.empty
    assert list(found) == ["id", "pattern", "start", "end", "form", "negated"]


ANY_TEXT = st.text(alphabet=st.sampled_from("abAB  .,-'’\n“n?o\u0301"), max_size=60) | st.text(
    max_size=30
)
WORD = st.text(alphabet=st.sampled_from("abo*?"), min_size=1, max_size=3).filter(
    lambda w: w.strip("*?")
)
RUNS = st.lists(st.lists(WORD, min_size=1, max_size=2), min_size=1, max_size=3)


@given(st.lists(ANY_TEXT, max_size=3), st.lists(RUNS, max_size=3))
def test_every_match_stands_where_it_says(texts, patterns):
    written = [" ... ".join(" ".join(run) for run in runs) for runs in patterns]
    series = pd.Series(texts, index=range(len(texts)), dtype="str")
    found = find_matches(series, written)
    assert all(
        texts[key][start:end] == form and form
        for key, start, end, form in found[["id", "start", "end", "form"]].to_numpy()
    )


@given(st.lists(st.sampled_from(["a", "b", "c"]), max_size=25))
def test_gapped_matches_are_those_of_brute_force(words):
    found = find_matches(pd.Series({0: " ".join(words)}, dtype="str"), ["a ... b ... c"])
    n = len(words)
    every = [
        (i, k)
        for i in range(n)
        for j in range(i + 1, min(i + 10, n))
        for k in range(j + 1, min(j + 10, n))
        if (words[i], words[j], words[k]) == ("a", "b", "c")
    ]
    shortest = {k: max(i for i, last in every if last == k) for _, k in every}
    expected = [(i, k) for k, i in shortest.items() if not _holds_another(i, k, shortest)]
    assert [(s // 2, e // 2) for s, e in found[["start", "end"]].to_numpy()] == sorted(expected)


def _holds_another(start, end, others):
    return any(start <= i and k <= end and (i, k) != (start, end) for k, i in others.items())


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("", "words stand on both sides"),
        ("... toll", "words stand on both sides"),
        ("toll ...", "words stand on both sides"),
        ("toll ... ... bridge", "words stand on both sides"),
        ("toll, bridge", "',' cannot stand in a pattern"),
        ("to[l]", r"'\[' cannot stand in a pattern"),
        ("my_toll", "'_' cannot stand in a pattern"),
        ("* ?*", r"a word that is more than \* and \?"),
        ("toll||bridge", r"a word stands on both sides of every \|"),
        ("toll|* ... *", r"more than \* and \?"),
    ],
)
def test_a_bad_pattern_is_an_error_that_names_its_place(pattern, message):
    with pytest.raises(StudyError, match=rf"^frames\.tolls\.patterns: .*{message}"):
        compile_pattern(pattern, where="frames.tolls.patterns")


def test_unknown_language_names_the_known_ones():
    with pytest.raises(ValueError, match=r"no language 'xx'.*'en'"):
        find_matches(pd.Series({"t": "toll"}), ["toll"], language="xx")


def test_hostile_texts_take_no_longer_than_their_length():
    texts = pd.Series({"word": "a" * 50_000, "words": "a b " * 20_000}, dtype="str")
    began = time.perf_counter()
    found = find_matches(texts, ["*a*a*a*a*a*c", "a ... a ... a ... a ... c", "a b a b a c"])
    assert found.empty
    assert time.perf_counter() - began < 5
