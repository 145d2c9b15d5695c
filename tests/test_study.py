from datetime import date

import pytest

from analysis.errors import StudyError, TableError
from analysis.storage import save_table
from analysis.study import load_study
from analysis.tables import COUNTS, build_table

STUDY = """
name = "rivers"
title = "Two shores of one river"
codebook = "codebook.toml"
seed = 7
scope = "variation within this collection"
notebooks = ["01_corpus"]
[groups]
North = ["North", "Northern Union"]
South = ["South"]
[periods]
before = ["2000-01-01", "2009-12-31"]
after = [2010-01-01, 2019-12-31]
[documents]
files = ["*.csv"]
[documents.columns]
doc_id = "number"
[documents.values.kind]
press = "news"
"""


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "raw" / "rivers"
    folder.mkdir(parents=True)
    (folder / "codebook.toml").write_text('[frames.trade]\npatterns = ["trade"]')
    (folder / "study.toml").write_text(STUDY)
    return folder


def rewrite(folder, old, new):
    (folder / "study.toml").write_text(STUDY.replace(old, new))
    return folder


def test_a_study_is_what_its_file_says(folder):
    study = load_study(folder)
    assert study.name == "rivers"
    assert study.groups == {"North": ("North", "Northern Union"), "South": ("South",)}
    assert study.periods["after"] == (date(2010, 1, 1), date(2019, 12, 31))
    assert study.documents.columns == {"doc_id": "number"}
    assert study.documents.values == {"kind": {"press": "news"}}
    assert list(study.codebook.frames) == ["trade"]
    assert study.seed == 7
    assert not study.sample


@pytest.mark.parametrize(
    ("lines", "claim"),
    [
        ('scope = "variation within this collection"', "Variation within this collection."),
        ('scope = "the speeches of two mayors"', "Variation within the speeches of two mayors."),
        ("", "Variation within this collection."),
        ('sample = true\nscope = "all speeches of 2020"', "A sample of all speeches of 2020."),
        ("sample = true", "A sample of what the study is about."),
    ],
)
def test_a_caption_claims_what_the_texts_allow(folder, lines, claim):
    study = load_study(rewrite(folder, 'scope = "variation within this collection"', lines))
    assert study.claim == claim
    assert study.sample == ("Variation" not in claim)


def test_a_sample_is_not_also_none(folder):
    study = rewrite(folder, "seed = 7", "seed = 7\nsample = true")
    with pytest.raises(StudyError, match="sample = true, but scope = 'variation within this"):
        load_study(study)


def test_the_folder_and_the_file_name_the_same_study(folder):
    assert load_study(folder) == load_study(folder / "study.toml")


def test_what_is_made_lies_beside_the_raw_folder(folder):
    assert load_study(folder).processed == folder.parent.parent / "processed" / "rivers"
    moved = load_study(rewrite(folder, "seed = 7", 'processed = "made"'))
    assert moved.processed == folder / "made"


def test_a_built_table_is_read_by_its_name(folder):
    study = load_study(rewrite(folder, "seed = 7", 'processed = "made"'))
    counts = build_table([{"unit_id": "a", "term": "trade", "n": 2}], COUNTS)
    save_table(counts, study.processed / "tables" / "counts.parquet")
    assert study.has("counts")
    assert study.table("counts")["n"].tolist() == [2]
    with pytest.raises(TableError, match=r"no table 'count'; there are \['counts'\].*make tables"):
        study.table("count")


def test_figures_lie_in_one_folder(folder):
    study = load_study(folder)
    assert study.figure("01_corpus-coverage") == study.processed / "figures" / "01_corpus-coverage"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("seed = 7", "sed = 7", r"no key 'sed'; there are \['codebook'.*did you mean 'seed'"),
        ("seed = 7", "seed = -1", "seed is -1; it is a whole number"),
        ('name = "rivers"', 'name = "two words"', "name is 'two words'"),
        ('name = "rivers"', "", "name is None"),
        ('["2000-01-01", "2009-12-31"]', '["2000-01-01"]', "has a first and a last day"),
        ("2000-01-01", "2000-31-01", "'2000-31-01' is no day"),
        ("2009-12-31", "1999-12-31", "the first day is not after the last"),
        ("[documents.columns]", "[documents.colums]", "no key 'colums'.*did you mean 'columns'"),
        ('files = ["*.csv"]', 'files = "*.csv"', "it is a list of strings"),
        ('doc_id = "number"', "doc_id = 1", "each line is a name = a string"),
        ('["South"]', '"South"', "South is 'South'; it is a list of strings"),
        ("codebook.toml", "codebok.toml", r"codebok\.toml: no such file"),
        ("[periods]", "[periods", "not TOML"),
    ],
)
def test_a_mistake_is_named_with_what_is_allowed(folder, old, new, message):
    with pytest.raises(StudyError, match=message):
        load_study(rewrite(folder, old, new))


SCALE = """
[scale]
right_of = ["n1", "s1"]
references = { North = 1, South = -0.5 }
reference_days = ["2001-01-01", "2002-12-31"]
"""


def test_a_study_says_how_texts_are_scaled(folder):
    assert load_study(folder).scale is None
    (folder / "study.toml").write_text(STUDY + SCALE)
    scale = load_study(folder).scale
    assert scale.right_of == ("n1", "s1")
    assert scale.references == {"North": 1, "South": -0.5}
    assert scale.reference_days == (date(2001, 1, 1), date(2002, 12, 31))
    (folder / "study.toml").write_text(STUDY + SCALE.split("references")[0])
    assert load_study(folder).scale.references == {}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('["n1", "s1"]', '["n1"]', r"right_of is \['n1'\]; it names two units"),
        ("North = 1", "West = 1", r"West = 1; each line is one of the groups \['North', 'South'\]"),
        ("North = 1", "North = true", "North = True; each line is one of the groups"),
        ('["2001-01-01", "2002-12-31"]', '["2001-01-01"]', "has a first and a last day"),
        ("right_of", "right", "no key 'right'.*did you mean 'right_of'"),
    ],
)
def test_a_mistake_in_a_scale_is_named(folder, old, new, message):
    (folder / "study.toml").write_text(STUDY + SCALE.replace(old, new))
    with pytest.raises(StudyError, match=message):
        load_study(folder)


def test_a_study_without_groups_is_told_how_to_name_them(folder):
    text = STUDY.split("[groups]")[0]
    (folder / "study.toml").write_text(text)
    with pytest.raises(StudyError, match=r"a study has \[groups\]"):
        load_study(folder)


def test_a_changed_file_stops_the_study(folder):
    (folder / "SHA256SUMS").write_text(f"{'0' * 64}  codebook.toml\n")
    with pytest.raises(StudyError, match=r"codebook\.toml: changed since it was sealed"):
        load_study(folder)
