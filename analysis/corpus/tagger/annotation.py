"""Annotated texts as the tagger learns from them."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from analysis.corpus.tagger.linking import CONTENT_RIGHT, CUE, SOURCE_RIGHT, Stretch
from analysis.corpus.tagger.network import Numbers
from analysis.corpus.tagger.reading import Tokens
from analysis.errors import LoadError

# Role, its label where the cue is on the right, and what is added where it is on the left.
ROLES = (("cue", CUE, 0), ("source", SOURCE_RIGHT, 2), ("content", CONTENT_RIGHT, 2))


def load_annotated(path: Path | str) -> list[dict[str, Any]]:
    """Read annotated texts from JSON Lines, compressed (.gz) or not.

    Each line is ``{"doc_id", "text", "attributions": [{"source", "cue", "content"}]}`` with lists
    of ``[start, end]``, half-open code-point offsets into the text.

    Raises
    ------
    LoadError
        If the file cannot be read or a line is not of this form; the message names the line.
    """
    path = Path(path)
    try:
        raw = path.read_bytes()
        text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8")
    except (OSError, ValueError) as error:
        raise LoadError(f"{path}: not readable as UTF-8 JSON Lines: {error}") from error
    lines = enumerate(text.splitlines(), start=1)
    return [_record(line, f"{path}:{number}") for number, line in lines if line.strip()]


def gold_labels(t: Tokens, attributions: Iterable[Mapping[str, Any]]) -> Numbers:
    """Return the labels of the tokens.

    Where annotations overlap, cues come before sources, sources before contents, and what is
    nearer to its cue before what is farther. An attribution without a cue gives none.
    """
    labels = np.zeros(len(t.forms), np.int64)
    items = []
    for entry in attributions:
        spans = {role: stretches(t, entry[role]) for role, _, _ in ROLES}
        if not spans["cue"]:
            continue
        cue = spans["cue"][0][0]
        items += [
            (order, abs(start - cue), start, end, label + (left if start >= cue else 0))
            for order, (role, label, left) in enumerate(ROLES)
            for start, end in spans[role]
        ]
    for _, _, start, end, label in sorted(items):
        free = start + np.flatnonzero(labels[start:end] == 0)
        labels[free] = label + 1
        labels[free[:1]] = label
    return labels


def stretches(t: Tokens, spans: Iterable[Sequence[int]]) -> list[Stretch]:
    """Return the tokens that each span of the text touches, as half-open stretches."""
    found = (
        (int(np.searchsorted(t.ends, start, "right")), int(np.searchsorted(t.starts, end, "left")))
        for start, end in spans
    )
    return [(first, last) for first, last in found if last > first]


def _record(line: str, place: str) -> dict[str, Any]:
    try:
        entry = json.loads(line)
        spans = [a[role] for a in entry["attributions"] for role, _, _ in ROLES]
        text = str(entry["text"])
        outside = [s for part in spans for s in part if not 0 <= s[0] < s[1] <= len(text)]
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise LoadError(
            f"{place}: no annotated text ({error!r}); a line has text, and attributions with "
            "source, cue and content as lists of [start, end]"
        ) from error
    if outside:
        raise LoadError(f"{place}: span {outside[0]} is not inside the text of {len(text)} signs")
    return {"doc_id": str(entry.get("doc_id")), "text": text, "attributions": entry["attributions"]}
