"""Which terms stand near each other."""

import json
from collections import Counter
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.collocations import BigramCollocationFinder
from nltk.metrics import BigramAssocMeasures

from analysis.errors import TableError
from analysis.features.association import measure_association
from analysis.features.collocations import collocates, collocations, count_keys
from analysis.features.windows import Window, part_starts
from analysis.index import build_index
from analysis.tables import COLLOCATIONS, UNITS, build_table, check_table

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "stats"
TEXT = "the united north and the united south of the united north call on the united north"


def prepared(texts, voice="original"):
    index = build_index(pd.Series(texts, index=[f"u{i}" for i in range(len(texts))], dtype="str"))
    units = pd.DataFrame({"unit_id": index.unit_ids, "n_tokens": index.n_tokens})
    units = units.assign(doc_id=units["unit_id"], group="North", voice=voice)
    return index, build_table(units, UNITS)


def pairs(texts, **options):
    found = collocations(*prepared(texts), **({"min_count": 1} | options))
    check_table(found, COLLOCATIONS)
    return found.astype({"term_1": str, "term_2": str}).set_index(["term_1", "term_2"])


def test_neighbours_worked_by_hand():
    found = pairs(["a b a b c"]).loc[("a", "b")]
    assert (found["n"], found["n_1"], found["n_2"]) == (2, 2, 2)
    # Four pairs in all; expected 2 * 2 / 4 = 1.
    assert found["mi"] == pytest.approx(1)
    assert found["mi3"] == pytest.approx(3)
    assert found["t"] == pytest.approx(1 / np.sqrt(2))
    assert found["z"] == pytest.approx(1)
    assert found["dice"] == pytest.approx(1)
    assert found["log_dice"] == pytest.approx(14)
    assert found["chi2"] == pytest.approx(4)


def test_measures_agree_with_nltk():
    total = len(TEXT.split()) - 1
    for row in pairs([TEXT]).itertuples():
        cells = row.n, (row.n_1, row.n_2), total
        oracle = BigramAssocMeasures
        assert row.mi == pytest.approx(oracle.pmi(*cells))
        assert row.t == pytest.approx(oracle.student_t(*cells))
        assert row.dice == pytest.approx(oracle.dice(*cells))
        # nltk keeps cells of 0 from the logarithm by a tiny number
        assert abs(row.g2) == pytest.approx(oracle.likelihood_ratio(*cells), abs=1e-6)
        assert abs(row.chi2) == pytest.approx(oracle.chi_sq(*cells), abs=1e-9)


@pytest.mark.parametrize("window", [1, 2, 4, 50])
def test_pairs_within_a_window_agree_with_nltk(window):
    oracle = BigramCollocationFinder.from_words(TEXT.split(), window_size=window + 1).ngram_fd
    assert pairs([TEXT], window_tokens=window)["n"].to_dict() == dict(oracle)


@pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared/data/stats")
def test_a_window_of_five():
    cases = json.loads((SHARED / "reference_cases.json").read_text(encoding="utf-8"))
    case = next(case for case in cases if case["name"] == "window5_bigram_counts_nltk")
    found = pairs([case["input"]["tokens"]], window_tokens=case["input"]["window_size"] - 1)
    for pair, n in case["expected"].items():
        assert found.loc[tuple(pair.split()), "n"] == n


def test_published_log_dice():
    # Rychlý (2008): f(x, y) = 8, f(x) = 389, f(y) = 230 give 8.726204.
    texts = ["x y"] * 8 + ["x o"] * 381 + ["o y"] * 222
    assert pairs(texts).loc[("x", "y"), "log_dice"] == pytest.approx(8.726204, abs=1e-6)


@pytest.mark.parametrize(
    ("counted", "total", "measure", "expected"),
    [
        # Manning and Schütze (1999), 5.3: "new companies".
        ((8, 15828, 4675), 14307668, "t", 0.999932),
        ((130, 3121, 143), 10**6, "dice", 0.079657),
        # A pair that never stands apart: chi-squared is the number of pairs.
        ((3, 3, 3), 31777, "chi2", 31777),
    ],
)
def test_published_values(counted, total, measure, expected):
    pairs = pd.DataFrame([counted], columns=["n", "n_1", "n_2"])
    assert measure_association(pairs, total)[measure].tolist() == pytest.approx(
        [expected], rel=1e-5
    )


