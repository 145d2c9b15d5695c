"""Frames of a codebook in texts: coded, counted, and with the words that gave each code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis.codebook import Codebook
from analysis.language.tokens import fold_term
from analysis.matching import find_labelled
from analysis.tables import CODES, EVIDENCE, HITS, PATTERN_USE, STATEMENTS, build_table, check_table

CODER = "patterns"


def code_frames(
    statements: pd.DataFrame, codebook: Codebook, *, language: str = "en"
) -> pd.DataFrame:
    """Code every frame of the codebook in every statement, from its patterns.

    A frame is present where one of its `patterns` stands in the statement's content and
    overlaps none of its `not_patterns`. Negation is no objection: who denies a claim speaks of
    it. Frames without patterns are not coded. A statement without content has no frame.

    Parameters
    ----------
    statements
        The `statements` table.
    codebook
        Its frames.
    language
        The language of the content.

    Returns
    -------
    The `codes` table of the coder "patterns": a row per statement and frame, with the value
    "present" or "absent"; `probability` is missing, for a pattern knows none.

    Raises
    ------
    StudyError
        If a pattern is none; the message names the codebook key.
    TableError
        If `statements` is not as declared.
    """
    found = extract_frame_hits(statements, codebook, language=language)
    present = set(zip(found["statement_id"], found["code"].astype("str"), strict=True))
    codes = [code for code, frame in codebook.frames.items() if frame.patterns]
    rows = [
        (statement, code, "present" if (statement, code) in present else "absent")
        for statement in statements["statement_id"]
        for code in codes
    ]
    frame = pd.DataFrame(rows, columns=["statement_id", "code", "value"])
    return build_table(frame.assign(coder=CODER, codebook_version=codebook.version), CODES)


def extract_frame_hits(
    statements: pd.DataFrame, codebook: Codebook, *, language: str = "en"
) -> pd.DataFrame:
    """Return the words that each frame is coded from.

    Returns
    -------
    The `evidence` table, one row per match that counts, in the order of the statements:
    `start` and `end` are code points in the statement's content, whose
    ``content[start:end]`` is `form`; the value is "present".

    Raises
    ------
    StudyError, TableError
        As `code_frames`.
    """
    check_table(statements, STATEMENTS)
    texts = statements.set_index("statement_id")["content"]
    found = extract_matches(texts, codebook, language=language).rename(
        columns={"id": "statement_id"}
    )
    return build_table(found.assign(value="present"), EVIDENCE)


def count_patterns(
    evidence: pd.DataFrame, patterns: Mapping[str, Mapping[str, tuple[str, ...]]]
) -> pd.DataFrame:
    """Count how often each pattern of a codebook was hit, those never hit included.

    Parameters
    ----------
    evidence
        The `evidence` table.
    patterns
        Code -> value -> patterns, as `frame_patterns` gives them.

    Returns
    -------
    The `pattern_use` table, in the order of `patterns`: hits and statements with a hit.
    """
    check_table(evidence, EVIDENCE)
    keys = ["code", "value", "pattern"]
    used = evidence.astype(dict.fromkeys(keys, "str")).groupby(keys)["statement_id"]
    counts = pd.DataFrame({"n_hits": used.size(), "n_statements": used.nunique()})
    listed = [
        (code, value, pattern)
        for code, by_value in patterns.items()
        for value, written in by_value.items()
        for pattern in dict.fromkeys(written)
    ]
    every = pd.DataFrame(listed, columns=keys, dtype="str")
    return build_table(
        every.merge(counts.reset_index(), how="left", on=keys).fillna(
            {"n_hits": 0, "n_statements": 0}
        ),
        PATTERN_USE,
    )


def frame_patterns(codebook: Codebook) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return code -> "present" -> patterns, for `count_patterns`."""
    return {
        code: {"present": frame.patterns}
        for code, frame in codebook.frames.items()
        if frame.patterns
    }


def count_hits(texts: pd.Series, codebook: Codebook, *, language: str = "en") -> pd.DataFrame:
    """Count the phrases in which texts show each frame.

    Where phrases of one frame overlap, the leftmost and then the longest counts, so that no
    word counts twice for it.

    Parameters
    ----------
    texts
        Texts, indexed by unit.
    codebook
        Its frames.
    language
        The language of the texts.

    Returns
    -------
    The `hits` table, one row per unit, code and form, by unit in the order of the texts.
    `form` is the phrase with case folded and each space single; `pattern` is one that found it.

    Raises
    ------
    StudyError
        If a pattern is none; the message names the codebook key.
    """
    found = extract_matches(texts, codebook, language=language)
    found = found.sort_values("end", ascending=False, kind="stable")
    found = found.sort_values(["code", "start"], kind="stable")
    found = _apart(found)
    found = found.assign(form=[" ".join(fold_term(form).split()) for form in found["form"]])
    keys = ["id", "code", "form"]
    counted = found.groupby(keys, sort=False)["pattern"].agg(["min", "size"]).reset_index()
    counted = counted.rename(columns={"id": "unit_id", "min": "pattern", "size": "n"})
    order = {unit: number for number, unit in enumerate(texts.index)}
    counted = counted.sort_values(["code", "form"], kind="stable")
    return build_table(
        counted.sort_values("unit_id", key=lambda units: units.map(order), kind="stable"), HITS
    )


def extract_matches(texts: pd.Series, codebook: Codebook, *, language: str = "en") -> pd.DataFrame:
    """Find all frames, each match with its `code`, save where a not_pattern overlaps.

    Returns
    -------
    The columns of `analysis.matching.find_matches` and `code`, in the order of the texts.
    """
    labels = {
        f"frames.{code}.{kind}": (code, kind, patterns)
        for code, frame in codebook.frames.items()
        for kind, patterns in (("patterns", frame.patterns), ("not_patterns", frame.not_patterns))
    }
    patterns = {label: patterns for label, (_, _, patterns) in labels.items()}
    found = find_labelled(texts, patterns, language=language)
    found = found.assign(
        code=[labels[label][0] for label in found["label"]],
        kind=[labels[label][1] for label in found["label"]],
    )
    barred: dict[tuple[Any, ...], list[tuple[int, int]]] = {}
    for start, end, *where in _places(found[found["kind"] == "not_patterns"]):
        barred.setdefault(tuple(where), []).append((start, end))
    found = found[found["kind"] == "patterns"]
    kept = [
        not any(start < bar_end and bar_start < end for bar_start, bar_end in barred.get(where, ()))
        for start, end, *key in _places(found)
        for where in [tuple(key)]
    ]
    return found[np.array(kept, dtype=bool)].drop(columns=["label", "kind"])


def _apart(found: pd.DataFrame) -> pd.DataFrame:
    """Keep the rows, sorted by place, that do not overlap the row kept before them."""
    kept = []
    ends: dict[tuple[Any, ...], int] = {}
    for start, end, *where in _places(found):
        key = tuple(where)
        kept.append(start >= ends.get(key, 0))
        if kept[-1]:
            ends[key] = end
    return found[np.array(kept, dtype=bool)]


def _places(found: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    return zip(found["start"], found["end"], found["id"], found["code"], strict=True)
