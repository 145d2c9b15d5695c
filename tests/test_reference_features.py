"""Figures of other programs and of papers, for richness, dispersion and similarity."""

import json
from pathlib import Path

import pandas as pd
import pytest

from analysis.features.richness import richness
from analysis.features.similarity import similarity
from analysis.index import build_index
from analysis.tables import COUNTS, UNITS, build_table

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


# Popescu (2009), Word Frequency Studies, page 26: 124 types, 225 tokens.
POPESCU = [11, 9, 9, 7, 6, 6, 5, 5] + [4] * 7 + [3] * 6 + [2] * 18 + [1] * 85


def test_the_repeat_rate_and_the_entropy_that_popescu_publishes():
    row = rich(" ".join(f"w{n} " * count for n, count in enumerate(POPESCU)))
    case = CASES["repeat_rate_225"]
    assert (row["n_tokens"], row["n_types"]) == (225, 124)
    assert row["repeat_rate"] == pytest.approx(case["recomputed"])
    assert row["repeat_rate"] == pytest.approx(case["expected"], abs=case["tol"])
    # Page 176.
    assert row["entropy"] == pytest.approx(6.5270, abs=5e-5)


def lbg():
    """The counts of Laver, Benoit and Garry (2003), and their units."""
    wide = pd.read_csv(SHARED / "reference" / "lbgexample.csv", index_col=0)
    named = wide.rename_axis(index="unit_id").reset_index()
    long = named.melt(id_vars="unit_id", var_name="term", value_name="n")
    counts = build_table(long[long["n"] > 0], COUNTS)
    units = pd.DataFrame({"unit_id": wide.index, "n_tokens": wide.sum(axis=1).to_numpy()})
    return counts, build_table(units.assign(voice="original"), UNITS)


MEASURES = {
    "simil_cosine_lbg": "cosine",
    "simil_correlation_lbg": "correlation",
    "simil_ejaccard_lbg": "ejaccard",
    "simil_dice_lbg": "dice",
    "simil_simple_matching_lbg": "simple_matching",
    "simil_hamann_lbg": "hamann",
    "dist_manhattan_lbg": "manhattan",
    "dist_maximum_lbg": "maximum",
    # Minkowski's distance of order 2.
    "dist_minkowski_lbg": "euclidean",
}


@pytest.mark.parametrize("name", MEASURES)
def test_similarities_of_quanteda(name):
    found = similarity(*lbg()).set_index(["first", "second"])[MEASURES[name]]
    for pair, expected in CASES[name]["expected"].items():
        assert found[tuple(pair.split("_"))] == pytest.approx(expected, abs=CASES[name]["tol"])


def test_entropy_of_documents():
    counts, _ = lbg()
    case = CASES["entropy_lbg_documents"]
    for unit, expected in case["expected"].items():
        rows = counts[counts["unit_id"] == unit]
        text = " ".join(f"{term} " * n for term, n in zip(rows["term"], rows["n"], strict=True))
        assert rich(text)["entropy"] == pytest.approx(expected, abs=case["tol"])
