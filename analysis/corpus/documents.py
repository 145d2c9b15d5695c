"""Raw files to the `documents` table: bulletins and other texts, and files of records.

A document that cannot be read is left out and named with its reason; the others are kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.corpus.bulletins import read_layout
from analysis.corpus.dates import DateError, Said, read_date
from analysis.corpus.decoding import check_text, decode_text, load_bytes
from analysis.corpus.formats.records import RECORD_SUFFIXES, Record, field_value, load_records
from analysis.corpus.kinds import recognise_kind
from analysis.errors import LoadError, StudyError, suggest
from analysis.study import Records, Study
from analysis.tables import DOCUMENTS, build_table

TEXT_SUFFIXES = (".txt", ".md")
REFUSED_COLUMNS = ["path", "reason"]
OWN_COLUMNS = ("sha256", "path", "warnings")


@dataclass(frozen=True)
class Loaded:
    """What was read, and what was not.

    Attributes
    ----------
    documents
        The `documents` table.
    refused
        One row per file or record that was left out: ``path``, and the ``reason`` by name.
    """

    documents: pd.DataFrame
    refused: pd.DataFrame

    def check(self) -> Loaded:
        """Return self if nothing was left out, else raise a ``LoadError`` that names it all."""
        if len(self.refused):
            raise LoadError("\n".join(self.refused["reason"]))
        return self


@dataclass
class _Collected:
    """Rows and refusals while files are read."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)

    def take(self, place: str, read: Callable[[], dict[str, Any]]) -> None:
        """Add one document, or its name and the reason why it cannot be read."""
        try:
            row = read()
            doc_id = str(row["doc_id"])
            if doc_id in self.places:
                raise LoadError(
                    f"{place}: doc_id {doc_id!r} is also in {self.places[doc_id]}; "
                    "give each document a name of its own"
                )
        except LoadError as error:
            self.refused.append((place, str(error)))
            return
        self.places[doc_id] = place
        self.rows.append(row)

    def loaded(self) -> Loaded:
        refused = pd.DataFrame(self.refused, columns=REFUSED_COLUMNS, dtype="str")
        return Loaded(build_table(self.rows, DOCUMENTS), refused)


def load_documents(study: Study) -> Loaded:
    """Read the documents that a study's [documents] name, in the order of files and records.

    Texts (.txt, .md) are read as bulletins, and their kind is recognised (`recognise_kind`);
    records (.jsonl, .csv, .parquet) are read by the study's columns. Constants fill what a
    document does not say itself. ``path`` is relative to the study's folder.

    Raises
    ------
    StudyError
        If the study has no [documents], no file matches, or no document can be read at all.
    LoadError
        If a column that the study names is in no record; the message lists those there are.
    """
    source = study.documents
    if source is None:
        raise StudyError(
            f"study {study.name!r} has no [documents]; add files = [...] to study.toml"
        )
    _check_columns(source.columns, study.name)
    constants = {"language": study.language, **source.constants}
    collected = _Collected()
    for path in study_files(study, source):
        name = path.relative_to(study.raw).as_posix()
        # Where records are coded statements, the day of the statement is the one that counts.
        _read_file(collected, path, name, constants, source, dated=study.statements is None)
    if not collected.rows:
        reasons = "; ".join(reason for _, reason in collected.refused[:3])
        raise StudyError(f"study {study.name!r}: not one document can be read: {reasons}")
    return collected.loaded()


def load_documents_from(paths: Iterable[Path], *, language: str | None = None) -> Loaded:
    """Read files and folders, whatever can be read: texts as bulletins, records by our names.

    Without a `language` those of the records stand, and the others are left open:
    `extract_statements` recognises them.

    Files of records need the columns ``doc_id`` and ``text``; others of the `documents` table
    are taken over where they are there. A folder gives all its files that can be documents, by
    name. ``doc_id`` of a text is its path below the folder, without the suffix.

    Raises
    ------
    LoadError
        If a path does not exist, or a folder holds no file of a known kind.
    """
    collected = _Collected()
    for path in paths:
        for file, doc_id in _files_of(Path(path)):
            constants = {"language": language} if language else {}
            _read_file(collected, file, file.as_posix(), constants, None, doc_id=doc_id)
    return collected.loaded()


def study_files(study: Study, source: Records) -> list[Path]:
    """Return the files of a study that match the globs of a section, sorted, each once.

    Raises
    ------
    StudyError
        If a glob matches nothing.
    """
    found: dict[Path, None] = {}
    for pattern in source.files:
        matches = sorted(path for path in study.raw.glob(pattern) if path.is_file())
        if not matches:
            raise StudyError(f"study {study.name!r}: no file matches {pattern!r} in {study.raw}")
        found |= dict.fromkeys(matches)
    if not found:
        raise StudyError(f"study {study.name!r}: files = [] names no file")
    return list(found)


