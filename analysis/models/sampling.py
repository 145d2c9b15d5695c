"""Which statements a person should read: a sample whose chances are known."""

from __future__ import annotations

import pandas as pd

from analysis.resampling import draw_sample
from analysis.tables import SAMPLE, STATEMENTS, build_table, check_table


def sample_statements(statements: pd.DataFrame, *, n: int, seed: int) -> pd.DataFrame:
    """Draw a simple random sample of statements, to be checked or coded by hand.

    Parameters
    ----------
    statements
        The `statements` table, or some of its rows: the population that the sample speaks of.
    n
        How many to draw; all of them if there are no more.
    seed
        The study's seed; the same seed draws the same statements.

    Returns
    -------
    The `sample` table: the rows drawn, in the order of the text, and
    ``inclusion_probability``, the chance that each had of being drawn, in (0, 1]. An estimate
    of the population weights each row by its inverse.

    Raises
    ------
    ValueError
        If `n` is less than 1.

    References
    ----------
    Horvitz and Thompson (1952), Journal of the American Statistical Association 47(260), for
    the weights.
    """
    check_table(statements, STATEMENTS)
    if n < 1:
        raise ValueError(f"n is {n}; a sample has one statement or more")
    size = min(n, len(statements))
    drawn = statements.iloc[draw_sample(len(statements), size, seed=seed)]
    chance = size / len(statements) if size else 1.0
    return build_table(drawn.assign(inclusion_probability=chance), SAMPLE)
