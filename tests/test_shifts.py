"""Which words make two sides differ."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import jensenshannon
from scipy.stats import entropy

from analysis.errors import TableError
from analysis.features.counts import count_terms
from analysis.features.shift_formulas import FORMULAS
from analysis.features.shifts import Weights, measure_divergence, measure_shift, word_shift
from analysis.index import build_index
from analysis.tables import DIVERGENCE, SHIFT_TOTALS, SHIFTS, UNITS, build_table, check_table

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "stats"
SIDES = {"target": "North", "reference": "South"}
DOCUMENTS = st.lists(
    st.lists(st.sampled_from("abcd"), min_size=3, max_size=12).map(" ".join),
    min_size=5,
    max_size=7,
)


def tables(north, south, voice="original"):
    texts = [*north, *south]
    index = build_index(pd.Series(texts, index=[f"u{n}" for n in range(len(texts))], dtype="str"))
    units = pd.DataFrame({"unit_id": index.unit_ids, "n_tokens": index.n_tokens, "voice": voice})
    groups = ["North"] * len(north) + ["South"] * len(south)
    return count_terms(index), build_table(units.assign(group=groups), UNITS)


def written(counts):
    return " ".join(f"{term} " * n for term, n in counts.items())


def shift(north, south, measure="jensen_shannon"):
    found = word_shift(*tables(north, south), **SIDES, measure=measure)
    return check_table(found, SHIFTS).set_index("term")


def total(north, south, measure="jensen_shannon"):
    found = measure_shift(*tables(north, south), **SIDES, measure=measure)
    return check_table(found, SHIFT_TOTALS).iloc[0]


def divergence(north, south):
    found = measure_divergence(*tables(north, south), **SIDES, seed=11)
    return check_table(found, DIVERGENCE).iloc[0]


@pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared/data/stats")
@pytest.mark.parametrize(
    ("name", "measure"),
    [
        ("entropy_shift_tests", "entropy"),
        ("tsallis2_shift_tests", "tsallis"),
        ("kld_shift_tests", "kullback_leibler"),
        ("jsd_shift_words", "jensen_shannon"),
        ("tsallis2_shift_words", "tsallis"),
        ("proportion_shift_words", "proportion"),
        ("weighted_avg_shift", "weighted"),
    ],
)
def test_shifts_of_shifterator(name, measure):
    cases = json.loads((SHARED / "reference_cases.json").read_text(encoding="utf-8"))
    case = next(case for case in cases if case["name"] == name)
    given_, expected = case["input"], case["expected"]
    if measure == "weighted":
        measure = Weights(scores=given_["scores"], neutral=given_["reference_value"])
    sides = [written(given_["system_2"])], [written(given_["system_1"])]
    found = shift(*sides, measure)
    # Its scores are shares of the whole, and plain where the sides do not differ in all.
    column = "contribution" if expected.get("diff") == 0 else "share"
    for term, value in expected["type2shift"].items():
        assert found.loc[term.lower(), column] == pytest.approx(value, abs=1e-9)
    in_all = expected.get("diff", expected.get("total"))
    if in_all is not None:
        assert total(*sides, measure).total == pytest.approx(in_all, abs=1e-9)


@settings(max_examples=30)
@given(DOCUMENTS, DOCUMENTS)
def test_totals_by_their_definition(north, south):
    p, q = (
        pd.Series(" ".join(side).split()).value_counts().reindex(list("abcd"), fill_value=0)
        for side in (north, south)
    )
    p, q = p / p.sum(), q / q.sum()
    assert total(north, south).total == pytest.approx(jensenshannon(p, q, base=2) ** 2, abs=1e-9)
    assert total(north, south, "entropy").total == pytest.approx(
        entropy(p, base=2) - entropy(q, base=2), abs=1e-9
    )
    for measure in ("jensen_shannon", "entropy", "tsallis", "proportion"):
        parts = shift(north, south, measure)["contribution"].sum()
        assert parts == pytest.approx(total(north, south, measure).total, abs=1e-9)


@settings(max_examples=30)
@given(DOCUMENTS, DOCUMENTS)
def test_swapping_the_sides(north, south):
    for measure in ("entropy", "tsallis", "proportion"):
        there, back = shift(north, south, measure), shift(south, north, measure)
        moved = there["contribution"] + back["contribution"].reindex(there.index)
        assert moved.abs().max() < 1e-12
    there, back = total(north, south, "entropy"), total(south, north, "entropy")
    assert (there.total, there.corrected) == pytest.approx((-back.total, -back.corrected))
    assert there.low == pytest.approx(-back.high, nan_ok=True)
    assert total(north, south).total == pytest.approx(total(south, north).total)


@settings(max_examples=30)
@given(DOCUMENTS)
def test_a_side_and_itself(side):
    for measure in FORMULAS:
        assert total(side, side, measure).total == pytest.approx(0, abs=1e-12)
        assert shift(side, side, measure)["contribution"].abs().max() < 1e-12


def test_limits_of_a_proportion_are_those_of_a_jackknife():
    north, south = ["a b b", "a a", "a b c", "b", "a a a c"], ["a b", "b", "b c", "b b", "a b b b"]
    row = shift(north, south, "proportion").loc["a"]

    def left_out(side):
        words = [text.split() for text in side]
        shares = []
        for place in range(len(words)):
            rest = [word for n, text in enumerate(words) if n != place for word in text]
            shares.append(rest.count("a") / len(rest))
        whole = [word for text in words for word in text]
        p = whole.count("a") / len(whole)
        return sum((np.array(shares) - p) ** 2) * 4 / 5

    error = np.sqrt(left_out(north) + left_out(south))
    assert row.high - row.contribution == pytest.approx(row.contribution - row.low)
    # Four degrees of freedom at most; fewer, since documents differ in size.
    assert row.high - row.contribution > 2.776 * error
    assert row.high - row.contribution < 4 * error


def test_chance_words_are_taken_off_a_divergence():
    rng = np.random.default_rng(7)
    words = [f"w{n}" for n in range(200)]
    sides = [[" ".join(rng.choice(words, 40)) for _ in range(12)] for _ in range(2)]
    row = divergence(*sides)
    # Both sides draw from the same words, so the divergence is 0 but for chance.
    assert row.total > 0.05
    assert abs(row.excess) < 0.15 * row.total
    assert row.p > 0.05
    other = [" ".join(rng.choice(words[:150], 40)) for _ in range(12)]
    assert divergence(sides[0], other).p == 0.001


def test_a_divergence_by_dealing_is_the_same_for_a_seed():
    sides = ["a b", "a", "b b", "a c", "c"], ["a", "c c", "b", "c", "a c"]
    assert divergence(*sides).chance == divergence(*sides).chance
    assert divergence(*sides).total == total(*sides).total
    few = divergence(["a"] * 3, ["b"] * 6)
    assert (np.isnan(few.p), few.note) == (True, "North has 3 of 5 documents: no test")


def test_scores_of_terms():
    row = shift(["good good bad"], ["good bad bad"], Weights(scores={"GOOD": 1, "bad": -1}))
    # The neutral score is the reference's mean, -1/3.
    assert row.loc["good", "contribution"] == pytest.approx((2 / 3 - 1 / 3) * (1 + 1 / 3))
    assert row["contribution"].sum() == pytest.approx(2 / 3)
    assert set(row.index) == {"good", "bad"}
    with pytest.raises(TableError, match="'North' uses no term that is counted here"):
        shift(["other"], ["good"], Weights(scores={"good": 1}))


def test_why_there_is_no_interval():
    few = shift(["a b"] * 3, ["a"] * 6)
    assert few["note"].unique().tolist() == ["North has 3 of 5 documents: no interval"]
    assert (
        total(["a b"] * 3, ["a"] * 6, "entropy").note == "North has 3 of 5 documents: no interval"
    )
    alone = shift(["a b", "b", "a b b", "a", "b b"], ["a", "a a", "a", "a", "a"])
    assert alone.loc["b", "note"] == "South does not use it: no interval"
    assert np.isnan(alone.loc["b", "low"])
    same = total(["a b"] * 5, ["a"] * 5, "proportion")
    assert (same.note, np.isnan(same.low)) == ("0 by definition", True)
    assert total(["a b"] * 5, ["a b"] * 5).note.startswith("a divergence of samples is too large")
    assert np.isnan(total(["a b"], ["a"] * 6, "entropy").corrected)


def test_what_is_refused():
    with pytest.raises(ValueError, match=r"no measure 'entrophy'.*did you mean 'entropy'"):
        shift(["a"], ["b"], "entrophy")
    with pytest.raises(ValueError, match=r"'South' never uses 'a' and 1 more terms of 'North'"):
        shift(["a b"], ["c"], "kullback_leibler")
    with pytest.raises(TableError, match="'South' has no tokens"):
        shift(["a b"], [""])
    with pytest.raises(ValueError, match="group"):
        word_shift(*tables(["a"], ["b"]), target="North", reference="Sooth")
    with pytest.raises(TableError, match="other words"):
        word_shift(*tables(["a"], ["b"], voice="paraphrase"), **SIDES)