@given(st.lists(st.text(alphabet="abc ", max_size=30), min_size=1, max_size=4))
def test_pairs_do_not_cross_units_and_add_up_to_the_margins(texts):
    found = pairs(texts)
    assert found["n"].sum() == sum(len(list(pairwise(text.split()))) for text in texts)
    for name, level in (("n_1", 0), ("n_2", 1)):
        sums = found.groupby(level=level)["n"].sum()
        margins = found.groupby(level=level)[name].first()
        assert sums.to_dict() == margins.to_dict()


def test_rare_pairs_are_left_out_but_not_out_of_the_margins():
    rare, common = pairs([TEXT]), pairs([TEXT], min_count=3)
    assert (common["n"] >= 3).all()
    assert common["g2"].to_dict() == pytest.approx(rare.loc[common.index, "g2"].to_dict())


def test_units_left_out_are_not_counted():
    index, units = prepared(["a b", "a b", "a c"])
    found = collocations(index, units[:1].reset_index(drop=True), min_count=1)
    assert found["n"].tolist() == [1]


def test_nothing_to_pair():
    assert pairs(["one", ""]).empty
    assert pairs([""], window_tokens=3).empty


def test_units_that_the_index_lacks_are_refused():
    index, _ = prepared(["a b"])
    _, units = prepared(["a b", "c d"])
    with pytest.raises(TableError, match="the index has no unit 'u1'"):
        collocations(index, units)


@pytest.mark.parametrize("option", ["window_tokens", "min_count"])
def test_a_number_below_one_is_refused(option):
    with pytest.raises(ValueError, match=f"{option} is 0; it is 1 or more"):
        pairs(["a b"], **{option: 0})


def test_the_voice_rule():
    with pytest.raises(TableError, match="paraphrase"):
        collocations(*prepared(["a b"], voice="paraphrase"))
    loose = collocations(*prepared(["a b"], voice="paraphrase"), min_count=1, voice="any")
    assert loose["voice"].tolist() == ["any"]
    assert pairs(["a b"])["voice"].tolist() == ["original"]


@pytest.mark.parametrize(("left", "right"), [(1, 0), (0, 3), (2, 2), (4, 1)])
def test_spans_to_both_sides_worked_by_brute_force(left, right):
    words = TEXT.split()
    expected = Counter(
        (word, words[other])
        for place, word in enumerate(words)
        for other in range(max(place - left, 0), min(place + right + 1, len(words)))
        if other != place
    )
    assert pairs([TEXT], window_tokens=Window(left=left, right=right))["n"].to_dict() == expected


def test_the_same_span_on_both_sides_is_symmetric():
    found = pairs([TEXT], window_tokens=Window(left=3, right=3))
    for name in ("n", "mi", "g2", "dice", "lambda_value"):
        there, back = found[name], found[name].swaplevel()
        assert there.to_dict() == pytest.approx(back.to_dict()), name
    forward, backward = found["delta_p_2_given_1"], found["delta_p_1_given_2"].swaplevel()
    assert forward.to_dict() == pytest.approx(backward.to_dict())


def test_pairs_stay_within_sentences():
    texts = pd.Series({"u0": "We met, then. They left."})
    index, units = prepared(list(texts))
    window = Window(right=2, starts=part_starts(index, texts))
    found = collocations(index, units, window_tokens=window, min_count=1)
    assert set(zip(found["term_1"], found["term_2"], strict=True)) == {
        *(("we", "met"), ("we", "then"), ("met", "then"), ("they", "left"))
    }


def test_collocates_are_the_rows_of_one_term():
    index, units = prepared([TEXT])
    window = Window(left=2, right=3)
    every = collocations(index, units, window_tokens=window, min_count=1)
    expected = every[every["term_1"] == "united"].reset_index(drop=True)
    found = collocates(index, units, "United", window_tokens=window)
    pd.testing.assert_frame_equal(found, expected)
    assert set(collocates(index, units, "call")["term_1"]) == {"call"}


def test_an_unknown_node_names_the_nearest_term():
    with pytest.raises(ValueError, match=r"no term 'unitde' in these texts; did you mean 'united'"):
        collocates(*prepared([TEXT]), "unitde")


def test_keys_of_several_blocks_are_counted_together():
    blocks = [np.array([3, 1, 3]), np.array([], dtype=np.int64), np.array([2, 3, 1])]
    keys, sizes = count_keys(iter(blocks))
    assert (keys.tolist(), sizes.tolist()) == ([1, 2, 3], [2, 1, 3])
    assert count_keys(iter([]))[0].size == 0
