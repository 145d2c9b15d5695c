"""The study of the peace treaty and the islands: whole, unchanged, and as its codebook says."""

import hashlib
import json
import re
from itertools import pairwise, product
from pathlib import Path

import pandas as pd
import pytest

from analysis.codebook import STANCES
from analysis.features.frames import code_frames, count_patterns, extract_frame_hits, frame_patterns
from analysis.matching import compile_pattern
from analysis.models.evaluation import evaluate_codes
from analysis.models.reliability import measure_reliability
from analysis.models.stance import code_by_actor, code_stance
from analysis.study import load_study
from analysis.tables import CODES, STATEMENTS, build_table

FOLDER = Path(__file__).resolve().parents[1] / "data" / "raw" / "russia_japan"
SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "chronicle"
STUDY = load_study(FOLDER)
BOOK = STUDY.codebook
LINES = (FOLDER / "chronicle.jsonl").read_text(encoding="utf-8").splitlines()
RECORDS = [json.loads(line) for line in LINES]
MAPPED = STUDY.statements.values  # noqa: PD011


def mapped(record, column):
    return MAPPED[column].get(record[column], record[column])


@pytest.fixture(scope="module")
def statements():
    rows = [
        {
            "statement_id": record["id"],
            "doc_id": record["id"],
            "voice": record["voice"],
            "layer": "news",
            "content": record["position"],
            "actor": mapped(record, "actor"),
            "speaker": mapped(record, "speaker"),
            "episode_id": record["episode_id"],
            **{"start": 0, "end": len(record["position"]), "negated": False},
        }
        for record in RECORDS
    ]
    return build_table(rows, STATEMENTS)


def coded(kind):
    """The codes of the chronicle's coders: those of frames or those of propositions."""
    rows = [
        {
            "statement_id": record["id"],
            "code": code,
            "coder": coder,
            "value": value,
            "codebook_version": record["codebook_version"],
        }
        for record in RECORDS
        for coder, key in STUDY.codes.coders.items()
        if record[key] is not None
        for code, value in kind(record[key])
    ]
    return build_table(rows, CODES)


def frames_of(entry):
    there = {STUDY.codes.frames.get(code, code) for code in entry["frames"]}
    return [(code, "present" if code in there else "absent") for code in BOOK.frames]


def stances_of(entry):
    return [(code, entry[code]) for code in BOOK.propositions]


