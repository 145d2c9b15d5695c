"""Tables and files to and from disk: whole or not at all, the same bytes every time."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd

from analysis.errors import LoadError, StudyError, check_choice
from analysis.tables import TABLES, Table, build_table, check_columns


@contextmanager
def replace_file(path: Path) -> Iterator[Path]:
    """Give a temporary path beside `path`; what was written there replaces `path` at the end.

    A reader never sees half a file, and a failure leaves the old file as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-", suffix=path.suffix)
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        temporary.chmod(0o644)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def save_table(frame: pd.DataFrame, path: Path | str) -> Path:
    """Write a table as its suffix says (.parquet, .csv or .jsonl) and return the path.

    CSV and JSON Lines are UTF-8 with line feeds; dates are ISO days; missing text is empty in
    CSV and null in JSON Lines.

    Raises
    ------
    ValueError
        If the suffix is another one.
    """
    path = Path(path)
    writers: dict[str, Callable[[pd.DataFrame, Path], None]] = {
        ".parquet": _write_parquet,
        ".csv": _write_csv,
        ".jsonl": _write_jsonl,
    }
    check_choice(path.suffix, writers, "format")
    with replace_file(path) as temporary:
        writers[path.suffix](frame, temporary)
    return path


def load_table(path: Path | str, table: Table | str) -> pd.DataFrame:
    """Read a table that `save_table` wrote and check it: a `table`.

    Raises
    ------
    LoadError
        If there is no such file or it cannot be read as its suffix says.
    TableError
        If it is not a `table`.
    """
    path = Path(path)
    if isinstance(table, str):
        table = TABLES[check_choice(table, TABLES, "table")]
    readers: dict[str, Callable[[Path], pd.DataFrame]] = {
        ".parquet": pd.read_parquet,
        ".csv": pd.read_csv,
        ".jsonl": _read_jsonl,
    }
    check_choice(path.suffix, readers, "format")
    if not path.is_file():
        raise LoadError(f"{path}: no such file; it should hold the table {table.name!r}")
    try:
        frame = readers[path.suffix](path)
    except (OSError, ValueError) as error:
        raise LoadError(f"{path}: not readable as {path.suffix}: {error}") from error
    own = frame.columns.difference(list(table.columns), sort=False)
    return build_table(check_columns(frame, table), table).join(frame[own])


def check_sums(folder: Path) -> Path:
    """Return `folder` if its files are those that its SHA256SUMS names, or it has none.

    Raises
    ------
    StudyError
        If a line cannot be read, a file is missing or a file has changed; the message names it.
    """
    sums = folder / "SHA256SUMS"
    if not sums.exists():
        return folder
    for number, line in enumerate(sums.read_text(encoding="utf-8").splitlines(), start=1):
        expected, _, name = line.partition("  ")
        if len(expected) != 64 or not name:
            raise StudyError(f"{sums}, line {number}: {line!r} is not 'SHA-256, two spaces, name'")
        _check_sum(folder / name, expected)
    return folder


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def make_rules(target: Path, needed: Iterable[Path]) -> str:
    """Return rules for make, as compilers write them: `target` needs each file of `needed`.

    Each of these has a rule without a recipe, so that one that is gone makes `target` anew
    in place of an error. Paths are relative to the working folder.
    """
    names = [os.path.relpath(path).replace(" ", "\\ ") for path in [target, *needed]]
    rules = [f"{names[0]}: {' '.join(names[1:])}", *(f"{name}:" for name in names[1:])]
    return "\n".join(rules) + "\n"


def _check_sum(path: Path, expected: str) -> None:
    if not path.is_file():
        raise StudyError(
            f"{path}: named in SHA256SUMS but not there; restore it or take out its line"
        )
    found = hash_file(path)
    if found != expected:
        raise StudyError(
            f"{path}: changed since it was sealed (SHA-256 {found[:12]}…, not {expected[:12]}…); "
            "restore it, or renew SHA256SUMS if the change is meant"
        )


def _write_parquet(frame: pd.DataFrame, path: Path) -> None:
    frame.to_parquet(path, index=False, compression="zstd")


def _write_csv(frame: pd.DataFrame, path: Path) -> None:
    frame.to_csv(path, index=False, lineterminator="\n", date_format="%Y-%m-%d")


def _write_jsonl(frame: pd.DataFrame, path: Path) -> None:
    dates = frame.select_dtypes("datetime").columns
    days = frame.assign(**{name: frame[name].dt.strftime("%Y-%m-%d") for name in dates})
    days.to_json(path, orient="records", lines=True, force_ascii=False)


def _read_jsonl(path: Path) -> pd.DataFrame:
    return pd.read_json(path, lines=True, dtype=False)
