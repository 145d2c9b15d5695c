"""Stance on the propositions of a codebook: from its patterns, or from the actor alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.codebook import STANCES, Codebook
from analysis.errors import check_choice
from analysis.matching import find_labelled
from analysis.tables import CODES, EVIDENCE, STATEMENTS, build_table, check_table

CODER = "patterns"
BASELINE = "actor_only"
_TURNED = {"favor": "against", "against": "favor"}


def code_stance(
    statements: pd.DataFrame, codebook: Codebook, *, language: str = "en"
) -> pd.DataFrame:
    """Code each statement's stance on each proposition, from the codebook's patterns.

    The values that patterns give (`extract_stance_hits`) decide:

    - none: ``not_addressed``; one value: that value;
    - ``conditional`` with one of ``favor`` and ``against``: ``conditional``, for a condition
      qualifies what it is joined to;
    - anything else (``favor`` with ``against``, ``ambiguous`` with another): ``ambiguous``.

    Parameters
    ----------
    statements
        The `statements` table.
    codebook
        Its propositions; those without patterns are not coded.
    language
        The language of the content.

    Returns
    -------
    The `codes` table of the coder "patterns": a row per statement and proposition;
    `probability` is missing.

    Raises
    ------
    StudyError
        If a pattern is none; the message names the codebook key.
    TableError
        If `statements` is not as declared.
    """
    found = extract_stance_hits(statements, codebook, language=language)
    values: dict[tuple[str, str], set[str]] = {}
    columns = (found["statement_id"], found["code"], found["value"])
    for statement, code, value in zip(*columns, strict=True):
        values.setdefault((statement, code), set()).add(value)
    rows = [
        (statement, code, _settled(values.get((statement, code), set())))
        for statement in statements["statement_id"]
        for code in stance_patterns(codebook)
    ]
    frame = pd.DataFrame(rows, columns=["statement_id", "code", "value"])
    return build_table(frame.assign(coder=CODER, codebook_version=codebook.version), CODES)


def extract_stance_hits(
    statements: pd.DataFrame, codebook: Codebook, *, language: str = "en"
) -> pd.DataFrame:
    """Return the words that each stance is coded from.

    A match that lies inside a longer one of the same proposition does not count: the longer
    phrase says more. A negated match gives the opposite of ``favor`` or ``against``.

    Returns
    -------
    The `evidence` table, one row per match that counts: the value is the one it speaks for,
    negation heeded, and ``content[start:end]`` is `form`.

    Raises
    ------
    StudyError, TableError
        As `code_stance`.
    """
    check_table(statements, STATEMENTS)
    texts = statements.set_index("statement_id")["content"]
    labels = {
        f"propositions.{code}.patterns.{value}": (code, value, patterns)
        for code, by_value in stance_patterns(codebook).items()
        for value, patterns in by_value.items()
    }
    patterns = {label: patterns for label, (_, _, patterns) in labels.items()}
    found = find_labelled(texts, patterns, language=language).rename(columns={"id": "statement_id"})
    found = found.assign(
        code=[labels[label][0] for label in found["label"]],
        value=[labels[label][1] for label in found["label"]],
    )
    found = found[~_inside(found)]
    turned = found["value"].replace(_TURNED).where(found["negated"], found["value"])
    return build_table(found.assign(value=turned), EVIDENCE)


def stance_patterns(codebook: Codebook) -> dict[str, Mapping[str, tuple[str, ...]]]:
    """Return code -> value -> patterns of the propositions that have patterns."""
    return {
        code: proposition.patterns
        for code, proposition in codebook.propositions.items()
        if any(proposition.patterns.values())
    }


def code_by_actor(
    statements: pd.DataFrame, codes: pd.DataFrame, *, reference: str = "adjudicated"
) -> pd.DataFrame:
    """Code each statement from nothing but who speaks: the baseline that reading has to beat.

    The value of a code is the one that the actor's statements in all other episodes (documents,
    where there are no episodes) have most often by the reference coder; an actor without any
    gets the most frequent value of all others. Ties go to the value that is more frequent among
    all, then to the first by name.

    Parameters
    ----------
    statements
        The `statements` table; joint actors count as an actor of their own.
    codes
        The `codes` table with the reference coder's codes.
    reference
        Whose codes the baseline learns from.

    Returns
    -------
    The `codes` table of the coder "actor_only", one row for each code of the reference;
    `probability` is the share of that value among the actor's statements elsewhere, missing
    where there are none anywhere.

    Raises
    ------
    ValueError
        If the reference is no coder of `codes`; those there are are listed.
    TableError
        If a table is not as declared.

    Notes
    -----
    Leaving out the whole episode, not the statement alone, keeps what was said on the same
    occasion from telling on itself: cross-validation over clusters.
    """
    check_table(statements, STATEMENTS)
    check_table(codes, CODES)
    check_choice(reference, codes["coder"].astype("str").unique(), "coder")
    known = codes[codes["coder"] == reference].astype({"code": "str", "value": "str"})
    who = pd.DataFrame(
        {
            "statement_id": statements["statement_id"],
            "actor": statements["actor"].fillna(""),
            "unit": statements["episode_id"].fillna(statements["doc_id"]),
        }
    )
    rows = known.dropna(subset=["value"]).merge(who, on="statement_id")
    coded = [_from_actor(part) for _, part in rows.groupby("code", sort=False)]
    frame = pd.concat(coded) if coded else rows.assign(probability=float("nan"))
    return build_table(frame.assign(coder=BASELINE), CODES)


def _settled(values: set[str]) -> str:
    """Make one stance of the values that were hit."""
    if not values:
        return STANCES[-1]
    if len(values) == 1:
        return next(iter(values))
    directions = values & set(_TURNED)
    if len(directions) == 1 and values - directions == {"conditional"}:
        return "conditional"
    return "ambiguous"


def _inside(found: pd.DataFrame) -> NDArray[np.bool_]:
    """Tell of each match whether it lies inside a longer one of its statement and code."""
    keys = list(zip(found["statement_id"], found["code"], strict=True))
    places = list(zip(found["start"], found["end"], strict=True))
    spans: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for key, place in zip(keys, places, strict=True):
        spans.setdefault(key, []).append(place)
    inside = [
        any(
            first <= start and end <= last and last - first > end - start
            for first, last in spans[key]
        )
        for key, (start, end) in zip(keys, places, strict=True)
    ]
    return np.array(inside, dtype=bool)


def _from_actor(rows: pd.DataFrame) -> pd.DataFrame:
    """Give each row of one code the value that its actor has elsewhere."""
    everyone = Counter(rows["value"])
    by_episode = _counts(rows, "unit")
    by_actor = _counts(rows, "actor")
    within = _counts(rows, "actor", "unit")
    values, shares = [], []
    for actor, episode in zip(rows["actor"], rows["unit"], strict=True):
        theirs = by_actor[actor,] - within[actor, episode]
        value = _commonest(theirs or everyone - by_episode[episode,], everyone)
        values.append(value)
        shares.append(theirs[value] / theirs.total() if theirs else float("nan"))
    return rows.assign(value=pd.Series(values, rows.index, dtype="str"), probability=shares)


def _counts(rows: pd.DataFrame, *keys: str) -> dict[tuple[str, ...], Counter[str | None]]:
    counts: dict[tuple[str, ...], Counter[str | None]] = {}
    for *key, value in zip(*(rows[name] for name in keys), rows["value"], strict=True):
        counts.setdefault(tuple(key), Counter())[value] += 1
    return counts


def _commonest(counts: Counter[str | None], everyone: Counter[str | None]) -> str | None:
    """Return the most frequent value; None where there is nothing to learn from."""
    known = sorted(counts, key=lambda value: (-counts[value], -everyone[value], str(value)))
    return known[0] if known else None