def test_the_files_are_those_that_were_summed():
    for line in (FOLDER / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        digest, name = line.split()
        assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == digest, name


@pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared/data/chronicle")
@pytest.mark.parametrize("name", ["chronicle.jsonl", "CODEBOOK.md"])
def test_the_chronicle_is_the_one_that_was_given(name):
    assert (FOLDER / name).read_bytes() == (SHARED / name).read_bytes()


def test_the_chronicle_is_whole():
    assert len(RECORDS) == len({record["id"] for record in RECORDS}) == 237
    assert {record["voice"] for record in RECORDS} == {"paraphrase"}
    assert sum(record["coder1"] is None for record in RECORDS) == 10
    assert all(record["source"]["title"] for record in RECORDS)


def test_the_codebook_knows_every_code_and_value_of_the_chronicle():
    assert len(BOOK.frames) == 12
    assert list(BOOK.propositions) == ["treaty_first", "recognition", "russian_title", "handover"]
    entries = [record[key] for record in RECORDS for key in ("codes", "coder1", "coder2")]
    for entry in filter(None, entries):
        assert {STUDY.codes.frames.get(code, code) for code in entry["frames"]} <= set(BOOK.frames)
        assert {entry[code] for code in BOOK.propositions} <= set(STANCES)


@pytest.mark.parametrize("code", BOOK.frames)
def test_the_codebook_words_its_frames_as_the_book_does(code):
    book = (FOLDER / "CODEBOOK.md").read_text(encoding="utf-8")
    theirs = {ours: theirs for theirs, ours in STUDY.codes.frames.items()}.get(code, code)
    row = next(line for line in book.splitlines() if line.startswith(f"| {theirs} |"))
    _, definition, include, exclude, example = (cell.strip() for cell in row.strip("|").split("|"))
    frame = BOOK.frames[code]
    assert frame.definition == f"{definition}."
    assert (frame.include, frame.exclude) == (include, exclude)
    assert frame.example == example.strip('"')
    assert frame.patterns


@pytest.mark.parametrize("code", BOOK.propositions)
def test_the_codebook_words_its_propositions_as_the_book_does(code):
    book = (FOLDER / "CODEBOOK.md").read_text(encoding="utf-8")
    row = [line for line in book.splitlines() if line.startswith(f"| {code} |")][-1]
    _, definition, favor, against, *_ = (cell.strip() for cell in row.strip("|").split("|"))
    proposition = BOOK.propositions[code]
    assert proposition.definition == f"{definition}."
    assert (proposition.favor, proposition.against) == (favor, against)


def test_every_pattern_is_one():
    for code, frame in BOOK.frames.items():
        for pattern in (*frame.patterns, *frame.not_patterns):
            compile_pattern(pattern, where=f"frames.{code}")
    for code, proposition in BOOK.propositions.items():
        assert set(proposition.patterns) == set(STANCES[:-1])
        for value, pattern in (
            (value, pattern) for value, listed in proposition.patterns.items() for pattern in listed
        ):
            compile_pattern(pattern, where=f"propositions.{code}.{value}")


def known_names(actor):
    """Every name under which the codebook knows someone or something of an actor."""
    entry = BOOK.actors[actor]
    people = {name for person in entry.people for name in (person.name, *person.aliases)}
    return people | {actor, *entry.aliases}


def test_every_speaker_is_in_the_codebook_under_their_actor(statements):
    for speakers, actors in zip(statements["speaker"], statements["actor"], strict=True):
        pairs = zip(speakers.split("; "), actors.split("; "), strict=True)
        assert not [(who, actor) for who, actor in pairs if who not in known_names(actor)]


def days_of(record):
    """The first and the last day on which it may have been said."""
    period = pd.Period(record["said_on"])
    return period.start_time.date(), period.end_time.date()


OFFICES = {
    "General Secretary of the CPSU": "General Secretary of the CPSU",
    "Foreign Ministry Spokeswoman": "Foreign Ministry Spokeswoman",
    "Agriculture minister, member of the Japanese delegation": "Agriculture Minister",
    "State Department spokesman": "State Department Spokesman",
    "State Duma deputy (LDPR)": "State Duma deputy",
}


def test_every_speaker_held_the_office_that_the_record_names_on_that_day():
    wrong = []
    for record in RECORDS:
        actor = mapped(record, "actor")
        if ";" in actor:
            continue
        people = {person.name: person for person in BOOK.actors[actor].people}
        person = people.get(record["speaker"])
        if person is None:
            continue
        office = OFFICES.get(record["role"], record["role"])
        days = days_of(record)
        held = [role.title for role in person.roles if any(map(role.held_on, days))]
        if office not in held:
            wrong.append((record["id"], record["said_on"], record["speaker"], office, held))
    assert not wrong


def test_namesakes_are_told_apart_by_the_days_of_their_roles():
    for actor in BOOK.actors.values():
        people = {person.name: person for person in actor.people}
        for one, two in product(people.values(), repeat=2):
            shared = {*one.aliases} & {*two.aliases}
            same = [a.title for a in one.roles for b in two.roles if shared and _overlap(a, b)]
            assert one is two or not same, (one.name, two.name)


def _overlap(one, two):
    """Whether two roles of one title are held on the same day by two people."""
    if one.title != two.title:
        return False
    starts = max(one.start, two.start)
    ends = [role.end for role in (one, two) if role.end is not None]
    return not ends or starts < min(ends)


def test_every_person_has_a_role_that_begins_before_it_ends():
    for actor in BOOK.actors.values():
        for person in actor.people:
            assert person.roles, person.name
            assert all(role.end is None or role.start <= role.end for role in person.roles)


def test_the_periods_follow_each_other_and_hold_every_statement():
    bounds = list(STUDY.periods.values())
    gaps = [(later[0] - earlier[1]).days for earlier, later in pairwise(bounds)]
    assert len(bounds) == 9
    assert set(gaps) == {1}
    for record in RECORDS:
        first, last = days_of(record)
        assert any(start <= first and last <= end for start, end in bounds), record["id"]


def test_joint_texts_have_both_actors_and_are_no_side(statements):
    joint = statements["actor"].str.contains(";")
    assert joint.sum() == 9
    sides = {actor for actors in STUDY.groups.values() for actor in actors}
    assert not sides & set(statements.loc[joint, "actor"])


PUBLISHED = {
    "good_neighborliness": 0.97, "wwii_outcome": 1, "legal_title": 0.97, "illegal_occupation": 0.93,
    "treaty_first_frame": 0.66, "territory_first": 0.97, "declaration_1956": 1,
    "security_alliance": 0.95,
    "economic_cooperation": 0.94, "humanitarian_visits": 1, "sanctions_2022": 0.88,
    "constitutional_ban": 1,
}  # fmt: skip
PUBLISHED_STANCES = {
    "treaty_first": 0.93,
    "recognition": 0.97,
    "russian_title": 0.97,
    "handover": 0.95,
}


@pytest.mark.parametrize(
    ("kind", "published"), [(frames_of, PUBLISHED), (stances_of, PUBLISHED_STANCES)]
)
def test_the_codebooks_own_alphas_come_out(statements, kind, published):
    found = measure_reliability(coded(kind), statements, coders=["coder_1", "coder_2"])
    alphas = dict(zip(found["code"].astype("str"), found["alpha"], strict=True))
    assert {code: round(alpha, 2) for code, alpha in alphas.items()} == published
    assert set(found["n_statements"]) == {227}


@pytest.mark.parametrize(("kind", "code"), [(frames_of, code_frames), (stances_of, code_stance)])
def test_reading_beats_knowing_who_speaks(statements, kind, code):
    """On average over the codes: what single codes reach is in the notebook."""
    parts = [coded(kind), code(statements, BOOK), code_by_actor(statements, coded(kind))]
    codes = build_table(pd.concat([part.astype("object") for part in parts]), CODES)
    macro = {}
    for coder in ("patterns", "actor_only"):
        found = evaluate_codes(codes, statements=statements, coder=coder)
        macro[coder] = found.loc[found["value"] == "macro", "f1"].mean()
    assert macro["patterns"] > macro["actor_only"] + 0.2


def test_the_use_of_every_pattern_is_on_record(statements):
    used = count_patterns(extract_frame_hits(statements, BOOK), frame_patterns(BOOK))
    assert len(used) == sum(len(set(frame.patterns)) for frame in BOOK.frames.values())
    assert (used["n_hits"] >= used["n_statements"]).all()


def test_no_file_names_a_place_on_a_machine():
    for path in FOLDER.iterdir():
        assert not re.search(r"(?<![\w/.:])/(work|tmp|home|root|Users)/", path.read_text("utf-8"))
