"""The exercise bulletins: synthetic, true to the chronicle, and with gold that fits their text."""

import hashlib
import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from analysis.study import load_study

RAW = Path(__file__).resolve().parents[1] / "data" / "raw"
EXERCISE = RAW / "exercise"
CHRONICLE = RAW / "russia_japan" / "chronicle.jsonl"

AGENCY = "concordat exercise wire"
NOTICE = "Exercise text written for the concordat project; not a news report"
UNCLOSED = {"37_what_the_cabinet_wrote", "46_broad_document"}
WRITTEN_AS = {"Japanese Foreign Ministry": "Ministry of Foreign Affairs"}
MONTHS = "january february march april may june july august september october november december"


def read(path):
    return path.read_bytes().decode("utf-8").removeprefix("\ufeff")


def load_lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


TEXTS = {path.stem: read(path) for path in sorted(EXERCISE.glob("bulletins/*.txt"))}
GOLD = {row["doc_id"]: row for row in load_lines(EXERCISE / "gold.jsonl")}
RECORDS = {row["id"]: row for row in load_lines(CHRONICLE)}
STATEMENTS = [(doc_id, row) for doc_id, gold in GOLD.items() for row in gold["statements"]]

each_bulletin = pytest.mark.parametrize("doc_id", TEXTS)


def footer_records(text):
    footer = re.search(r"^(?:Kaynak/)?Source: chronicle (.+?)\r?$", text, flags=re.MULTILINE)
    return [RECORDS[record] for record in footer[1].split(", ")]


def paragraphs(text):
    return [block.strip() for block in re.split(r"(?:\r?\n){2,}", text) if len(block) > 60]


def plain(text):
    return re.sub(r"['’]", "", text).casefold()


def quoted(text):
    """Return what stands in quotation marks; an unclosed one is given to its paragraph's end."""
    found = []
    for line in text.splitlines():
        marks = [match.start() for match in re.finditer(r'["“”]', line)] + [len(line)]
        found += [line[a + 1 : b] for a, b in zip(marks[::2], marks[1::2], strict=False)]
    found += re.findall(r"‘([^’\n]+)’", text)
    return found + re.findall(r"(?<!\w)'([^'\n]+)'(?!\w)", text)


def words(row, text, role):
    return [text[start:end] for start, end in row[role]]


def test_there_are_bulletins_and_each_has_gold():
    assert len(TEXTS) >= 44
    assert list(TEXTS) == list(GOLD)


def test_the_study_calls_every_text_synthetic():
    study = load_study(EXERCISE)
    assert study.documents.constants == {
        "kind": "synthetic",
        "voice": "synthetic",
        "genre": "exercise",
    }
    assert study.scope.startswith("exercise texts, no evidence")
    assert not study.sample


