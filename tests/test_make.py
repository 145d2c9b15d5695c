"""The rules of the Makefile, on a house of small stand-ins for its environment and its texts."""

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[1]

# What `concordat` promises make: files, the page last, and rules of what a page needs.
STAND_IN = """#!/bin/sh
set -e
echo "$1 $2 $3" >> log
study=data/processed/$(basename "$2")
if [ "$1" = tables ]; then
  mkdir -p "$study/tables" && touch "$study/tables/tables.json"
  exit
fi
name=$(basename "$3" .ipynb)
grep -q broken "$3" && { echo "$name: cell 1 (broken): it broke" >&2; exit 1; }
mkdir -p "$study/figures"
echo png > "$study/figures/$name-one.png"
echo csv > "$study/figures/$name-one.csv"
page=$study/$name.html
printf '%s: %s %s\\n%s:\\n%s:\\n' "$page" "$study/figures/$name-one.png" \\
  "$study/figures/$name-one.csv" "$study/figures/$name-one.png" \\
  "$study/figures/$name-one.csv" > "$study/$name.d"
echo page > "$page"
"""

pytestmark = pytest.mark.skipif(not shutil.which("make"), reason="needs make")


@pytest.fixture
def house(tmp_path):
    """Two studies, three notebooks, and an environment that counts as ready."""
    shutil.copy(HOUSE / "Makefile", tmp_path)
    write(tmp_path / "requirements.lock", "")
    write(tmp_path / "pyproject.toml", "")
    write(tmp_path / "analysis/room/module.py", "")
    write(tmp_path / "data/raw/north/study.toml", 'name = "north"\nnotebooks = ["01_a", "02_b"]\n')
    write(tmp_path / "data/raw/north/some text.txt", "")
    write(tmp_path / "data/raw/south/study.toml", "notebooks = ['03_c']\n")
    for notebook in ("01_a", "02_b", "03_c"):
        write(tmp_path / f"notebooks/{notebook}.ipynb", "")
    write(tmp_path / ".venv/bin/concordat", STAND_IN).chmod(0o755)
    write(tmp_path / ".venv/ready", "")
    for path in tmp_path.rglob("*"):
        age(path)
    return tmp_path


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def age(path):
    os.utime(path, (1_000_000_000, 1_000_000_000))


def renew(path):
    """Touch a file once the clock of the file system has moved on from what was made last."""
    time.sleep(0.05)
    path.touch()


