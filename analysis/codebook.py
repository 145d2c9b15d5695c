"""A codebook: frames, propositions and actors, as codebook.toml describes them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.errors import StudyError, TableError, suggest
from analysis.matching import compile_pattern

STANCES = ("favor", "against", "conditional", "ambiguous", "not_addressed")
PRESENCE = ("present", "absent")


@dataclass(frozen=True, kw_only=True)
class Frame:
    """A category of content: coded present or absent in a statement.

    A frame has the patterns of those whose `parent` it is, and what does not count for them.
    """

    code: str
    label: str
    parent: str = ""
    definition: str = ""
    include: str = ""
    exclude: str = ""
    example: str = ""
    patterns: tuple[str, ...] = ()
    not_patterns: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Proposition:
    """A sentence that a statement may favor, oppose, hold under a condition or leave open.

    `patterns` maps a stance (all of `STANCES` but ``not_addressed``) to the patterns for it.
    """

    code: str
    label: str
    definition: str = ""
    favor: str = ""
    against: str = ""
    patterns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Role:
    """An office and the days of its first and last tenure day; None where open."""

    title: str
    start: date | None = None
    end: date | None = None

    def held_on(self, day: date | None) -> bool:
        """Tell whether the role was held on `day`; an unknown day is no objection."""
        if day is None:
            return True
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True, kw_only=True)
class Person:
    """A person who speaks for an actor."""

    name: str
    aliases: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Actor:
    """A side: its names, and the people and institutions that speak for it."""

    name: str
    label: str = ""
    aliases: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Codebook:
    """Frames, propositions and actors of a study, by their codes, with the book's version."""

    version: str
    frames: Mapping[str, Frame] = field(default_factory=dict)
    propositions: Mapping[str, Proposition] = field(default_factory=dict)
    actors: Mapping[str, Actor] = field(default_factory=dict)


def load_codebook(path: Path | str) -> Codebook:
    """Read a codebook.toml.

    Raises
    ------
    StudyError
        If the file is missing or no TOML, has an unknown key (the known ones are listed), a
        wrong type, a date or a pattern that is none, or a code that is frame and proposition.
    """
    path = Path(path)
    raw = read_toml(path)
    check_keys(raw, ("version", "frames", "propositions", "actors"), f"{path}")
    parts: dict[str, dict[str, Any]] = {}
    makers = {"frames": _frame, "propositions": _proposition, "actors": _actor}
    for part, maker in makers.items():
        entries = _section(raw, part, path)
        parts[part] = {
            code: maker(code, entry, f"{path}: [{part}.{code}]") for code, entry in entries.items()
        }
    _check_patterns(parts["frames"].values(), parts["propositions"].values(), str(path))
    parts["frames"] = _with_children(parts["frames"], str(path))
    return Codebook(version=str(raw.get("version", "1")), **parts)


def allowed_values(codebook: Codebook) -> dict[str, tuple[str, ...]]:
    """Return each code of a codebook with the values that it may have: frames, propositions."""
    return {
        **dict.fromkeys(codebook.frames, PRESENCE),
        **dict.fromkeys(codebook.propositions, STANCES),
    }


def check_codes(codes: pd.DataFrame, codebook: Codebook, *, where: str = "codes") -> pd.DataFrame:
    """Return `codes` if every code is in the codebook, and every value is one that it may have.

    Parameters
    ----------
    codes
        The `codes` table, or any with its columns statement_id, code and value; a missing value is
        let through.
    codebook
        What the codes were given by.
    where
        What the message begins with: the file that the codes are from.

    Raises
    ------
    TableError
        If a code or a value is unknown; the message names the statement and the nearest known one.
    """
    allowed = allowed_values(codebook)
    pairs = codes[codes["value"].notna()].drop_duplicates(["code", "value"])
    columns = (pairs[column].astype("str") for column in ("statement_id", "code", "value"))
    for name, code, value in zip(*columns, strict=True):
        if code not in allowed:
            raise TableError(
                f"{where}: {name}: no code {code!r}; there are {list(allowed)}"
                f"{suggest(code, allowed)}"
            )
        if value not in allowed[code]:
            raise TableError(
                f"{where}: {name}: {code} is {value!r}; it is one of {list(allowed[code])}"
                f"{suggest(value, allowed[code])}"
            )
    return codes


