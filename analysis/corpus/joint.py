"""Joint statements: several actors in one cell, or a row for each."""

from __future__ import annotations

import pandas as pd

from analysis.tables import STATEMENTS, check_table


def split_actors(statements: pd.DataFrame) -> pd.DataFrame:
    """Give joint statements a row for each actor.

    Returns
    -------
    The columns of `statements`, with a fresh index; `statement_id` repeats where several actors
    speak together. A joint cell of speakers is split too where it has as many names as the
    cell of actors; otherwise every row keeps it whole.
    """
    check_table(statements, STATEMENTS)
    actors = statements["actor"].str.split("; ")
    speakers = statements["speaker"].str.split("; ")
    paired = actors.map(len, na_action="ignore") == speakers.map(len, na_action="ignore")
    rows = statements.assign(actor=actors, speaker=speakers.where(paired, statements["speaker"]))
    both = rows[paired].explode(["actor", "speaker"])
    one = rows[~paired].explode("actor")
    return pd.concat([both, one]).sort_index(kind="stable").reset_index(drop=True)
