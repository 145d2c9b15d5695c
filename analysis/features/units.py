"""The units that words are counted in: what one group says in one document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

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
    check_table(statements, STATEMENTS)
    by_actor = {actor: group for group, actors in groups.items() for actor in actors}
    counted = statements["duplicate_of"].isna() & (
        statements["layer"].astype("str") != "background"
    )
    rows = statements[counted].assign(group=lambda rows: rows["actor"].map(by_actor))
    rows = rows.dropna(subset=["group", "content"])
    units = rows.groupby(["doc_id", "group"], sort=True, observed=True).agg(
        text=("content", "\n".join), date=("said_on", "min"), voice=("voice", "first")
    )
    units = units.reset_index()
    units["unit_id"] = units["doc_id"] + ":" + units["group"]
    units["n_tokens"] = _sizes(units, language)
    units["group"] = pd.Categorical(units["group"], categories=list(groups))
    return build_table(units, UNITS).join(units["text"])


def _sizes(units: pd.DataFrame, language: str) -> NDArray[np.int64]:
    return build_index(units.set_index("unit_id")["text"], language=language).n_tokens