def _check_columns(columns: Mapping[str, str], study: str) -> None:
    """Raise if a study maps a column that the documents table does not have."""
    known = [column for column in DOCUMENTS.columns if column not in OWN_COLUMNS]
    for column in columns:
        if column not in known:
            raise StudyError(
                f"study {study!r}: [documents.columns] {column!r}; "
                f"there are {known}{suggest(column, known)}"
            )


def _files_of(path: Path) -> Sequence[tuple[Path, str]]:
    known = (*TEXT_SUFFIXES, *RECORD_SUFFIXES)
    if path.is_file():
        return [(path, path.stem)]
    if not path.is_dir():
        raise LoadError(f"{path}: no such file or folder")
    files = [p for p in sorted(path.rglob("*")) if p.is_file() and p.suffix.lower() in known]
    if not files:
        raise LoadError(f"{path}: no file of a known kind in it; these are read: {list(known)}")
    return [(file, file.relative_to(path).with_suffix("").as_posix()) for file in files]


def _read_file(
    collected: _Collected,
    path: Path,
    name: str,
    constants: Mapping[str, str],
    source: Records | None,
    *,
    doc_id: str | None = None,
    dated: bool = False,
) -> None:
    if path.suffix.lower() not in RECORD_SUFFIXES:
        collected.take(name, partial(_text_row, path, name, doc_id or path.stem, constants))
        return
    try:
        records = load_records(path, name)
    except LoadError as error:
        collected.refused.append((name, str(error)))
        return
    columns = source.columns if source else _own_names(records)
    if source:
        _check_there(records, columns)
    for record in records:
        collected.take(record.place, partial(_record_row, record, name, columns, constants, dated))


def _own_names(records: Sequence[Record]) -> dict[str, str]:
    names = {name for record in records for name in record.fields}
    return {
        c: c
        for c in DOCUMENTS.columns
        if c in ("doc_id", "text") or (c in names and c not in OWN_COLUMNS)
    }


def _check_there(records: Sequence[Record], columns: Mapping[str, str]) -> None:
    """Raise for a column that not one record has: the study's mistake, not a record's."""
    for column in columns.values():
        failures = 0
        for record in records:
            try:
                field_value(record, column)
                break
            except LoadError:
                failures += 1
        if failures == len(records):
            field_value(records[0], column)


def _text_row(path: Path, name: str, doc_id: str, constants: Mapping[str, str]) -> dict[str, Any]:
    raw = load_bytes(path)
    text = decode_text(raw, name)
    layout = read_layout(text)
    impossible = [warning for warning in layout.warnings if warning.startswith("no such day")]
    if impossible:
        raise LoadError(f"{name}: the date line: {impossible[0]}; write it as DD.MM.YYYY")
    notes = list(layout.warnings)
    if layout.is_bulletin and layout.published_on is None:
        notes.append("no date in the header")
    kind = recognise_kind(text, constants.get("language"))
    told = {
        "title": _part(text, layout.title),
        "published_on": layout.published_on,
        "outlet": _part(text, layout.outlet),
        "url": _part(text, layout.url),
        "kind": kind if layout.is_bulletin or kind != "news" else None,
    }
    return {
        **told,
        **constants,
        "doc_id": doc_id,
        "text": text,
        "sha256": hashlib.sha256(raw).hexdigest(),
        "path": name,
        "warnings": "; ".join(notes) or None,
    }


def _part(text: str, span: tuple[int, int] | None) -> str | None:
    return None if span is None else text[span[0] : span[1]]


def _record_row(
    record: Record, name: str, columns: Mapping[str, str], constants: Mapping[str, str], dated: bool
) -> dict[str, Any]:
    row: dict[str, Any] = dict(constants)
    notes: list[str] = []
    for ours, theirs in columns.items():
        value = field_value(record, theirs)
        row[ours] = value if value is None or ours == "published_on" else str(value)
    for needed in ("doc_id", "text"):
        if row.get(needed) is None:
            raise LoadError(f"{record.place}: no {needed}; every document has one")
    if "published_on" in columns:
        row["published_on"] = _published(record, row["published_on"], notes, dated)
    check_text(row["text"], record.place)
    sha256 = hashlib.sha256(row["text"].encode("utf-8")).hexdigest()
    return {**row, "sha256": sha256, "path": name, "warnings": "; ".join(notes) or None}


def _published(record: Record, value: Any, notes: list[str], dated: bool) -> date | None:
    """Return the day of publication; a month or a year is no day and is noted."""
    if value is None:
        if dated:
            raise LoadError(f"{record.place}: no date of publication; write YYYY-MM-DD")
        notes.append("no date of publication")
        return None
    said = read_day(record, value)
    if said.precision == "day":
        return said.day
    notes.append(f"published {value}: no day")
    return None


def read_day(record: Record, value: Any) -> Said:
    """Return a record's date with its precision; a ``LoadError`` says where one is none."""
    if isinstance(value, date | datetime | pd.Timestamp):
        return Said(pd.Timestamp(value).date(), "day")
    try:
        return read_date(str(value))
    except DateError as error:
        raise LoadError(f"{record.place}: date {error}") from error
