"""Shares put right by a few codes given by hand."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.comparison.correction import correct_shares
from analysis.comparison.outcomes import Outcomes, corrected_mean
from analysis.errors import StudyError, TableError
from analysis.models.sampling import sample_statements, sample_stratified
from analysis.tables import (
    CODES,
    CORRECTED,
    STATEMENTS,
    build_table,
    check_table,
)

GROUPS = {"North": ("North",), "South": ("South",)}
CODERS = ("patterns", "hand")


def drawn(rng, n_units=40, size=6, error=0.2):
    """Truth, automatic codes with errors, and units of statements that are alike within."""
    units = np.repeat(np.arange(n_units), size)
    leans = rng.beta(2, 3, n_units)
    truth = (rng.random(len(units)) < leans[units]).astype(float)
    wrong = rng.random(len(units)) < error * (1 + truth)
    return truth, np.where(wrong, 1 - truth, truth), units


@settings(max_examples=40)
@given(st.integers(0, 1000))
def test_all_read_by_hand_is_the_truth(seed):
    truth, automatic, units = drawn(np.random.default_rng(seed), n_units=8)
    whole = Outcomes(automatic, truth, np.ones(len(truth)), units)
    assert corrected_mean(whole)[0] == pytest.approx(truth.mean())


def test_a_perfect_coder_is_used_wholly_and_a_useless_one_hardly():
    rng = np.random.default_rng(3)
    truth, _, units = drawn(rng, n_units=200)
    read = np.where(rng.random(len(truth)) < 0.2, truth, np.nan)
    chance = np.full(len(truth), 0.2)
    mean, tuning = corrected_mean(Outcomes(truth, read, chance, units))
    assert tuning > 0.8
    assert mean == pytest.approx(truth.mean(), abs=0.02)
    noise = rng.permutation(truth)
    assert corrected_mean(Outcomes(noise, read, chance, units))[1] < 0.5
    plain = corrected_mean(Outcomes(noise, read, chance, units), tuning=0)[0]
    assert plain == pytest.approx(np.nansum(read / 0.2) / len(truth))


def test_the_interval_holds_where_the_uncorrected_one_does_not():
    rng = np.random.default_rng(5)
    held = {"corrected": [], "raw": []}
    for _ in range(40):
        tables = studied(*drawn(rng, n_units=60, error=0.25), rng=rng)
        row = correct_shares(*tables, groups=GROUPS, coders=CODERS).iloc[0]
        held["corrected"].append(row["low"] <= 0.4 <= row["high"])
        held["raw"].append(row["raw_low"] <= 0.4 <= row["raw_high"])
    assert np.mean(held["corrected"]) > 0.9
    assert np.mean(held["raw"]) < 0.8


def studied(truth, automatic, units, rng=None, n=120):
    """Statements of one group, both coders' codes, and the sample."""
    size = len(truth)
    names = [f"s{place}" for place in range(size)]
    statements = build_table(
        pd.DataFrame(
            {
                "statement_id": names,
                "actor": "North",
                "episode_id": [f"e{unit}" for unit in units],
                "layer": "news",
                "start": 0,
                "end": 1,
                "negated": False,
            }
        ),
        STATEMENTS,
    )
    seed = int(rng.integers(1 << 30)) if rng else 1
    sample = sample_statements(statements, n=min(n, size), seed=seed)
    read = set(sample["statement_id"])
    values = {1.0: "present", 0.0: "absent"}
    codes = [
        {"statement_id": name, "code": "accord", "coder": coder, "value": values[value]}
        for coder, given_ in (("patterns", automatic), ("hand", truth))
        for name, value in zip(names, given_, strict=True)
        if coder == "patterns" or name in read
    ]
    return statements, build_table(codes, CODES), sample


def test_a_row_for_each_group_and_code():
    tables = studied(*drawn(np.random.default_rng(1)))
    found = check_table(correct_shares(*tables, groups=GROUPS, coders=CODERS), CORRECTED)
    row = found.iloc[0]
    assert (row["group"], row["code"], len(found)) == ("North", "accord", 2)
    assert (row["n_statements"], row["n_units"], row["n_by_hand"]) == (240, 40, 120)
    assert row["low"] < row["corrected"] < row["high"]
    assert 0 <= row["tuning"] <= 1


def test_too_little_by_hand_is_not_corrected():
    tables = studied(*drawn(np.random.default_rng(1)), n=9)
    row = correct_shares(*tables, groups=GROUPS, coders=CODERS).iloc[0]
    assert row["note"] == "9 by hand, fewer than 10: not corrected"
    assert np.isnan(row["corrected"])
    assert row["raw"] > 0


