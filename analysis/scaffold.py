"""A new study is a folder: two TOML files to edit, a page on the sources, a place for texts."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from analysis.errors import StudyError
from analysis.storage import replace_file

TEMPLATES = ("study.toml", "codebook.toml", "SOURCES.md")


def save_new_study(name: str, folder: Path | str = "data/raw") -> Path:
    """Write the folder of a new study and return its path.

    Raises
    ------
    StudyError
        If the name is no name (letters, digits and _) or the folder is there already.
    """
    if not name.isidentifier():
        raise StudyError(f"{name!r} is no name for a study; use letters, digits and _")
    study = Path(folder) / name
    if study.exists():
        raise StudyError(f"{study}: there already; choose another name or edit its study.toml")
    (study / "documents").mkdir(parents=True)
    for template in TEMPLATES:
        text = files("analysis").joinpath("templates", template).read_text(encoding="utf-8")
        with replace_file(study / template) as temporary:
            temporary.write_text(text.replace("NAME", name), encoding="utf-8", newline="\n")
    return study
