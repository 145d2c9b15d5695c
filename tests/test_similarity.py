"""How alike vocabularies are."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial import distance
from scipy.stats import entropy, t

from analysis.errors import TableError
from analysis.features.counts import count_terms
from analysis.features.similarity import similarity
from analysis.index import build_index
from analysis.tables import SIMILARITY, UNITS, build_table, check_table

TEXTS = st.lists(
    st.lists(st.sampled_from("abcde"), min_size=1, max_size=20).map(" ".join),
    min_size=2,
    max_size=5,
)


def tables(texts, groups=None, voice="original"):
    names = [f"u{n}" for n in range(len(texts))]
    index = build_index(pd.Series(texts, index=names, dtype="str"))
    units = pd.DataFrame({"unit_id": names, "n_tokens": index.n_tokens, "voice": voice})
    return count_terms(index), build_table(units.assign(group=groups or names), UNITS)


@given(TEXTS)
def test_each_measure_by_its_definition(texts):
    counts, units = tables(texts)
    found = check_table(similarity(counts, units), SIMILARITY)
    dense = counts.pivot_table(index="unit_id", columns="term", values="n", observed=False)
    dense = dense.fillna(0).astype(float)
    for row in found.itertuples():
        x, y = dense.loc[row.first].to_numpy(), dense.loc[row.second].to_numpy()
        p, q = x / x.sum(), y / y.sum()
        expected = {
            "cosine": 1 - distance.cosine(x, y),
            "jaccard": 1 - distance.jaccard(x > 0, y > 0),
            "dice": 1 - distance.dice(x > 0, y > 0),
            "simple_matching": 1 - distance.hamming(x > 0, y > 0),
            "euclidean": distance.euclidean(x, y),
            "manhattan": distance.cityblock(x, y),
            "maximum": distance.chebyshev(x, y),
            "canberra": distance.canberra(x, y),
            "bray_curtis": distance.braycurtis(x, y),
            "faith": ((x * y > 0).sum() + (x + y == 0).sum() / 2) / len(x),
            "jensen_shannon": distance.jensenshannon(p, q, base=2) ** 2,
            "jensen_shannon_distance": distance.jensenshannon(p, q, base=2),
            "hellinger": np.sqrt(((np.sqrt(p) - np.sqrt(q)) ** 2).sum() / 2),
            "kl_first": entropy(p, q, base=2),
            "kl_second": entropy(q, p, base=2),
        }
        for name, value in expected.items():
            assert getattr(row, name) == pytest.approx(value, abs=1e-7), name


@given(TEXTS)
def test_a_text_and_itself(texts):
    row = similarity(*tables([texts[0], texts[0]])).iloc[0]
    for name in ("cosine", "jaccard", "ejaccard", "dice", "edice", "simple_matching", "hamann"):
        assert row[name] == pytest.approx(1)
    for name in ("euclidean", "manhattan", "maximum", "canberra", "jensen_shannon", "kl_first"):
        assert row[name] == pytest.approx(0, abs=1e-7)


def test_nothing_in_common():
    row = similarity(*tables(["a a", "b"])).iloc[0]
    assert (row.cosine, row.jaccard, row.hamann, row.jensen_shannon) == (0, 0, -1, 1)
    assert row.kl_first == row.kl_second == np.inf


def test_groups_are_the_sums_of_their_units():
    found = similarity(*tables(["a b", "a", "b c"], groups=["N", "N", "S"]), by="group")
    whole = similarity(*tables(["a b a", "b c"], groups=["N", "S"]))
    numbers = [name for name, kind in SIMILARITY.columns.items() if kind == "number"]
    pd.testing.assert_frame_equal(found[numbers], whole[numbers])
    assert whole["note"].tolist() == ["single units: no interval"]
    assert found[["first", "second", "n_tokens_first"]].astype("str").iloc[0].tolist() == [
        "N",
        "S",
        "3",
    ]


NORTH = ["a b c", "a a b", "a b b d", "c a", "b b a d", "a"]
SOUTH = ["c c b", "b c d", "d d c a", "c b", "c c c"]


def of_sides(north, south):
    return similarity(*tables(north + south, ["N"] * len(north) + ["S"] * len(south)), by="group")


def cosine(north, south):
    return similarity(*tables([" ".join(north), " ".join(south)]))["cosine"][0]


def test_limits_of_the_cosine_leave_out_one_document_at_a_time():
    row = of_sides(NORTH, SOUTH).iloc[0]
    whole = cosine(NORTH, SOUTH)
    bias, variance = 0.0, 0.0
    for left in (
        [cosine(NORTH[:k] + NORTH[k + 1 :], SOUTH) for k in range(6)],
        [cosine(NORTH, SOUTH[:k] + SOUTH[k + 1 :]) for k in range(5)],
    ):
        bias += (len(left) - 1) * (np.mean(left) - whole)
        variance += (len(left) - 1) * np.var(left)
    assert row.cosine_corrected == pytest.approx(whole - bias)
    sizes = [np.array([len(text.split()) for text in side]) for side in (NORTH, SOUTH)]
    freedom = min(n.sum() ** 2 / (n**2).sum() for n in sizes) - 1
    reach = t(freedom).ppf(0.975) * np.sqrt(variance)
    assert row.cosine_low == pytest.approx(max(whole - bias - reach, 0))
    assert row.cosine_high == pytest.approx(min(whole - bias + reach, 1))
    assert pd.isna(row.note)


def test_few_documents_have_no_limits():
    row = of_sides(NORTH, SOUTH[:4]).iloc[0]
    assert np.isnan([row.cosine_corrected, row.cosine_low, row.cosine_high]).all()
    assert row.note == "S has 4 of 5 documents: no interval"


def test_the_limits_hold_the_likeness_of_what_is_sampled():
    rng = np.random.default_rng(1956)
    shares = 1 / np.arange(3, 63)
    north, south = (w / w.sum() for w in (shares, shares * rng.lognormal(0, 0.5, 60)))
    truth = north @ south / np.sqrt(north @ north * (south @ south))
    words = np.array([f"w{n}" for n in range(60)])
    held = 0
    for _ in range(40):
        sides = [
            [" ".join(rng.choice(words, 60, p=rng.dirichlet(30 * p))) for _ in range(8)]
            for p in (north, south)
        ]
        row = of_sides(*sides).iloc[0]
        held += row.cosine_low <= truth <= row.cosine_high
        assert row.cosine < row.cosine_corrected
    assert held >= 36


def test_pairs_stand_in_the_order_of_units_and_empty_texts_are_left_out():
    found = similarity(*tables(["a", "", "b", "c"]))
    assert list(zip(found["first"], found["second"], strict=True)) == [
        ("u0", "u2"),
        ("u0", "u3"),
        ("u2", "u3"),
    ]


def test_what_is_refused():
    with pytest.raises(TableError, match="1 unit has tokens; two or more are compared"):
        similarity(*tables(["a", ""]))
    with pytest.raises(ValueError, match="no level 'period'; there are"):
        similarity(*tables(["a", "b"]), by="period")
    with pytest.raises(TableError, match="not evidence"):
        similarity(*tables(["a", "b"], voice="synthetic"))
