import hashlib

import pandas as pd
import pytest

from analysis.errors import LoadError, StudyError, TableError
from analysis.storage import check_sums, hash_file, load_table, make_rules, replace_file, save_table
from analysis.tables import COUNTS, DOCUMENTS, build_table

ROWS = [
    {"doc_id": "a", "text": "Line one\nline two, “quoted”", "published_on": "2019-02-22"},
    {"doc_id": "b", "text": "Плотина", "kind": "news"},
]


@pytest.fixture
def documents():
    return build_table(ROWS, DOCUMENTS)


@pytest.mark.parametrize("suffix", [".parquet", ".csv", ".jsonl"])
def test_what_is_saved_comes_back(documents, tmp_path, suffix):
    path = save_table(documents, tmp_path / f"documents{suffix}")
    back = load_table(path, DOCUMENTS)
    pd.testing.assert_frame_equal(back, documents, check_categorical=False)


def test_columns_of_the_users_own_come_back_too(documents, tmp_path):
    path = save_table(documents.assign(archive="box 7"), tmp_path / "documents.csv")
    assert load_table(path, DOCUMENTS)["archive"].tolist() == ["box 7", "box 7"]


@pytest.mark.parametrize("suffix", [".parquet", ".csv", ".jsonl"])
def test_two_runs_give_the_same_bytes(documents, tmp_path, suffix):
    first = save_table(documents, tmp_path / f"one{suffix}").read_bytes()
    assert save_table(documents, tmp_path / f"two{suffix}").read_bytes() == first


def test_an_unknown_format_lists_the_known(documents, tmp_path):
    with pytest.raises(ValueError, match=r"no format '.xls'; there are \['.csv', '.jsonl'"):
        save_table(documents, tmp_path / "documents.xls")


def test_a_failed_write_leaves_the_old_file(tmp_path):
    path = tmp_path / "kept.txt"
    path.write_text("old")
    with pytest.raises(RuntimeError), replace_file(path) as temporary:
        temporary.write_text("half")
        raise RuntimeError
    assert path.read_text() == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["kept.txt"]


def test_a_missing_file_says_what_it_should_hold(tmp_path):
    with pytest.raises(LoadError, match="no such file; it should hold the table 'counts'"):
        load_table(tmp_path / "counts.parquet", COUNTS)


def test_a_file_of_another_kind_is_named(tmp_path):
    path = tmp_path / "counts.parquet"
    path.write_bytes(b"not parquet")
    with pytest.raises(LoadError, match=r"counts\.parquet: not readable as \.parquet"):
        load_table(path, COUNTS)


def test_another_table_is_refused(documents, tmp_path):
    path = save_table(documents, tmp_path / "documents.parquet")
    with pytest.raises(TableError, match="counts: no column 'unit_id'"):
        load_table(path, COUNTS)


def seal(folder):
    digest = hashlib.sha256((folder / "a.txt").read_bytes()).hexdigest()
    (folder / "SHA256SUMS").write_text(f"{digest}  a.txt\n")


def test_a_sealed_folder_comes_back(tmp_path):
    (tmp_path / "a.txt").write_text("as it was")
    seal(tmp_path)
    assert check_sums(tmp_path) == tmp_path
    assert hash_file(tmp_path / "a.txt") == (tmp_path / "SHA256SUMS").read_text().split()[0]


def test_a_changed_file_is_named(tmp_path):
    (tmp_path / "a.txt").write_text("as it was")
    seal(tmp_path)
    (tmp_path / "a.txt").write_text("as it was not")
    with pytest.raises(StudyError, match=r"a\.txt: changed since it was sealed.*renew SHA256SUMS"):
        check_sums(tmp_path)


def test_a_file_that_went_missing_is_named(tmp_path):
    (tmp_path / "a.txt").write_text("as it was")
    seal(tmp_path)
    (tmp_path / "a.txt").unlink()
    with pytest.raises(StudyError, match=r"a\.txt: named in SHA256SUMS but not there"):
        check_sums(tmp_path)


def test_a_line_that_is_no_checksum_is_named(tmp_path):
    (tmp_path / "SHA256SUMS").write_text("a.txt\n")
    with pytest.raises(StudyError, match=r"line 1: 'a\.txt' is not"):
        check_sums(tmp_path)


def test_make_is_told_what_a_target_needs_and_that_each_may_be_gone(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    rules = make_rules(tmp_path / "page.html", [tmp_path / "a b.svg", tmp_path / "c.png"])
    assert rules == "page.html: a\\ b.svg c.png\na\\ b.svg:\nc.png:\n"