def make(house, *arguments):
    """Run make and return what ran of the stand-in, with make's own result."""
    (house / "log").unlink(missing_ok=True)
    environment = {k: v for k, v in os.environ.items() if k not in {"MAKEFLAGS", "MFLAGS", "STUDY"}}
    result = subprocess.run(
        ["make", *arguments],
        cwd=house,
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    log = house / "log"
    return sorted(log.read_text().splitlines()) if log.exists() else [], result


def test_figures_builds_tables_then_every_page_of_every_study(house):
    ran, result = make(house, "figures")
    assert ran == [
        "run data/raw/north notebooks/01_a.ipynb",
        "run data/raw/north notebooks/02_b.ipynb",
        "run data/raw/south notebooks/03_c.ipynb",
        "tables data/raw/north ",
        "tables data/raw/south ",
    ]
    assert result.returncode == 0, result.stderr


def test_a_second_time_there_is_nothing_to_do(house):
    make(house, "figures")
    assert make(house, "figures")[0] == []


def test_one_study_alone(house):
    ran, _ = make(house, "figures", "STUDY=south")
    assert ran == ["run data/raw/south notebooks/03_c.ipynb", "tables data/raw/south "]


def test_a_touched_notebook_runs_alone(house):
    make(house, "figures")
    renew(house / "notebooks/02_b.ipynb")
    assert make(house, "figures")[0] == ["run data/raw/north notebooks/02_b.ipynb"]


def test_a_new_measurement_is_shown_on_every_page(house):
    make(house, "figures")
    renew(write(house / "docs/extraction/curve.csv", ""))
    assert [line.split("/")[-1] for line in make(house, "figures")[0]] == [
        *("01_a.ipynb", "02_b.ipynb", "03_c.ipynb")
    ]


@pytest.mark.parametrize("lost", ["figures/01_a-one.png", "figures/01_a-one.csv", "01_a.d"])
def test_a_deleted_figure_is_drawn_again(house, lost):
    make(house, "figures")
    (house / "data/processed/north" / lost).unlink()
    assert make(house, "figures")[0] == ["run data/raw/north notebooks/01_a.ipynb"]
    assert (house / "data/processed/north" / lost).exists()


@pytest.mark.parametrize("changed", ["data/raw/south/study.toml", "data/raw/south"])
def test_a_changed_raw_file_or_folder_renews_its_study_alone(house, changed):
    make(house, "figures")
    renew(house / changed)
    ran, _ = make(house, "figures")
    assert ran == ["run data/raw/south notebooks/03_c.ipynb", "tables data/raw/south "]


def test_changed_code_renews_everything(house):
    make(house, "figures")
    renew(house / "analysis/room/module.py")
    assert len(make(house, "figures")[0]) == 5


def test_a_notebook_that_fails_is_named_and_the_others_are_drawn(house):
    write(house / "notebooks/01_a.ipynb", "broken")
    ran, result = make(house, "figures")
    assert "run data/raw/south notebooks/03_c.ipynb" in ran
    assert "01_a: cell 1 (broken): it broke" in result.stderr
    assert result.returncode != 0
    assert (house / "data/processed/north/figures/02_b-one.png").exists()


def test_an_unknown_study_is_refused_with_those_there(house):
    _, result = make(house, "figures", "STUDY=nroth")
    assert "no study 'nroth'; data/raw has:" in result.stderr
    assert "north" in result.stderr
    assert result.returncode != 0


def test_a_study_without_notebooks_is_said_and_the_others_are_drawn(house):
    write(house / "data/raw/south/study.toml", 'notebooks = [\n  "03_c",\n]\n')
    ran, result = make(house, "figures")
    assert "data/raw/south/study.toml lists no notebooks on one line" in result.stderr
    assert "run data/raw/north notebooks/01_a.ipynb" in ran
    assert make(house, "tables")[0] == ["tables data/raw/south "]


def test_a_codebook_of_another_study_counts_as_raw(house):
    line = 'codebook = "../north/codebook.toml"\n'
    write(house / "data/raw/south/study.toml", line + 'notebooks = ["03_c"]\n')
    write(house / "data/raw/north/codebook.toml", "")
    make(house, "figures")
    renew(house / "data/raw/north/codebook.toml")
    ran, _ = make(house, "figures", "STUDY=south")
    assert ran == ["run data/raw/south notebooks/03_c.ipynb", "tables data/raw/south "]


def test_the_gallery_holds_what_the_pages_name_and_nothing_older(house):
    write(house / "docs/figures/south/old.png", "")
    make(house, "figures")
    write(house / "data/processed/south/figures/stray.png", "")
    _, result = make(house, "gallery")
    assert result.returncode == 0, result.stderr
    there = sorted(str(path.relative_to(house / "docs")) for path in house.glob("docs/*/*/*"))
    assert there == [
        "figures/north/01_a-one.csv",
        "figures/north/01_a-one.png",
        "figures/north/02_b-one.csv",
        "figures/north/02_b-one.png",
        "figures/south/03_c-one.csv",
        "figures/south/03_c-one.png",
    ]


def test_clean_deletes_what_was_made_and_nothing_else(house):
    write(house / "data/processed/README.md", "")
    make(house, "figures")
    make(house, "clean")
    assert [path.name for path in (house / "data/processed").iterdir()] == ["README.md"]
    assert (house / "data/raw/north/study.toml").exists()


def test_a_changed_lock_renews_the_environment_first(house):
    renew(house / "requirements.lock")
    _, result = make(house, "-n", "pages")
    assert "requirements.lock" in result.stdout
    assert result.stdout.index("require-hashes") < result.stdout.index("concordat tables")


def test_help_is_what_make_says_by_itself(house):
    _, result = make(house)
    targets = ["help", "install", "figures", "tables", "test", "check", "lab", "bench", "clean"]
    assert [t for t in targets if f"make {t} " not in result.stdout] == []
    assert "north" in result.stdout
