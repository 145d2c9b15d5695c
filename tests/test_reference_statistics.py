"""Figures of other programs and of papers, for keyness, collocations, n-grams and searches.

Each test takes the cases of one family from the file of reference cases; what is not asked of
us, or asked in another way, stands in a comment beside it.
"""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.stats import false_discovery_control

from analysis.codebook import Frame
from analysis.features.association import delta_p, dice, log_dice, measure_association
from analysis.features.collocations import collocations
from analysis.features.contingency import (
    p_value,
    signed_chi2,
    signed_g2,
    two_cell_g2,
)
from analysis.features.counts import count_terms
from analysis.features.effects import (
    bayesian_information,
    conservative_log_ratio,
    difference_coefficient,
    log_ratio,
    odds_ratio,
    percent_diff,
    simple_maths,
    weighted_log_odds,
)
from analysis.features.keyness import correct_keyness, keyness
from analysis.features.ngrams import Shape, ngrams
from analysis.features.queries import find_hits
from analysis.index import build_index
from analysis.multiple import q_values
from analysis.tables import UNITS, build_table

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "stats"
CASES = (
    {case["name"]: case for case in json.loads((SHARED / "reference_cases.json").read_text())}
    if SHARED.exists()
    else {}
)
pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared/data/stats")


def named(*prefixes):
    """Parametrise by the cases whose names begin so."""
    names = [name for name in CASES if name.startswith(prefixes)]
    return pytest.mark.parametrize("name", names or ["none"])


def units_of(index, groups):
    return build_table(
        pd.DataFrame(
            {
                "unit_id": index.unit_ids,
                "group": groups,
                "voice": "original",
                "n_tokens": index.n_tokens,
            }
        ),
        UNITS,
    )


def texts_of(given):
    """The texts of a case, its counts written out; signs that are no words get names."""
    if "tokens" in given:
        return dict(given["tokens"])
    return {
        side: " ".join(f"{term} " * n for term, n in counts.items())
        for side, counts in given["counts"].items()
    }


CORRECTIONS = {"default": "quanteda", "yates": "yates", "williams": "williams", "none": "none"}


@pytest.mark.parametrize(
    "name", [n for n in CASES if n.startswith(("keyness_chi2", "keyness_lr"))] or ["none"]
)
def test_keyness_of_quanteda(name):
    case = CASES[name]["input"], CASES[name]["expected"]
    given, expected = case
    index = build_index(pd.Series(texts_of(given)))
    units = units_of(index, ["target" if n == given["target"] else "rest" for n in index.unit_ids])
    table = keyness(count_terms(index), units, target="target", reference="rest")
    found = correct_keyness(table, correction=CORRECTIONS[given["correction"]]).set_index("term")
    column = {"chi2": "chi2", "lr": "g2"}[given["measure"]]
    terms = [term.lower() for term in expected["stat"]]
    # 1e-9 is added there to each ratio before its logarithm, uncorrected or not.
    tolerance = 1e-9 if given["correction"] == "default" or column == "chi2" else 1e-6
    assert found.loc[terms, column].tolist() == pytest.approx(
        list(expected["stat"].values()), rel=1e-9, abs=tolerance
    )
    if "p" in expected:
        assert p_value(found.loc[terms, column]).tolist() == pytest.approx(
            list(expected["p"].values()), abs=1e-7
        )


@pytest.mark.parametrize("name", ["keyness_rayson_120_40", "keyness_rayson_35_60"])
def test_keyness_of_two_counts(name):
    given, expected = CASES[name]["input"], CASES[name]["expected"]
    sides = given["a"], given["b"], given["n1"], given["n2"]
    g2 = two_cell_g2(*sides)
    found = {
        "LL2": g2,
        "LogRatio": log_ratio(*sides),
        "pctDIFF": percent_diff(*sides),
        "simple_maths_1": simple_maths(*sides),
        "OR": odds_ratio(*sides),
        "BIC": bayesian_information(g2, given["n1"] + given["n2"]),
    }
    assert {key: float(value) for key, value in found.items()} == pytest.approx(expected)


def test_the_conservative_log_ratio_of_evert():
    case = CASES["keyness_LRC_correct_False"]
    given = case["input"]
    found = conservative_log_ratio(given["f1"], given["f2"], given["n1"], given["n2"])
    assert found.tolist() == pytest.approx(case["expected"]["score"], abs=case["tol"])


@named("fightingwords_")
def test_fighting_words_of_convokit(name):
    given, expected = CASES[name]["input"], CASES[name]["expected"]
    terms = given["vocabulary"]
    sides = [
        pd.Series(" ".join(given[side]).split()).value_counts().reindex(terms, fill_value=0)
        for side in ("class1", "class2")
    ]
    prior = given["prior"]
    pseudo = [prior[term] for term in terms] if isinstance(prior, dict) else prior
    _, z = weighted_log_odds(*sides, tuple(side.sum() for side in sides), pseudo)
    # Counts are kept there in 32 bits.
    tolerance = max(CASES[name]["tol"], 1e-6)
    assert dict(zip(terms, z, strict=True)) == pytest.approx(expected, abs=tolerance)


