import json
from datetime import date

import pytest

from analysis.codebook import Codebook, Frame, Proposition
from analysis.corpus.formats.records import field_value, load_records
from analysis.corpus.records import load_codes, load_statements
from analysis.errors import LoadError, StudyError
from analysis.study import CodedRecords, Records, Study

BOOK = Codebook(
    version="3",
    frames={code: Frame(code=code, label=code) for code in ("trust", "law")},
    propositions={"pact": Proposition(code="pact", label="The pact should be signed.")},
)
CODES = {"frames": ["trust"], "pact": "favor"}
RECORD = {
    "id": "a",
    "day": "1964",
    "who": "North and South",
    "what": "It rains.",
    "codes": CODES,
    "second": None,
}


def study_of(folder, *records, **changes):
    lines = "".join(json.dumps(record) + "\n" for record in records)
    (folder / "r.jsonl").write_text(lines, encoding="utf-8")
    options = {
        "name": "harbour",
        "title": "Harbour",
        "language": "en",
        "groups": {"North": ("North",)},
        "periods": {},
        "raw": folder,
        "processed": folder,
        "codebook": BOOK,
        "statements": Records(
            files=("r.jsonl",),
            columns={"doc_id": "id", "said_on": "day", "actor": "who", "content": "what"},
            values={"actor": {"North and South": "North; South"}},
        ),
        "codes": CodedRecords(coders={"first": "codes", "second": "second"}),
    }
    return Study(**(options | changes))


def test_a_record_is_one_statement(tmp_path):
    row = load_statements(study_of(tmp_path, RECORD)).iloc[0]
    assert (row["statement_id"], row["doc_id"]) == ("a:1", "a")
    assert (row["said_on"].date(), row["said_precision"]) == (date(1964, 1, 1), "year")
    assert (row["start"], row["end"]) == (0, len("It rains."))
    assert (row["actor"], row["layer"], row["speaker_method"]) == ("North; South", "news", "given")


def test_codes_stand_for_every_frame_and_proposition(tmp_path):
    table = load_codes(study_of(tmp_path, RECORD))
    assert table[["code", "value"]].astype(str).to_numpy().tolist() == [
        *(["trust", "present"], ["law", "absent"], ["pact", "favor"])
    ]
    assert set(table["coder"]) == {"first"}
    assert set(table["codebook_version"]) == {"3"}


def test_a_frame_that_the_codebook_calls_otherwise_is_renamed(tmp_path):
    record = RECORD | {"codes": {"frames": ["pact"], "pact": "favor"}}
    names = CodedRecords(coders={"first": "codes"}, frames={"pact": "law"})
    table = load_codes(study_of(tmp_path, record, codes=names)).set_index("code")
    assert table.loc["law", "value"] == "present"


@pytest.mark.parametrize(
    ("codes", "message"),
    [
        (
            {"frames": ["trusst"], "pact": "favor"},
            r"r\.jsonl:1: codes: no frame 'trusst'.*mean 'trust'",
        ),
        ({"frames": [], "pact": "favour"}, r"pact: no stance 'favour'; .*did you mean 'favor'"),
        ({"frames": [], "pakt": "favor"}, r"no proposition 'pakt'.*did you mean 'pact'"),
        ({"frames": []}, r"codes says nothing of 'pact'"),
        ("favor", r"codes is 'favor'; it is an object of codes"),
    ],
)
def test_a_code_that_the_codebook_does_not_have(tmp_path, codes, message):
    with pytest.raises(LoadError, match=message):
        load_codes(study_of(tmp_path, RECORD | {"codes": codes}))


@pytest.mark.parametrize(
    ("records", "message"),
    [
        ([RECORD, RECORD], r"r\.jsonl:2: id 'a:1' is also in r\.jsonl:1"),
        ([RECORD | {"day": "31.02.2019"}], r"r\.jsonl:1: date '31\.02\.2019'"),
        ([RECORD | {"day": None}], r"r\.jsonl:1: no said_on; write YYYY-MM-DD"),
        ([RECORD | {"what": ""}], r"r\.jsonl:1: no content"),
        ([RECORD | {"id": None}], r"r\.jsonl:1: no doc_id"),
    ],
)
def test_a_bad_record_stops_with_its_place(tmp_path, records, message):
    with pytest.raises(LoadError, match=message):
        load_statements(study_of(tmp_path, *records))


def test_a_study_without_coded_statements_says_so(tmp_path):
    with pytest.raises(StudyError, match=r"has no \[statements\]"):
        load_statements(study_of(tmp_path, RECORD, statements=None))
    with pytest.raises(StudyError, match=r"has no \[codes\]"):
        load_codes(study_of(tmp_path, RECORD, codes=None))
    columns = Records(files=("r.jsonl",), columns={"speeker": "who"})
    with pytest.raises(StudyError, match=r"'speeker'; .*did you mean 'speaker'"):
        load_statements(study_of(tmp_path, RECORD, statements=columns))


@pytest.mark.parametrize(
    ("name", "raw", "message"),
    [
        ("r.jsonl", b'{"id": 1}\n{"id"', r"r\.jsonl:2: not JSON"),
        ("r.jsonl", b"[1]\n", r"r\.jsonl:1: list, not an object"),
        ("r.jsonl", b"\n\n", r"only space"),
        ("r.csv", b"a,b\n1\n", r"r\.csv:2: not as many fields"),
        ("r.csv", b"a,b\n", r"no record in it"),
        ("r.parquet", b"nothing", r"r\.parquet: not Parquet"),
        ("r.xls", b"nothing", r"no format of records; there are"),
    ],
)
def test_a_file_of_records_that_is_none(tmp_path, name, raw, message):
    (tmp_path / name).write_bytes(raw)
    with pytest.raises(LoadError, match=message):
        load_records(tmp_path / name, name)


def test_dots_reach_into_objects(tmp_path):
    (tmp_path / "r.jsonl").write_text('{"a": {"b": 1, "c": null}, "d": null}\n', encoding="utf-8")
    (record,) = load_records(tmp_path / "r.jsonl", "r.jsonl")
    assert field_value(record, "a.b") == 1
    assert field_value(record, "a.c") is None
    assert field_value(record, "d.e") is None
    with pytest.raises(LoadError, match=r"no column 'a\.x'; there are \['a\.b', 'a\.c', 'd'\]"):
        field_value(record, "a.x")
