"""Codes of passages of UN speeches: by the codebook, without their text."""

import hashlib
import re
from pathlib import Path

import pandas as pd
import pytest

from analysis.codebook import STANCES
from analysis.study import load_study

HOUSE = Path(__file__).resolve().parents[1]
STUDY = HOUSE / "data" / "raw" / "russia_japan"
TEXTS = HOUSE.parent / "shared" / "data" / "ungdc" / "dispute_passages.csv"
CODED = pd.read_csv(STUDY / "un_passages.csv", keep_default_na=False, dtype="str")
BOOK = load_study(STUDY).codebook


def test_every_code_is_one_of_the_codebook_and_of_its_version():
    frames = {frame for cell in CODED["frames"] for frame in filter(None, cell.split("; "))}
    assert frames <= set(BOOK.frames)
    for code in BOOK.propositions:
        assert set(CODED[code]) <= set(STANCES)
    assert set(CODED["codebook_version"]) == {BOOK.version}


def test_each_passage_stands_once_and_no_cell_holds_a_text():
    assert not CODED.duplicated("passage_sha256").any()
    assert CODED["passage_sha256"].str.fullmatch("[0-9a-f]{64}").all()
    assert CODED["file"].str.fullmatch(r"(JPN|RUS)_\d\d_\d{4}\.txt").all()
    known = {*BOOK.frames, *STANCES, "model_1", "2"}
    words = {
        word for column in CODED.columns[2:] for cell in CODED[column] for word in cell.split("; ")
    }
    assert words - {""} <= known


def test_what_the_sources_say_is_counted():
    said = (STUDY / "SOURCES.md").read_text(encoding="utf-8")
    sides = CODED["file"].str[:3].value_counts()
    stances = (CODED[list(BOOK.propositions)] != STANCES[-1]).any(axis=1)
    assert f"{len(CODED)} of them marked as topical" in said
    assert f"{sides['JPN']} of Japan, {sides['RUS']} of" in said
    assert re.search(rf"take a stance \({stances.sum()} of\s+Japan's, none", said)
    assert set(CODED["file"][stances].str[:3]) == {"JPN"}


@pytest.mark.skipif(not TEXTS.exists(), reason="needs ../shared/data/ungdc/dispute_passages.csv")
def test_the_passages_are_those_that_are_marked_as_topical():
    texts = pd.read_csv(TEXTS, keep_default_na=False)
    topical = texts[texts["topical"] == 1]
    sums = [hashlib.sha256(passage.encode()).hexdigest() for passage in topical["passage"]]
    assert sorted(CODED["passage_sha256"]) == sorted(sums)
    files = dict(zip(sums, topical["file"], strict=True))
    assert CODED["file"].tolist() == [files[each] for each in CODED["passage_sha256"]]
