"""What a reader judges a topic by."""

import numpy as np
import pandas as pd
import pytest
from scipy.spatial.distance import jensenshannon

from analysis.index import build_index
from analysis.models.topic_labels import (
    label_topics,
    map_topics,
    measure_topics,
    representative_units,
)
from analysis.models.topics import fit_topics
from analysis.tables import COUNTS, UNITS, build_table
from tests.topical import FIELDS, world


@pytest.fixture(scope="module")
def fitted():
    return fit_topics(*world(), k=3, seed=1, n_refits=2)


def test_every_measure_finds_the_words_of_a_field(fitted):
    labels = label_topics(fitted, n_terms=6)
    assert len(labels) == 3 * 3 * 6
    fields = [set(field) for field in FIELDS.values()]
    for _, rows in labels.groupby(["topic", "measure"], observed=True):
        assert any(set(rows["term"]) <= field for field in fields)


def test_frex_and_probability_fall_with_the_rank(fitted):
    labels = label_topics(fitted)
    for measure in ("probability", "frex"):
        rows = labels[labels["measure"] == measure]
        steps = rows.groupby("topic", observed=True)["score"].diff().dropna()
        assert (steps <= 1e-12).all()


def test_quality_has_a_row_for_each_topic_and_says_what_it_asked(fitted):
    found = measure_topics(fitted)
    assert list(found["topic"]) == list(fitted.parts.names)
    assert found["share"].sum() == pytest.approx(1)
    assert set(found["company"]) == {"units"}
    texts = pd.Series([" ".join(field) for field in FIELDS.values()] * 4)
    there = measure_topics(fitted, build_index(texts.set_axis([f"t{n}" for n in range(12)])))
    assert set(there["company"]) == {"texts"}
    # Eight words of a field always meet; the two that make up the ten never meet them.
    assert (there["npmi"] > 0).all()


def test_the_units_of_a_topic_are_those_with_most_of_it(fitted):
    found = representative_units(fitted, n=3)
    shares = fitted.topic_shares
    for topic, rows in found.groupby("topic", observed=True):
        best = shares[shares["topic"] == topic].nlargest(3, "share")
        assert rows["share"].tolist() == pytest.approx(best["share"].tolist())
        own = shares[shares["topic"] == topic].set_index("unit_id")["share"]
        assert rows["share"].tolist() == own.loc[rows["unit_id"]].tolist()


def test_of_units_wholly_of_a_topic_the_longest_come_first():
    rows = [(f"u{n}", word, n + 3) for n in range(8) for word in FIELDS["farm" if n % 2 else "sea"]]
    counts = build_table(pd.DataFrame(rows, columns=["unit_id", "term", "n"]), COUNTS)
    units = pd.DataFrame({"unit_id": [f"u{n}" for n in range(8)], "voice": "original"})
    model = fit_topics(
        counts, build_table(units.assign(n_tokens=99), UNITS), k=2, seed=1, n_refits=1
    )
    found = representative_units(model, n=4, fewest_tokens=1)
    whole = found.groupby("topic", observed=True)["unit_id"].agg(list)
    assert sorted(whole) == [["u6", "u4", "u2", "u0"], ["u7", "u5", "u3", "u1"]]


def test_short_units_are_no_good_examples():
    counts, units = world()
    there = counts[(counts["unit_id"] != "u03") | (counts["term"] == "barley")]
    model = fit_topics(there, units, k=3, seed=1, n_refits=1)
    assert "u03" not in set(representative_units(model, n=30)["unit_id"])
    assert "u03" in set(representative_units(model, n=30, fewest_tokens=1)["unit_id"])


def test_no_units_are_not_asked_for(fitted):
    with pytest.raises(ValueError, match="n is 0; ask for one unit or more"):
        representative_units(fitted, n=0)


def test_three_topics_lie_as_far_apart_as_their_words(fitted):
    places = map_topics(fitted)[["x", "y"]].to_numpy()
    within = fitted.parts.weights / fitted.parts.weights.sum(axis=1, keepdims=True)
    for one, other in ((0, 1), (0, 2), (1, 2)):
        expected = jensenshannon(within[one], within[other], base=2)
        assert np.linalg.norm(places[one] - places[other]) == pytest.approx(expected)
    assert (places.max(axis=0) >= -places.min(axis=0) - 1e-9).all()
