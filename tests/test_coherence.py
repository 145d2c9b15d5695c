"""Whether top words keep company."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.index import build_index
from analysis.models.coherence import measure_coherence, measure_unit_coherence
from analysis.tables import COUNTS, TOPIC_COHERENCE, TOPIC_TERMS, build_table, check_table

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "stats"


def coherence(topics, texts, **options):
    rows = [
        {"topic": f"t{number}", "rank": rank, "term": term, "weight": 1.0 / rank}
        for number, top in enumerate(topics)
        for rank, term in enumerate(top, start=1)
    ]
    index = build_index(pd.Series(texts, index=[f"u{n}" for n in range(len(texts))], dtype="str"))
    found = measure_coherence(build_table(rows, TOPIC_TERMS), index, **options)
    return check_table(found, TOPIC_COHERENCE).set_index(["measure", "topic"])["value"]


@pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared/data/stats")
def test_coherences_of_gensim():
    cases = json.loads((SHARED / "reference_cases.json").read_text(encoding="utf-8"))
    case = next(case for case in cases if case["name"] == "topic_coherence_gensim")
    texts = [" ".join(words) for words in case["input"]["texts"]]
    found = coherence(case["input"]["topics"], texts)
    for measure, expected in case["expected"].items():
        assert found[measure].tolist() == pytest.approx(expected["topics"], abs=case["tol"])
        assert found[measure].mean() == pytest.approx(expected["mean"], abs=case["tol"])


def test_windows_slide_over_long_texts():
    # Of windows of ten in twelve words (three of them) a stands in one, b in all, both in one.
    text = "a x x b x x x x x x x x"
    found = coherence([["a", "b"]], [text])
    assert found[("c_uci", "t0")] == pytest.approx(np.log((1 / 3) / (1 / 3)), abs=1e-9)
    # In windows of 110 the text is one: no information but that all stand there.
    assert found[("u_mass", "t0")] == pytest.approx(0, abs=1e-9)


def test_words_that_always_meet_cohere_most():
    texts = ["a b", "c d", "a b", "c d", "x"]
    found = coherence([["a", "b"], ["a", "d"]], texts)
    for measure in ("u_mass", "c_uci", "c_npmi", "c_v"):
        assert found[(measure, "t0")] > found[(measure, "t1")]
    assert found[("c_npmi", "t0")] == pytest.approx(1, abs=1e-6)


def test_a_word_that_stands_nowhere_keeps_no_company():
    texts = ["a b", "a c"]
    found = coherence([["a", "b", "nowhere"], ["a", "b"]], texts)
    # Of three pairs one is known, and the others are 0.
    assert found[("c_npmi", "t0")] == pytest.approx(found[("c_npmi", "t1")] / 3)
    assert np.isfinite(found).all()


def test_only_the_top_words_are_asked():
    there = coherence([["a", "b", "c"]], ["a b", "c"], n_terms=2)
    here = coherence([["a", "b"]], ["a b", "x"])
    assert there["c_v"].tolist() == pytest.approx(here["c_v"].tolist())
    with pytest.raises(ValueError, match="n_terms is 1"):
        coherence([["a", "b"]], ["a b"], n_terms=1)


def test_coherence_of_units_is_that_of_texts_shorter_than_every_window():
    texts = ["a b", "a b c", "c d", "d"]
    rows = [(f"u{n}", term) for n, text in enumerate(texts) for term in text.split()]
    counts = build_table([{"unit_id": u, "term": t, "n": 2} for u, t in rows], COUNTS)
    terms = [{"topic": "t0", "rank": n, "term": t, "weight": 0.1} for n, t in enumerate("abd")]
    found = measure_unit_coherence(build_table(terms, TOPIC_TERMS), counts)
    there = coherence([["a", "b", "d"]], texts)
    for row in found.itertuples():
        assert row.value == pytest.approx(there[(row.measure, "t0")])


@pytest.mark.parametrize(
    ("top", "texts"),
    [(["zz", "yy"], ["a b", "a c"]), (["a", "zz"], ["a b", "a c"]), (["a", "b"], [""])],
)
def test_a_topic_of_which_fewer_than_two_words_stand_anywhere_has_no_coherence(top, texts):
    found = coherence([top], texts)
    assert len(found) == 4
    assert found.isna().all()
