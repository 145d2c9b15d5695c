"""Records that are coded statements already: the `statements` and `codes` tables of a study."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from analysis.codebook import PRESENCE, STANCES, Codebook
from analysis.corpus.decoding import check_text
from analysis.corpus.documents import read_day, study_files
from analysis.corpus.formats.records import Record, field_value, load_records
from analysis.errors import LoadError, StudyError, suggest
from analysis.study import Records, Study
from analysis.tables import CODES, STATEMENTS, build_table

FRAMES = "frames"


def load_statements(study: Study) -> pd.DataFrame:
    """Read the coded statements that a study's [statements] name, one record a statement.

    Returns
    -------
    The `statements` table. ``start`` is 0 and ``end`` the length of the content, which is the
    whole text of the document of the same record. ``said_on`` is the first day of a month or
    a year that is all the record gives; ``said_precision`` says which. Unless the study maps
    them, ``statement_id`` is ``doc_id:1``, the layer is news, the quotation indirect, the
    speaker's method ``given``.

    Raises
    ------
    StudyError
        If the study has no [statements] or maps a column that the table does not have.
    LoadError
        If a column is not there, an id is doubled, or a date is missing or none; the message
        names file and record.
    """
    source = _source(study)
    for column in source.columns:
        if column not in STATEMENTS.columns:
            raise StudyError(
                f"study {study.name!r}: [statements.columns] {column!r}; there are "
                f"{list(STATEMENTS.columns)}{suggest(column, STATEMENTS.columns)}"
            )
    rows: list[dict[str, Any]] = []
    places: dict[str, str] = {}
    for record in _study_records(study, source):
        row = _statement(record, source)
        identity = row["statement_id"]
        if identity in places:
            raise LoadError(f"{record.place}: id {identity!r} is also in {places[identity]}")
        places[identity] = record.place
        rows.append(row)
    return build_table(rows, STATEMENTS)


def load_codes(study: Study) -> pd.DataFrame:
    """Read the codes that a study's coded statements carry.

    Each coder's field (as [codes] of study.toml names it) is an object with the list
    ``frames`` and a stance for every proposition of the codebook. A frame that the
    codebook calls otherwise is renamed by [codes.frames].

    Returns
    -------
    The `codes` table: for each statement and coder a row per frame (present, absent) and per
    proposition (its stance). A coder whose field is null gives none. ``probability`` is
    missing: these are decisions.

    Raises
    ------
    StudyError
        If the study has no [statements] or no [codes].
    LoadError
        If a frame, a proposition or a stance is not in the codebook; the message names the
        record and the nearest known one.
    """
    source = _source(study)
    if study.codes is None:
        raise StudyError(f"study {study.name!r} has no [codes]; its statements carry no codes")
    rows: list[dict[str, Any]] = []
    for record in _study_records(study, source):
        identity = _identity(record, source)
        version = field_value(record, study.codes.version) if study.codes.version else None
        for coder, prefix in study.codes.coders.items():
            for code, value in _codes(record, prefix, study.codebook, study.codes.frames):
                rows.append(
                    {
                        "statement_id": identity,
                        "code": code,
                        "coder": coder,
                        "value": value,
                        "codebook_version": str(version or study.codebook.version),
                    }
                )
    return build_table(rows, CODES)


def _source(study: Study) -> Records:
    if study.statements is None:
        raise StudyError(
            f"study {study.name!r} has no [statements]; extract_statements finds them in texts"
        )
    return study.statements


def _study_records(study: Study, source: Records) -> Iterator[Record]:
    for path in study_files(study, source):
        yield from load_records(path, path.relative_to(study.raw).as_posix())


def _statement(record: Record, source: Records) -> dict[str, Any]:
    row: dict[str, Any] = {"layer": "news", "quote_type": "indirect", "speaker_method": "given"}
    row |= source.constants
    for ours, theirs in source.columns.items():
        value = field_value(record, theirs)
        known = source.values.get(ours, {})  # noqa: PD011
        row[ours] = value if value is None else known.get(str(value), str(value))
    content = row.get("content")
    if content is None:
        raise LoadError(f"{record.place}: no content; every statement has one")
    check_text(content, record.place)
    row["statement_id"] = _identity(record, source)
    row |= _said(record, row)
    row["published_on"] = _day_or_none(record, row.get("published_on"))
    return {**row, "start": 0, "end": len(content), "negated": False}


def _identity(record: Record, source: Records) -> str:
    for column, suffix in (("statement_id", ""), ("doc_id", ":1")):
        if column in source.columns:
            value = field_value(record, source.columns[column])
            if value is None:
                raise LoadError(f"{record.place}: no {column}; every statement has one")
            return f"{value}{suffix}"
    raise StudyError("[statements.columns] maps neither statement_id nor doc_id; map one")


def _said(record: Record, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the day; the record's own precision counts where it gives one."""
    if row.get("said_on") is None:
        raise LoadError(f"{record.place}: no said_on; write YYYY-MM-DD, YYYY-MM or YYYY")
    said = read_day(record, row["said_on"])
    return {"said_on": said.day, "said_precision": row.get("said_precision") or said.precision}


def _day_or_none(record: Record, value: Any) -> Any:
    if value is None:
        return None
    said = read_day(record, value)
    return said.day if said.precision == "day" else None


def _codes(
    record: Record, prefix: str, codebook: Codebook, names: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    given = field_value(record, prefix)
    if given is None:
        return
    if not isinstance(given, Mapping):
        raise LoadError(f"{record.place}: {prefix} is {given!r}; it is an object of codes")
    frames = [names.get(str(frame), frame) for frame in given.get(FRAMES) or []]
    for frame in frames:
        _check_known(frame, codebook.frames, f"{record.place}: {prefix}: no frame")
    for frame in codebook.frames:
        yield frame, PRESENCE[0] if frame in frames else PRESENCE[1]
    for code in given:
        if code != FRAMES:
            _check_known(code, codebook.propositions, f"{record.place}: {prefix}: no proposition")
    for proposition in codebook.propositions:
        if proposition not in given:
            raise LoadError(f"{record.place}: {prefix} says nothing of {proposition!r}")
        stance = given[proposition]
        _check_known(stance, STANCES, f"{record.place}: {prefix}: {proposition}: no stance")
        yield proposition, stance


def _check_known(found: Any, known: Any, what: str) -> None:
    if found not in known:
        raise LoadError(f"{what} {found!r}; there are {list(known)}{suggest(str(found), known)}")
