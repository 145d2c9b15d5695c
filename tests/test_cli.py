import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from analysis.cli import main
from analysis.study import load_study

CODEBOOK = """
[actors.North]
aliases = ["North"]
[[actors.North.people]]
name = "Ada Berg"
aliases = ["Berg"]
roles = [{ title = "President" }]
"""


@pytest.fixture
def texts(tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.txt").write_text("President Ada Berg said that trade would grow.")
    return folder


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "parquet"])
def test_extract_writes_the_statements_of_a_folder(texts, tmp_path, suffix, capsys):
    out = tmp_path / f"statements.{suffix}"
    book = tmp_path / "codebook.toml"
    book.write_text(CODEBOOK)
    assert main(["extract", str(texts), "--codebook", str(book), "--out", str(out)]) == 0
    readers = {
        "csv": pd.read_csv,
        "jsonl": lambda path: pd.read_json(path, lines=True),
        "parquet": pd.read_parquet,
    }
    rows = readers[suffix](out)
    assert rows["speaker"].tolist() == ["Ada Berg"]
    assert rows["actor"].tolist() == ["North"]
    assert "1 statements" in capsys.readouterr().out


def test_extract_names_the_file_that_it_cannot_read_and_keeps_the_others(texts, tmp_path, capsys):
    (texts / "b.txt").write_bytes(b"PK\x03\x04\x00\x00")
    out = tmp_path / "statements.jsonl"
    assert main(["extract", str(texts), "--out", str(out)]) == 1
    assert len(out.read_text().splitlines()) == 1
    assert json.loads(out.read_text())["cue"] == "said"
    assert "b.txt" in capsys.readouterr().err


def test_an_unknown_format_is_one_line_on_stderr(texts, tmp_path, capsys):
    assert main(["extract", str(texts), "--out", str(tmp_path / "statements.xls")]) == 1
    error = capsys.readouterr().err
    assert error.startswith("concordat: no format '.xls'; there are")
    assert error.count("\n") == 1


def test_a_path_that_is_not_there_is_named(tmp_path, capsys):
    assert main(["extract", str(tmp_path / "nowhere"), "--out", str(tmp_path / "x.csv")]) == 1
    assert "nowhere" in capsys.readouterr().err


def test_new_starts_a_study(tmp_path, capsys):
    assert main(["new", "rivers", "--folder", str(tmp_path)]) == 0
    assert load_study(tmp_path / "rivers").name == "rivers"
    assert "make figures STUDY=rivers" in capsys.readouterr().out


def test_tables_builds_the_tables_of_a_study(tmp_path, capsys):
    main(["new", "rivers", "--folder", str(tmp_path / "raw")])
    text = tmp_path / "raw" / "rivers" / "documents" / "a.txt"
    text.write_text("President Ada Berg said that trade would grow.")
    assert main(["tables", str(tmp_path / "raw" / "rivers")]) == 0
    printed = capsys.readouterr().out
    assert "documents, statements" in printed
    assert "left out keyness: no words of ['South'] to compare" in printed
    assert (tmp_path / "processed" / "rivers" / "tables" / "tables.json").is_file()


def test_a_study_that_is_none_is_one_line_on_stderr(tmp_path, capsys):
    assert main(["tables", str(tmp_path)]) == 1
    assert "study.toml: no such file" in capsys.readouterr().err


def test_the_command_is_installed():
    command = Path(sys.executable).parent / "concordat"
    result = subprocess.run([command, "--help"], capture_output=True, text=True, check=True)
    assert all(name in result.stdout for name in ("extract", "new", "tables", "run"))
