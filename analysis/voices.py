"""Whose words a table holds, and what may therefore be counted in it.

Statistics of vocabulary need words of one kind: an original beside a translation, or a
paraphrase, differs in its words for reasons that are not the speaker's. Invented texts are
exercises and bear no estimate at all.
"""

from __future__ import annotations

import pandas as pd

from analysis.errors import TableError

OWN_WORDS = ("original", "official_translation", "press_translation")


def check_not_synthetic(frame: pd.DataFrame) -> pd.DataFrame:
    """Return `frame` if none of its rows has the voice "synthetic".

    Raises
    ------
    TableError
        If one has; the message names the first.
    """
    synthetic = frame["voice"].astype("str") == "synthetic"
    if synthetic.any():
        row = str(frame.loc[synthetic].iloc[0, 0])
        raise TableError(
            f"{int(synthetic.sum())} of {len(frame)} rows are synthetic, first {row!r}: invented "
            "texts are exercises, not evidence, and bear no estimate or comparison; leave them out"
        )
    return frame


def check_voice(units: pd.DataFrame, voice: str | None = None) -> str:
    """Return the one voice of `units`, or "any" if the user set the rule aside with it.

    Parameters
    ----------
    units
        A table with a `voice` column: `units` or `statements`.
    voice
        None for the rule: one voice, and the speakers' own words or their translation. "any"
        lets paraphrase and several voices through; synthetic never.

    Raises
    ------
    TableError
        If the rule is broken; the message lists the voices found.
    ValueError
        If `voice` is neither None nor "any".
    """
    if voice not in (None, "any"):
        raise ValueError(f"voice is {voice!r}; it is None (one voice, own words) or 'any'")
    check_not_synthetic(units)
    if voice == "any":
        return "any"
    found: list[str] = sorted(units["voice"].astype("str").fillna("unknown").unique())
    if len(found) == 1 and found[0] in OWN_WORDS:
        return found[0]
    raise TableError(
        f"voices are {found}: statistics of vocabulary need one of {list(OWN_WORDS)}, since other "
        "words are not the speakers' own; voice='any' counts them all the same and says so"
    )
