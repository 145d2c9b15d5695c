"""Statements to code by hand: sent out blind, read back and checked."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from analysis.codebook import Codebook, allowed_values, check_codes
from analysis.errors import LoadError, TableError, check_choice
from analysis.models.blinding import Mask
from analysis.resampling import shuffle_units
from analysis.storage import save_table
from analysis.tables import CODES, CODING_TASK, SAMPLE, build_table, check_table

BLINDNESS = ("blind", "open")
NEEDED = ("statement_id", "code", "value", "codebook_version")


def coding_task(
    sample: pd.DataFrame,
    codebook: Codebook,
    *,
    seed: int,
    show: str = "blind",
    language: str = "en",
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
        "blind": who speaks is not told, and the names of the speaker and of the codebook's actors
        and people are masked in the words, with a country's adjective, people and capital, so that
        a coder cannot code the speaker; "open": told.
    language
        Of the words: in which adjectives and capitals are known.

    Returns
    -------
    The `coding_task` table: `definition` is what the codebook says, `allowed` the values to choose
    from, `value` empty, `codebook_version` the version to be coded by.

    Raises
    ------
    TableError
        If `sample` is not as declared, or a statement has no content.
    ValueError
        If `show` is neither, or there is no such language (those there are are listed).

    References
    ----------
    Krippendorff (2018), Content Analysis, fourth edition, chapter 12, for coders who work apart and
    do not know the hypotheses.
    """
    check_choice(show, BLINDNESS, "show")
    _check_content(check_table(sample, SAMPLE))
    mask = Mask(codebook, language) if show == "blind" else None
    order = shuffle_units(len(sample), seed=seed, draws=1)[0] if len(sample) else []
    asked = _asked(codebook)
    rows = [
        {
            "statement_id": row.statement_id,
            "speaker": None if mask else row.speaker,
            "content": mask.hide(str(row.content), row.speaker) if mask else row.content,
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
        If the file cannot be read, lacks a column, or holds no value at all.
    TableError
        If a code or a value is unknown (the nearest one is named), a row with a value lacks
        something else, a statement has two values for one code, or it was coded by another version
        of the codebook.
    ValueError
        If the suffix is another one, or the coder has no name.
    """
    if not coder.strip():
        raise ValueError(f"coder is {coder!r}; give a name, as 'anna', or 'anna#2' for her second")
    frame = _read(Path(path))
    missing = [column for column in NEEDED if column not in frame.columns]
    if missing:
        raise LoadError(
            f"{path}: no column {missing[0]!r}; there are {list(frame.columns)}, and a coding task "
            f"has {list(NEEDED)}, in a .csv parted by commas"
        )
    cells = frame[list(NEEDED)].apply(lambda column: column.str.strip())
    given = cells.mask(cells == "").dropna(subset=["value"])
    if given.empty:
        raise LoadError(f"{path}: no row has a value; nothing was coded")
    _check_coding(given, codebook, str(path))
    return build_table(given.assign(coder=coder.strip()), CODES)


def _check_content(sample: pd.DataFrame) -> None:
    """Raise for statements without words: what a coder gave them would be of nothing."""
    empty = sample["content"].fillna("").str.strip() == ""
    if empty.any():
        name = sample.loc[empty, "statement_id"].iloc[0]
        raise TableError(
            f"sample: {name!r} has no content, nothing to code; leave statements without content "
            "out before a sample is drawn"
        )


def _asked(codebook: Codebook) -> list[dict[str, str]]:
    meant = {
        **{code: entry.definition or entry.label for code, entry in codebook.frames.items()},
        **{code: entry.definition or entry.label for code, entry in codebook.propositions.items()},
    }
    return [
        {"code": code, "definition": meant[code], "allowed": "|".join(values)}
        for code, values in allowed_values(codebook).items()
    ]


def _read(path: Path) -> pd.DataFrame:
    check_choice(path.suffix, (".csv", ".jsonl"), "format")
    try:
        if path.suffix == ".csv":
            return pd.read_csv(path, dtype="str", encoding="utf-8-sig", keep_default_na=False)
        return pd.read_json(path, lines=True, dtype=False).astype("str").replace("None", np.nan)
    except (OSError, ValueError) as error:
        raise LoadError(f"{path}: cannot be read: {error}") from error


def _check_coding(given: pd.DataFrame, codebook: Codebook, name: str) -> None:
    for column in NEEDED:
        lacking = given.index[given[column].isna()]
        if len(lacking):
            raise TableError(f"{name}: row {lacking[0] + 1} has a value but no {column}")
    check_codes(given, codebook, where=name)
    doubled = given[given.duplicated(["statement_id", "code"])]
    if len(doubled):
        row = doubled.iloc[0]
        raise TableError(f"{name}: {row['statement_id']}: {row['code']} is coded twice; keep one")
    versions = set(given["codebook_version"]) - {codebook.version}
    if versions:
        raise TableError(
            f"{name}: coded by version {sorted(versions)[0]!r} of the codebook; this is version "
            f"{codebook.version!r}"
        )
