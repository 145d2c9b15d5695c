"""How much of each group's texts a topic takes."""

import numpy as np
import pandas as pd
import pytest

from analysis.errors import TableError
from analysis.models.prevalence import measure_prevalence
from analysis.resampling import share_interval
from analysis.tables import TOPIC_SHARES, UNITS, build_table


def two_topics(*shares):
    """Topic shares of u0, u1, ...: the given share of the first topic, the rest of the second."""
    rows = [
        {"unit_id": f"u{place}", "topic": topic, "share": part}
        for place, share in enumerate(shares)
        for topic, part in (("T1 a", share), ("T2 b", 1 - share))
    ]
    return build_table(rows, TOPIC_SHARES)


def placed(groups, documents=None):
    names = [f"u{place}" for place in range(len(groups))]
    rows = {"unit_id": names, "doc_id": documents or names, "group": groups, "voice": "original"}
    return build_table(pd.DataFrame(rows).assign(n_tokens=10), UNITS)


def test_prevalence_is_the_mean_share_of_a_groups_units():
    shares = two_topics(0.2, 0.4, 0.9, 0.5)
    found = measure_prevalence(shares, placed(["North", "North", "South", "South"]))
    first = found[found["topic"] == "T1 a"].set_index("group")
    assert first["share"].to_dict() == pytest.approx({"North": 0.3, "South": 0.7})
    assert (first["low"] < first["share"]).all()
    assert (first["share"] < first["high"]).all()
    assert found["note"].str.contains("not yet in it").all()


def test_prevalence_of_all_or_nothing_shares_is_nearly_that_of_a_share_of_units():
    found = measure_prevalence(two_topics(*[1.0] * 6, *[0.0] * 14), placed(["North"] * 20))
    exact = share_interval([1] * 6 + [0] * 14, [1] * 20)
    row = found[found["topic"] == "T1 a"].iloc[0]
    assert row["share"] == pytest.approx(0.3)
    assert (row["low"], row["high"]) == pytest.approx((exact.low, exact.high), abs=0.03)


def test_passages_of_one_document_are_one_unit():
    shares = two_topics(*[0.1, 0.1, 0.2, 0.2, 0.6, 0.6])
    apart = measure_prevalence(shares, placed(["North"] * 6)).iloc[0]
    together = measure_prevalence(
        shares, placed(["North"] * 6, documents=["d1", "d1", "d2", "d2", "d3", "d3"])
    ).iloc[0]
    assert (apart["n_units"], together["n_units"]) == (6, 3)
    assert together["high"] - together["low"] > apart["high"] - apart["low"]


def test_prevalences_of_a_group_add_up_to_one():
    units = placed(["North", "North", "South", "South"])
    found = measure_prevalence(two_topics(0.2, 0.4, 0.9, 0.5), units)
    sums = found.groupby("group", observed=True)["share"].sum()
    assert sums.to_numpy() == pytest.approx(np.ones(2))


def test_units_of_no_group_or_without_a_share_are_left_out():
    shares = two_topics(0.2, 0.4, np.nan, 0.9)
    found = measure_prevalence(shares, placed(["North", "North", "North", None]))
    assert found["n_units"].tolist() == [2, 2]


def test_a_group_of_one_unit_has_no_interval():
    found = measure_prevalence(two_topics(0.2), placed(["North"])).iloc[0]
    assert np.isnan(found["low"])
    assert found["note"].startswith("fewer than two units: no interval; ")


def test_synthetic_units_are_refused_always():
    invented = placed(["North"] * 2).assign(voice=pd.Categorical(["synthetic"] * 2))
    with pytest.raises(TableError, match="not evidence"):
        measure_prevalence(two_topics(0.2, 0.4), invented)
