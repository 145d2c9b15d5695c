"""What stands twice: the same text in two documents, the same paragraph in one or in several."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right

import pandas as pd

from analysis.corpus.attribution import Reading
from analysis.corpus.bulletins import read_layout
from analysis.tables import DOCUMENTS, check_table

SHORTEST_CHARS = 60
_NOT_WORD = re.compile(r"\W+")


def fingerprint(text: str) -> str:
    """Return a key of a text's words: signs, space and case do not count."""
    words = _NOT_WORD.sub(" ", text.casefold()).strip()
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def find_duplicates(documents: pd.DataFrame) -> pd.DataFrame:
    """Return which documents have the same words in their body as an earlier one.

    Returns
    -------
    Columns ``doc_id`` and ``duplicate_of`` (the first document with these words), one row per
    copy, in the order of `documents`; empty where there is none.
    """
    check_table(documents, DOCUMENTS)
    first: dict[str, str] = {}
    rows = []
    for doc_id, text in zip(documents["doc_id"], documents["text"], strict=True):
        body = " ".join(text[start:end] for start, end in read_layout(text).paragraphs)
        original = first.setdefault(fingerprint(body), doc_id)
        if original != doc_id:
            rows.append((doc_id, original))
    return pd.DataFrame(rows, columns=["doc_id", "duplicate_of"], dtype="str")


def paragraph_keys(reading: Reading) -> list[str | None]:
    """Return for each statement a key that its copy in a doubled paragraph has too.

    The key is made of the paragraph's words and the statement's place in it. Paragraphs under
    `SHORTEST_CHARS` have none: two people may say the same few words.
    """
    text = reading.view.text
    words = [
        fingerprint(text[start:end]) if end - start >= SHORTEST_CHARS else None
        for start, end in reading.paragraphs
    ]
    keys: list[str | None] = []
    for found in reading.attributions:
        at = found.hull.start
        position = bisect_right(reading.paragraphs, (at, len(text))) - 1
        start = reading.paragraphs[position].start
        cue = found.cue[0].start - start if found.cue else None
        known = words[position]
        keys.append(None if known is None else f"{known}:{at - start}:{cue}")
    return keys
