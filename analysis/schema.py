"""What a table is: how one is declared, checked at the door of a function, and built from rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.errors import TableError, suggest

KINDS: dict[str, Any] = {
    "text": "str",
    "category": "category",
    "count": "int64",
    "number": "float64",
    "date": "datetime64[us]",
    "bool": "bool",
}


# A column of one name means the same in every table, and so do its values.
VALUES: dict[str, tuple[str, ...]] = {
    "kind": ("news", "speech", "transcript", "chronicle", "synthetic"),
    # "any" stands only in results for which the user set the voice rule aside.
    "voice": (
        *("original", "official_translation", "press_translation"),
        *("paraphrase", "synthetic", "any"),
    ),
    "layer": ("news", "background"),
    "said_precision": ("day", "month", "month_approx", "year"),
    "cue_class": ("neutral", "assert", "deny", "demand", "concede", "promise", "doubt"),
    "quote_type": ("direct", "mixed", "indirect"),
    "modality": ("certain", "possible", "obliged", "conditional"),
    "role": ("source", "cue", "content"),
}


# Columns of parts of 1. They may be missing, but for a chance of being drawn, which is above 0 too.
PARTS = ("confidence", "probability")
CHANCE = "inclusion_probability"


@dataclass(frozen=True)
class Table:
    """A table's name, its key, the kind of every column and the values that some allow."""

    name: str
    key: tuple[str, ...]
    columns: Mapping[str, str]
    allowed: Mapping[str, tuple[str, ...]]


def declare(name: str, key: str, columns: str) -> Table:
    """Declare a table: the columns of its key, then every column as name:kind."""
    kinds = dict(column.split(":") for column in columns.split())
    values = {column: VALUES[column] for column in kinds if column in VALUES}
    return Table(name, tuple(key.split()), kinds, values)


def check_table(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Return `frame` if it is a `table`; columns of the user's own are let through.

    Raises
    ------
    TableError
        If a column is missing, a column has another kind or a value that its kind does not
        know (a count below 0, a probability above 1), or two rows have the same key. The message
        names the column and a row.
    """
    check_columns(frame, table)
    for column, kind in table.columns.items():
        _check_kind(frame[column], kind, table)
        _check_values(frame[column], table)
        _check_numbers(frame, column, table)
    _check_key(frame, table)
    return frame


def check_columns(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Return `frame` if it has every column of `table`, else raise a ``TableError``."""
    missing = [column for column in table.columns if column not in frame.columns]
    if missing:
        near = suggest(missing[0], frame.columns)
        raise TableError(
            f"{table.name}: no column {missing[0]!r}; there are {list(frame.columns)}{near}"
        )
    return frame


def build_table(rows: pd.DataFrame | Iterable[Mapping[str, Any]], table: Table) -> pd.DataFrame:
    """Return `rows` as a `table`: its columns in order, of their kinds, with a fresh index.

    A declared column that `rows` lacks becomes missing (text, category, number, date) or is
    an error (count, bool); other columns are dropped.

    Raises
    ------
    TableError
        If a value is not of its column's kind, or as `check_table`.
    """
    frame = rows if isinstance(rows, pd.DataFrame) else pd.DataFrame(list(rows))
    columns = {}
    for column, kind in table.columns.items():
        columns[column] = _cast(frame, column, kind, table)
    return check_table(pd.DataFrame(columns).reset_index(drop=True), table)


def _cast(frame: pd.DataFrame, column: str, kind: str, table: Table) -> pd.Series:
    if column not in frame.columns:
        return _missing(frame, column, kind, table)
    try:
        if kind == "category" and not isinstance(frame[column].dtype, pd.CategoricalDtype):
            return frame[column].astype("str").astype("category")
        if kind == "bool":
            _check_bool(frame[column])
        return frame[column].astype(KINDS[kind])
    except (TypeError, ValueError) as error:
        raise TableError(f"{table.name}: column {column!r} is no {kind}: {error}") from error


def _check_bool(values: pd.Series) -> None:
    """Raise for what is neither: a blank cell or the word "no" would count as True."""
    if not values.isin([True, False]).all():
        raise ValueError(f"it holds {list(values.unique())[:5]}; each is True or False")


def _missing(frame: pd.DataFrame, column: str, kind: str, table: Table) -> pd.Series:
    if kind in ("count", "bool") and len(frame):
        raise TableError(f"{table.name}: no column {column!r}; a {kind} cannot be missing")
    return pd.Series([None] * len(frame), index=frame.index, dtype="object").astype(KINDS[kind])


def _check_kind(values: pd.Series, kind: str, table: Table) -> None:
    dtype = values.dtype
    right = (
        isinstance(dtype, pd.CategoricalDtype)
        if kind == "category"
        else pd.api.types.is_datetime64_dtype(dtype)
        if kind == "date"
        else dtype == KINDS[kind]
    )
    if not right:
        raise TableError(
            f"{table.name}: column {values.name!r} has dtype {dtype}; "
            f"a {kind} has {KINDS[kind]}; build_table(rows, table) converts"
        )


def _check_values(values: pd.Series, table: Table) -> None:
    allowed = table.allowed.get(str(values.name))
    if allowed is None:
        return
    wrong = values[values.notna() & ~values.isin(allowed)]
    if len(wrong):
        found = str(wrong.iloc[0])
        raise TableError(
            f"{table.name}: row {wrong.index[0]}: {values.name} {found!r}; "
            f"it is one of {list(allowed)}{suggest(found, allowed)}"
        )


def _check_numbers(frame: pd.DataFrame, column: str, table: Table) -> None:
    """Raise for numbers that cannot be: what is computed from them would look like a result."""
    values = frame[column]
    if table.columns[column] == "count":
        wrong, allowed = values < 0, "it is 0 or more"
    elif column == CHANCE:
        wrong, allowed = ~((values > 0) & (values <= 1)), "it is above 0, up to 1, and known"
    elif column in PARTS:
        wrong, allowed = (values < 0) | (values > 1), "it is from 0 to 1, or missing"
    else:
        return
    if wrong.any():
        place = int(wrong.to_numpy().argmax())
        name = f"row {frame.index[place]} ({frame[table.key[0]].iloc[place]})"
        raise TableError(f"{table.name}: {name}: {column} {values.iloc[place]}; {allowed}")


def _check_key(frame: pd.DataFrame, table: Table) -> None:
    key = list(table.key)
    doubled = frame.duplicated(key)
    if doubled.any():
        first = frame.loc[doubled, key].iloc[0].to_dict()
        raise TableError(f"{table.name}: {first} stands in two rows; {key} names one row")
    empty = frame[key].isna().any(axis=1)
    if empty.any():
        raise TableError(f"{table.name}: row {frame.index[empty][0]} has no {key}")
