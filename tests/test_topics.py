"""Topics of an invented world in which each unit draws on farming, seafaring or the law."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.comparison.topic_effects import compare_topics
from analysis.corpus.records import load_statements
from analysis.errors import TableError
from analysis.features.counts import count_terms
from analysis.features.units import extract_statement_units, extract_units
from analysis.index import build_index
from analysis.models.topic_draws import draw_topics
from analysis.models.topics import check_k, fit_topics
from analysis.study import load_study
from analysis.tables import COUNTS, build_table
from tests.topical import FIELDS, world


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
    again = fit_topics(counts.sample(frac=1, random_state=2), units, k=3, seed=1, n_refits=1)
    pd.testing.assert_frame_equal(fitted.topic_terms, again.topic_terms)


def test_stop_words_and_words_of_nearly_every_unit_or_of_one_are_left_out(fitted):
    assert fitted.n_terms == 24
    counts, units = world()
    rare = pd.DataFrame({"unit_id": ["u00"], "term": ["zeugma"], "n": [90]})
    everywhere = pd.DataFrame({"unit_id": units["unit_id"], "term": "assembly", "n": 9})
    more = build_table(pd.concat([counts, rare, everywhere], ignore_index=True), COUNTS)
    assert fit_topics(more, units, k=3, seed=1, n_refits=1).n_terms == 24


def test_a_unit_without_a_term_of_the_model_has_missing_shares():
    counts, units = world()
    counts = counts[~((counts["unit_id"] == "u03") & (counts["term"] != "the"))]
    shares = fit_topics(counts, units, k=3, seed=1, n_refits=1).topic_shares
    assert shares[shares["unit_id"] == "u03"]["share"].isna().all()
    assert len(shares) == 90


# What is refused


@pytest.mark.parametrize("k", [1, 25, 2.5])
def test_more_topics_than_terms_or_fewer_than_two_are_refused(k):
    counts, units = world()
    with pytest.raises(ValueError, match=f"k is {k}; there are 24 terms in 30 units, .* 2 to 24"):
        fit_topics(counts, units, k=k, seed=1, n_refits=1)


def test_more_topics_than_units_are_refused():
    counts, units = world(n_units=6)
    with pytest.raises(ValueError, match=r"k is 7; there are 6 units with words, .* from 2 to 6"):
        fit_topics(counts, units, k=7, seed=1, n_refits=1)


def test_one_document_has_no_topics():
    counts, units = world()
    one = counts[counts["unit_id"] == "u00"].reset_index(drop=True)
    with pytest.raises(TableError, match="topics need words that units share and differ in"):
        fit_topics(one, units.head(1), k=2, seed=1)
    with pytest.raises(ValueError, match="there are 1 units with words; topics can be told apart"):
        check_k(2, 1)


def test_no_refits_are_refused():
    with pytest.raises(ValueError, match="n_refits is 0"):
        fit_topics(*world(), k=3, seed=1, n_refits=0)


def test_topics_of_single_statements_and_of_what_a_side_says_in_a_document():
    study = load_study(Path(__file__).resolve().parents[1] / "data" / "raw" / "russia_japan")
    statements = load_statements(study)
    for extract, least in ((extract_statement_units, 200), (extract_units, 200)):
        units = extract(statements, groups=study.groups)
        counts = count_terms(build_index(units.set_index("unit_id")["text"]))
        model = fit_topics(counts, units, k=4, seed=study.seed, voice="any", n_refits=1)
        found = compare_topics(
            draw_topics(model, units, seed=1, draws=2), units, groups=list(study.groups)
        )
        assert int(np.count_nonzero(model.parts.matrix.filled)) > least
        shares = found[found["effect"] == "prevalence"].groupby("contrast", observed=True)
        assert shares["estimate"].sum().tolist() == pytest.approx([1, 1])


def test_empty_counts_are_refused():
    counts, units = world()
    with pytest.raises(TableError, match="counts: the table is empty"):
        fit_topics(counts.iloc[:0], units, k=3, seed=1, n_refits=1)


def test_counts_of_an_unknown_unit_are_refused():
    counts, units = world()
    with pytest.raises(TableError, match="unit 'u29' is not in units"):
        fit_topics(counts, units.iloc[:29], k=3, seed=1, n_refits=1)


def test_counts_without_words_that_units_share_are_refused():
    counts, units = world()
    with pytest.raises(TableError, match="none is a word in 2 units or more"):
        fit_topics(counts[counts["term"] == "the"], units, k=3, seed=1, n_refits=1)


def test_words_that_are_not_the_speakers_own_are_refused_unless_the_user_says_any():
    counts, units = world()
    retold = units.assign(voice=pd.Categorical(["paraphrase"] * 30))
    with pytest.raises(TableError, match="voice='any'"):
        fit_topics(counts, retold, k=3, seed=1, n_refits=1)
    assert fit_topics(counts, retold, k=3, seed=1, voice="any", n_refits=1).voice == "any"
    with pytest.raises(ValueError, match="voice is 'both'"):
        fit_topics(counts, units, k=3, seed=1, voice="both")


def test_synthetic_units_are_refused_always():
    counts, units = world()
    invented = units.assign(voice=pd.Categorical(["synthetic"] * 30))
    with pytest.raises(TableError, match="not evidence"):
        fit_topics(counts, invented, k=3, seed=1, voice="any", n_refits=1)
