"""Runs of words, with and without gaps."""

from collections import Counter
from itertools import combinations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.util import ngrams as nltk_ngrams

from analysis.errors import TableError
from analysis.features.collocations import collocations
from analysis.features.ngrams import ngrams
from analysis.features.windows import Shape, part_starts
from analysis.index import build_index
from analysis.tables import NGRAMS, UNITS, build_table, check_table

TEXT = "the united north and the united south of the united north call on the united north"
LETTERS = st.lists(st.text(alphabet="abc ", max_size=25), min_size=1, max_size=3)


def prepared(texts, voice="original"):
    index = build_index(pd.Series(texts, index=[f"u{i}" for i in range(len(texts))], dtype="str"))
    units = pd.DataFrame({"unit_id": index.unit_ids, "n_tokens": index.n_tokens})
    units = units.assign(doc_id=units["unit_id"], group="North", voice=voice)
    return index, build_table(units, UNITS)


def found(texts, **options):
    table = ngrams(*prepared(texts), **({"min_count": 1} | options))
    return check_table(table, NGRAMS).set_index("ngram")


@given(LETTERS, st.integers(2, 6))
def test_counts_agree_with_nltk(texts, size):
    oracle = Counter(gram for text in texts for gram in nltk_ngrams(text.split(), size))
    table = found(texts, shape=size)
    assert table["n"].to_dict() == {" ".join(gram): n for gram, n in oracle.items()}
    assert set(table["size"]) <= {size}


def test_skips_are_meant_for_each_gap():
    table = found(["a b c d e"], shape=Shape(size=3, skips=(0, 1)))
    assert " ".join(sorted(gram.replace(" ", "") for gram in table.index)) == (
        "abc abd acd ace bcd bce bde cde"
    )
    gappy = found(["a b c d e"], shape=Shape(size=2, skips=(2,)))
    assert sorted(gappy.index) == ["a d", "b e"]


@given(st.integers(2, 7))
def test_all_skips_give_all_subsequences(length):
    words = [f"w{place}" for place in range(length)]
    table = found([" ".join(words)], shape=Shape(size=2, skips=tuple(range(length))))
    assert sorted(table.index) == sorted(" ".join(pair) for pair in combinations(words, 2))


@given(LETTERS)
def test_ngrams_of_two_are_measured_as_collocations(texts):
    index, units = prepared(texts)
    pairs = collocations(index, units, min_count=1)
    pairs.index = pairs["term_1"].astype("str") + " " + pairs["term_2"].astype("str")
    table = found(texts)
    for name in ("n", "mi", "mi3", "t", "z", "g2", "chi2", "dice", "log_dice", "lambda_value"):
        assert table[name].to_dict() == pytest.approx(pairs[name].to_dict(), abs=1e-7), name


def test_units_and_order():
    table = found(["a b a b", "a b", "c d"])
    assert list(table.index) == ["a b", "b a", "c d"]
    assert table["n_units"].tolist() == [2, 1, 1]


def test_three_words_that_go_together_interact():
    table = found([TEXT], shape=3)
    assert table.loc["the united north", "n"] == 3
    # 14 trigrams; 4 begin with "the", 4 have "united" second, 3 end with "north".
    assert table.loc["the united north", "expected"] == pytest.approx(4 * 4 * 3 / 14**2)
    assert table.loc["the united north", "mi"] == table["mi"].iloc[0]


def test_long_ngrams_are_counted_and_not_measured():
    table = found([TEXT], shape=6)
    assert table["n"].sum() == len(TEXT.split()) - 5
    assert table[["mi", "lambda_value"]].isna().all(axis=None)


def test_rare_ngrams_are_left_out_but_not_out_of_the_margins():
    rare, common = found([TEXT], shape=3), found([TEXT], shape=3, min_count=2)
    assert (common["n"] >= 2).all()
    assert common["g2"].to_dict() == pytest.approx(rare.loc[common.index, "g2"].to_dict())


def test_ngrams_stay_within_sentences():
    texts = pd.Series({"u0": "We met. They left."})
    index, units = prepared(list(texts))
    table = ngrams(index, units, shape=Shape(starts=part_starts(index, texts)), min_count=1)
    assert sorted(table["ngram"]) == ["they left", "we met"]


def test_nothing_to_count():
    assert found(["", "one"]).empty
    assert found(["a b"], shape=5).empty


def test_a_number_below_one_is_refused():
    with pytest.raises(ValueError, match="min_count is 0"):
        found(["a b"], min_count=0)


def test_the_voice_rule():
    with pytest.raises(TableError, match="paraphrase"):
        ngrams(*prepared(["a b"], voice="paraphrase"))
