"""Records from JSON lines, CSV and Parquet, as dictionaries with their place in the file."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from analysis.corpus.decoding import decode_text, load_bytes
from analysis.errors import LoadError, suggest

RECORD_SUFFIXES = (".csv", ".jsonl", ".parquet")


class Record(NamedTuple):
    """One record and where it stands, as ``file.jsonl:17``."""

    place: str
    fields: Mapping[str, Any]


def load_records(path: Path, name: str) -> list[Record]:
    """Read a file of records; `name` is what messages call it.

    Raises
    ------
    LoadError
        If the file cannot be read as what its suffix says, or has no record.
    """
    readers = {".csv": _from_csv, ".jsonl": _from_jsonl, ".parquet": _from_parquet}
    if path.suffix.lower() not in readers:
        raise LoadError(f"{name}: no format of records; there are {list(RECORD_SUFFIXES)}")
    records = list(readers[path.suffix.lower()](path, name))
    if not records:
        raise LoadError(f"{name}: no record in it")
    return records


def _from_jsonl(path: Path, name: str) -> Iterator[Record]:
    text = decode_text(load_bytes(path), name)
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            fields = json.loads(line)
        except (json.JSONDecodeError, RecursionError) as error:
            raise LoadError(f"{name}:{number}: not JSON: {error}") from error
        if not isinstance(fields, dict):
            raise LoadError(f"{name}:{number}: {type(fields).__name__}, not an object in braces")
        yield Record(f"{name}:{number}", fields)


def _from_csv(path: Path, name: str) -> Iterator[Record]:
    reader = csv.DictReader(
        io.StringIO(decode_text(load_bytes(path), name), newline=""), strict=True
    )
    try:
        for fields in reader:
            if None in fields or None in fields.values():
                raise LoadError(f"{name}:{reader.line_num}: not as many fields as the header has")
            yield Record(f"{name}:{reader.line_num}", fields)
    except csv.Error as error:
        raise LoadError(f"{name}:{reader.line_num}: not CSV: {error}") from error


def _from_parquet(path: Path, name: str) -> Iterator[Record]:
    import pyarrow as pa

    try:
        frame = pd.read_parquet(path)
    except (OSError, ValueError, pa.ArrowException) as error:
        raise LoadError(f"{name}: not Parquet: {error}") from error
    for number, fields in enumerate(frame.to_dict("records"), start=1):
        yield Record(f"{name}:{number}", {str(key): value for key, value in fields.items()})


def field_value(record: Record, column: str) -> Any:
    """Return a field, dots reaching into objects; None where the record leaves it empty.

    Raises
    ------
    LoadError
        If the record has no such field; the message lists those it has.
    """
    if column in record.fields:
        return _or_none(record.fields[column])
    value: Any = record.fields
    for key in column.split("."):
        if not isinstance(value, Mapping) or key not in value:
            there = sorted(value) if isinstance(value, Mapping) else []
            raise LoadError(
                f"{record.place}: no column {column!r}; "
                f"there are {_flat(record.fields)}{suggest(key, there)}"
            )
        value = value[key]
        if value is None:
            return None
    return _or_none(value)


def _or_none(value: Any) -> Any:
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    return (
        None
        if not isinstance(value, str) and pd.api.types.is_scalar(value) and pd.isna(value)
        else value
    )


def _flat(fields: Mapping[str, Any]) -> list[str]:
    """Return the columns of a record, those inside objects with dots."""
    names = []
    for key, value in fields.items():
        inner = _flat(value) if isinstance(value, dict) else []
        names += [f"{key}.{name}" for name in inner] or [key]
    return sorted(names)
