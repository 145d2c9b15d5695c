"""Topic prevalence by group and period, differences and how they move."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from scipy.stats import t, ttest_ind

from analysis.comparison.topic_effects import compare_topics
from analysis.errors import TableError
from analysis.tables import TOPIC_DRAWS, UNITS, build_table

PERIODS = {
    "early": (date(2001, 1, 1), date(2001, 12, 31)),
    "late": (date(2002, 1, 1), date(2002, 12, 31)),
}
SHARES = np.random.default_rng(3).beta(4, 6, 40)
SHARES[:20] += 0.15


def drawn(shares, noise=0.0, draws=4):
    """The given shares of the first of two topics, moved by as much as `noise` from draw 1 on."""
    moves = [0.0, *np.linspace(-noise, noise, draws)]
    rows = [
        {"draw": draw, "unit_id": f"u{place:02}", "topic": topic, "share": value}
        for draw, move in enumerate(moves)
        for place, share in enumerate(shares)
        for topic, value in (("T1", share + move), ("T2", 1 - share - move))
    ]
    return build_table(rows, TOPIC_DRAWS)


def placed(n=40, documents=None, groups=("North", "South")):
    """Units of two groups, one after the other, by turns early and late."""
    names = [f"u{place:02}" for place in range(n)]
    frame = pd.DataFrame({"unit_id": names, "doc_id": documents or names, "n_tokens": 10})
    frame["group"] = np.repeat(groups, n // 2)
    frame["date"] = pd.to_datetime(["2001-06-01", "2002-06-01"] * (n // 2))
    return build_table(frame.assign(voice="original"), UNITS)


def effect(found, name, topic="T1", period="all", contrast=None):
    rows = found[(found["effect"] == name) & (found["topic"] == topic)]
    rows = rows[rows["period"] == period]
    return (rows[rows["contrast"] == contrast] if contrast else rows).iloc[0]


def compare(draws, units, periods=PERIODS):
    return compare_topics(draws, units, groups=["North", "South"], periods=periods)


def test_with_sure_topics_a_difference_is_welchs():
    row = effect(compare(drawn(SHARES), placed()), "difference")
    oracle = ttest_ind(SHARES[:20], SHARES[20:], equal_var=False)
    limits = oracle.confidence_interval()
    assert row["estimate"] == pytest.approx(SHARES[:20].mean() - SHARES[20:].mean())
    assert (row["low"], row["high"]) == pytest.approx((limits.low, limits.high))
    assert row["p"] == pytest.approx(oracle.pvalue)


def test_unsure_topics_widen_every_interval():
    sure, unsure = (compare(drawn(SHARES, noise), placed()) for noise in (0.0, 0.1))
    prevalence = sure["effect"] == "prevalence"
    widths = [(found["high"] - found["low"])[prevalence] for found in (sure, unsure)]
    assert (widths[1] > widths[0]).all()
    assert unsure["estimate"].tolist() == pytest.approx(sure["estimate"].tolist())


def test_rubins_rules_worked_by_hand():
    # Both groups move together, so the difference stays and has no variance between draws.
    found = compare(drawn(SHARES, 0.1), placed())
    alone = compare(drawn(SHARES), placed())
    one, other = (effect(table, "difference") for table in (found, alone))
    assert (one["low"], one["high"]) == pytest.approx((other["low"], other["high"]))
    within, between = SHARES[:20].var(ddof=1) / 20, np.linspace(-0.1, 0.1, 4).var(ddof=1) * 5 / 4
    row = effect(found, "prevalence", contrast="North")
    freedom = (within + between) ** 2 / (within**2 / 19 + between**2 / 3)
    share, quantile = row["estimate"], t.ppf(0.975, freedom)
    odds = share / (1 - share) * np.exp(quantile * within**0.5 / (share * (1 - share)))
    above = np.hypot(odds / (1 + odds) - share, quantile * between**0.5)
    assert row["high"] == pytest.approx(share + above)


def test_a_share_of_nearly_nothing_with_unsure_topics_is_not_anything_at_all():
    found = compare(drawn(np.linspace(1e-7, 1e-5, 40), 0.03), placed())
    row = effect(found, "prevalence", contrast="North")
    assert row["low"] == 0
    assert 0.03 < row["high"] < 0.2


def test_swapping_the_groups_flips_every_difference():
    there = compare(drawn(SHARES, 0.05), placed())
    back = compare_topics(drawn(SHARES, 0.05), placed(), groups=["South", "North"], periods=PERIODS)
    for name, period in (("difference", "all"), ("interaction", "late - early")):
        one, other = (effect(found, name, period=period) for found in (there, back))
        assert (one["estimate"], one["low"]) == pytest.approx((-other["estimate"], -other["high"]))
        assert one["p"] == pytest.approx(other["p"])


def test_an_interaction_is_the_difference_of_differences():
    found = compare(drawn(SHARES), placed())
    early, late = (effect(found, "difference", period=period) for period in ("early", "late"))
    moved = effect(found, "interaction", period="late - early")
    assert moved["estimate"] == pytest.approx(late["estimate"] - early["estimate"])
    assert moved["n_units"] == 40


def test_prevalences_stay_within_0_and_1_and_add_up():
    found = compare(drawn(np.linspace(0.001, 0.03, 40)), placed())
    rows = found[found["effect"] == "prevalence"]
    assert rows["low"].min() > 0
    assert rows["high"].max() < 1
    sums = rows.groupby(["contrast", "period"], observed=True)["estimate"].sum()
    assert sums.to_numpy() == pytest.approx(np.ones(len(sums)))


def test_documents_count_not_passages():
    documents = [f"d{place // 2}" for place in range(40)]
    shares = np.repeat(SHARES[::2], 2)
    row = effect(compare(drawn(shares), placed(documents=documents), None), "difference")
    oracle = ttest_ind(shares[:20:2], shares[20::2], equal_var=False).confidence_interval()
    assert row["n_units"] == 20
    assert (row["low"], row["high"]) == pytest.approx((oracle.low, oracle.high))


def test_few_documents_or_no_variation_have_no_interval_but_a_note():
    found = compare(drawn(SHARES[:16]), placed(16))
    few = effect(found, "prevalence", period="early", contrast="North")
    assert np.isnan(few["low"])
    assert few["n_units"] == 4
    assert few["note"] == "fewer than 5 documents (North, early): no interval"
    assert effect(found, "prevalence", contrast="North")["low"] > 0
    still = compare(drawn(np.full(40, 0.3)), placed())
    assert still[["low", "high", "p", "q"]].isna().all(axis=None)
    assert still["note"].str.startswith("no variation").all()


def test_a_period_without_texts_has_its_row():
    periods = PERIODS | {"never": (date(1999, 1, 1), date(1999, 12, 31))}
    row = effect(compare(drawn(SHARES), placed(), periods), "difference", period="never")
    assert row["n_units"] == 0
    assert np.isnan(row["estimate"])


def test_q_is_of_one_effect_at_a_time():
    found = compare(drawn(SHARES), placed())
    assert found.loc[found["effect"] == "prevalence", "q"].isna().all()
    rest = found[found["effect"] != "prevalence"]
    assert (rest["q"] >= rest["p"]).all()


def test_of_one_group_alone_there_are_prevalences():
    found = compare_topics(drawn(SHARES), placed(), groups=["North"], periods=PERIODS)
    assert set(found["effect"]) == {"prevalence"}
    assert found[found["topic"] == "T1"]["estimate"].iloc[0] == pytest.approx(SHARES[:20].mean())


def test_units_that_were_not_drawn_and_groups_named_twice_are_refused():
    with pytest.raises(TableError, match=r"no unit 'u00' \(40 of 40 that were drawn are missing"):
        strangers = placed().assign(unit_id=pd.Categorical([f"x{n}" for n in range(40)]))
        compare(drawn(SHARES), strangers)
    with pytest.raises(TableError, match=r"no unit 'u10' \(10 of 40"):
        compare(drawn(SHARES), placed().drop(index=range(10, 20)).reset_index(drop=True))
    for groups in (["North", "North"], []):
        with pytest.raises(ValueError, match="name one or more, each once"):
            compare_topics(drawn(SHARES), placed(), groups=groups)


def test_what_is_not_there_is_named():
    with pytest.raises(ValueError, match=r"no group 'East'.*\['North', 'South'\]"):
        compare_topics(drawn(SHARES), placed(), groups=["North", "East"])
    with pytest.raises(TableError, match="draw 0 is the fit"):
        rows = drawn(SHARES)
        compare(rows[rows["draw"] > 0].reset_index(drop=True), placed())
    with pytest.raises(ValueError, match="'all', which stands for all"):
        compare(drawn(SHARES), placed(), {"all": PERIODS["early"]})