def test_every_file_is_sealed():
    sums = dict(
        reversed(line.split("  ")) for line in (EXERCISE / "SHA256SUMS").read_text().splitlines()
    )
    files = [path for path in EXERCISE.rglob("*") if path.is_file() and path.name != "SHA256SUMS"]
    assert sums == {
        path.relative_to(EXERCISE).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


@each_bulletin
def test_a_bulletin_says_what_it_is(doc_id):
    text = TEXTS[doc_id]
    assert NOTICE in text
    assert AGENCY in text.casefold()
    assert not re.search(r"https?:|www\.|<url>", text)
    assert 1 <= len(footer_records(text)) <= 3
    assert 80 <= len(re.findall(r"\w+", text)) <= 220


@each_bulletin
def test_the_agency_line_and_the_date_line_agree(doc_id):
    text, published_on = TEXTS[doc_id], GOLD[doc_id]["published_on"]
    day, month, year = re.search(r"^(\d\d)\.(\d\d)\.(\d{4})\r?$", text, flags=re.M).groups()
    assert published_on == f"{year}-{month}-{day}"
    line = re.search(AGENCY + r"\D{1,20}(\d+) (\w+) (\d{4})", text.casefold())
    assert line.groups() == (str(int(day)), MONTHS.split()[int(month) - 1], year)


@each_bulletin
def test_the_title_stands_in_capitals_before_the_agency_line(doc_id):
    text, title = TEXTS[doc_id], GOLD[doc_id]["title"]
    assert title == title.upper()
    assert 0 <= text.index(title) < text.casefold().index(AGENCY)


@each_bulletin
def test_quotation_marks_enclose_only_documented_terms(doc_id):
    text = TEXTS[doc_id]
    terms = {plain(term) for row in footer_records(text) for term in row["key_terms"]}
    for part in map(plain, quoted(text)):
        if part.rstrip(",.?!") not in terms:
            assert doc_id in UNCLOSED, part
            assert part.startswith(tuple(terms))


@each_bulletin
def test_offsets_lie_inside_the_text_and_on_words(doc_id):
    text = TEXTS[doc_id]
    for row in GOLD[doc_id]["statements"]:
        assert row["content"]
        assert len(row["cue"]) <= 1
        assert len(row["source"]) <= 1
        for role in ("source", "cue", "content"):
            assert row[role] == sorted(row[role])
            for start, end in row[role]:
                part = text[start:end]
                assert 0 <= start < end <= len(text)
                assert part == part.strip()
                assert not text[start - 1 : start + 1].isalnum()
                assert not text[end - 1 : end + 1].isalnum()
                assert role == "cue" or part[-1] not in ".,;:"


@each_bulletin
def test_the_type_fits_the_marks(doc_id):
    for row in GOLD[doc_id]["statements"]:
        parts = words(row, TEXTS[doc_id], "content")
        bare = re.sub(r'["“][^"“”]*["”]', "", " ".join(parts))
        has_marks = any(re.search(r'["“”‘]', part) for part in parts)
        assert (row["quote_type"] == "indirect") == (not has_marks)
        assert (row["quote_type"] == "direct") == (has_marks and not re.search(r"\w", bare))


@each_bulletin
def test_who_and_when_are_those_of_the_records(doc_id):
    records = footer_records(TEXTS[doc_id])
    named = " ".join(f"{row['speaker']} {row['venue']}" for row in records)
    for row in GOLD[doc_id]["statements"]:
        for name in (row["speaker"] or "").split("; "):
            assert WRITTEN_AS.get(name, name).split(" ")[-1] in named
        assert (row["said_on"] is None) == (row["said_precision"] is None)
        if row["said_on"]:
            assert row["said_precision"] == {10: "day", 7: "month", 4: "year"}[len(row["said_on"])]
            assert any(record["said_on"].startswith(row["said_on"]) for record in records)


@each_bulletin
def test_news_is_of_the_week_before(doc_id):
    published_on = date.fromisoformat(GOLD[doc_id]["published_on"])
    for row in GOLD[doc_id]["statements"]:
        if row["said_precision"] == "day":
            age = published_on - date.fromisoformat(row["said_on"])
            assert age >= timedelta(0)
            assert row["layer"] == "background" or age < timedelta(7)


def test_every_speaker_is_known_to_the_codebook():
    actors = load_study(EXERCISE).codebook.actors
    known = {
        (actor, name)
        for actor, entry in actors.items()
        for name in (*entry.aliases, *(person.name for person in entry.people))
    }
    found = {
        pair
        for _, row in STATEMENTS
        if row["speaker"]
        for pair in zip(row["actor"].split("; "), row["speaker"].split("; "), strict=True)
    }
    assert sorted(found - known) == []
    assert {actor for _, row in STATEMENTS for actor in (row["actor"] or "Russia").split("; ")} == {
        "Russia",
        "USSR",
        "Japan",
        "United States",
    }


@each_bulletin
def test_doubled_statements_point_at_the_first(doc_id):
    text, rows = TEXTS[doc_id], GOLD[doc_id]["statements"]
    for number, row in enumerate(rows):
        if row["duplicate_of"] is not None:
            first = rows[row["duplicate_of"]]
            assert row["duplicate_of"] < number
            assert first["duplicate_of"] is None
            for role in ("source", "cue", "content"):
                assert words(row, text, role) == words(first, text, role)


def test_the_mess_is_there():
    raw = {path.stem: path.read_bytes() for path in EXERCISE.glob("bulletins/*.txt")}
    doubled = [t for t in TEXTS.values() if len(set(paragraphs(t))) < len(paragraphs(t))]
    lost = [t for t in TEXTS.values() if re.search(r"\b(Japans|Russias|Tokyos|Kans)\b", t)]
    odd = {doc_id for doc_id, text in TEXTS.items() if len(re.findall(r'["“”]', text)) % 2}
    assert len(doubled) >= 8
    assert len(lost) >= 8
    assert odd == UNCLOSED
    assert sum(b"\r\n" in content for content in raw.values()) == 2
    assert sum(content.startswith(b"\xef\xbb\xbf") for content in raw.values()) == 1
    assert sum("[ ]" in text for text in TEXTS.values()) >= 3
    assert sum('"' in text and "“" in text for text in TEXTS.values()) >= 3
    assert [doc_id for doc_id, gold in GOLD.items() if not gold["statements"]]
    transcripts = {
        doc_id for doc_id, row in STATEMENTS if words(row, TEXTS[doc_id], "cue") == [":"]
    }
    assert len(transcripts) == 2
