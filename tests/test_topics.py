"""Topics of an invented world in which each unit draws on farming, seafaring or the law."""

import numpy as np
import pandas as pd
import pytest

from analysis.errors import TableError
from analysis.models.topics import fit_topics, measure_prevalence
from analysis.resampling import share_interval
from analysis.tables import COUNTS, TOPIC_SHARES, UNITS, build_table

FIELDS = {
    "farm": ["barley", "harvest", "orchard", "plough", "meadow", "cattle", "seed", "scythe"],
    "sea": ["anchor", "harbour", "sail", "tide", "rudder", "voyage", "captain", "mast"],
    "law": ["court", "judge", "statute", "verdict", "appeal", "witness", "clause", "treaty"],
}
MIXES = {"North": (0.7, 0.2, 0.1), "South": (0.1, 0.2, 0.7)}


def world(n_units=30, seed=5, tokens=60):
    """Counts and units: half North, half South, each by its own mix of the three fields."""
    rng = np.random.default_rng(seed)
    terms = [term for field in FIELDS.values() for term in field]
    groups = ["North", "South"] * (n_units // 2)
    rows = []
    for number, group in enumerate(groups):
        mix = rng.dirichlet(np.array(MIXES[group]) * 4)
        drawn = rng.multinomial(tokens, np.repeat(mix / 8, 8))
        rows += [
            {"unit_id": f"u{number:02}", "term": term, "n": n}
            for term, n in zip(terms, drawn, strict=True)
            if n
        ]
        rows.append({"unit_id": f"u{number:02}", "term": "the", "n": 50})
    names = [f"u{number:02}" for number in range(n_units)]
    units = {"unit_id": names, "doc_id": names, "group": groups, "voice": "original"}
    units = build_table(pd.DataFrame(units).assign(n_tokens=tokens + 50), UNITS)
    return build_table(rows, COUNTS), units


@pytest.fixture(scope="module")
def fitted():
    counts, units = world()
    return fit_topics(counts, units, k=3, seed=1)


def test_topics_are_the_fields_that_the_units_drew_on(fitted):
    top = fitted.topic_terms[fitted.topic_terms["rank"] <= 8]
    found = [sorted(terms) for _, terms in top.groupby("topic", observed=True)["term"]]
    assert sorted(found) == sorted(sorted(field) for field in FIELDS.values())


def test_a_topics_name_is_its_number_and_three_of_its_terms(fitted):
    top = fitted.topic_terms[fitted.topic_terms["rank"] <= 8]
    for number, (topic, rows) in enumerate(top.groupby("topic", observed=True), start=1):
        mark, words = str(topic).split(" ", 1)
        assert mark == f"T{number}"
        assert set(words.split(", ")) <= set(rows["term"])


def test_shares_of_a_unit_add_up_to_one(fitted):
    sums = fitted.topic_shares.groupby("unit_id", observed=True)["share"].sum()
    assert sums.to_numpy() == pytest.approx(np.ones(30))


def test_shares_are_close_to_the_units_true_tokens(fitted):
    counts, _ = world()
    farm = counts[counts["term"].isin(FIELDS["farm"])].groupby("unit_id", observed=True)["n"].sum()
    whole = counts[counts["term"] != "the"].groupby("unit_id", observed=True)["n"].sum()
    truth = (farm.reindex(whole.index).fillna(0) / whole).to_numpy()
    shares = fitted.topic_shares.pivot_table(
        index="unit_id", columns="topic", values="share", observed=True
    )
    best = min(np.abs(shares[topic].to_numpy() - truth).max() for topic in shares)
    assert best < 0.15


def test_topics_are_numbered_by_falling_prevalence(fitted):
    means = fitted.topic_shares.groupby("topic", observed=True)["share"].mean()
    assert means.is_monotonic_decreasing


def test_topics_with_words_of_their_own_come_back_when_units_are_drawn_anew(fitted):
    assert (fitted.stability["cosine"] > 0.9).all()
    assert (fitted.stability["jaccard"] > 0.6).all()
    assert list(fitted.stability["topic"]) == list(fitted.topic_shares["topic"].cat.categories)


def test_topics_beyond_those_there_are_do_not_come_back():
    counts, units = world()
    extra = fit_topics(counts, units, k=8, seed=1)
    assert extra.stability["cosine"].min() < 0.9


def test_the_same_seed_gives_the_same_model(fitted):
    counts, units = world()
    again = fit_topics(counts, units, k=3, seed=1)
    for table in ("topic_terms", "topic_shares", "stability"):
        pd.testing.assert_frame_equal(getattr(fitted, table), getattr(again, table))


def test_the_order_of_rows_does_not_matter(fitted):
    counts, units = world()
    again = fit_topics(counts.sample(frac=1, random_state=2), units, k=3, seed=1)
    pd.testing.assert_frame_equal(fitted.topic_terms, again.topic_terms)


def test_stop_words_and_words_of_nearly_every_unit_or_of_one_are_left_out(fitted):
    assert fitted.n_terms == 24
    counts, units = world()
    rare = pd.DataFrame({"unit_id": ["u00"], "term": ["zeugma"], "n": [90]})
    everywhere = pd.DataFrame({"unit_id": units["unit_id"], "term": "assembly", "n": 9})
    more = build_table(pd.concat([counts, rare, everywhere], ignore_index=True), COUNTS)
    assert fit_topics(more, units, k=3, seed=1).n_terms == 24


def test_a_unit_without_a_term_of_the_model_has_missing_shares():
    counts, units = world()
    counts = counts[~((counts["unit_id"] == "u03") & (counts["term"] != "the"))]
    shares = fit_topics(counts, units, k=3, seed=1).topic_shares
    assert shares[shares["unit_id"] == "u03"]["share"].isna().all()
    assert len(shares) == 90


# Prevalence


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


def test_prevalences_of_a_group_add_up_to_one(fitted):
    _, units = world()
    sums = measure_prevalence(fitted.topic_shares, units).groupby("group", observed=True)["share"]
    assert sums.sum().to_numpy() == pytest.approx(np.ones(2))


def test_units_of_no_group_or_without_a_share_are_left_out():
    shares = two_topics(0.2, 0.4, np.nan, 0.9)
    found = measure_prevalence(shares, placed(["North", "North", "North", None]))
    assert found["n_units"].tolist() == [2, 2]


def test_a_group_of_one_unit_has_no_interval():
    found = measure_prevalence(two_topics(0.2), placed(["North"])).iloc[0]
    assert np.isnan(found["low"])
    assert found["note"].startswith("fewer than two units: no interval; ")


# What is refused


@pytest.mark.parametrize("k", [1, 31])
def test_more_topics_than_units_or_fewer_than_two_are_refused(k):
    counts, units = world()
    with pytest.raises(ValueError, match=f"k is {k}; there are 30 units with words"):
        fit_topics(counts, units, k=k, seed=1)


def test_empty_counts_are_refused():
    counts, units = world()
    with pytest.raises(TableError, match="counts: the table is empty"):
        fit_topics(counts.iloc[:0], units, k=3, seed=1)


def test_counts_of_an_unknown_unit_are_refused():
    counts, units = world()
    with pytest.raises(TableError, match="unit 'u29' is not in units"):
        fit_topics(counts, units.iloc[:29], k=3, seed=1)


def test_counts_without_words_that_units_share_are_refused():
    counts, units = world()
    with pytest.raises(TableError, match="none is a word in 2 units or more"):
        fit_topics(counts[counts["term"] == "the"], units, k=3, seed=1)


def test_words_that_are_not_the_speakers_own_are_refused_unless_the_user_says_any():
    counts, units = world()
    retold = units.assign(voice=pd.Categorical(["paraphrase"] * 30))
    with pytest.raises(TableError, match="voice='any'"):
        fit_topics(counts, retold, k=3, seed=1)
    assert fit_topics(counts, retold, k=3, seed=1, voice="any").voice == "any"
    with pytest.raises(ValueError, match="voice is 'both'"):
        fit_topics(counts, units, k=3, seed=1, voice="both")


def test_synthetic_units_are_refused_always(fitted):
    counts, units = world()
    invented = units.assign(voice=pd.Categorical(["synthetic"] * 30))
    with pytest.raises(TableError, match="not evidence"):
        fit_topics(counts, invented, k=3, seed=1, voice="any")
    with pytest.raises(TableError, match="not evidence"):
        measure_prevalence(fitted.topic_shares, invented)