def read_toml(path: Path) -> dict[str, Any]:
    """Return what a TOML file holds; a ``StudyError`` names the file and the line."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise StudyError(f"{path}: no such file") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise StudyError(f"{path}: not TOML: {error}") from error


def check_keys(found: Mapping[str, Any], known: Iterable[str], where: str) -> None:
    """Raise a ``StudyError`` that lists the `known` keys if `found` has another one."""
    choices = list(known)
    for key in found:
        if key not in choices:
            raise StudyError(
                f"{where}: no key {key!r}; there are {sorted(choices)}{suggest(key, choices)}"
            )


def texts(entry: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    """Return a list of strings as a tuple; a ``StudyError`` where it is something else."""
    value = entry.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
        raise StudyError(f"{where}: {key} is {value!r}; it is a list of strings")
    return tuple(value)


def days(value: Any, where: str) -> date | None:
    """Return a day from TOML's own date or from an ISO string; None where there is none."""
    if value in (None, ""):
        return None
    try:
        return value if type(value) is date else date.fromisoformat(str(value))
    except ValueError as error:
        raise StudyError(f"{where}: {value!r} is no day; write YYYY-MM-DD") from error


def _check_patterns(
    frames: Iterable[Frame], propositions: Iterable[Proposition], path: str
) -> None:
    """Compile every pattern once, so that a bad one is found where it is written."""
    listed = {f"frames.{frame.code}": frame.patterns + frame.not_patterns for frame in frames}
    for proposition in propositions:
        if f"frames.{proposition.code}" in listed:
            raise StudyError(
                f"{path}: {proposition.code!r} is a frame and a proposition; rename one"
            )
        for stance, patterns in proposition.patterns.items():
            listed[f"propositions.{proposition.code}.{stance}"] = patterns
    for key, patterns in listed.items():
        for pattern in patterns:
            compile_pattern(pattern, where=f"{path}: {key}")


def _with_children(frames: Mapping[str, Frame], path: str) -> dict[str, Frame]:
    """Return the frames, each with the patterns of those under it, however deep."""
    full = dict(frames)
    for code, frame in frames.items():
        above, seen = frame.parent, [code]
        while above:
            where = f"{path}: [frames.{seen[-1]}]: parent {above!r}"
            if above not in frames:
                raise StudyError(f"{where} is no frame{suggest(above, frames)}")
            if above in seen:
                raise StudyError(f"{where} stands under itself: {' under '.join([*seen, above])}")
            full[above] = _joined(full[above], frame)
            seen.append(above)
            above = frames[above].parent
    return full


def _joined(frame: Frame, child: Frame) -> Frame:
    return replace(
        frame,
        patterns=tuple(dict.fromkeys(frame.patterns + child.patterns)),
        not_patterns=tuple(dict.fromkeys(frame.not_patterns + child.not_patterns)),
    )


def _section(raw: Mapping[str, Any], part: str, path: Path) -> Mapping[str, Any]:
    entries = raw.get(part, {})
    if not isinstance(entries, dict) or not all(isinstance(e, dict) for e in entries.values()):
        raise StudyError(f"{path}: [{part}] holds tables, one for each code: [{part}.my_code]")
    return entries


def _frame(code: str, entry: Mapping[str, Any], where: str) -> Frame:
    words = ("label", "parent", "definition", "include", "exclude", "example")
    check_keys(entry, (*words, "patterns", "not_patterns"), where)
    said = {key: str(entry[key]) for key in words if key in entry}
    return Frame(
        code=code,
        **{"label": code, **said},
        patterns=texts(entry, "patterns", where),
        not_patterns=texts(entry, "not_patterns", where),
    )


def _proposition(code: str, entry: Mapping[str, Any], where: str) -> Proposition:
    words = ("label", "definition", "favor", "against")
    check_keys(entry, (*words, "patterns"), where)
    patterns = entry.get("patterns", {})
    check_keys(patterns, STANCES[:-1], f"{where}: patterns")
    said = {key: str(entry[key]) for key in words if key in entry}
    return Proposition(
        code=code,
        **{"label": code, **said},
        patterns={stance: texts(patterns, stance, f"{where}: patterns") for stance in patterns},
    )


def _actor(name: str, entry: Mapping[str, Any], where: str) -> Actor:
    check_keys(entry, ("label", "aliases", "people"), where)
    return Actor(
        name=name,
        label=str(entry.get("label", name)),
        aliases=texts(entry, "aliases", where),
        people=tuple(_person(person, where) for person in entry.get("people", [])),
    )


def _person(entry: Mapping[str, Any], where: str) -> Person:
    where = f"{where}: person {entry.get('name')!r}"
    check_keys(entry, ("name", "aliases", "roles"), where)
    if not entry.get("name"):
        raise StudyError(f"{where}: a person has a name")
    return Person(
        name=str(entry["name"]),
        aliases=texts(entry, "aliases", where),
        roles=tuple(_role(role, where) for role in entry.get("roles", [])),
    )


def _role(entry: Mapping[str, Any], where: str) -> Role:
    check_keys(entry, ("title", "start", "end"), where)
    return Role(
        title=str(entry.get("title", "")),
        start=days(entry.get("start"), where),
        end=days(entry.get("end"), where),
    )
