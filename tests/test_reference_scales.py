"""Figures of other programs and of papers, for scales."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.models.correspondence import fit_correspondence
from analysis.models.wordfish import fit_wordfish
from analysis.models.wordscores import fit_wordscores
from analysis.tables import COUNTS, UNITS, build_table

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "stats"
CASES = (
    {case["name"]: case for case in json.loads((SHARED / "reference_cases.json").read_text())}
    if SHARED.exists()
    else {}
)
pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared/data/stats")


def units_of(counts):
    sizes = counts.groupby("unit_id", sort=False)["n"].sum()
    units = pd.DataFrame({"unit_id": sizes.index, "n_tokens": sizes.to_numpy()})
    return build_table(units.assign(voice="original"), UNITS)


@pytest.fixture(scope="module")
def budget():
    """The Irish budget debate of 2010: fourteen speeches."""
    folder = SHARED / "reference"
    names = (folder / "ie2010_docs.txt").read_text().splitlines()
    long = pd.read_csv(folder / "ie2010_triplets.csv")
    long = long.sort_values(["doc", "feat"])
    long["unit_id"] = [names[doc] for doc in long["doc"]]
    long["term"] = [f"w{feature:04}" for feature in long["feat"]]
    return build_table(long[["unit_id", "term", "n"]], COUNTS), units_of(long)


@pytest.fixture(scope="module")
def lbg():
    wide = pd.read_csv(SHARED / "reference" / "lbgexample.csv", index_col=0)
    named = wide.rename_axis(index="unit_id").reset_index()
    long = named.melt(id_vars="unit_id", var_name="term", value_name="n")
    long = long[long["n"] > 0]
    return build_table(long, COUNTS), units_of(long)


def direction(units, case):
    names = units["unit_id"].astype(str).tolist()
    left, right = (names[place - 1] for place in case["input"]["dir"])
    return right, left


def test_wordfish_where_quanteda_stops(budget):
    case = CASES["wordfish_ie2010_theta"]
    sides = direction(budget[1], case)
    found = fit_wordfish(*budget, right_of=sides, stop="quanteda").positions.set_index("unit_id")
    for column, expected in (("position", "theta"), ("se", "se")):
        assert found[column].to_dict() == pytest.approx(case["expected"][expected], abs=1e-5)
    turned = fit_wordfish(*budget, right_of=sides[::-1], stop="quanteda").positions
    expected = CASES["wordfish_ie2010_dir_flip"]["expected"]["theta_1"]
    assert turned["position"][0] == pytest.approx(expected, abs=1e-5)


def test_wordfish_where_quanteda_stops_by_size(budget):
    case = CASES["wordfish_ie2010_abs_err"]
    sides = direction(budget[1], case)
    scale = fit_wordfish(*budget, right_of=sides, stop="quanteda_abs")
    assert scale.positions["position"].tolist() == pytest.approx(
        case["expected"]["theta"], abs=case["tol"]
    )
    assert not scale.converged
    best = fit_wordfish(*budget, right_of=sides)
    assert best.converged
    assert best.log_posterior > scale.log_posterior


def test_words_of_laver_benoit_and_garry(lbg):
    case = CASES["wordscores_lbg_scores"]
    found = fit_wordscores(*lbg, reference_scores=case["input"]["reference_scores"])
    expected = case["expected"]["wordscores"]
    words = found.words.set_index("term")["score"]
    assert {word: words[word] for word in expected} == pytest.approx(expected, abs=1e-9)


SCORES = {"R1": -1.5, "R2": -0.75, "R3": 0, "R4": 0.75, "R5": 1.5}


def test_texts_of_laver_benoit_and_garry(lbg):
    found = fit_wordscores(*lbg, reference_scores=SCORES).positions.set_index("unit_id")
    pairs = {
        "wordscores_lbg_predict_none": ("raw", "se"),
        "wordscores_lbg_predict_mv": ("mv", "mv_se"),
    }
    for name, columns in pairs.items():
        for column, key in zip(columns, ("fit", "se"), strict=True):
            expected = CASES[name]["expected"][key]
            assert found[column].to_dict() == pytest.approx(expected, abs=1e-6)
    published = CASES["wordscores_published_lbg2003"]["expected"]
    row = found.loc["V1"]
    assert [row.raw, row.lbg, row.mv, row.se] == pytest.approx(
        [published[key] for key in ("raw", "lbg", "mv", "se")], abs=0.01
    )


def test_smoothed_reference_texts(lbg):
    case = CASES["wordscores_lbg_smooth1_V1"]
    found = fit_wordscores(*lbg, reference_scores=case["input"]["reference_scores"], smooth=1)
    raw = found.positions.set_index("unit_id")["raw"]
    assert raw.to_dict() == pytest.approx(case["expected"]["fit"], abs=1e-6)


def test_correspondence_analysis(budget, lbg):
    case = CASES["ca_ie2010"]
    found = fit_correspondence(*budget)
    assert found.dimensions["singular_value"].tolist() == pytest.approx(case["expected"]["sv"])
    first = found.texts[found.texts["dimension"] == 1].set_index("unit_id")["standard"]
    expected = case["expected"]["abs_rowcoord_dim1"]
    assert first.abs().to_dict() == pytest.approx(expected, abs=1e-6)
    other = fit_correspondence(*lbg).dimensions["singular_value"]
    assert other.tolist() == pytest.approx(CASES["ca_lbg_capkg"]["expected"]["sv"], abs=1e-6)


def test_the_best_fit_is_the_same_from_the_other_side(budget):
    case = CASES["wordfish_ie2010_theta"]
    there, back = (
        fit_wordfish(*budget, right_of=sides).positions["position"].to_numpy()
        for sides in (direction(budget[1], case), direction(budget[1], case)[::-1])
    )
    assert np.allclose(there, -back)
