"""Topics guided by words that the researcher names."""

from pathlib import Path

import pandas as pd
import pytest

from analysis.codebook import Codebook, Frame
from analysis.corpus.records import load_statements
from analysis.features.counts import count_terms
from analysis.index import build_index
from analysis.models.topic_fits import term_matrix
from analysis.models.topic_seeds import frame_seeds
from analysis.models.topics import fit_topics
from analysis.study import load_study
from analysis.tables import UNITS, build_table
from tests.topical import FIELDS, world

SEEDS = {"justice": ["court", "judge"], "fields": ["barley", "plough"]}


def top(model, topic):
    rows = model.topic_terms[(model.topic_terms["topic"] == topic)]
    return set(rows[rows["rank"] <= 8]["term"])


def test_a_seeded_topic_keeps_its_name_and_takes_the_words_that_go_with_its_seed():
    model = fit_topics(*world(), k=3, seed=1, seeds=SEEDS)
    assert top(model, "justice") == set(FIELDS["law"])
    assert top(model, "fields") == set(FIELDS["farm"])
    assert next(name for name in model.parts.names if name not in SEEDS).startswith("T")


def test_a_seed_pulls_words_together_that_do_not_meet_by_themselves():
    mixed = {"mixed": ["anchor", "court"]}
    model = fit_topics(*world(), k=4, seed=1, seeds=mixed)
    assert {"anchor", "court"} <= top(model, "mixed")


def test_the_same_seed_gives_the_same_guided_topics():
    first, second = (fit_topics(*world(), k=3, seed=4, seeds=SEEDS) for _ in range(2))
    assert first.topic_terms.equals(second.topic_terms)


def test_terms_that_the_model_does_not_have_are_told_with_near_ones():
    with pytest.raises(ValueError, match=r"seed 'justice'.*'courts'.*did you mean 'court'"):
        fit_topics(*world(), k=3, seed=1, seeds={"justice": ["courts"]})
    with pytest.raises(ValueError, match="give a list"):
        fit_topics(*world(), k=3, seed=1, seeds={"justice": []})


def test_more_seeds_than_topics_and_seeds_for_lda_are_refused():
    three = {**SEEDS, "waters": ["sail"]}
    with pytest.raises(ValueError, match=r"3 seeds .* but k is 2"):
        fit_topics(*world(), k=2, seed=1, seeds=three)
    with pytest.raises(ValueError, match="seeds are empty"):
        fit_topics(*world(), k=3, seed=1, seeds={})
    with pytest.raises(ValueError, match="'kl_nmf' alone; the method is 'lda'"):
        fit_topics(*world(), k=3, seed=1, seeds=SEEDS, method="lda")


def frame(*patterns):
    return Frame(code="f", label="a frame", patterns=patterns)


def test_frames_give_the_words_of_their_patterns_but_not_those_of_two_frames():
    frames = {
        "justice": frame("judg*|court", "verdict of ... witness", "clause"),
        "trade": frame("clause", "voyage"),
        "none": frame("zeugma"),
    }
    terms = [term for field in FIELDS.values() for term in field]
    book = Codebook(version="1", frames=frames)
    assert frame_seeds(book, terms) == {
        "justice": ["court", "judge", "verdict", "witness"],
        "trade": ["voyage"],
        "none": [],
    }


def test_a_frame_without_a_word_of_the_texts_guides_nothing_and_says_so():
    counts, units = world()
    book = Codebook(version="1", frames={"none": frame("zeugma"), "justice": frame("court")})
    seeds = frame_seeds(book, term_matrix(counts, units).terms)
    with pytest.raises(ValueError, match=r"seed 'none' has terms \[\].*leave the seed out"):
        fit_topics(counts, units, k=3, seed=1, seeds=seeds)
    kept = {name: terms for name, terms in seeds.items() if terms}
    assert "justice" in fit_topics(counts, units, k=3, seed=1, seeds=kept, n_refits=1).parts.names


def test_frames_guide_topics_of_short_statements():
    study = load_study(Path(__file__).resolve().parents[1] / "data" / "raw" / "russia_japan")
    statements = load_statements(study).dropna(subset=["content"])
    index = build_index(statements.set_index("statement_id")["content"])
    units = {"unit_id": index.unit_ids, "n_tokens": index.n_tokens, "voice": "paraphrase"}
    tables = count_terms(index), build_table(pd.DataFrame(units), UNITS)
    found = frame_seeds(study.codebook, term_matrix(*tables).terms)
    seeds = {name: terms for name, terms in found.items() if terms}
    k = len(seeds) + 2
    model = fit_topics(*tables, k=k, seed=1, voice="any", seeds=seeds, n_refits=1)
    assert model.n_terms > 100
    for name, terms in seeds.items():
        heaviest = model.topic_terms[model.topic_terms["topic"] == name]["term"]
        assert set(heaviest) & set(terms)
