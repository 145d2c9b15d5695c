"""Concordance lines put in order, filtered, thinned and sampled."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.errors import TableError, check_choice
from analysis.language.tokens import fold_term, token_spans
from analysis.matching import find_matches
from analysis.resampling import draw_sample
from analysis.tables import CONCORDANCE, UNITS, check_table

FARTHEST = 5
SIDES = tuple(f"{side}{place}" for side in "LR" for place in range(1, FARTHEST + 1))
ORDERS = ("node", "pattern", "date", "group", "unit_id", "start")


def sort_concordance(
    lines: pd.DataFrame, by: Sequence[str], *, units: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Put lines in an order that shows patterns of use.

    Parameters
    ----------
    lines
        The `concordance` table.
    by
        What to sort by, the first first: ``L1`` to ``L5`` (the first to fifth word to the left),
        ``R1`` to ``R5``, ``node``, ``pattern``, ``date``, ``group``, ``unit_id`` or ``start``.
        Case is ignored in words. Lines without such a word, date or group come last; lines that
        are alike stay in their order.
    units
        The `units` table of the lines' units; date and group are looked up in it.

    Raises
    ------
    ValueError
        If a key is unknown (those known are listed), or date or group come without units.
    TableError
        If a table is not as declared, or a line's unit is not among the units.
    """
    check_table(lines, CONCORDANCE)
    if isinstance(by, str) or not by:
        raise ValueError(f"by is {by!r}; it is a list such as ['R1', 'L1']")
    keys = [check_choice(key, (*SIDES, *ORDERS), "sort key") for key in by]
    frame = pd.DataFrame({n: _key(lines, key, units) for n, key in enumerate(keys)})
    order = frame.sort_values(list(frame.columns), kind="stable", na_position="last").index
    return lines.loc[order].reset_index(drop=True)


def filter_concordance(
    lines: pd.DataFrame, pattern: str, *, left_tokens: int = 5, right_tokens: int = 5
) -> pd.DataFrame:
    """Keep the lines that have a pattern among the words beside the node.

    Parameters
    ----------
    lines
        The `concordance` table.
    pattern
        In the pattern language of codebooks: ``not``, ``peace treaty``, ``sign*``.
    left_tokens, right_tokens
        How many words of the shown context count on either side; 0 for none.

    Raises
    ------
    TableError, StudyError
        If `lines` is not as declared; if the pattern is none.
    """
    return _chosen(lines, _beside(lines, pattern, left_tokens, right_tokens))


def exclude_concordance(
    lines: pd.DataFrame, pattern: str, *, left_tokens: int = 5, right_tokens: int = 5
) -> pd.DataFrame:
    """Drop the lines that `filter_concordance` would keep."""
    return _chosen(lines, ~_beside(lines, pattern, left_tokens, right_tokens))


def thin_concordance(lines: pd.DataFrame, n: int) -> pd.DataFrame:
    """Keep `n` lines at even distances, the first among them; all if there are no more.

    Raises
    ------
    ValueError
        If `n` is less than one.
    """
    size = len(check_table(lines, CONCORDANCE))
    _check_number(n)
    return lines.iloc[np.arange(min(n, size)) * size // max(min(n, size), 1)].reset_index(drop=True)


def sample_concordance(lines: pd.DataFrame, n: int, *, seed: int) -> pd.DataFrame:
    """Draw `n` lines at random without repeats, in the order in which they stood.

    Raises
    ------
    ValueError
        If `n` is less than one.
    """
    size = len(check_table(lines, CONCORDANCE))
    _check_number(n)
    return lines.iloc[draw_sample(size, min(n, size), seed=seed)].reset_index(drop=True)


def _check_number(n: int) -> None:
    if n < 1:
        raise ValueError(f"n is {n}; it is 1 or more")


def _chosen(lines: pd.DataFrame, kept: pd.Series) -> pd.DataFrame:
    return lines[kept].reset_index(drop=True)


def _key(lines: pd.DataFrame, key: str, units: pd.DataFrame | None) -> pd.Series:
    if key in SIDES:
        return _words(lines, key[0], int(key[1:]))
    if key in ("date", "group"):
        return _looked_up(lines, key, units)
    if key == "start":
        return lines[key]
    return lines[key].astype("str").map(fold_term)


def _words(lines: pd.DataFrame, side: str, place: int) -> pd.Series:
    """Return the word at a distance from the node; missing where the context is shorter."""
    words = []
    for text in lines["left" if side == "L" else "right"]:
        spans = token_spans(text)
        at = len(spans) - place if side == "L" else place - 1
        known = 0 <= at < len(spans)
        words.append(fold_term(text[slice(*spans[at])]) if known else None)
    return pd.Series(words, index=lines.index, dtype="str")


def _looked_up(lines: pd.DataFrame, key: str, units: pd.DataFrame | None) -> pd.Series:
    if units is None:
        raise ValueError(f"sort key {key!r} is looked up in the units table; give units=")
    known = check_table(units, UNITS).set_index(units["unit_id"].astype("str"))[key]
    names = lines["unit_id"].astype("str")
    missing = names[~names.isin(known.index)]
    if len(missing):
        raise TableError(f"units: no unit {missing.iloc[0]!r}, which the lines name")
    return pd.Series(known.reindex(names).to_numpy(), index=lines.index)


def _beside(lines: pd.DataFrame, pattern: str, left: int, right: int) -> pd.Series:
    check_table(lines, CONCORDANCE)
    before = lines["left"].map(lambda text: _last_words(text, left))
    after = lines["right"].map(lambda text: _first_words(text, right))
    found = [find_matches(side, [pattern])["id"] for side in (before, after)]
    return pd.Series(lines.index.isin(pd.concat(found)), index=lines.index)


def _last_words(text: str, n: int) -> str:
    spans = token_spans(text)
    return text[spans[-n:][0][0] :] if n and len(spans) else ""


def _first_words(text: str, n: int) -> str:
    spans = token_spans(text)
    return text[: spans[:n][-1][1]] if n and len(spans) else ""
