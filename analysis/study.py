"""A study: what is compared, over which periods, from which files; as study.toml says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.codebook import Codebook, check_keys, days, load_codebook, read_toml, texts
from analysis.errors import StudyError, TableError, suggest
from analysis.storage import check_sums, load_table
from analysis.tables import TABLES

KEYS = (
    *("name", "title", "language", "codebook", "sample", "scope", "coders_note", "seed"),
    *("n_topics", "notebooks", "processed", "groups", "periods"),
    *("documents", "statements", "codes", "counts", "gold", "texts", "scale"),
)
# How a caption begins what it may claim of texts that are no sample.
WITHIN = "Variation within"


@dataclass(frozen=True, kw_only=True)
class Records:
    """Raw files and how their columns become ours.

    Attributes
    ----------
    files
        Globs, relative to the study's folder.
    columns
        Our column -> theirs; dots reach into JSON objects.
    constants
        Our column -> the one value that it has in every record.
    values
        Our column -> {their value: ours}.
    """

    files: tuple[str, ...]
    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class CodedRecords:
    """Where records carry codes.

    Attributes
    ----------
    coders
        Coder -> the prefix of that coder's columns. The first is the reference; the others
        coded blind to each other.
    version
        The column of the codebook's version.
    frames
        Their name of a frame -> ours, where the two differ.
    """

    coders: Mapping[str, str]
    version: str = ""
    frames: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ScaleChoices:
    """What no text says of a scale: its direction, and positions of reference texts.

    Attributes
    ----------
    right_of
        Two units: the first stands to the right of the second.
    references
        Group -> the position that its texts of `reference_days` are given; none for none.
    reference_days
        The first and the last of these days.
    """

    right_of: tuple[str, str]
    references: Mapping[str, float] = field(default_factory=dict)
    reference_days: tuple[date, date] = (date.min, date.max)


@dataclass(frozen=True, kw_only=True)
class Study:
    """One study, as its study.toml describes it.

    Attributes
    ----------
    groups
        Group -> the actors that count as it.
    periods
        Period -> its first and last day, both included.
    sample, scope
        Whether the texts are a sample, and of what; or what they are where they are none.
    coders_note
        What a caption must say of the coders.
    counts
        Table -> file, for a study that ships counts in place of texts.
    texts
        The folder of the texts that were counted, where a user may fetch them to.
    n_topics
        How many topics to fit; 0 for none.
    scale
        How texts are scaled; None where they are not.
    raw, processed
        The folder of study.toml, and the one that everything made from it goes to.
    """

    name: str
    title: str
    language: str
    groups: Mapping[str, tuple[str, ...]]
    periods: Mapping[str, tuple[date, date]]
    raw: Path
    processed: Path
    codebook: Codebook = field(default_factory=lambda: Codebook(version="0"))
    documents: Records | None = None
    statements: Records | None = None
    codes: CodedRecords | None = None
    counts: Mapping[str, str] = field(default_factory=dict)
    gold: Path | None = None
    texts: Path | None = None
    codebook_path: Path | None = None
    sample: bool = False
    scope: str = ""
    coders_note: str = ""
    seed: int = 0
    n_topics: int = 0
    scale: ScaleChoices | None = None
    notebooks: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a sample of which the scope says that it is none."""
        if self.sample and self.scope.lower().startswith(WITHIN.lower()):
            raise StudyError(
                f"study {self.name!r}: sample = true, but scope = {self.scope!r}; let scope say of "
                'what the texts are a sample ("all speeches of 2020"), or set sample = false'
            )

    @property
    def claim(self) -> str:
        """What estimates may claim, for the end of a caption: a sentence.

        Of a sample, what it speaks for; of anything else, that it is variation within what is
        there, whether the study says so or not.
        """
        if self.sample:
            return f"A sample of {self.scope.rstrip('.') or 'what the study is about'}."
        scope = self.scope.rstrip(".") or "this collection"
        said = scope.lower().startswith(WITHIN.lower())
        return f"{scope[:1].upper()}{scope[1:]}." if said else f"{WITHIN} {scope}."

    def has(self, name: str) -> bool:
        """Tell whether the table called `name` has been built for this study."""
        return self._path(name).is_file()

    def table(self, name: str) -> pd.DataFrame:
        """Return the built table called `name`, or raise a TableError that lists those there."""
        if not self.has(name):
            there = sorted(path.stem for path in self._path(name).parent.glob("*.parquet"))
            raise TableError(
                f"study {self.name!r} has no table {name!r}; there are {there}"
                f"{suggest(name, there)}; `make tables STUDY={self.name}` builds them"
            )
        if name in TABLES:
            return load_table(self._path(name), name)
        return pd.read_parquet(self._path(name))

    def figure(self, stem: str) -> Path:
        """Return the path, without its suffix, of the figure called `stem`."""
        return self.processed / "figures" / stem

    def _path(self, name: str) -> Path:
        return self.processed / "tables" / f"{name}.parquet"


