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
from analysis.features.dispersion import dispersion, waiting_times
from analysis.index import build_index
from analysis.tables import COUNTS, DISPERSION, UNITS, WAITING_TIMES, build_table, check_table

PUBLISHED = {
    "DP": "dp",
    "DP norm": "dp_norm",
    "SD": "sd",
    "VC": "vc",
    "Juilland's D": "juilland_d",
    "Rosengren's S": "rosengren_s",
    "KL-divergence": "kl_divergence",
    "Dissemination": "dissemination",
    "DA": "mean_difference",
}
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
        for name, column in PUBLISHED.items():
            assert found.loc[term, column] == pytest.approx(expected[name], abs=1e-9)


@pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared/data/stats")
@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("juilland_D_equal_parts", "juilland_d"),
        ("carroll_D2", "carroll_d2"),
        ("lyne_D3", "lyne_d3"),
        ("gries_DPnorm_equal_parts", "dp_norm"),
        ("juilland_U", "juilland_u"),
        ("rosengren_KF", "rosengren_kf"),
    ],
)
def test_published_examples_of_equal_parts(name, column):
    cases = json.loads((SHARED / "reference_cases.json").read_text(encoding="utf-8"))
    case = next(case for case in cases if case["name"] == name)
    found = measure(["t " * n + "x " * (20 - n) for n in case["input"]["freqs"]])
    assert found.loc["t", column] == pytest.approx(case["expected"], abs=case["tol"])


@pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared/data/stats")
@pytest.mark.parametrize(
    ("name", "column"),
    [("AWT_average_waiting_time", "awt"), ("ALD_average_logarithmic_distance", "ald")],
)
def test_published_distances(name, column):
    cases = json.loads((SHARED / "reference_cases.json").read_text(encoding="utf-8"))
    case = next(case for case in cases if case["name"] == name)
    index = build_index(pd.Series({"a": case["input"]["tokens"]}))
    found = check_table(waiting_times(index), WAITING_TIMES).set_index("term")
    assert found.loc["a", column] == pytest.approx(case["recomputed"])


PARTS = "b a m n i b e u p k|b a s a t b e w q n|b c a g a b e s t a|b a g h a b e a a t|"
PARTS += "b a h a a b e a x a"


def test_adjusted_frequencies_that_gries_publishes():
    # Gries (2008), International Journal of Corpus Linguistics 13(4), pages 406 to 410.
    row = waiting_times(build_index(pd.Series(PARTS.split("|")))).set_index("term").loc["a"]
    assert [row.arf, row.awt, row.f_awt] == pytest.approx([10.8, 3.18, 9.328], abs=5e-4)
    assert [row.ald, row.f_ald] == pytest.approx([0.628, 11.764], abs=5e-4)


@pytest.mark.parametrize(
    ("counts", "column", "published"),
    [
        ([1, 2, 3, 4, 5], "rosengren_s", 0.937),
        ([4, 2, 1, 1, 0], "juilland_u", 4.609),
        ([4, 2, 1, 1, 0], "carroll_um", 6.424),
        ([1, 2, 3, 4, 5], "carroll_um", 14.108),
        ([4, 2, 1, 1, 0], "rosengren_kf", 5.863),
        ([1, 2, 3, 4, 5], "rosengren_kf", 14.053),
        ([4, 2, 1, 1, 0], "engwall_fm", 6.4),
        ([1, 2, 3, 4, 5], "engwall_fm", 15),
        ([2, 1, 1, 1, 0], "kromer_ur", 4.5),
    ],
)
def test_frequencies_in_five_parts_that_are_published(counts, column, published):
    # Engwall (1974), page 122, and Gries (2008), pages 407 to 409.
    found = measure(["t " * n + "x " * (20 - n) for n in counts])
    assert found.loc["t", column] == pytest.approx(published, abs=5e-4)


def test_entropy_of_a_term_over_units():
    found = measure(["t t u", "t x x", "t x x"])
    assert found.loc["t", "entropy"] == pytest.approx(1.5)
    assert found.loc["u", "entropy"] == 0


@given(st.lists(st.integers(0, 9), min_size=2, max_size=6).filter(any))
def test_adjusted_frequencies_do_not_exceed_the_frequency(counts):
    row = measure(["t " * n + "x " * (20 - n) for n in counts]).loc["t"]
    for name in ("juilland_u", "carroll_um", "rosengren_kf", "engwall_fm", "kromer_ur"):
        assert -1e-9 <= row[name] <= row["n"] + 1e-9


def test_parts_of_one_kind_many_times_over_are_as_even():
    once, twice = measure(["t t x", "t x x x"]), measure(["t t x", "t x x x"] * 2)
    same = ["dp", "rosengren_s", "lyne_d3", "kl_divergence", "vc"]
    assert once.loc["t", same].tolist() == pytest.approx(twice.loc["t", same].tolist())


@given(st.integers(1, 6), st.integers(1, 5))
def test_evenly_spread_tokens_keep_their_frequency(n, gap):
    index = build_index(pd.Series({"a": ("t " + "x " * gap) * n}))
    row = waiting_times(index).set_index("term").loc["t"]
    assert [row.n, row.arf, row.f_awt, row.f_ald] == pytest.approx([n] * 4)


def test_tokens_in_one_place_count_little():
    row = waiting_times(build_index(pd.Series({"a": "t t t t", "b": "x " * 36}))).iloc[1]
    # Four tokens side by side in forty: three stretches of 1, then 37; the mean distance is 10.
    assert row.arf == pytest.approx((1 + 1 + 1 + 10) / 10)
    assert row.awt == pytest.approx((1 + (3 + 37**2) / 40) / 2)


def test_no_text_no_waiting():
    assert waiting_times(build_index(pd.Series(dtype="str"))).empty


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
