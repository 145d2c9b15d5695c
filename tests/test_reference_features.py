"""Figures of other programs and of papers, for richness, dispersion and similarity."""

import json
from pathlib import Path

import pandas as pd
import pytest

from analysis.features.richness import richness
from analysis.index import build_index

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "stats"
CASES = (
    {case["name"]: case for case in json.loads((SHARED / "reference_cases.json").read_text())}
    if SHARED.exists()
    else {}
)
pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared/data/stats")


def rich(text, **options):
    return richness(build_index(pd.Series({"a": text})), **options).iloc[0]


@pytest.mark.parametrize("name", ["lexdiv_all_static", "lexdiv_all_static_2"])
def test_lexical_diversity_of_quanteda(name):
    case = CASES[name]
    for unit, expected in case["expected"].items():
        row = rich(case["input"]["tokens"][unit])
        for measure, value in expected.items():
            # Where quanteda divides by 0 there is no measure.
            found = row[measure.lower()]
            if pd.isna(found):
                assert not isinstance(value, float) or value != value, measure
            else:
                assert found == pytest.approx(float(value), abs=case["tol"]), measure


@pytest.mark.parametrize("name", ["MATTR_w3", "MATTR_w4", "MSTTR_seg3", "MSTTR_seg4"])
def test_running_ratios_of_quanteda(name):
    case = CASES[f"lexdiv_{name}"]
    given = case["input"]
    measure, expected = next(iter(case["expected"].items()))
    length = {"window_tokens": given["window"]} if "window" in given else {}
    length |= {"segment_tokens": given["segment"]} if "segment" in given else {}
    assert rich(given["tokens"], **length)[measure.lower()] == pytest.approx(expected)


def test_lexical_diversity_that_quanteda_publishes():
    case = CASES["lexdiv_published_quanteda_tests"]
    for key, expected in case["expected"].items():
        measure, *window, unit = key.split("_")
        options = {"window_tokens": int(window[0][1:])} if window else {}
        found = rich(case["input"][unit], **options)[measure.lower()]
        assert found == pytest.approx(expected, abs=case["tol"])


def test_a_sentence_twenty_times():
    # The full stop is a token there.
    row = rich("this is a sentence stop " * 20)
    assert row["mtld"] == pytest.approx(CASES["MTLD_100"]["expected"])
    assert row["k"] == pytest.approx(CASES["yule_K_100"]["expected"])


def test_the_alpha_of_fisher():
    given = CASES["fisher_alpha"]["input"]
    repeated = "w0 " * (given["tokens"] - given["types"] + 1)
    text = repeated + " ".join(f"w{n}" for n in range(1, given["types"]))
    assert rich(text)["fisher_alpha"] == pytest.approx(CASES["fisher_alpha"]["expected"], abs=5e-4)


def test_the_repeat_rate():
    # 225 tokens whose squared counts add up to 777, as those of the published example.
    counts = [23] + [2] * 23 + [1] * 156
    text = " ".join(f"w{n} " * count for n, count in enumerate(counts))
    case = CASES["repeat_rate_225"]
    assert rich(text)["repeat_rate"] == pytest.approx(case["recomputed"])
    assert rich(text)["repeat_rate"] == pytest.approx(case["expected"], abs=case["tol"])
