"""Several scales side by side: turned alike, compared by group and period, held to each other."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from scipy.stats import pearsonr, t, ttest_ind

from analysis.comparison.scales import compare_scales, correlate_scales
from analysis.errors import TableError
from analysis.models.scales import collect_scales, content_counts
from analysis.tables import (
    COUNTS,
    SCALE_AGREEMENT,
    SCALE_EFFECTS,
    SCALES,
    UNITS,
    build_table,
    check_table,
)

PERIODS = {
    "early": (date(2001, 1, 1), date(2001, 12, 31)),
    "late": (date(2002, 1, 1), date(2002, 12, 31)),
}
N = 40
NAMES = [f"u{place:02}" for place in range(N)]
RNG = np.random.default_rng(5)
PLACES = RNG.normal(size=N) + np.repeat([0.0, 1.0], N // 2)
OTHER = PLACES + RNG.normal(0, 0.4, N)
SIDES = ("u39", "u00")


def units(documents=None):
    frame = pd.DataFrame({"unit_id": NAMES, "doc_id": documents, "n_tokens": 10})
    frame["group"] = np.repeat(["North", "South"], N // 2)
    frame["date"] = pd.to_datetime(["2001-06-01", "2002-06-01"] * (N // 2))
    return build_table(frame.assign(voice="original"), UNITS)


def scale(places, **columns):
    return pd.DataFrame({"unit_id": NAMES, "position": places} | columns)


def collected(found=None, documents=None):
    found = found or {"one": scale(PLACES), "other": scale(OTHER)}
    right_of = ("u39", "u00") if PLACES[39] > PLACES[0] else ("u00", "u39")
    return collect_scales(found, units(documents), right_of=right_of)


def compare(scales):
    found = compare_scales(scales, groups=["North", "South"], periods=PERIODS)
    keys = ["scale", "effect", "contrast", "period"]
    return check_table(found, SCALE_EFFECTS).astype(dict.fromkeys(keys, "str")).set_index(keys)


def test_a_mean_has_the_t_interval_of_its_units_and_a_difference_its_own():
    found = compare(collected())
    first, second = PLACES[:20], PLACES[20:]
    row = found.loc[("one", "mean", "North", "all")]
    half = t.ppf(0.975, 19) * first.std(ddof=1) / 20**0.5
    assert row[["estimate", "low", "high"]].tolist() == pytest.approx(
        [first.mean(), first.mean() - half, first.mean() + half]
    )
    row = found.loc[("one", "difference", "North - South", "all")]
    oracle = ttest_ind(first, second, equal_var=False)
    assert row["estimate"] == pytest.approx(first.mean() - second.mean())
    # The same standard error; the fewer documents alone count for the quantile.
    error = (first.mean() - second.mean()) / oracle.statistic
    assert row["high"] - row["estimate"] == pytest.approx(t.ppf(0.975, 19) * error, rel=0.02)


def test_periods_part_what_all_holds():
    found = compare(collected())["estimate"]
    early, late = (found[("one", "mean", "North", period)] for period in PERIODS)
    assert (early + late) / 2 == pytest.approx(found[("one", "mean", "North", "all")])


def test_a_scale_turned_round_turns_every_comparison():
    there = compare(collected())
    back = compare(collected().assign(position=lambda rows: -rows["position"]))
    assert back["estimate"].tolist() == pytest.approx((-there["estimate"]).tolist())
    assert back["low"].tolist() == pytest.approx((-there["high"]).tolist())


def test_units_of_one_document_count_once():
    alone = compare(collected())
    paired = compare(collected(documents=[f"d{place // 4:02}" for place in range(N)]))
    row = ("one", "mean", "North", "all")
    assert paired.loc[row, "n_units"] == 5
    assert paired.loc[row, "estimate"] == pytest.approx(alone.loc[row, "estimate"])
    few = paired.loc[("one", "difference", "North - South", "early")]
    assert few["n_units"] == 10


def test_reference_texts_and_small_cells_have_no_say():
    told = np.where(np.arange(N) < 17, -1.0, np.nan)
    found = compare(collected({"one": scale(PLACES, reference=told)}))
    row = found.loc[("one", "mean", "North", "all")]
    assert row["n_units"] == 3
    assert row["estimate"] == pytest.approx(PLACES[17:20].mean())
    assert np.isnan(row["low"])
    assert row["note"] == "fewer than 5 documents: no interval"
    assert np.isnan(found.loc[("one", "difference", "North - South", "all"), "high"])


def test_agreement_is_pearsons_with_and_without_the_sides():
    found = correlate_scales(collected(), groups=["North", "South"])
    rows = check_table(found, SCALE_AGREEMENT).astype({"group": "str"})
    assert list(rows["group"]) == ["all", "North", "South"] * 3
    row = rows[(rows["second"] == "other") & (rows["group"] == "North")].iloc[0]
    assert row["correlation"] == pytest.approx(pearsonr(PLACES[:20], OTHER[:20]).statistic)
    oracle = pearsonr(PLACES, OTHER).confidence_interval()
    row = rows[(rows["second"] == "other") & (rows["group"] == "all")].iloc[0]
    assert [row["low"], row["high"]] == pytest.approx([oracle.low, oracle.high], abs=0.05)
    dated = rows[rows["second"] == "date"].set_index(["first", "group"])["correlation"]
    late = np.tile([0.0, 1.0], N // 2)
    assert dated["one", "all"] == pytest.approx(pearsonr(PLACES, late).statistic)


def test_a_scale_agrees_wholly_with_itself_stretched():
    found = correlate_scales(
        collected({"one": scale(PLACES), "same": scale(3 * PLACES + 1)}), groups=[]
    )
    row = found[found["second"] == "same"].iloc[0]
    assert row["correlation"] == pytest.approx(1)


def test_all_scales_are_turned_the_same_way():
    found = {
        "one": scale(PLACES, low=PLACES - 1, high=PLACES + 2),
        "turned": scale(-PLACES, low=-PLACES - 2, high=-PLACES + 1, reference=np.full(N, 0.5)),
    }
    rows = check_table(collected(found), SCALES)
    one, turned = (rows[rows["scale"] == name].reset_index(drop=True) for name in found)
    for column in ("position", "low", "high"):
        assert turned[column].tolist() == pytest.approx(one[column].tolist())
    assert set(turned["reference"]) == {-0.5}
    assert list(one["doc_id"]) == NAMES


def test_what_cannot_be_collected():
    with pytest.raises(ValueError, match="no unit 'u99'"):
        collect_scales({"one": scale(PLACES)}, units(), right_of=("u99", "u00"))
    with pytest.raises(TableError, match=r"scale 'one' has u01 at 1\.0 and u00 at 1\.0; the first"):
        collect_scales({"one": scale(PLACES**0)}, units(), right_of=("u01", "u00"))
    with pytest.raises(TableError, match="no scale to collect"):
        collect_scales({}, units(), right_of=("u01", "u00"))
    with pytest.raises(ValueError, match=r"no group 'West'.*\['North', 'South'\]"):
        compare_scales(collected(), groups=["West"])


def test_function_words_figures_and_rare_words_are_no_ground():
    rows = [
        {"unit_id": unit, "term": term, "n": 2}
        for place, unit in enumerate(NAMES[:6])
        for term in ("peace", "the", "1990", "g7", *(["rare"] if place < 4 else []))
    ]
    found = content_counts(build_table(rows, COUNTS), language="en")
    assert list(found["term"].cat.categories) == ["g7", "peace"]
    assert found["n"].sum() == 24
    kept = content_counts(build_table(rows, COUNTS), language="en", min_units=4)
    assert "rare" in set(kept["term"])
    with pytest.raises(TableError, match="none of 5 terms is a word in 7 units"):
        content_counts(build_table(rows, COUNTS), language="en", min_units=7)
