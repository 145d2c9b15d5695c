"""Studies that ship counts in place of texts."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis.corpus.decoding import load_text
from analysis.errors import StudyError, check_choice
from analysis.storage import load_table
from analysis.study import Study
from analysis.tables import COUNTS, HITS, TEXTS, UNITS, Table, build_table


def load_units(study: Study, name: str = "units") -> pd.DataFrame:
    """Read the units that a study counts in: the `units` table, with columns of the study's own.

    Parameters
    ----------
    study
        A study with a [counts] section.
    name
        The entry of that section: a study may count in several kinds of unit.

    Raises
    ------
    StudyError
        If the study ships no counts.
    ValueError
        If [counts] has no such entry; the message lists those there.
    LoadError, TableError
        If the file cannot be read or is no `units` table.
    """
    return _load(study, name, UNITS)


def load_counts(study: Study, name: str = "counts") -> pd.DataFrame:
    """Read how often each unit uses each term: the `counts` table. Errors as `load_units`."""
    return _load(study, name, COUNTS)


def load_hits(study: Study, name: str = "hits") -> pd.DataFrame:
    """Read the forms that match each code, by unit: the `hits` table. Errors as `load_units`."""
    return _load(study, name, HITS)


def load_unit_texts(folder: Path) -> pd.DataFrame:
    """Read the texts of units, where they are at hand: the `texts` table, by unit.

    Parameters
    ----------
    folder
        Has a file ``UNIT_ID.txt`` for each; without the folder the table is empty.

    Raises
    ------
    LoadError
        If a file is no UTF-8 text.
    """
    rows = [
        {"unit_id": path.stem, "text": load_text(path)} for path in sorted(folder.glob("*.txt"))
    ]
    return build_table(pd.DataFrame(rows, columns=list(TEXTS.columns)), TEXTS)


def _load(study: Study, name: str, table: Table) -> pd.DataFrame:
    if not study.counts:
        raise StudyError(
            f"study {study.name!r} ships no counts; name their files in [counts] of its study.toml"
        )
    check_choice(name, study.counts, "entry of [counts]")
    return load_table(study.raw / study.counts[name], table)
