"""The units that words are counted in: what one group says in one document, or one statement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from analysis.index import build_index
from analysis.tables import STATEMENTS, UNITS, build_table, check_table


def extract_units(
    statements: pd.DataFrame, *, groups: Mapping[str, Sequence[str]], language: str = "en"
) -> pd.DataFrame:
    """Join what each group says in each document into one unit.

    Statements of one document are not independent of each other; documents are what is
    resampled. Statements of no group or of several, of the background layer, without content
    and doubled ones belong to no unit.

    Parameters
    ----------
    statements
        The `statements` table.
    groups
        Group -> the actors that count as it.
    language
        Whose words are counted, as for `analysis.index.build_index`.

    Returns
    -------
    The `units` table with a column `text`: the contents, each a line of its own. `date` is the
    first day on which one of them was said, `voice` the voice of the document.

    Raises
    ------
    TableError
        If `statements` is not as declared.
    """
    rows = _counted(statements, groups)
    units = rows.groupby(["doc_id", "group"], sort=True, observed=True).agg(
        text=("content", "\n".join), date=("said_on", "min"), voice=("voice", "first")
    )
    units = units.reset_index()
    units["unit_id"] = units["doc_id"] + ":" + units["group"]
    return _sized(units, groups, language)


def extract_statement_units(
    statements: pd.DataFrame, *, groups: Mapping[str, Sequence[str]], language: str = "en"
) -> pd.DataFrame:
    """Make each statement of a group a unit of its own: for topics of single statements.

    Parameters
    ----------
    statements, groups, language
        As for `extract_units`; the same statements belong to no unit.

    Returns
    -------
    The `units` table with a column `text`, the content. `unit_id` is the `statement_id`; `doc_id`,
    by which what is independent is resampled, is the episode where the statement has one, else
    the document.

    Raises
    ------
    TableError
        If `statements` is not as declared.
    """
    rows = _counted(statements, groups)
    names = {"statement_id": "unit_id", "content": "text", "said_on": "date"}
    units = rows.assign(doc_id=rows["episode_id"].fillna(rows["doc_id"])).rename(columns=names)
    return _sized(units.reset_index(drop=True), groups, language)


def _counted(statements: pd.DataFrame, groups: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Return the statements that are one group's own, with the group."""
    check_table(statements, STATEMENTS)
    by_actor = {actor: group for group, actors in groups.items() for actor in actors}
    counted = statements["duplicate_of"].isna() & (
        statements["layer"].astype("str") != "background"
    )
    rows = statements[counted].assign(group=lambda rows: rows["actor"].map(by_actor))
    return rows.dropna(subset=["group", "content"])


def _sized(units: pd.DataFrame, groups: Iterable[str], language: str) -> pd.DataFrame:
    index = build_index(units.set_index("unit_id")["text"], language=language)
    ordered = pd.Categorical(units["group"], categories=list(groups))
    units = units.assign(n_tokens=index.n_tokens, group=ordered)
    return build_table(units[list(UNITS.columns)], UNITS).join(units["text"])
