import json
from datetime import date

import pandas as pd
import pytest
from bulletin import BULLETIN

from analysis.corpus.documents import load_documents, load_documents_from, study_files
from analysis.errors import LoadError, StudyError
from analysis.study import Records, Study
from analysis.tables import DOCUMENTS, check_table


def study_of(folder, files, columns=None, **constants):
    return Study(
        name="harbour",
        title="Harbour",
        language="en",
        groups={"North": ("North",)},
        periods={},
        raw=folder,
        processed=folder,
        documents=Records(files=files, columns=columns or {}, constants=constants),
    )


def write_records(path, *records):
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")


def test_bulletins_become_documents(tmp_path):
    (tmp_path / "b1.txt").write_bytes(b"\xef\xbb\xbf" + BULLETIN.encode())
    loaded = load_documents(study_of(tmp_path, ("*.txt",), kind="synthetic", voice="synthetic"))
    row = check_table(loaded.documents, DOCUMENTS).iloc[0]
    assert row["text"] == BULLETIN
    assert (row["doc_id"], row["outlet"], row["path"]) == ("b1", "Invented Wire", "b1.txt")
    assert (row["kind"], row["language"]) == ("synthetic", "en")
    assert row["published_on"] == pd.Timestamp("2019-02-22")
    assert loaded.check() is loaded


def test_records_become_documents_by_the_studys_columns(tmp_path):
    write_records(
        tmp_path / "r.jsonl",
        {"id": "a", "body": "One.\r\n", "meta": {"day": "2019-02-22", "paper": None}},
        {"id": "b", "body": "Two.", "meta": {"day": "2019-02", "paper": "Wire"}},
    )
    columns = {"doc_id": "id", "text": "body", "published_on": "meta.day", "outlet": "meta.paper"}
    documents = load_documents(study_of(tmp_path, ("r.jsonl",), columns)).documents
    assert list(documents["text"]) == ["One.\r\n", "Two."]
    assert documents["outlet"].isna().tolist() == [True, False]
    assert documents["published_on"].isna().tolist() == [False, True]
    assert documents["warnings"][1] == "published 2019-02: no day"


@pytest.mark.parametrize("suffix", ["csv", "parquet", "jsonl"])
def test_the_same_records_in_every_format(tmp_path, suffix):
    frame = pd.DataFrame(
        {"doc_id": ["a"], "text": ["He said “no”."], "published_on": ["2019-02-22"]}
    )
    path = tmp_path / f"r.{suffix}"
    writers = {"csv": frame.to_csv, "parquet": frame.to_parquet, "jsonl": frame.to_json}
    options = {"orient": "records", "lines": True} if suffix == "jsonl" else {"index": False}
    writers[suffix](path, **options)
    row = load_documents_from([path]).documents.iloc[0]
    assert (row["doc_id"], row["text"]) == ("a", "He said “no”.")
    assert row["published_on"].date() == date(2019, 2, 22)


def test_one_bad_document_is_named_and_the_others_are_kept(tmp_path):
    (tmp_path / "bad.txt").write_bytes(b"he said \x93no\x94")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "good.txt").write_text("Keller said no.", encoding="utf-8")
    (tmp_path / "late.txt").write_text("TALKS GO ON\n31.02.2019\n\nNo.", encoding="utf-8")
    loaded = load_documents_from([tmp_path])
    assert list(loaded.documents["doc_id"]) == ["good"]
    reasons = "\n".join(loaded.refused["reason"])
    assert "bad.txt: not UTF-8 at byte 8" in reasons
    assert "empty.txt: the file is empty" in reasons
    assert "late.txt: the date line: no such day: '31.02.2019'" in reasons
    with pytest.raises(LoadError, match=r"empty\.txt: the file is empty"):
        loaded.check()


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({"id": "a", "body": "x", "day": "31.02.2019"}, r"r\.jsonl:2: date '31\.02\.2019': day"),
        ({"id": "a", "body": "x", "day": None}, r"r\.jsonl:2: no date of publication"),
        ({"id": "a", "body": " ", "day": "2019"}, r"r\.jsonl:2: no text"),
        ({"id": "ok", "body": "x", "day": "2019"}, r"doc_id 'ok' is also in r\.jsonl:1"),
        ({"id": "a", "body": "x\ud83d", "day": "2019"}, r"r\.jsonl:2: a lone surrogate"),
    ],
)
def test_a_bad_record_is_named_and_the_others_are_kept(tmp_path, record, reason):
    write_records(tmp_path / "r.jsonl", {"id": "ok", "body": "x", "day": "2019-02-22"}, record)
    columns = {"doc_id": "id", "text": "body", "published_on": "day"}
    loaded = load_documents(study_of(tmp_path, ("r.jsonl",), columns))
    assert list(loaded.documents["doc_id"]) == ["ok"]
    with pytest.raises(LoadError, match=reason):
        loaded.check()


def test_an_unknown_column_lists_the_files_own(tmp_path):
    write_records(tmp_path / "r.jsonl", {"id": "a", "body": "x", "meta": {"day": "2019"}})
    study = study_of(tmp_path, ("r.jsonl",), {"doc_id": "id", "text": "boddy"})
    message = r"no column 'boddy'; there are \['body', 'id', 'meta\.day'\]; did you mean 'body'"
    with pytest.raises(LoadError, match=message):
        load_documents(study)


def test_a_column_that_the_table_does_not_have(tmp_path):
    write_records(tmp_path / "r.jsonl", {"id": "a"})
    with pytest.raises(StudyError, match=r"'docid'; there are .*did you mean 'doc_id'"):
        load_documents(study_of(tmp_path, ("r.jsonl",), {"docid": "id"}))


def test_an_empty_study_says_so(tmp_path):
    with pytest.raises(StudyError, match=r"no file matches '\*\.txt'"):
        load_documents(study_of(tmp_path, ("*.txt",)))
    (tmp_path / "empty.txt").write_bytes(b"")
    with pytest.raises(StudyError, match="not one document can be read"):
        load_documents(study_of(tmp_path, ("*.txt",)))
    with pytest.raises(StudyError, match="names no file"):
        study_files(study_of(tmp_path, ()), Records(files=()))


def test_a_folder_without_texts_and_a_path_that_is_not_there(tmp_path):
    with pytest.raises(LoadError, match="no file of a known kind"):
        load_documents_from([tmp_path])
    with pytest.raises(LoadError, match="no such file or folder"):
        load_documents_from([tmp_path / "none"])


def test_a_folders_documents_are_named_by_their_place_in_it(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "story.txt").write_text("Keller said no.", encoding="utf-8")
    assert list(load_documents_from([tmp_path]).documents["doc_id"]) == ["one/story", "two/story"]
