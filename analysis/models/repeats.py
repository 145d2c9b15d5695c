"""How far a coder agrees with herself: a sample coded again after some time."""

from __future__ import annotations

import pandas as pd

from analysis.errors import TableError
from analysis.models.reliability import AGAIN, reliability_rows
from analysis.tables import CODES, REPEATS, build_table, check_table


def measure_repeats(codes: pd.DataFrame, statements: pd.DataFrame) -> pd.DataFrame:
    """Measure how far coders who coded some statements again gave the same codes.

    Parameters
    ----------
    codes
        The `codes` table. A coder's later rounds bear her name and a number: "anna", "anna#2",
        "anna#3", as ``load_coding(path, codebook, coder="anna#2")`` calls them.
    statements
        The `statements` table: episodes are the independent units, or documents where there are
        none.

    Returns
    -------
    The `repeats` table: a row for each coder with two rounds or more and each code, with the
    figures of the `reliability` table, of one coder's rounds in place of several coders. Alpha is
    missing, never 1, where all values are the same, and where no statement was coded again.

    Raises
    ------
    TableError
        If no coder has two rounds (the coders there are are listed), a table is not as declared, or
        a statement is synthetic.

    Notes
    -----
    Who does not agree with herself cannot agree with others: stability is the weakest of the three
    kinds of reliability, and no proof that a code is reproducible. For a blind second round draw
    anew from what was coded (`sample_statements`), weeks later, and lay it out in another order
    (`coding_task` with another seed).

    References
    ----------
    Krippendorff (2018), Content Analysis, fourth edition, 12.2.1, on stability.
    """
    names = sorted(check_table(codes, CODES)["coder"].dropna().astype("str").unique())
    rounds: dict[str, list[str]] = {}
    for name in names:
        rounds.setdefault(name.partition(AGAIN)[0], []).append(name)
    again = {coder: each for coder, each in rounds.items() if len(each) > 1}
    if not again:
        raise TableError(
            f"codes: no coder coded twice; coders are {names}, and the second round of "
            f"{names[0] if names else 'anna'!r} is that of a coder with {AGAIN + '2'!r} behind it"
        )
    rows = [
        {"coder": coder, **row}
        for coder, each in again.items()
        for row in reliability_rows(codes, statements, each)
    ]
    return build_table(pd.DataFrame(rows, columns=list(REPEATS.columns)), REPEATS)
