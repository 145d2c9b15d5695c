"""A text with its statements marked in it: who, the reporting word, and what was said."""

from __future__ import annotations

from html import escape
from itertools import groupby

import pandas as pd

from analysis.errors import TableError
from analysis.tables import SPANS, check_table

# A role marked later covers one marked before it.
SHADES = {"content": "#d3efe3", "source": "#cfe4f4", "cue": "#ffd5ad"}
WORDS = {"source": "who speaks", "cue": "the reporting word", "content": "what is said"}
# The number of a statement is drawn and not written, so that a copied text is the text.
NUMBERS = (
    "mark[data-n]::before { content: attr(data-n); font-size: 70%; vertical-align: 35%;"
    " color: #555; padding: 0 0.25em; }"
)
NOBODY = ("", "")


def marked_text(text: str, spans: pd.DataFrame) -> str:
    """Return a text as HTML with the parts of its statements in colour.

    Parameters
    ----------
    text
        The document's text, untouched.
    spans
        The rows of the `spans` table for the statements of this document.

    Returns
    -------
    HTML of one block, a key of the colours first; nothing in the text is read as HTML. Each
    part bears the number of its statement (what follows the colon in ``statement_id``), small
    and before it; the pointer on a part shows the whole ``statement_id``.

    Raises
    ------
    TableError
        If a span lies outside the text.
    """
    check_table(spans, SPANS)
    marks = [NOBODY] * len(text)
    for role in SHADES:
        chosen = spans.loc[spans["role"] == role, ["statement_id", "start", "end"]]
        for identity, start, end in chosen.itertuples(index=False):
            if not 0 <= start <= end <= len(text):
                raise TableError(f"spans: {start} to {end} lies outside a text of {len(text)}")
            marks[start:end] = [(role, identity)] * (end - start)
    pieces = []
    for mark, places in groupby(range(len(text)), key=marks.__getitem__):
        where = list(places)
        pieces.append(_shade(text[where[0] : where[-1] + 1], *mark))
    key = " ".join(_shade(WORDS[role], role) for role in WORDS)
    style = "white-space: pre-wrap; line-height: 1.6; max-width: 46em"
    return f'<style>{NUMBERS}</style><p>{key}</p><div style="{style}">{"".join(pieces)}</div>'


def _shade(text: str, role: str, identity: str = "") -> str:
    words = escape(text)
    if not role:
        return words
    named = ""
    if identity:
        number = identity.rpartition(":")[2]
        named = f' data-n="{escape(number)}" title="{escape(identity)}"'
    return f'<mark style="background: {SHADES[role]}; color: #1a1a1a"{named}>{words}</mark>'