def test_log_odds_with_four_terms_in_the_variance():
    case = CASES["log_odds_scattertext_4term_variance"]
    a, b = (np.array(case["input"][side]) for side in "ab")
    alpha = case["input"]["alpha"]
    # The counts given hold the prior already.
    a, b = a - alpha, b - alpha
    totals = a.sum(), b.sum()
    _, z = weighted_log_odds(a, b, totals, alpha, variance="four_terms")
    assert z.tolist() == pytest.approx(case["expected"]["z"], abs=case["tol"])
    _, published = weighted_log_odds(a, b, totals, alpha)
    assert np.all(np.abs(published) >= np.abs(z))


def test_false_discovery_rates():
    case = CASES["bh_fdr"]
    assert q_values(case["input"]["p"]).tolist() == pytest.approx(case["expected"]["bh"])
    # The rate for any dependence is left to scipy.
    by = false_discovery_control(case["input"]["p"], method="by")
    assert by.tolist() == pytest.approx(case["expected"]["by"])


@named("collocation_lambda")
def test_lambda_of_quanteda(name):
    given, expected = CASES[name]["input"], CASES[name]["expected"]
    index = build_index(pd.Series({"a": given["tokens"]}))
    table = collocations(index, units_of(index, "all"), min_count=given["min_count"])
    total = table["n"].sum()
    smoothed = measure_association(table, total, smoothing=given["smoothing"])
    found = smoothed.set_index(table["term_1"].astype("str") + " " + table["term_2"].astype("str"))
    for pair, values in expected.items():
        row = found.loc[pair]
        assert row["n"] == values["count"]
        for column, key in (("lambda_value", "lambda"), ("lambda_z", "z")):
            assert row[column] == pytest.approx(float(values[key]), abs=1e-6, nan_ok=True)


@named("skipgrams_")
def test_skipgrams_of_quanteda(name):
    given, expected = CASES[name]["input"], CASES[name]["expected"]
    index = build_index(pd.Series({"a": given["tokens"]}))
    shape = Shape(size=given["n"], skips=tuple(given["skip"]))
    found = ngrams(index, units_of(index, "all"), shape=shape, min_count=1)
    assert sorted(found["ngram"]) == sorted(expected["ngrams"])


@named("logDice_")
def test_log_dice(name):
    given = CASES[name]["input"]
    found = log_dice(given["f_xy"], given["f_x"] + given["f_y"])
    assert float(found) == pytest.approx(CASES[name]["expected"], abs=CASES[name]["tol"])


@named("chi2_2x2_", "t_score", "odds_ratio", "dice", "deltaP", "diff_coefficient")
def test_published_examples(name):
    given = CASES[name]["input"]
    found = float({**PUBLISHED}[name](**given))
    assert found == pytest.approx(CASES[name]["expected"], abs=CASES[name]["tol"])


def _chi2(o11, o12, o21, o22, correction="none"):
    total = o11 + o12 + o21 + o22
    return abs(signed_chi2(o11, o11 + o12, o11 + o21, total, correction=correction))


def _t(o, f1, f2, N):  # noqa: N803
    pairs = pd.DataFrame([(o, f1, f2)], columns=["n", "n_1", "n_2"])
    return measure_association(pairs, N)["t"].iloc[0]


PUBLISHED = {
    "chi2_2x2_dunning": _chi2,
    "chi2_2x2_yates": lambda **cells: _chi2(**cells, correction="yates_always"),
    "t_score_new_companies": _t,
    "odds_ratio": lambda a, b, n1, n2: odds_ratio(a, b, n1, n2),
    "dice": lambda o, f1, f2: dice(o, f1 + f2),
    "deltaP_1": lambda o11, o12, o21, o22: delta_p(
        o11, o11 + o12, o11 + o21, o11 + o12 + o21 + o22
    ),
    "diff_coefficient": lambda a, b, n1, n2: difference_coefficient(a, b, n1, n2),
}


def test_a_dictionary_of_quanteda():
    case = CASES["dictionary_glob_phrase"]
    texts = case["input"]["texts"]
    index = build_index(pd.Series(texts))
    for code, patterns in case["input"]["dictionary"].items():
        frame = Frame(code=code, label=code, patterns=tuple(patterns))
        hits = find_hits(index, list(texts.values()), frame)
        counted = np.bincount(hits.units, minlength=len(texts)).tolist()
        assert counted == [expected[code] for expected in case["expected"].values()]


@named("tokens_inaugural", "keyness_inaugural")
def test_the_inaugural_addresses_are_not_at_hand(name):
    path = SHARED / CASES[name]["input"]["corpus"]
    if not path.exists():
        pytest.skip(f"needs ../shared/data/stats/{CASES[name]['input']['corpus']}")
    pytest.fail("the corpus is there now: measure the case")


def test_g2_is_symmetric_in_rows_and_columns():
    assert signed_g2(7, 10, 9, 19) == pytest.approx(signed_g2(7, 9, 10, 19))
