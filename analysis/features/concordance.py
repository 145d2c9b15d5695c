"""Every place where a pattern stands, with the words around it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from analysis.language.tokens import token_spans
from analysis.matching import find_matches
from analysis.tables import CONCORDANCE, build_table


def concordance(texts: pd.Series, pattern: str, *, window_tokens: int = 10) -> pd.DataFrame:
    """Find a pattern in texts and show each hit in its context.

    Parameters
    ----------
    texts
        The texts, with the id of each unit as index.
    pattern
        Words with globs, as `analysis.matching.find_matches` reads them: ``good* neighbo*``.
    window_tokens
        How many words to show on either side; where the hit is part of a compound, the rest of
        that comes on top.

    Returns
    -------
    The `concordance` table, one row per hit, in the order of the texts. `node` is
    ``text[start:end]``; `left` and `right` are the text that adjoins it, as it stands, so
    ``left + node + right`` is one piece of the text; at the edge of a text they are empty.

    Raises
    ------
    ValueError
        If `window_tokens` is negative.
    """
    if window_tokens < 0:
        raise ValueError(f"window_tokens is {window_tokens}; it is 0 or more")
    found = find_matches(texts, [pattern])
    longest = found.drop_duplicates(["id", "start"], keep="last")
    rows = [
        {"unit_id": unit} | row
        for unit, hits in longest.groupby("id", sort=False)
        for row in _show(str(texts[unit]), hits, window_tokens)
    ]
    return build_table(pd.DataFrame(rows, columns=list(CONCORDANCE.columns)), CONCORDANCE)


def _show(text: str, hits: pd.DataFrame, window: int) -> Iterator[dict[str, Any]]:
    """Yield each hit of one text with the tokens around it."""
    spans = token_spans(text)
    for start, end in hits[["start", "end"]].to_numpy().tolist():
        before = spans[: np.searchsorted(spans[:, 1], start, side="right")][:, 0]
        after = spans[np.searchsorted(spans[:, 0], end) :][:, 1]
        first = before[-window:][:1] if window else before[:0]
        last = after[:window][-1:]
        left = int(first[0]) if len(first) else start
        right = int(last[0]) if len(last) else end
        yield {
            "left": text[left:start],
            "node": text[start:end],
            "right": text[end:right],
            "start": start,
            "end": end,
        }
