"""Running a notebook: the same bytes twice, and an error that leads to the cell."""

import json
import re

import pytest

from analysis.errors import AnalysisError
from analysis.runner import run_notebook
from analysis.study import load_study

DRAW = """
import os
import pandas as pd
from analysis.figures.export import save_figure
from analysis.figures.style import new_axes
from analysis.study import load_study

study = load_study(os.environ["CONCORDAT_STUDY"])
ax = new_axes(80, 40)
ax.plot([1, 2])
save_figure(ax, pd.DataFrame({"n": [1, 2]}), study.figure("01_draw-line"), caption="n = 2")
print({"a", "b", "c"}, object())
"""


@pytest.fixture
def study(tmp_path, monkeypatch):
    """A study of two sides in a house of its own, entered as make would."""
    folder = tmp_path / "data" / "raw" / "tiny"
    folder.mkdir(parents=True)
    (folder / "study.toml").write_text('name = "tiny"\n[groups]\nNorth = ["N"]\nSouth = ["S"]\n')
    (tmp_path / "notebooks").mkdir()
    monkeypatch.chdir(tmp_path)
    return load_study(folder)


def notebook(name, *sources):
    cells = [
        {"cell_type": "code", "id": f"step-{n}", "metadata": {}, "source": source}
        | {"outputs": [], "execution_count": None}
        for n, source in enumerate(sources, start=1)
    ]
    text = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    path = f"notebooks/{name}.ipynb"
    with open(path, "w", encoding="utf-8") as file:  # noqa: PTH123
        file.write(text)
    return path


def made(study):
    return {
        str(path.relative_to(study.processed)): path.read_bytes()
        for path in sorted(study.processed.rglob("*"))
        if path.is_file()
    }


def test_two_runs_give_the_same_bytes(study):
    path = notebook("01_draw", DRAW, "1 + 1\nobject()")
    run_notebook(path, study)
    first = made(study)
    run_notebook(path, study)
    assert sorted(first) == [
        *("01_draw.d", "01_draw.html", "01_draw.ipynb"),
        *("figures/01_draw-line.csv", "figures/01_draw-line.png", "figures/01_draw-line.svg"),
    ]
    assert made(study) == first
    assert b"object object at 0x\xe2\x80\xa6" in first["01_draw.ipynb"]


def test_the_page_tells_make_what_it_needs_and_is_read_without_a_network(study):
    page = run_notebook(notebook("01_draw", DRAW), study)
    rules = page.with_suffix(".d").read_text().splitlines()
    target = "data/processed/tiny/01_draw.html:"
    figures = [f"data/processed/tiny/figures/01_draw-line.{kind}" for kind in ("svg", "png", "csv")]
    assert rules[0] == " ".join([target, "data/processed/tiny/01_draw.ipynb", *figures])
    assert rules[1:] == [f"{name}:" for name in rules[0].split(": ")[1].split()]
    html = page.read_text()
    assert not re.search(r"<script|<link|@import|url\(['\"]?http", html)
    assert "data:image/png;base64" in html


def test_no_file_holds_an_absolute_path(study, tmp_path):
    run_notebook(notebook("01_draw", DRAW), study)
    assert not [name for name, content in made(study).items() if str(tmp_path).encode() in content]


def test_a_failing_cell_is_named_and_what_stood_there_stays(study):
    run_notebook(notebook("01_draw", DRAW), study)
    before = made(study)
    path = notebook("01_draw", "1", "2 / 0")
    with pytest.raises(AnalysisError, match=r"01_draw: cell 2 \(step-2\): ZeroDivisionError: div"):
        run_notebook(path, study)
    assert made(study) == before


def test_a_cell_that_writes_to_stderr_fails(study):
    path = notebook("01_warn", "import warnings", "warnings.warn('careful', stacklevel=1)")
    with pytest.raises(AnalysisError, match=r"cell 2 \(step-2\): it wrote to stderr: .*careful"):
        run_notebook(path, study)
    assert made(study) == {}


def test_a_kernel_that_dies_names_the_cell(study):
    path = notebook("01_die", "1", "import os; os._exit(3)", "2")
    with pytest.raises(AnalysisError, match=r"01_die: cell 2: Kernel died"):
        run_notebook(path, study)


@pytest.mark.parametrize("text", ["", "{}", '{"cells": 1, "nbformat": 4}', "no notebook"])
def test_what_is_no_notebook_is_refused_by_name(study, tmp_path, text):
    path = tmp_path / "notebooks" / "03_odd.ipynb"
    path.write_text(text)
    with pytest.raises(AnalysisError, match=r"03_odd.ipynb: not a notebook"):
        run_notebook(path, study)
