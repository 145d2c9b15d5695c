"""The counts of the United Nations study: whole, of one piece, and no running text."""

import importlib.util
import re
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from analysis.corpus.counts import load_counts, load_hits, load_unit_texts, load_units
from analysis.fetching import load_source, save_texts
from analysis.study import load_study

HOUSE = Path(__file__).resolve().parents[1]
FOLDER = HOUSE / "data" / "raw" / "ungdc"
TEXTS = HOUSE.parent / "shared" / "data" / "ungdc"
MOST_WORDS_IN_A_FORM = 20
PARTS = ("", "passage_")


@pytest.fixture(scope="module")
def study():
    return load_study(FOLDER)


def load_builder():
    spec = importlib.util.spec_from_file_location("build_counts", FOLDER / "build_counts.py")
    builder = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(builder)
    return builder


@pytest.mark.skipif(not TEXTS.exists(), reason="needs ../shared/data/ungdc")
def test_the_committed_tables_are_those_that_the_texts_give(study, tmp_path):
    load_builder().main(TEXTS, tmp_path)
    built = sorted(path.name for path in tmp_path.iterdir())
    assert built == sorted(study.counts.values())
    for name in built:
        there, again = pd.read_parquet(FOLDER / name), pd.read_parquet(tmp_path / name)
        pd.testing.assert_frame_equal(there, again)


@pytest.mark.skipif(not TEXTS.exists(), reason="needs ../shared/data/ungdc")
def test_the_texts_to_fetch_are_those_that_were_counted(study, tmp_path):
    source = replace(load_source(FOLDER), folder=tmp_path / "texts")
    texts = load_unit_texts(save_texts(source, origin=TEXTS))
    assert set(texts["unit_id"]) == set(load_units(study)["unit_id"])


def test_two_governments_over_eight_periods(study):
    units = load_units(study)
    assert units.groupby("group", observed=True).size().to_dict() == {"Japan": 68, "Russia": 78}
    assert set(units["group"]) == set(study.groups)
    assert len(study.periods) == 8
    in_a_period = [
        any(first <= day.date() <= last for first, last in study.periods.values())
        for day in units["date"]
    ]
    assert all(in_a_period)
    known = {actor for actors in study.groups.values() for actor in actors}
    assert set(units["actor"]) == known


@pytest.mark.parametrize("part", PARTS)
def test_all_is_said_to_be_a_translation(study, part):
    units = load_units(study, f"{part}units")
    assert set(units["voice"]) == {"official_translation"}
    assert set(units["said_precision"]) == {"year"}


@pytest.mark.parametrize("part", PARTS)
def test_counts_of_a_unit_add_up_to_its_tokens(study, part):
    units = load_units(study, f"{part}units").set_index("unit_id")
    sums = load_counts(study, f"{part}counts").groupby("unit_id", observed=True)["n"].sum()
    assert sums.to_dict() == units["n_tokens"].to_dict()


def test_passages_lie_in_speeches_and_hold_their_mentions(study):
    speeches, passages = load_units(study), load_units(study, "passage_units")
    assert set(passages["doc_id"]) <= set(speeches["doc_id"])
    mentions = passages.groupby("doc_id")["n_mentions"].sum()
    expected = speeches.set_index("doc_id")["n_mentions"]
    assert mentions.to_dict() == expected[expected > 0].to_dict()
    assert (passages["n_tokens"] <= 101 * passages["n_mentions"]).all()
    assert (passages["start"] < passages["end"]).all()


@pytest.mark.parametrize("part", PARTS)
def test_counts_hold_single_words(study, part):
    terms = load_counts(study, f"{part}counts")["term"].cat.categories
    assert not [term for term in terms if re.search(r"\s", term)]
    assert max(len(term) for term in terms) < 40


@pytest.mark.parametrize("part", PARTS)
def test_hits_hold_short_forms_of_codes_that_the_codebook_knows(study, part):
    hits = load_hits(study, f"{part}hits")
    assert max(len(form.split()) for form in hits["form"]) <= MOST_WORDS_IN_A_FORM
    phrases = load_builder().PHRASES
    assert set(hits["code"].cat.categories) == {*study.codebook.frames, *phrases}
    assert set(hits["unit_id"]) <= set(load_units(study, f"{part}units")["unit_id"])


def test_no_file_is_large_and_no_text_is_there():
    names = sorted(path.name for path in FOLDER.iterdir() if path.is_file())
    assert not [name for name in names if Path(name).suffix in {".txt", ".csv", ".jsonl"}]
    assert sum((FOLDER / name).stat().st_size for name in names) < 2_000_000


def test_overlapping_windows_are_one_passage():
    builder = load_builder()
    places = pd.Series([10, 100, 300]).to_numpy()
    assert list(builder.merge_windows(places, 0, 320)) == [(0, 151, 2), (250, 320, 1)]


def test_names_lose_their_titles():
    clean = load_builder().clean_name
    assert clean("Mr. EXAMPLE ") == "Example"
    assert clean("Mrs. Ann B. Example,") == "Ann B. Example"


def test_no_soviet_or_russian_speech_names_the_islands(study):
    # SOURCES.md says so, and readers of any figure need to know it.
    names = r"kuril|habomai|shikotan|kunashir|iturup|etorofu|sakhalin"
    named = load_counts(study)[lambda rows: rows["term"].astype("str").str.contains(names)]
    assert set(named["unit_id"]) == {"JPN_36_1981"}


@pytest.mark.skipif(not TEXTS.exists(), reason="needs ../shared/data/ungdc")
def test_japan_names_the_northern_territories_in_ten_speeches():
    texts = load_builder().read_texts(TEXTS / "txt")
    named = texts[texts.str.contains(r"northern\s+territor", case=False)]
    years = [int(unit[-4:]) for unit in named.index]
    assert years == [1964, *range(1980, 1986), *range(1988, 1991)]
    assert named.index.str.startswith("JPN").all()
