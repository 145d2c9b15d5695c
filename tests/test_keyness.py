"""Which terms one group uses more: each measure against an oracle, and the laws of all."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2_contingency, false_discovery_control
from scipy.stats import t as student

from analysis.errors import TableError
from analysis.features.counts import count_terms
from analysis.features.dispersion import dispersion
from analysis.features.effects import log_ratio, percent_diff, weighted_log_odds
from analysis.features.keyness import correct_keyness, keyness, keyness_against
from analysis.index import build_index
from analysis.tables import COUNTS, KEYNESS, UNITS, build_table, check_table

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "stats"
SIGNED = ["g2", "chi2", "log_ratio", "log_odds", "z"]


def tables(texts, voice="original"):
    """Counts and units of (group, text) pairs."""
    names = [f"u{number}" for number in range(len(texts))]
    index = build_index(pd.Series([text for _, text in texts], index=names, dtype="str"))
    units = pd.DataFrame({"unit_id": names, "doc_id": names, "n_tokens": index.n_tokens})
    units = units.assign(group=[group for group, _ in texts], voice=voice)
    return count_terms(index), build_table(units, UNITS)


def totals(target, reference):
    """One unit on each side, with these counts."""
    texts = [
        (group, " ".join(f"{term} " * n for term, n in counts.items()))
        for group, counts in (("North", target), ("South", reference))
    ]
    return tables(texts)


def compare(found, **options):
    """The keyness table of a pair of tables, by term."""
    sides = {"target": "North", "reference": "South"} | options
    return keyness(*found, **sides).set_index("term")


def random_texts(seed, n_units=8, length=60, words="peace trade treaty islands the"):
    rng = np.random.default_rng(seed)
    vocabulary = words.split()
    return [
        (group, " ".join(rng.choice(vocabulary, size=length + unit, p=shares)))
        for group, shares in (
            ("North", [0.2, 0.1, 0.1, 0.1, 0.5]),
            ("South", [0.1, 0.1, 0.1, 0.2, 0.5]),
        )
        for unit in range(n_units)
    ]


def uses_of(term, counts, units):
    """How often each unit uses a term."""
    used = counts[counts["term"] == term].set_index("unit_id")["n"]
    return used.reindex(units["unit_id"].astype(str), fill_value=0).to_numpy()


def clustered_tables(seed, n_units=20, n_terms=500):
    """Terms that each group uses at one true rate, but that units use in bursts."""
    rng = np.random.default_rng(seed)
    sizes = rng.integers(200, 800, size=(2 * n_units, 1))
    bursts = rng.gamma(0.5, 2, size=(2 * n_units, n_terms))
    uses = rng.poisson(bursts * sizes / 400)
    names = np.array([f"u{number}" for number in range(2 * n_units)])
    units = pd.DataFrame({"unit_id": names, "doc_id": names, "n_tokens": uses.sum(axis=1)})
    units = units.assign(group=["North"] * n_units + ["South"] * n_units, voice="original")
    unit, term = np.nonzero(uses)
    counts = pd.DataFrame({"unit_id": names[unit], "term": term.astype(str), "n": uses[unit, term]})
    return build_table(counts, COUNTS), build_table(units, UNITS)


@pytest.fixture
def small():
    return totals({"jobs": 30, "rest": 70}, {"jobs": 10, "rest": 90})


def test_g2_and_chi2_agree_with_scipy(small):
    table = [[30, 10], [70, 90]]
    g2 = chi2_contingency(table, correction=False, lambda_="log-likelihood")
    plain = chi2_contingency(table, correction=False)
    found = compare(small).loc["jobs"]
    assert found["g2"] == pytest.approx(g2.statistic)
    assert found["p"] == pytest.approx(g2.pvalue)
    assert found["chi2"] == pytest.approx(plain.statistic)


def test_sizes_worked_by_hand(small):
    found = compare(small).loc["jobs"]
    assert found["log_ratio"] == pytest.approx(np.log2(3))
    assert found["percent_diff"] == pytest.approx(200)
    assert (found["n_target"], found["n_reference"]) == (30, 10)
    assert found["rate_target_per_10k"] == pytest.approx(3000)


def test_the_prior_is_worth_500_tokens_dealt_out_as_in_both_groups(small):
    # 40 of 200 tokens: 100 of 500 pseudo-tokens. Odds 130/470 against 110/490.
    found = compare(small).loc["jobs"]
    delta = np.log(130 / 470) - np.log(110 / 490)
    assert found["log_odds"] == pytest.approx(delta)
    assert found["z"] == pytest.approx(delta / np.sqrt(1 / 130 + 1 / 110))


def test_a_count_of_zero_enters_as_one_half():
    found = compare(totals({"only": 8, "x": 92}, {"never": 4, "x": 196}))
    assert found.loc["only", "log_ratio"] == pytest.approx(np.log2((8 / 100) / (0.5 / 200)))
    assert found.loc["never", "log_ratio"] == pytest.approx(np.log2((0.5 / 100) / (4 / 200)))
    assert found.loc["only", "percent_diff"] == pytest.approx(100 * (0.08 / 0.0025 - 1))
    assert found.loc["never", "percent_diff"] == -100
    assert found.loc[["only", "never"], ["low", "high"]].isna().all(axis=None)


def test_swapping_the_groups_flips_every_sign():
    found = tables(random_texts(1))
    there, back = compare(found), compare(found, target="South", reference="North")
    for column in SIGNED:
        expected = (-back[column]).to_dict()
        assert there[column].to_dict() == pytest.approx(expected, abs=1e-9)
    assert there["low"].to_dict() == pytest.approx((-back["high"]).to_dict())
    assert there["dp_target"].to_dict() == pytest.approx(back["dp_reference"].to_dict())


@settings(max_examples=20)
@given(st.integers(0, 10_000))
def test_a_group_against_its_own_copy_shows_nothing(seed):
    north = [text for group, text in random_texts(seed, n_units=2) if group == "North"]
    both = [(group, text) for group in ("North", "South") for text in north]
    found = compare(tables(both))
    assert np.allclose(found[[*SIGNED, "percent_diff"]], 0, atol=1e-8)
    assert np.allclose(found["p"], 1)


def test_rows_by_falling_g2_and_then_by_term():
    found = keyness(*tables(random_texts(2)), target="North", reference="South")
    check_table(found, KEYNESS)
    assert found["g2"].is_monotonic_decreasing
    tied = compare(totals({"b": 2, "a": 2, "x": 9}, {"x": 9}))
    assert list(tied.index[:2]) == ["a", "b"]


def test_q_is_the_false_discovery_rate_over_all_terms():
    found = compare(tables(random_texts(3)))
    assert found["q"].to_numpy() == pytest.approx(false_discovery_control(found["p"]))


def test_dp_is_that_of_each_group_alone():
    counts, units = tables(random_texts(4))
    north = units[units["group"] == "North"]
    alone = dispersion(counts[counts["unit_id"].isin(north["unit_id"])], north).set_index("term")
    found = compare((counts, units))["dp_target"]
    assert found.to_dict() == pytest.approx(alone["dp"].to_dict())


def test_the_interval_is_the_jackknife_over_units():
    found = tables(random_texts(5))
    counts, units = found
    sizes = units["n_tokens"].to_numpy()
    used = uses_of("peace", counts, units)
    variance = 0
    for group in ("North", "South"):
        x, n = used[units["group"] == group], sizes[units["group"] == group]
        shifts = [
            np.log2((x.sum() - x[i]) / (n.sum() - n[i])) - np.log2(x.sum() / n.sum())
            for i in range(len(x))
        ]
        variance += (len(x) - 1) / len(x) * np.square(shifts).sum()
    row = compare(found).loc["peace"]
    shares = sizes[units["group"] == "North"] / sizes[units["group"] == "North"].sum()
    reach = student.ppf(0.975, 1 / np.square(shares).sum() - 1) * variance**0.5
    assert row["low"] == pytest.approx(row["log_ratio"] - reach)
    assert row["high"] == pytest.approx(row["log_ratio"] + reach)


def test_the_interval_is_as_wide_as_the_bootstrap_says():
    rng = np.random.default_rng(6)
    counts, units = tables(random_texts(6, n_units=40))
    x, n = uses_of("peace", counts, units), units["n_tokens"].to_numpy()
    north = (units["group"] == "North").to_numpy()
    draws = []
    for _ in range(2000):
        rates = []
        for side in (north, ~north):
            drawn = rng.choice(np.flatnonzero(side), side.sum())
            rates.append(np.log2(x[drawn].sum() / n[drawn].sum()))
        draws.append(rates[0] - rates[1])
    row = compare((counts, units)).loc["peace"]
    half = (row["high"] - row["low"]) / 2 / student.ppf(0.975, 39)
    assert half == pytest.approx(np.std(draws), rel=0.08)


def test_the_interval_covers_the_truth_as_often_as_it_says():
    found = compare(clustered_tables(13))
    assert ((found["low"] < 0) & (found["high"] > 0)).mean() == pytest.approx(0.95, abs=0.03)
    # G2 takes tokens as independent and cries wolf.
    assert (found["p"] < 0.05).mean() > 0.2


def test_few_units_have_no_interval():
    found = compare(tables(random_texts(7, n_units=4)))
    assert found[["low", "high"]].isna().all(axis=None)
    assert found["log_ratio"].notna().all()


def test_passages_of_one_document_are_one_unit_of_the_interval():
    counts, units = tables(random_texts(14, n_units=12))
    pairs = "d" + (units["unit_id"].astype("str").str[1:].astype(int) // 2).astype("str")
    split = compare((counts, units.assign(doc_id=pairs)))
    texts = random_texts(14, n_units=12)
    joined = [
        (group, f"{first} {second}")
        for (group, first), (_, second) in zip(texts[::2], texts[1::2], strict=True)
    ]
    whole = compare(tables(joined))
    for column in ("low", "high", "g2"):
        assert split[column].to_dict() == pytest.approx(whole[column].to_dict())


def test_an_empty_unit_changes_nothing():
    texts = random_texts(8)
    there, more = compare(tables(texts)), compare(tables([*texts, ("North", "")]))
    for column in (*SIGNED, "low", "high", "dp_target"):
        assert there[column].to_dict() == pytest.approx(more[column].to_dict())


def test_terms_may_be_left_out_without_changing_the_others():
    counts, units = tables(random_texts(9))
    kept = counts[counts["term"] != "the"]
    all_terms, some = compare((counts, units)), compare((kept, units))
    assert "the" not in some.index
    assert some["g2"].to_dict() == pytest.approx(all_terms["g2"].drop("the").to_dict())
    assert some["low"].to_dict() == pytest.approx(all_terms["low"].drop("the").to_dict())


def test_other_groups_stay_out():
    texts = random_texts(10)
    there = compare(tables(texts))
    more = compare(tables([*texts, ("East", "peace peace elsewhere")]))
    assert there["g2"].to_dict() == pytest.approx(more["g2"].to_dict())


def test_without_a_reference_all_other_groups_are_one():
    texts = random_texts(15)
    three = [*texts, *(("East", text) for _, text in random_texts(16, n_units=3))]
    renamed = [(group if group == "North" else "South", text) for group, text in three]
    rest, one = compare(tables(three), reference=None), compare(tables(renamed))
    for column in (*SIGNED, "low", "high", "dp_reference", "juilland_d_target"):
        assert rest[column].to_dict() == pytest.approx(one[column].to_dict()), column


def test_a_list_gives_the_same_totals_as_its_texts():
    found = tables(random_texts(17))
    whole = compare(found)
    counts, units = found
    listed = whole["n_reference"].rename(str.upper)
    against = keyness_against(counts, units, listed, target="North").set_index("term")
    for column in (*SIGNED, "odds_ratio", "q", "dp_target", "z_flat"):
        assert against[column].to_dict() == pytest.approx(whole[column].to_dict()), column
    assert against[["dp_reference", "juilland_d_reference"]].isna().all(axis=None)
    # The list is taken as known, so only the target's documents widen the interval.
    assert ((against["high"] - against["low"]) < (whole["high"] - whole["low"])).all()


def test_terms_of_the_list_alone_are_rows_too():
    counts, units = totals({"peace": 3}, {"war": 2})
    found = keyness_against(counts, units, {"peace": 1, "trade": 5}, target="North")
    assert found.set_index("term")["n_target"].to_dict() == {"peace": 3, "trade": 0}
    assert found["n_tokens_reference"].tolist() == [6, 6]


@pytest.mark.parametrize(
    ("listed", "words"),
    [({"a": -1}, "'a' has -1.0"), ({"a": 0.5}, "whole number"), ({}, "holds no tokens")],
)
def test_a_list_that_is_none_is_refused(listed, words, small):
    with pytest.raises(ValueError, match=words):
        keyness_against(*small, listed, target="North")


def test_corrections_touch_the_evidence_alone(small):
    plain = keyness(*small, target="North", reference="South")
    assert correct_keyness(plain, correction="none").equals(plain)
    less = correct_keyness(plain, correction="yates_always")
    oracle = chi2_contingency([[30, 10], [70, 90]], correction=True)
    assert less.set_index("term").loc["jobs", "chi2"] == pytest.approx(oracle.statistic)
    assert (less["p"] > plain["p"]).all()
    assert set(less["correction"]) == {"yates_always"}
    same = [c for c in plain if c not in ("g2", "chi2", "p", "q", "correction")]
    pd.testing.assert_frame_equal(plain[same], less[same])


def test_an_unknown_correction_is_refused(small):
    with pytest.raises(ValueError, match="did you mean 'williams'"):
        correct_keyness(keyness(*small, target="North"), correction="wiliams")


def test_a_missing_interval_says_why(small):
    found = compare(small)
    assert set(found["note"]) == {"South has 1 of 5 documents: no interval"}
    texts = [*random_texts(18), ("North", "only only")]
    notes = compare(tables(texts))["note"]
    assert notes["only"] == "South does not use it: no interval"
    assert notes.drop("only").isna().all()


def test_documents_that_use_a_term():
    counts, units = tables([("North", "a b"), ("North", "a"), ("South", "a"), ("South", "")])
    found = compare((counts, units))
    assert found["n_documents_target"].to_dict() == {"a": 2, "b": 1}
    assert found["n_documents_reference"].to_dict() == {"a": 1, "b": 0}


def test_one_group_has_no_rest():
    counts, units = tables([("North", "a"), ("North", "b")])
    with pytest.raises(ValueError, match="'North' is the only group"):
        keyness(counts, units, target="North")


def cases(prefix):
    if not SHARED.exists():
        return []
    found = json.loads((SHARED / "reference_cases.json").read_text(encoding="utf-8"))
    return [case for case in found if case["name"].startswith(prefix)]


@pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared/data/stats")
@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("keyness_chi2_none_2x2", "chi2"),
        ("keyness_lr_none_2x2", "g2"),
        ("keyness_lr_none_8types", "g2"),
        ("keyness_chi2_none_counts", "chi2"),
    ],
)
def test_quanteda(name, column):
    (case,) = cases(name)
    given_counts = case["input"].get("counts") or {
        side: pd.Series(tokens.split()).value_counts().to_dict()
        for side, tokens in case["input"]["tokens"].items()
    }
    expected = case["expected"]["stat"]
    renamed = {term: f"t{number}" for number, term in enumerate(expected)}
    sides = [{renamed[term]: n for term, n in counts.items()} for counts in given_counts.values()]
    found = compare(totals(*sides))[column]
    # quanteda adds 1e-9 to each ratio before its logarithm.
    assert {term: found[renamed[term]] for term in expected} == pytest.approx(expected, abs=1e-7)


@pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared/data/stats")
@pytest.mark.parametrize("name", ["keyness_rayson_120_40", "keyness_rayson_35_60"])
def test_hardie_and_gabrielatos(name):
    (case,) = cases(name)
    sides = [case["input"][key] for key in ("a", "b", "n1", "n2")]
    assert log_ratio(*sides) == pytest.approx(case["expected"]["LogRatio"])
    assert percent_diff(*sides) == pytest.approx(case["expected"]["pctDIFF"])


@pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared/data/stats")
@pytest.mark.parametrize("name", ["fightingwords_prior_0.1", "fightingwords_prior_informative"])
def test_fighting_words(name):
    (case,) = cases(name)
    words = case["input"]["vocabulary"]
    sides = [" ".join(case["input"][side]).split() for side in ("class1", "class2")]
    counts = [[side.count(word) for word in words] for side in sides]
    prior = case["input"]["prior"]
    pseudo = [prior[word] if isinstance(prior, dict) else prior for word in words]
    _, z = weighted_log_odds(*counts, (len(sides[0]), len(sides[1])), pseudo)
    assert dict(zip(words, z, strict=True)) == pytest.approx(case["expected"], abs=1e-5)


def test_unknown_group_names_the_known_ones(small):
    with pytest.raises(ValueError, match=r"no group 'Norht'.*\['North', 'South'\].*'North'"):
        compare(small, target="Norht")


def test_one_group_twice_is_refused(small):
    with pytest.raises(ValueError, match="both 'North'"):
        compare(small, reference="North")


def test_a_group_without_tokens_is_refused():
    with pytest.raises(TableError, match="group 'South' has no tokens"):
        compare(tables([("North", "a"), ("South", "")]))


def test_counts_of_unknown_units_are_refused(small):
    _, units = small
    other, _ = tables([("North", "a"), ("South", "b"), ("South", "c")])
    with pytest.raises(TableError, match="unit 'u2' is not in units"):
        compare((other, units))


def test_the_voice_rule():
    texts = random_texts(11)
    with pytest.raises(TableError, match=r"voices are \['paraphrase'\]"):
        compare(tables(texts, voice="paraphrase"))
    with pytest.raises(TableError, match="not evidence"):
        compare(tables(texts, voice="synthetic"), voice="any")
    loose = compare(tables(texts, voice="paraphrase"), voice="any")
    assert set(loose["voice"]) == {"any"}
    assert set(compare(tables(texts))["voice"]) == {"original"}


def test_only_the_compared_groups_are_asked_for_their_voice():
    counts, units = tables([*random_texts(12), ("East", "peace")])
    voices = units["voice"].astype("str").mask(units["group"] == "East", "paraphrase")
    units = units.assign(voice=voices.astype("category"))
    assert set(compare((counts, units))["voice"]) == {"original"}


def test_zero_counts_everywhere_give_no_row():
    counts, units = tables([("North", "a b"), ("South", "b")])
    assert compare((counts.iloc[:0], units)).empty


def test_an_empty_side_is_refused():
    with pytest.raises(TableError, match="group 'South' has no tokens"):
        compare(tables([("North", "a b"), ("South", "")]))


def test_one_document_has_no_interval_and_says_why():
    row = compare(tables([("North", "a a b"), ("South", "a b b")])).loc["a"]
    assert np.isnan(row["low"])
    assert row["note"] == "South has 1 of 5 documents: no interval"
