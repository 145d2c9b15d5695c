"""The whole way, on a study that the package has never heard of: other sides, other columns."""

import hashlib
import json

import pandas as pd
import pytest

from analysis.errors import LoadError, StudyError
from analysis.pipeline import build_tables, extract_files, save_tables
from analysis.runner import run_notebook
from analysis.scaffold import save_new_study
from analysis.study import load_study

NOTEBOOKS = {
    "01_corpus": "01_corpus.ipynb",
    "04_positions": "04_positions.ipynb",
    "05_extraction": "05_extraction.ipynb",
    "08_validity": "08_validity.ipynb",
}
NEWS = [
    "The border must be opened, President Ada Berg of North said on Monday.",
    "Foreign Minister Bo Lund said that South would close the border.",
    "“We want to open the border,” Berg said. She added that trade needs it.",
    "South wants exports to grow, Lund said, but the border stays closed.",
]
COLUMNS = """
[documents.columns]
doc_id = "number"
text = "body"
published_on = "day"
outlet = "paper"
"""


@pytest.fixture
def folder(tmp_path):
    """A study as `concordat new` starts it, with records whose columns have other names."""
    folder = save_new_study("rivers", tmp_path / "raw")
    rows = pd.DataFrame(
        {
            "number": [f"n{place}" for place in range(20)],
            "body": [NEWS[place % len(NEWS)] for place in range(20)],
            "day": [f"2019-{1 + place // 2:02d}-{3 + place:02d}" for place in range(20)],
            "paper": ["The Ferry", "The Bridge"] * 10,
        }
    )
    rows.to_csv(folder / "documents" / "news.csv", index=False)
    toml = (folder / "study.toml").read_text()
    start, rest = toml.split("[documents.columns]\n")
    rest = rest.split("\n", 1)[1]
    (folder / "study.toml").write_text(start + COLUMNS.lstrip() + rest)
    return folder


def test_a_second_study_needs_no_change_in_the_package(folder):
    tables = build_tables(load_study(folder)).tables
    assert set(tables["documents"]["outlet"]) == {"The Ferry", "The Bridge"}
    statements = tables["statements"]
    assert {"North", "South"} <= set(statements["actor"].dropna())
    assert {"Ada Berg", "Bo Lund"} <= set(statements["speaker"].dropna())
    positions = tables["positions"].set_index(["group", "proposition", "period"])
    assert positions.loc[("North", "open_border", "all"), "n_favor"] > 0
    assert {"positions", "shares", "units", "counts", "keyness", "rates"} <= set(tables)


def test_every_quotation_leads_back_to_its_text(folder):
    tables = build_tables(load_study(folder)).tables
    texts = tables["documents"].set_index("doc_id")["text"]
    spans = tables["spans"].merge(tables["statements"][["statement_id", "doc_id", "cue"]])
    cues = spans[spans["role"] == "cue"]
    assert len(cues)
    for row in cues.itertuples():
        assert texts[row.doc_id][row.start : row.end] == row.cue


def hashes(folder):
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_two_runs_give_the_same_tables(folder):
    study = load_study(folder)
    save_tables(study)
    first = hashes(study.processed)
    save_tables(study)
    assert hashes(study.processed) == first


def test_the_manifest_names_every_table_and_what_was_left_out(folder):
    study = load_study(folder)
    built = save_tables(study)
    manifest = json.loads((study.processed / "tables" / "tables.json").read_text())
    assert list(manifest["tables"]) == list(built.tables)
    assert manifest["tables"]["documents"]["rows"] == 20
    assert manifest["left_out"] == {}


def test_a_table_that_is_no_longer_made_goes(folder):
    study = load_study(folder)
    stale = study.processed / "tables" / "stale.parquet"
    stale.parent.mkdir(parents=True)
    stale.write_bytes(b"")
    save_tables(study)
    assert not stale.exists()


@pytest.mark.parametrize("notebook", NOTEBOOKS.values(), ids=NOTEBOOKS)
def test_the_notebooks_run_on_it(folder, notebook, request):
    study = load_study(folder)
    save_tables(study)
    page = run_notebook(request.config.rootpath / "notebooks" / notebook, study)
    assert page.is_file()
    assert list((study.processed / "figures").glob(f"{page.stem}-*.png"))


def test_annotated_texts_tell_what_confidence_is_worth(request):
    exercise = load_study(request.config.rootpath / "data" / "raw" / "exercise")
    tables = build_tables(exercise).tables
    total = tables["confidence"].iloc[-1]
    content = tables["scores"].set_index("part").loc["content"]
    assert total[["n_found", "n_right"]].tolist() == content[["n_found", "n_right"]].tolist()
    assert total["precision"] == pytest.approx(content["precision"])


def test_one_bad_document_is_named_and_the_others_are_kept(folder):
    (folder / "documents" / "a_bad.txt").write_bytes(b"\xff\xfe\x00 not UTF-8")
    built = build_tables(load_study(folder))
    assert len(built.tables["documents"]) == 20
    assert "documents/a_bad.txt" in built.left_out


def rewrite(folder, old, new):
    path = folder / "study.toml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    return load_study(folder)


def test_a_study_of_invented_texts_gets_no_estimate(folder):
    built = build_tables(rewrite(folder, 'voice = "original"', 'voice = "synthetic"'))
    assert "statements" in built.tables
    assert not {"positions", "shares", "keyness", "rates"} & set(built.tables)
    assert "exercises, not evidence" in built.left_out["positions"]


def test_a_study_of_paraphrases_gets_positions_but_no_words(folder):
    built = build_tables(rewrite(folder, 'voice = "original"', 'voice = "paraphrase"'))
    assert "positions" in built.tables
    assert not {"keyness", "counts"} & set(built.tables)
    assert "not the speakers' own" in built.left_out["counts"]


def test_a_study_with_one_group_says_why_it_cannot_compare(folder):
    built = build_tables(rewrite(folder, 'South = ["South"]', ""))
    assert "positions" not in built.tables
    assert "has one group, ['North']; a comparison needs two" in built.left_out["positions"]


def test_an_empty_study_is_told_so(folder):
    (folder / "documents" / "news.csv").unlink()
    with pytest.raises(StudyError, match="no file"):
        build_tables(load_study(folder))


def test_an_unknown_column_is_named_with_those_there(folder):
    study = rewrite(folder, '"body"', '"bodies"')
    with pytest.raises(LoadError, match=r"'bodies'.*'body'"):
        build_tables(study)


def test_a_folder_of_texts_gives_its_statements(tmp_path):
    (tmp_path / "a.txt").write_text("Trade will grow, the minister said.")
    (tmp_path / "b.txt").write_bytes(b"")
    statements, refused = extract_files([tmp_path])
    assert statements["cue"].tolist() == ["said"]
    assert len(refused) == 1
    assert "b.txt" in refused["path"].iloc[0]
