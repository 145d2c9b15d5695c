"""Running a notebook: the same bytes twice, and an error that leads to the cell."""

import contextlib
import json
import re
from pathlib import Path

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


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    """A study of two sides in a house of its own, entered as make would."""
    house = tmp_path_factory.mktemp("house")
    folder = house / "data" / "raw" / "tiny"
    folder.mkdir(parents=True)
    (folder / "study.toml").write_text('name = "tiny"\n[groups]\nNorth = ["N"]\nSouth = ["S"]\n')
    (house / "notebooks").mkdir()
    with contextlib.chdir(house):
        yield load_study(folder)


@pytest.fixture(scope="module")
def drawn(study):
    """The files that a first run of the drawing notebook makes."""
    run_notebook(notebook("01_draw", DRAW, "object()", "ax = new_axes(80, 40)"), study)
    return made(study)


def notebook(name, *sources):
    cells = [
        {
            "cell_type": "code",
            "id": f"step-{n}",
            "metadata": {},
            "source": source.splitlines(keepends=True),
        }
        | {"outputs": [], "execution_count": None}
        for n, source in enumerate(sources, start=1)
    ]
    text = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    path = Path(f"notebooks/{name}.ipynb")
    path.write_text(text, encoding="utf-8")
    return path


def made(study):
    return {
        str(path.relative_to(study.processed)): path.read_bytes()
        for path in sorted(study.processed.rglob("*"))
        if path.is_file()
    }


def test_two_runs_give_the_same_bytes(study, drawn):
    run_notebook("notebooks/01_draw.ipynb", study)
    assert made(study) == drawn
    assert b"object object at 0x\xe2\x80\xa6" in drawn["01_draw.ipynb"]


def test_the_page_tells_make_what_it_needs(drawn):
    rules = drawn["01_draw.d"].decode().splitlines()
    target = "data/processed/tiny/01_draw.html:"
    figures = [f"data/processed/tiny/figures/01_draw-line.{kind}" for kind in ("svg", "png", "csv")]
    assert rules[0] == " ".join([target, "data/processed/tiny/01_draw.ipynb", *figures])
    assert rules[1:] == [f"{name}:" for name in rules[0].split(": ")[1].split()]
    everything = {f"data/processed/tiny/{name}" for name in drawn}
    assert everything - set(rules[0].replace(":", "").split()) == {"data/processed/tiny/01_draw.d"}


def test_the_page_is_read_without_a_network(drawn):
    html = drawn["01_draw.html"].decode()
    assert not re.search(r"<script|<link|@import|url\(['\"]?http", html)
    assert html.count('src="data:image/png;base64') == 2


def test_no_file_holds_an_absolute_path(drawn):
    here = str(Path.cwd()).encode()
    assert not [name for name, content in drawn.items() if here in content]


def test_a_failing_cell_is_named_and_what_stood_there_stays(study, drawn):
    path = notebook("01_draw", "1", "2 / 0")
    with pytest.raises(AnalysisError, match=r"01_draw: cell 2 \(step-2\): ZeroDivisionError: div"):
        run_notebook(path, study)
    assert made(study) == drawn


def test_a_cell_that_writes_to_stderr_fails(study):
    path = notebook("01_warn", "import warnings", "warnings.warn('careful', stacklevel=1)")
    with pytest.raises(AnalysisError, match=r"cell 2 \(step-2\): it wrote to stderr: .*careful"):
        run_notebook(path, study)
    assert not [name for name in made(study) if "01_warn" in name]


def test_a_kernel_that_dies_names_the_cell(study):
    path = notebook("01_die", "1", "import os; os._exit(3)", "2")
    with pytest.raises(AnalysisError, match=r"01_die: cell 2 \(step-2\): Kernel died"):
        run_notebook(path, study)


@pytest.mark.parametrize("text", ["", "{}", '{"cells": 1, "nbformat": 4}', "no notebook"])
def test_what_is_no_notebook_is_refused_by_name(study, text):
    path = Path("notebooks/03_odd.ipynb")
    path.write_text(text)
    with pytest.raises(AnalysisError, match=r"03_odd.ipynb: not a notebook"):
        run_notebook(path, study)