def load_study(path: Path | str) -> Study:
    """Read a study from its folder or its study.toml, after checking its SHA256SUMS.

    Raises
    ------
    StudyError
        If a file is missing, is no TOML or has changed; if a key is unknown (the known ones are
        listed), a required one missing, or a value of the wrong kind; the message names the file.
    """
    path = Path(path).resolve()
    path = path / "study.toml" if path.is_dir() else path
    raw = read_toml(path)
    where = str(path)
    check_keys(raw, KEYS, where)
    folder = check_sums(path.parent)
    name = _word(raw, "name", where)
    return Study(
        name=name,
        title=str(raw.get("title", name)),
        language=str(raw.get("language", "en")),
        groups=_groups(raw, where),
        periods=_periods(raw, where),
        raw=folder,
        processed=(folder / str(raw.get("processed", f"../../processed/{name}"))).resolve(),
        codebook=_codebook(raw, folder),
        codebook_path=(folder / str(raw["codebook"])).resolve() if "codebook" in raw else None,
        documents=_records(raw, "documents", where),
        statements=_records(raw, "statements", where),
        codes=_codes(raw, where),
        counts=_strings(raw.get("counts", {}), f"{where}: [counts]"),
        gold=folder / str(raw["gold"]["file"]) if raw.get("gold", {}).get("file") else None,
        texts=folder / str(raw["texts"]) if "texts" in raw else None,
        sample=bool(raw.get("sample", False)),
        scope=str(raw.get("scope", "")),
        coders_note=str(raw.get("coders_note", "")),
        seed=_number(raw, "seed", where),
        n_topics=_number(raw, "n_topics", where),
        scale=_scale(raw, where),
        notebooks=texts(raw, "notebooks", where),
    )


def _word(raw: Mapping[str, Any], key: str, where: str) -> str:
    value = raw.get(key)
    if not isinstance(value, str) or not value.isidentifier():
        raise StudyError(
            f"{where}: {key} is {value!r}; a study has a name of letters, digits and _"
        )
    return value


def _number(raw: Mapping[str, Any], key: str, where: str) -> int:
    number = raw.get(key, 0)
    if type(number) is not int or number < 0:
        raise StudyError(f"{where}: {key} is {number!r}; it is a whole number, zero or more")
    return number


def _groups(raw: Mapping[str, Any], where: str) -> dict[str, tuple[str, ...]]:
    groups = raw.get("groups", {})
    if not isinstance(groups, dict) or not groups:
        raise StudyError(f'{where}: a study has [groups]: a line My_group = ["An actor"] for each')
    return {group: texts(groups, group, f"{where}: [groups]") for group in groups}


def _periods(raw: Mapping[str, Any], where: str) -> dict[str, tuple[date, date]]:
    periods = {}
    for period, bounds in raw.get("periods", {}).items():
        periods[period] = _span(bounds, f"{where}: [periods] {period!r}")
    return periods


def _span(bounds: Any, here: str) -> tuple[date, date]:
    if not isinstance(bounds, list) or len(bounds) != 2:
        raise StudyError(f"{here} is {bounds!r}; it has a first and a last day")
    first, last = (days(bound, here) for bound in bounds)
    if first is None or last is None or first > last:
        raise StudyError(f"{here}: {bounds!r}: the first day is not after the last")
    return first, last


def _scale(raw: Mapping[str, Any], where: str) -> ScaleChoices | None:
    if "scale" not in raw:
        return None
    entry, here = raw["scale"], f"{where}: [scale]"
    check_keys(entry, ("right_of", "references", "reference_days"), here)
    right_of = texts(entry, "right_of", here)
    if len(right_of) != 2:
        raise StudyError(f"{here}: right_of is {list(right_of)}; it names two units")
    sides = right_of[0], right_of[1]
    references = entry.get("references", {})
    for group, position in references.items():
        if group not in raw.get("groups", {}) or type(position) not in (int, float):
            raise StudyError(
                f"{here} references: {group} = {position!r}; each line is one of the groups "
                f"{sorted(raw.get('groups', {}))} = a number"
            )
    if not references:
        return ScaleChoices(right_of=sides)
    span = _span(entry.get("reference_days"), f"{here} reference_days")
    return ScaleChoices(right_of=sides, references=references, reference_days=span)


def _codebook(raw: Mapping[str, Any], folder: Path) -> Codebook:
    if "codebook" not in raw:
        return Codebook(version="0")
    return load_codebook(folder / str(raw["codebook"]))


def _records(raw: Mapping[str, Any], part: str, where: str) -> Records | None:
    if part not in raw:
        return None
    entry, here = raw[part], f"{where}: [{part}]"
    check_keys(entry, ("files", "columns", "constants", "values"), here)
    values = entry.get("values", {})
    return Records(
        files=texts(entry, "files", here),
        columns=_strings(entry.get("columns", {}), f"{here} columns"),
        constants=_strings(entry.get("constants", {}), f"{here} constants"),
        values={column: _strings(values[column], f"{here} values") for column in values},
    )


def _codes(raw: Mapping[str, Any], where: str) -> CodedRecords | None:
    if "codes" not in raw:
        return None
    entry, here = raw["codes"], f"{where}: [codes]"
    check_keys(entry, ("coders", "version", "frames"), here)
    coders = _strings(entry.get("coders", {}), f"{here} coders")
    frames = _strings(entry.get("frames", {}), f"{here} frames")
    return CodedRecords(coders=coders, version=str(entry.get("version", "")), frames=frames)


def _strings(entry: Any, where: str) -> dict[str, str]:
    if not isinstance(entry, dict) or not all(isinstance(v, str) for v in entry.values()):
        raise StudyError(f"{where}: {entry!r}; each line is a name = a string")
    return dict(entry)
