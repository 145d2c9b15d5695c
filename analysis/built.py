"""What the pipeline has built of a study so far, and what its steps share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pandas as pd

from analysis.errors import TableError
from analysis.study import Study
from analysis.tables import Table, build_table


@dataclass
class Built:
    """The tables of a study so far, and what was left out with the reason."""

    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)


def stack_tables(tables: Sequence[pd.DataFrame], table: Table) -> pd.DataFrame:
    """Return one table of several; categories are those of all."""
    return build_table(pd.concat([part.astype("object") for part in tables]), table)


def why_one_group(study: Study) -> str:
    """Say that a study of one group compares nothing, and what to do."""
    return (
        f"study {study.name!r} has one group, {list(study.groups)}; a comparison needs two: "
        "name another in [groups] of its study.toml"
    )


def why_refused(check: Callable[[pd.DataFrame], object], table: pd.DataFrame) -> str:
    """Return why the voice of a table's texts bars a step; an empty string where it does not."""
    try:
        check(table)
    except TableError as error:
        return str(error)
    return ""