def test_rare_codes_are_not_corrected():
    truth, _, units = drawn(np.random.default_rng(1))
    rare = np.where(np.arange(len(truth)) < 3, 1.0, 0.0)
    row = correct_shares(*studied(rare, rare, units, n=240), groups=GROUPS, coders=CODERS).iloc[0]
    assert row["note"] == "3 of 240 by hand are of the rarer kind: not corrected"


def test_a_rare_code_is_estimable_where_the_sample_is_drawn_by_what_the_coder_found():
    rng, found = np.random.default_rng(8), []
    for seed in range(12):
        units = np.repeat(np.arange(60), 8)
        truth = (rng.random(len(units)) < rng.beta(0.2, 3.8, 60)[units]).astype(float)
        automatic = (rng.random(len(units)) < np.where(truth == 1, 0.9, 0.02)).astype(float)
        statements, codes, _ = studied(truth, automatic, units)
        by_coder = statements.assign(found=automatic.astype("str"))
        sample = sample_stratified(by_coder, by="found", n_each=150, seed=seed)
        truths = dict(zip(statements["statement_id"], truth, strict=True))
        rows = [
            {"statement_id": name, "code": "accord", "coder": "hand"}
            | {"value": "present" if truths[name] else "absent"}
            for name in sample["statement_id"]
        ]
        made = pd.concat([codes[codes["coder"] == "patterns"].astype("object"), pd.DataFrame(rows)])
        tables = (statements, build_table(made, CODES), sample)
        found.append(correct_shares(*tables, groups=GROUPS, coders=CODERS).iloc[0])
    table = pd.DataFrame(found)
    known = table[table["corrected"].notna()]
    assert len(known) >= 11
    assert known["corrected"].mean() == pytest.approx(0.05, abs=0.012)
    assert ((known["low"] < 0.05) & (known["high"] > 0.05)).mean() > 0.8


def test_what_is_refused():
    statements, codes, sample = studied(*drawn(np.random.default_rng(1)))
    with pytest.raises(ValueError, match=r"no coder 'hnd'.*did you mean 'hand'"):
        correct_shares(statements, codes, sample, groups=GROUPS, coders=("patterns", "hnd"))
    with pytest.raises(TableError, match="was coded by hand but is not in the sample"):
        correct_shares(statements, codes, sample.iloc[1:], groups=GROUPS, coders=CODERS)
    zero = sample.assign(inclusion_probability=0.0)
    with pytest.raises(TableError, match=r"inclusion_probability 0\.0; it is above 0, up to 1"):
        correct_shares(statements, codes, zero, groups=GROUPS, coders=CODERS)


def two_groups(n=120):
    rng = np.random.default_rng(2)
    statements, codes, sample = studied(*drawn(rng, n_units=40), n=n)
    half = statements["statement_id"].str[1:].astype(int) < 120
    sides = half.map({True: "North", False: "South"})
    return statements.assign(actor=sides.astype("str")), codes, sample


def test_a_group_that_says_nothing_has_a_row_that_says_so():
    tables = studied(*drawn(np.random.default_rng(1)))
    row = correct_shares(*tables, groups=GROUPS, coders=CODERS).set_index("group").loc["South"]
    assert (row["n_statements"], row["n_by_hand"], row["note"]) == (0, 0, "no statements")
    assert np.isnan(row[["raw", "corrected"]].astype(float)).all()


def test_one_episode_has_a_share_without_an_interval():
    truth, automatic, _ = drawn(np.random.default_rng(1))
    tables = studied(truth, automatic, np.zeros(len(truth), dtype=int))
    row = correct_shares(*tables, groups=GROUPS, coders=CODERS).iloc[0]
    assert row["note"] == "fewer than two units: no interval"
    assert np.isnan(row[["raw_low", "low", "high"]].astype(float)).all()


def test_two_coders_and_sides_apart_are_needed():
    tables = studied(*drawn(np.random.default_rng(1)))
    with pytest.raises(ValueError, match="name the automatic one, then the one by hand"):
        correct_shares(*tables, groups=GROUPS, coders=("hand", "hand"))
    with pytest.raises(StudyError, match="'North' stands in groups 'North' and 'South'"):
        correct_shares(*tables, groups={**GROUPS, "South": ["North"]}, coders=CODERS)
