"""The house keeps its shape: rooms apart, rooms small, no study in the code."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import analysis

HOUSE = Path(__file__).resolve().parents[1]
PACKAGE = HOUSE / "analysis"
MODULES = sorted(PACKAGE.rglob("*.py"))
NAMES = [str(path.relative_to(HOUSE)) for path in MODULES]
HEAVY = ("matplotlib", "nbclient", "nltk", "pooch", "scipy", "sklearn", "tqdm")
ROOMS = ("corpus", "features", "models", "comparison", "figures")

every_module = pytest.mark.parametrize("path", MODULES, ids=NAMES)


def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path):
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [node for node in ast.walk(tree(path)) if isinstance(node, kinds)]


def body_lines(function):
    docstring = ast.get_docstring(function, clean=False)
    own = function.end_lineno - function.lineno + 1
    return own - (docstring.count("\n") + 1 if docstring else 0)


def test_rooms_never_import_each_other():
    command = [Path(sys.executable).parent / "lint-imports", "--no-cache"]
    result = subprocess.run(command, cwd=HOUSE, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


@every_module
def test_a_module_fits_the_head(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 350


@every_module
def test_a_function_fits_the_screen(path):
    long = {f.name: body_lines(f) for f in functions(path) if body_lines(f) > 40}
    assert not long


@every_module
def test_a_public_function_takes_at_most_five_arguments(path):
    public = [f for f in tree(path).body if isinstance(f, ast.FunctionDef) and f.name[0] != "_"]
    counts = {f.name: len(f.args.posonlyargs + f.args.args + f.args.kwonlyargs) for f in public}
    assert not {name: count for name, count in counts.items() if count > 5}


@every_module
def test_a_public_name_is_documented(path):
    kinds = (ast.FunctionDef, ast.ClassDef)
    public = [n for n in tree(path).body if isinstance(n, kinds) and n.name[0] != "_"]
    assert not [node.name for node in public if not ast.get_docstring(node)]


@every_module
def test_heavy_imports_wait_until_they_are_needed(path):
    top = [node for node in tree(path).body if isinstance(node, ast.Import | ast.ImportFrom)]
    modules = [
        name.partition(".")[0]
        for node in top
        for name in (
            [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else [alias.name for alias in node.names]
        )
    ]
    assert not set(modules) & set(HEAVY)


def test_the_package_imports_nothing_heavy():
    code = "import sys, analysis; print(*sorted(m.partition('.')[0] for m in sys.modules))"
    printed = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert not set(printed.stdout.split()) & set(HEAVY)


def study_words():
    """Names of the embedded studies' sides and people, which only their own files may hold."""
    from analysis.study import load_study

    for toml in sorted((HOUSE / "data" / "raw").glob("*/study.toml")):
        study = load_study(toml)
        yield from study.codebook.frames
        yield from study.codebook.propositions
        for actor in study.codebook.actors.values():
            yield from (person.name for person in actor.people)
        yield study.name


def test_no_study_is_in_the_code():
    code = "\n".join(path.read_text(encoding="utf-8") for path in MODULES)
    # A word that is nowhere need not be looked for between boundaries of words.
    words = {word for word in study_words() if word in code}
    assert not {word for word in words if re.search(rf"\b{re.escape(word)}\b", code)}


def test_no_file_of_the_package_is_a_pickle():
    assert not [
        p for p in HOUSE.rglob("analysis/**/*") if p.suffix in {".pkl", ".pickle", ".joblib"}
    ]
    code = "\n".join(path.read_text(encoding="utf-8") for path in MODULES)
    assert not re.search(r"\bimport (pickle|joblib)\b|allow_pickle=True", code)


def test_the_import_name_is_this_package():
    """Another distribution that installs a folder called analysis would shadow ours."""
    assert Path(analysis.__file__).resolve() == PACKAGE / "__init__.py"


def test_the_front_door_opens_onto_what_it_names():
    assert sorted(analysis.__all__) == sorted(set(analysis.__all__))
    assert all(hasattr(analysis, name) for name in analysis.__all__)
    assert len(analysis.__all__) <= 100


def test_nobody_inside_uses_the_front_door():
    pattern = re.compile(r"^\s*(from analysis import|import analysis\s*(as|$))", re.MULTILINE)
    users = [p.name for p in MODULES if pattern.search(p.read_text(encoding="utf-8"))]
    assert not users


@pytest.mark.parametrize("room", ROOMS)
def test_a_rooms_init_holds_only_its_docstring(room):
    assert len(tree(PACKAGE / room / "__init__.py").body) == 1


def test_every_module_has_its_test_file():
    tests = {path.stem.removeprefix("test_") for path in (HOUSE / "tests").glob("test_*.py")}
    modules = [p for p in MODULES if p.name != "__init__.py" and p.parent.name not in {"figures"}]
    # A folder inside a room is tested as one: what is outside sees its front alone.
    assert not [p.stem for p in modules if not tests & {p.stem, p.parent.name}]
