"""How evenly terms are spread."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import TableError
from analysis.features.counts import count_terms
from analysis.features.dispersion import dispersion
from analysis.index import build_index
from analysis.tables import COUNTS, DISPERSION, UNITS, build_table, check_table

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "stats"


def tables(texts, voice="original"):
    """Counts and units of texts, one unit each."""
    index = build_index(pd.Series(texts, index=[f"u{i}" for i in range(len(texts))], dtype="str"))
    units = pd.DataFrame({"unit_id": index.unit_ids, "n_tokens": index.n_tokens})
    units = units.assign(doc_id=units["unit_id"], group="North", voice=voice)
    return count_terms(index), build_table(units, UNITS)


def measure(texts):
    return dispersion(*tables(texts)).set_index("term")


def test_a_case_worked_by_hand():
    # Sizes 4 and 6; "trade" 1 and 3: shares 0.25 and 0.75 against 0.4 and 0.6.
    found = measure(["trade a a a", "trade trade trade a a a"]).loc["trade"]
    assert found["dp"] == pytest.approx(0.15)
    assert found["dp_norm"] == pytest.approx(0.15 / 0.6)
    assert (found["n"], found["n_units"]) == (4, 2)


def test_even_is_zero_and_the_smallest_unit_alone_is_one():
    found = measure(["even alone", "even x even x"])
    assert found.loc["even", "dp"] == pytest.approx(0)
    assert found.loc["alone", "dp_norm"] == pytest.approx(1)


@given(st.lists(st.text(alphabet="ab ", min_size=1, max_size=30), min_size=2, max_size=5))
def test_the_definition_on_any_texts(texts):
    counts, units = tables(texts)
    sizes = units["n_tokens"] / max(units["n_tokens"].sum(), 1)
    for row in check_table(dispersion(counts, units), DISPERSION).itertuples():
        used = counts[counts["term"] == row.term].set_index("unit_id")["n"]
        used = used.reindex(units["unit_id"], fill_value=0).to_numpy()
        assert row.dp == pytest.approx(0.5 * np.abs(used / used.sum() - sizes).sum(), abs=1e-9)
        assert -1e-9 <= row.dp <= 1


def test_a_published_value_for_parts_of_one_size():
    # Wordless, after Gries: 2, 1 and 0 occurrences in three parts give 0.5.
    found = measure(["t t x x", "t x x x", "x x x x"]).loc["t"]
    assert found["dp_norm"] == pytest.approx(0.5)


def test_one_unit_has_no_normalised_deviation():
    found = measure(["a a b"])
    assert found["dp"].tolist() == [0, 0]
    assert found["dp_norm"].isna().all()


@pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared/data/stats")
def test_the_worked_example_of_gries():
    cases = json.loads((SHARED / "reference_cases.json").read_text(encoding="utf-8"))
    case = next(case for case in cases if case["name"] == "dispersion_gries2019")
    found = measure(case["input"]["parts"])
    for term, expected in case["expected"].items():
        assert found.loc[term, "n"] == expected["Frequency"]
        assert found.loc[term, "n_units"] == expected["Range"]
        assert found.loc[term, "dp"] == pytest.approx(expected["DP"])
        assert found.loc[term, "dp_norm"] == pytest.approx(expected["DP norm"])


def test_counts_of_other_units_are_refused():
    counts, units = tables(["a", "b"])
    with pytest.raises(TableError, match="counts: unit 'u1' is not in units"):
        dispersion(counts, units[:1])


def test_counts_that_exceed_the_tokens_are_refused():
    counts, units = tables(["a a"])
    with pytest.raises(TableError, match="'u0' has n_tokens 1, but its counts add up to 2"):
        dispersion(counts, units.assign(n_tokens=1))


def test_synthetic_units_are_refused():
    with pytest.raises(TableError, match="not evidence"):
        dispersion(*tables(["a", "b"], voice="synthetic"))


def test_no_counts_no_rows():
    empty = build_table([], COUNTS)
    assert dispersion(empty, tables(["a"])[1]).empty
