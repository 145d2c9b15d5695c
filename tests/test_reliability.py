"""Agreement of coders: Krippendorff's own examples, another implementation, and the chronicle."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.metrics.agreement import AnnotationTask

from analysis.errors import TableError
from analysis.models.reliability import alpha_interval, krippendorff_alpha, measure_reliability
from analysis.tables import CODES, STATEMENTS, build_table

CHRONICLE = Path(__file__).resolve().parents[1] / "data/raw/russia_japan/chronicle.jsonl"
PROPOSITIONS = ("treaty_first", "recognition", "russian_title", "handover")
# CODEBOOK.md, section 5.2.
PUBLISHED = {
    "frame good_neighborliness": 0.97,
    "frame wwii_outcome": 1,
    "frame legal_title": 0.97,
    "frame illegal_occupation": 0.93,
    "frame treaty_first": 0.66,
    "frame territory_first": 0.97,
    "frame declaration_1956": 1,
    "frame security_alliance": 0.95,
    "frame economic_cooperation": 0.94,
    "frame humanitarian_visits": 1,
    "frame sanctions_2022": 0.88,
    "frame constitutional_ban": 1,
    "treaty_first": 0.93,
    "recognition": 0.97,
    "russian_title": 0.97,
    "handover": 0.95,
}


def coded(*coders, code="frame"):
    """One string of values per coder, a letter per statement; a dot where it is not coded."""
    return build_table(
        [
            {"statement_id": f"s{place}", "code": code, "coder": f"coder_{number}", "value": value}
            for number, values in enumerate(coders, start=1)
            for place, value in enumerate(values)
            if value != "."
        ],
        CODES,
    )


def spoken(n, *, episodes=None, voice="original", duplicates=()):
    """As many statements, each an episode of its own unless `episodes` says otherwise."""
    rows = {
        "statement_id": [f"s{place}" for place in range(n)],
        "episode_id": episodes or [f"e{place}" for place in range(n)],
        "voice": voice,
        "duplicate_of": ["s0" if place in duplicates else None for place in range(n)],
        "start": 0,
        "end": 0,
        "negated": False,
    }
    return build_table(pd.DataFrame(rows), STATEMENTS)


def measured(*coders, **how):
    names = [f"coder_{number}" for number in range(1, len(coders) + 1)]
    frame = measure_reliability(coded(*coders), spoken(len(coders[0]), **how), coders=names)
    return frame.iloc[0]


@pytest.mark.parametrize(
    ("coders", "alpha"),
    [
        # Krippendorff (2011): A, two observers and two values; B, five values; C, missing values.
        (("0100000010", "1110010000"), 0.095),
        (("aabbdcccedda", "babbbccceddd"), 0.692),
        (("123321412...", "1233224125.3", ".3332342251.", "12332441251."), 0.743),
    ],
)
def test_alpha_is_krippendorffs_in_his_own_examples(coders, alpha):
    assert measured(*coders)["alpha"] == pytest.approx(alpha, abs=0.0005)


@settings(max_examples=25)
@given(st.lists(st.text("abc", min_size=3, max_size=3), min_size=2, max_size=30))
def test_alpha_agrees_with_nltk(statements):
    triples = [
        (coder, str(place), value)
        for place, values in enumerate(statements)
        for coder, value in enumerate(values)
    ]
    found = measured(*("".join(values) for values in zip(*statements, strict=True)))["alpha"]
    if len({value for _, _, value in triples}) == 1:
        assert np.isnan(found)
    else:
        assert found == pytest.approx(AnnotationTask(triples).alpha())


@settings(max_examples=25)
@given(st.lists(st.text("ab", min_size=2, max_size=2), min_size=2, max_size=30))
def test_alpha_does_not_ask_who_coded_or_what_the_values_are_called(statements):
    first, second = ("".join(values) for values in zip(*statements, strict=True))
    plain, swapped = measured(first, second), measured(second, first)
    renamed = measured(*(values.translate(str.maketrans("ab", "yx")) for values in (first, second)))
    for other in (swapped, renamed):
        pd.testing.assert_series_equal(plain, other, check_exact=False)


def test_no_variation_is_undefined_and_never_perfect():
    found = measured("aaaaaaaa", "aaaaaaaa")
    assert found["agreement"] == 1
    assert np.isnan([found["alpha"], found["low"], found["high"]]).all()
    assert found["note"] == "no variation: undefined"


def test_perfect_agreement_has_a_lower_limit_below_one():
    found = measured("abababababab", "abababababab")
    assert (found["alpha"], found["high"]) == (1, 1)
    # No disagreement in twelve episodes: the limit of 0 in 12, over the expected disagreement.
    expected = (24**2 - 2 * 12**2) / (24 * 23)
    assert found["low"] == pytest.approx(1 - (1 - 0.025 ** (1 / 12)) / expected)


def test_weak_agreement_is_marked():
    found = measured("aabbabab", "abbbbaab")
    assert found["alpha"] < 0.67
    assert found["note"] == "alpha under .67: for illustration only"
    assert -1 <= found["low"] < found["alpha"] < found["high"] <= 1


def test_fewer_episodes_behind_the_same_statements_give_a_wider_interval():
    coders = ("abababababababab", "abababbbababaaab")
    narrow = measured(*coders)
    wide = measured(*coders, episodes=[f"e{place // 4}" for place in range(16)])
    assert wide["n_units"] == 4
    assert wide["alpha"] == pytest.approx(narrow["alpha"])
    assert wide["high"] - wide["low"] > narrow["high"] - narrow["low"]


def test_statements_with_one_coder_and_duplicates_do_not_count():
    found = measured("ababa.", "ababab", duplicates={4})
    assert (found["n_statements"], found["n_units"]) == (4, 4)


def test_disagreement_in_the_only_episode_that_varies_has_no_interval():
    found = measured("aaaaab", "aaaaaa")
    assert found["alpha"] == pytest.approx(0)
    assert np.isnan(found["low"])
    assert found["note"].startswith("varies in one episode only: no interval")


def test_coders_without_a_common_statement_leave_a_row_that_says_so():
    found = measured("ab..", "..ab")
    assert np.isnan(found["alpha"])
    assert found["note"] == "no statement with two coders: undefined"


def test_alpha_needs_two_coders_that_are_there():
    codes, statements = coded("ab", "ab"), spoken(2)
    with pytest.raises(ValueError, match=r"no coder 'coder_3'; there are \['coder_1', 'coder_2'\]"):
        measure_reliability(codes, statements, coders=["coder_1", "coder_3"])
    with pytest.raises(ValueError, match=r"coders are \['coder_1'\]; agreement needs two"):
        measure_reliability(codes, statements, coders=["coder_1"])


def test_synthetic_statements_are_refused():
    with pytest.raises(TableError, match=r"synthetic.*not evidence"):
        measured("abab", "abab", voice="synthetic")


def test_the_interval_and_the_table_are_one():
    matrices = np.array([[[2.0, 0], [0, 0]], [[0, 1.0], [1, 0]], [[0, 0], [0, 4.0]]])
    found = alpha_interval(matrices, np.array([1.0, 1, 2]))
    assert found.estimate == krippendorff_alpha(matrices.sum(axis=0))


def test_the_chronicles_alphas_are_those_of_its_codebook():
    records = [json.loads(line) for line in CHRONICLE.read_text(encoding="utf-8").splitlines()]
    frames = [code.removeprefix("frame ") for code in PUBLISHED if code.startswith("frame ")]
    rows = []
    for record in records:
        for coder in ("coder1", "coder2"):
            given = record[coder]
            if given:
                for code in frames:
                    value = "present" if code in given["frames"] else "absent"
                    rows.append((record["id"], f"frame {code}", coder, value))
                rows += [(record["id"], code, coder, given[code]) for code in PROPOSITIONS]
    codes = pd.DataFrame(rows, columns=["statement_id", "code", "coder", "value"])
    said = {
        "statement_id": [record["id"] for record in records],
        "episode_id": [record["episode_id"] for record in records],
    }
    statements = pd.DataFrame(said).assign(voice="paraphrase", start=0, end=0, negated=False)
    found = measure_reliability(
        build_table(codes, CODES), build_table(statements, STATEMENTS), coders=["coder1", "coder2"]
    ).set_index("code")
    assert set(found["n_statements"]) == {227}
    assert found["alpha"].round(2).to_dict() == PUBLISHED
    assert list(found.index[found["note"].fillna("").str.contains("under .67")]) == [
        "frame treaty_first"
    ]


def test_codes_of_statements_that_are_not_there_leave_a_row_that_says_so():
    codes = coded("ab", "aa")
    for statements in (spoken(2).iloc[:0], spoken(2, duplicates=[0, 1])):
        row = measure_reliability(codes, statements, coders=["coder_1", "coder_2"]).iloc[0]
        assert np.isnan(row["alpha"])
        assert (row["n_statements"], row["note"]) == (0, "no statement with two coders: undefined")


def test_two_values_by_one_coder_for_one_statement_are_refused():
    codes = coded("ab", "aa")
    doubled = codes.iloc[[0, 0, 1, 2, 3]].reset_index(drop=True)
    with pytest.raises(TableError, match="stands in two rows"):
        measure_reliability(doubled, spoken(2), coders=["coder_1", "coder_2"])
