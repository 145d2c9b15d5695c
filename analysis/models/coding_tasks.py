"""Statements to code by hand: sent out blind, read back and checked."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.codebook import PRESENCE, STANCES, Codebook
from analysis.errors import LoadError, TableError, check_choice, suggest
from analysis.resampling import shuffle_units
from analysis.storage import save_table
from analysis.tables import CODES, CODING_TASK, SAMPLE, build_table, check_table

HIDDEN = "[…]"
BLINDNESS = ("blind", "open")


def coding_task(
    sample: pd.DataFrame, codebook: Codebook, *, seed: int, show: str = "blind"
) -> pd.DataFrame:
    """Lay out what a coder is to decide: a row for each statement and code, the value left empty.

    Parameters
    ----------
    sample
        The `sample` table: statements with their chances of being drawn.
    codebook
        Its frames and propositions.
    seed
        Of the order of statements, so that no coder sees a side's statements in a row.
    show
        "blind": who speaks is not told, and the names of actors and people of the codebook are
        masked in the words, so that a coder cannot code the speaker; "open": told.

    Returns
    -------
    The `coding_task` table: `definition` is what the codebook says, `allowed` the values to choose
    from, `value` empty, `codebook_version` the version to be coded by.

    Raises
    ------
    TableError
        If `sample` is not as declared.
    ValueError
        If `show` is neither.

    References
    ----------
    Krippendorff (2018), Content Analysis, fourth edition, chapter 12, for coders who work apart and
    do not know the hypotheses.
    """
    check_choice(show, BLINDNESS, "show")
    check_table(sample, SAMPLE)
    masked = _mask(codebook) if show == "blind" else None
    order = shuffle_units(len(sample), seed=seed, draws=1)[0] if len(sample) else []
    asked = _asked(codebook)
    rows = [
        {
            "statement_id": row.statement_id,
            "speaker": None if masked else row.speaker,
            "content": masked.sub(HIDDEN, str(row.content)) if masked else row.content,
            **question,
            "codebook_version": codebook.version,
            "inclusion_probability": row.inclusion_probability,
        }
        for row in sample.iloc[order].itertuples()
        for question in asked
    ]
    return build_table(pd.DataFrame(rows, columns=list(CODING_TASK.columns)), CODING_TASK)


def save_coding_task(task: pd.DataFrame, path: Path | str) -> Path:
    """Write a task as its suffix says (.csv or .jsonl), for a coder to fill in `value`.

    Raises
    ------
    ValueError
        If the suffix is another one.
    """
    check_choice(Path(path).suffix, (".csv", ".jsonl"), "format")
    return save_table(check_table(task, CODING_TASK), path)


def load_coding(path: Path | str, codebook: Codebook, *, coder: str) -> pd.DataFrame:
    """Read a task that a coder has filled in.

    Parameters
    ----------
    path
        The .csv or .jsonl file; rows without a value were not coded and are left out.
    codebook
        The one that it was coded by.
    coder
        What to call the coder.

    Returns
    -------
    The `codes` table of this coder.

    Raises
    ------
    LoadError
        If the file cannot be read or lacks a column.
    TableError
        If a code or a value is unknown (the nearest one is named), a statement has two values for
        one code, or it was coded by another version of the codebook.
    """
    frame = _read(Path(path))
    needed = ("statement_id", "code", "value", "codebook_version")
    missing = [column for column in needed if column not in frame.columns]
    if missing:
        raise LoadError(f"{path}: no column {missing[0]!r}; a coding task has {list(needed)}")
    given = frame[frame["value"].notna() & (frame["value"].str.strip() != "")].copy()
    given["value"] = given["value"].str.strip()
    _check_coding(given, codebook, str(path))
    rows = given.assign(coder=coder)[[*needed, "coder"]]
    return build_table(rows, CODES)


def _asked(codebook: Codebook) -> list[dict[str, str]]:
    frames = [
        {"code": code, "definition": frame.definition or frame.label, "allowed": "|".join(PRESENCE)}
        for code, frame in codebook.frames.items()
    ]
    propositions = [
        {"code": code, "definition": entry.definition or entry.label, "allowed": "|".join(STANCES)}
        for code, entry in codebook.propositions.items()
    ]
    return frames + propositions


def _mask(codebook: Codebook) -> re.Pattern[str] | None:
    """Return an expression for every name by which a side or a person of it is called."""
    names = {
        name
        for actor in codebook.actors.values()
        for name in (
            *(actor.name, *actor.aliases),
            *(called for person in actor.people for called in (person.name, *person.aliases)),
        )
        if name
    }
    if not names:
        return None
    longest = sorted(names, key=lambda name: (-len(name), name))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})(?:'s|’s)?\b", re.IGNORECASE)


def _read(path: Path) -> pd.DataFrame:
    check_choice(path.suffix, (".csv", ".jsonl"), "format")
    try:
        if path.suffix == ".csv":
            return pd.read_csv(path, dtype="str", encoding="utf-8-sig", keep_default_na=False)
        return pd.read_json(path, lines=True, dtype=False).astype("str").replace("None", np.nan)
    except (OSError, ValueError) as error:
        raise LoadError(f"{path}: cannot be read: {error}") from error


def _check_coding(given: pd.DataFrame, codebook: Codebook, name: str) -> None:
    allowed = {entry["code"]: entry["allowed"].split("|") for entry in _asked(codebook)}
    for code, value, statement in given[["code", "value", "statement_id"]].itertuples(index=False):
        if code not in allowed:
            raise TableError(f"{name}: {statement}: no code {code!r}{suggest(code, allowed)}")
        if value not in allowed[code]:
            raise TableError(
                f"{name}: {statement}: {code} is {value!r}; it is one of {allowed[code]}"
                f"{suggest(value, allowed[code])}"
            )
    doubled = given[given.duplicated(["statement_id", "code"])]
    if len(doubled):
        row = doubled.iloc[0]
        raise TableError(f"{name}: {row['statement_id']}: {row['code']} is coded twice; keep one")
    versions = set(given["codebook_version"].astype("str")) - {codebook.version}
    if versions:
        raise TableError(
            f"{name}: coded by version {sorted(versions)[0]!r} of the codebook; this is version "
            f"{codebook.version!r}"
        )
