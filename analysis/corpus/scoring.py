"""How well the extractor does against annotated statements."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analysis.corpus.dates import DateError, read_date
from analysis.corpus.decoding import load_text
from analysis.errors import LoadError, TableError
from analysis.language.tokens import token_spans
from analysis.resampling import share_interval
from analysis.tables import JUDGMENTS, SCORES, SPANS, STATEMENTS, build_table, check_table

HALF = 0.5
ROLES = ("source", "cue", "content")
FIELDS = (*ROLES, "speaker", "actor", "said_on", "said_precision", "layer", "quote_type")


class _Item(NamedTuple):
    """A statement of either side: word positions by role, and its other columns."""

    words: Mapping[str, frozenset[int]]
    columns: Mapping[str, Any]


def load_gold(path: Path) -> pd.DataFrame:
    """Read annotated statements: one JSON object a line, one line a document.

    ``{"doc_id": ..., "statements": [{"source": [[start, end]], "cue": ..., "content": ...,
    "speaker": ..., "actor": ..., "said_on": ..., "said_precision": ..., "layer": ...,
    "quote_type": ..., "duplicate_of": ...}]}``; ``duplicate_of`` is the place (from 0) of the
    first copy.

    Returns
    -------
    One row per document: ``doc_id`` and ``statements``, a list of the objects.

    Raises
    ------
    LoadError
        If a line is no JSON or a statement lacks a field; the message names line and field.
    """
    rows = []
    for number, line in enumerate(load_text(path).splitlines(), start=1):
        if line.strip():
            rows.append(_gold_row(line, f"{path}:{number}"))
    return pd.DataFrame(rows, columns=["doc_id", "statements"])


def _gold_row(line: str, place: str) -> dict[str, Any]:
    try:
        entry = json.loads(line)
    except json.JSONDecodeError as error:
        raise LoadError(f"{place}: not JSON: {error}") from error
    for key in ("doc_id", "statements"):
        if key not in entry:
            raise LoadError(f"{place}: no {key!r}; there are {sorted(entry)}")
    for n, statement in enumerate(entry["statements"]):
        missing = [field for field in FIELDS if field not in statement]
        if missing:
            raise LoadError(
                f"{place}: statement {n} has no {missing[0]!r}; it has {sorted(statement)}"
            )
        _check_date(statement, f"{place}: statement {n}")
    return {"doc_id": entry["doc_id"], "statements": entry["statements"]}


def _check_date(statement: Mapping[str, Any], place: str) -> None:
    if statement["said_on"] is None:
        return
    try:
        read_date(statement["said_on"])
    except DateError as error:
        raise LoadError(f"{place}: said_on {error}") from error


def score_statements(
    statements: pd.DataFrame, spans: pd.DataFrame, gold: pd.DataFrame, documents: pd.DataFrame
) -> pd.DataFrame:
    """Compare extracted statements with annotated ones.

    Statements are paired one to one by their content, best first, where the word sets overlap
    with a Dice coefficient of one half or more. Then each part counts a pair as right if

    - ``content``: it is a pair,
    - ``content_exact``: the word sets are the same,
    - ``source``, ``cue``: their words overlap by one half or more, or both are empty,
    - ``speaker``, ``actor``, ``layer``, ``quote_type``: the values agree, or both are missing,
    - ``said_on``: day and precision are the same, or both are missing,
    - ``duplicates``: both or neither are copies (counted among copies only).

    Parameters
    ----------
    statements, spans
        What `extract_statements` and `extract_spans` found.
    gold
        As `load_gold` gives it; documents that are not in it are left out.
    documents
        The documents they were found in: words are counted in their texts.

    Returns
    -------
    The `scores` table, one row per part: precision (right of those found), recall (right of
    those annotated) and F1, with the 95 % interval of F1 over documents.

    Raises
    ------
    TableError
        If a document of `gold` is not among `documents`.

    References
    ----------
    Dice (1945), Ecology 26(3). F1 is ``2 * right / (annotated + found)``, a ratio of sums over
    documents between 0 and 1, which `share_interval` takes its interval from.
    """
    check_table(statements, STATEMENTS)
    check_table(spans, SPANS)
    texts = dict(zip(documents["doc_id"], documents["text"], strict=True))
    found = _found_items(statements, spans, texts)
    tallies: dict[str, list[tuple[int, int, int]]] = {part: [] for part in PARTS}
    for doc_id, annotated in zip(gold["doc_id"], gold["statements"], strict=True):
        wanted = _gold_items(annotated, _text_of(doc_id, texts))
        for part, tally in _tally(wanted, found.get(doc_id, [])).items():
            tallies[part].append(tally)
    return build_table([_row(part, tally) for part, tally in tallies.items()], SCORES)


def judge_statements(
    statements: pd.DataFrame, spans: pd.DataFrame, gold: pd.DataFrame, documents: pd.DataFrame
) -> pd.DataFrame:
    """Say of each extracted statement whether an annotated one was paired with it.

    The arguments are those of `score_statements`, and so is the pairing: what is right here is
    what is right there as ``content``.

    Returns
    -------
    The `judgments` table, one row per statement found in a document of `gold`, in their order.

    Raises
    ------
    TableError
        If a document of `gold` is not among `documents`.
    """
    check_table(statements, STATEMENTS)
    check_table(spans, SPANS)
    texts = dict(zip(documents["doc_id"], documents["text"], strict=True))
    found = _found_items(statements, spans, texts)
    right: set[tuple[str, int]] = set()
    for doc_id, annotated in zip(gold["doc_id"], gold["statements"], strict=True):
        wanted = _gold_items(annotated, _text_of(doc_id, texts))
        right |= {(doc_id, place) for _, place in _pairs(wanted, found.get(doc_id, []))}
    judged = statements[statements["doc_id"].isin(gold["doc_id"])]
    places = zip(judged["doc_id"], judged.groupby("doc_id").cumcount(), strict=True)
    return build_table(judged.assign(right=[place in right for place in places]), JUDGMENTS)


def pair_contents(
    wanted: Sequence[frozenset[int]], found: Sequence[frozenset[int]]
) -> list[tuple[int, int]]:
    """Pair sets of words one to one, best first, where their Dice coefficient is one half or more.

    Returns
    -------
    Places in `wanted` and in `found`, of each pair.
    """
    ranked = sorted((-_dice(w, f), i, j) for i, w in enumerate(wanted) for j, f in enumerate(found))
    left, right, pairs = set(range(len(wanted))), set(range(len(found))), []
    for dice, i, j in ranked:
        if -dice >= HALF and i in left and j in right:
            left.discard(i)
            right.discard(j)
            pairs.append((i, j))
    return pairs


def _text_of(doc_id: str, texts: Mapping[str, str]) -> str:
    if doc_id not in texts:
        raise TableError(f"gold: no document {doc_id!r}; there are {sorted(texts)[:5]} ...")
    return texts[doc_id]


def _row(part: str, tallies: Sequence[tuple[int, int, int]]) -> dict[str, Any]:
    n_gold, n_found, n_right = np.array(tallies, dtype=np.int64).reshape(-1, 3).T
    interval = share_interval(2 * n_right, n_gold + n_found)
    return {
        "part": part,
        "n_gold": n_gold.sum(),
        "n_found": n_found.sum(),
        "n_right": n_right.sum(),
        "n_units": len(n_gold),
        "precision": n_right.sum() / n_found.sum() if n_found.sum() else np.nan,
        "recall": n_right.sum() / n_gold.sum() if n_gold.sum() else np.nan,
        "f1": interval.estimate,
        "low": interval.low,
        "high": interval.high,
    }


def _tally(wanted: Sequence[_Item], found: Sequence[_Item]) -> dict[str, tuple[int, int, int]]:
    pairs = _pairs(wanted, found)
    tally = {
        part: (len(wanted), len(found), sum(right(wanted[i], found[j]) for i, j in pairs))
        for part, right in PARTS.items()
    }
    copies = (
        sum(item.columns["copy"] for item in wanted),
        sum(item.columns["copy"] for item in found),
    )
    both = sum(wanted[i].columns["copy"] and found[j].columns["copy"] for i, j in pairs)
    return {**tally, "duplicates": (*copies, both)}


def _pairs(wanted: Sequence[_Item], found: Sequence[_Item]) -> list[tuple[int, int]]:
    return pair_contents(
        [item.words["content"] for item in wanted], [item.words["content"] for item in found]
    )


def _dice(one: frozenset[int], other: frozenset[int]) -> float:
    total = len(one) + len(other)
    return 2 * len(one & other) / total if total else 1.0


def _overlaps(role: str) -> Callable[[_Item, _Item], bool]:
    return lambda wanted, found: _dice(wanted.words[role], found.words[role]) >= HALF


def _agrees(*columns: str) -> Callable[[_Item, _Item], bool]:
    return lambda wanted, found: all(wanted.columns[c] == found.columns[c] for c in columns)


PARTS: Mapping[str, Callable[[_Item, _Item], bool]] = {
    "content": lambda wanted, found: True,
    "content_exact": lambda wanted, found: wanted.words["content"] == found.words["content"],
    "source": _overlaps("source"),
    "cue": _overlaps("cue"),
    "speaker": _agrees("speaker"),
    "actor": _agrees("actor"),
    "said_on": _agrees("said_on", "said_precision"),
    "layer": _agrees("layer"),
    "quote_type": _agrees("quote_type"),
    "duplicates": lambda wanted, found: False,
}


def word_places(spans: Sequence[Sequence[int]], tokens: np.ndarray[Any, Any]) -> frozenset[int]:
    """Return the positions of the tokens that the spans touch."""
    found: set[int] = set()
    for start, end in spans:
        first = int(np.searchsorted(tokens[:, 1], start, "right"))
        last = int(np.searchsorted(tokens[:, 0], end, "left"))
        found.update(range(first, last))
    return frozenset(found)


def _gold_items(annotated: Sequence[Mapping[str, Any]], text: str) -> list[_Item]:
    tokens = token_spans(text)
    items = []
    for entry in annotated:
        values = {key: entry[key] for key in FIELDS[3:]}
        if values["said_on"] is not None:
            values["said_on"] = read_date(values["said_on"]).day
        values["copy"] = entry.get("duplicate_of") is not None
        items.append(_Item({role: word_places(entry[role], tokens) for role in ROLES}, values))
    return items


def _found_items(
    statements: pd.DataFrame, spans: pd.DataFrame, texts: Mapping[str, str]
) -> dict[str, list[_Item]]:
    parts: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for span in spans.to_dict("records"):
        key = (span["statement_id"], span["role"])
        parts.setdefault(key, []).append((span["start"], span["end"]))
    tokens = {doc_id: token_spans(texts[doc_id]) for doc_id in statements["doc_id"].unique()}
    items: dict[str, list[_Item]] = {}
    for row in statements.to_dict("records"):
        values = {key: None if pd.isna(row[key]) else row[key] for key in FIELDS[3:]}
        values["said_on"] = values["said_on"].date() if values["said_on"] is not None else None
        values["copy"] = not pd.isna(row["duplicate_of"])
        words = {
            r: word_places(parts.get((row["statement_id"], r), []), tokens[row["doc_id"]])
            for r in ROLES
        }
        items.setdefault(row["doc_id"], []).append(_Item(words, values))
    return items
