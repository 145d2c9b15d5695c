"""How well codes made by one coder match those of another, taken as right."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import TableError, check_choice
from analysis.resampling import jackknife_interval, share_interval
from analysis.tables import CODES, EVALUATION, STATEMENTS, build_table, check_table
from analysis.versions import join_notes, note_versions
from analysis.voices import check_not_synthetic

FEWEST = 5
MACRO = "macro"

Floats = NDArray[np.float64]


def evaluate_codes(
    codes: pd.DataFrame,
    *,
    statements: pd.DataFrame,
    reference: str = "adjudicated",
    coder: str = "patterns",
) -> pd.DataFrame:
    """Measure a coder's precision, recall and F1 against a reference, for each code and value.

    Parameters
    ----------
    codes
        The `codes` table with both coders. A statement counts for a code if both coded it.
    statements
        The `statements` table: episodes are the independent units (documents, where
        there are none). Statements marked as
        duplicates of others are not counted.
    reference
        The coder that is taken as right.
    coder
        The coder that is measured.

    Returns
    -------
    The `evaluation` table, by code, a row for each value that either of the two gave and a row
    "macro". `n_reference`, `n_coded` and `n_both` count statements with the value by the
    reference, by the coder and by both; of "macro" they are all statements, all statements
    and those on which the two agree. Precision, recall and `f1` are in [0, 1]; those of "macro" are
    plain means over the values, a missing precision or recall counted as 0. With fewer than
    five statements by the reference a value's figures are missing and `note` says so (also where
    codes were given by two versions of the codebook); they still enter "macro", whose `note` names
    them. `low` and `high` are a 95 % interval of `f1` over episodes.

    Raises
    ------
    ValueError
        If a coder is not in `codes` (those there are are listed), or the two are one.
    TableError
        If a table is not as declared, a statement is synthetic, or none was coded by both.

    Notes
    -----
    F1 = 2 n_both / (n_reference + n_coded) is a share of two sums over episodes; its interval is
    Korn and Graubard's (`analysis.resampling.share_interval`), with half the bottom as the
    number of trials. The macro mean is no share: its interval is the jackknife's with a t
    quantile, cut to [0, 1].

    References
    ----------
    van Rijsbergen (1979), Information Retrieval, chapter 7, for F1; Sokolova and Lapalme (2009),
    Information Processing and Management 45(4), for macro averages.
    """
    pairs = pair_codes(codes, statements, reference=reference, coder=coder)
    rows = [row for code, part in pairs.groupby("code") for row in _code_rows(str(code), part)]
    frame = pd.DataFrame(rows, columns=[c for c in EVALUATION.columns if c != "coder"])
    versions = note_versions(codes[codes["coder"].isin([reference, coder])])
    told = zip(frame["note"], frame["code"].map(versions), strict=True)
    frame["note"] = [join_notes(note, version) for note, version in told]
    return build_table(frame.assign(coder=coder), EVALUATION)


def pair_codes(
    codes: pd.DataFrame, statements: pd.DataFrame, *, reference: str, coder: str
) -> pd.DataFrame:
    """Return both coders' values of each statement and code that both coded, side by side.

    Returns
    -------
    Columns statement_id, code, value_reference, value_coder, probability (the coder's), unit (the
    episode, or else the document). Statements marked as duplicates of others are left out.

    Raises
    ------
    As `evaluate_codes`.
    """
    check_table(codes, CODES)
    check_not_synthetic(check_table(statements, STATEMENTS))
    if reference == coder:
        raise ValueError(f"coder and reference are both {coder!r}; name two")
    for name in (reference, coder):
        check_choice(name, codes["coder"].astype("str").unique(), "coder")
    counted = statements[statements["duplicate_of"].isna()]
    unit = counted["episode_id"].fillna(counted["doc_id"]).fillna(counted["statement_id"])
    known = pd.DataFrame({"statement_id": counted["statement_id"], "unit": unit})
    keys = ["statement_id", "code", "coder", "value"]
    kept = codes[[*keys, "probability"]].astype(dict.fromkeys(keys, "str")).dropna(subset=keys)
    right = kept[kept["coder"] == reference].drop(columns=["coder", "probability"])
    coded = kept[kept["coder"] == coder].drop(columns="coder")
    pairs = right.merge(coded, on=["statement_id", "code"], suffixes=("_reference", "_coder"))
    met = pairs.merge(known, on="statement_id")
    if met.empty:
        raise TableError(f"codes: no statement was coded by both {reference!r} and {coder!r}")
    return met


def _code_rows(code: str, pairs: pd.DataFrame) -> list[dict[str, object]]:
    values = sorted({*pairs["value_reference"], *pairs["value_coder"]})
    counts = np.array([_episode_counts(pairs, value) for value in values], dtype=np.float64)
    rows = [_value_row(code, value, at) for value, at in zip(values, counts, strict=True)]
    rare = [str(row["value"]) for row in rows if "f1" not in row]
    return [*rows, _macro_row(code, pairs, counts, rare)]


def _episode_counts(pairs: pd.DataFrame, value: str) -> list[list[int]]:
    """Per episode: statements with the value by the reference, by the coder, by both."""
    reference, coded = pairs["value_reference"] == value, pairs["value_coder"] == value
    flags = pd.DataFrame({"reference": reference, "coded": coded, "both": reference & coded})
    counts: list[list[int]] = flags.groupby(pairs["unit"]).sum().T.to_numpy().tolist()
    return counts


def _value_row(code: str, value: str, counts: Floats) -> dict[str, object]:
    totals = counts.sum(axis=1)
    row = _row(code, value, totals)
    n_reference = int(totals[0])
    if n_reference < FEWEST:
        return row | {"note": f"n = {n_reference}, not estimable"}
    precision, recall, f1 = _scores(totals)
    interval = share_interval(counts[2], (counts[0] + counts[1]) / 2)
    limits = {"low": interval.low, "high": interval.high, "note": interval.note or None}
    return row | {"precision": precision, "recall": recall, "f1": f1} | limits


def _macro_row(
    code: str, pairs: pd.DataFrame, counts: Floats, rare: list[str]
) -> dict[str, object]:
    """Average over values; `counts` is value by kind of count by episode."""
    n_pairs = len(pairs)
    agreed = int((pairs["value_reference"] == pairs["value_coder"]).sum())

    def macro_f1(chosen: NDArray[np.int64]) -> float:
        return float(np.mean([_scores(part[:, chosen].sum(axis=1), 0.0)[2] for part in counts]))

    scores = np.mean([_scores(part.sum(axis=1), 0.0) for part in counts], axis=0)
    interval = jackknife_interval(macro_f1, counts.shape[2])
    low, high = np.clip([interval.low, interval.high], 0, 1)
    notes = [interval.note, f"few: {', '.join(rare)}" if rare else ""]
    return _row(code, MACRO, np.array([n_pairs, n_pairs, agreed])) | {
        "precision": scores[0],
        "recall": scores[1],
        "f1": scores[2],
        "low": low,
        "high": high,
        "note": "; ".join(note for note in notes if note) or None,
    }


def _row(code: str, value: str, totals: NDArray[np.floating | np.integer]) -> dict[str, object]:
    numbers = dict(zip(("n_reference", "n_coded", "n_both"), map(int, totals), strict=True))
    return {"code": code, "value": value, **numbers, "note": None}


def _scores(totals: Floats, undefined: float = np.nan) -> tuple[float, float, float]:
    """Precision, recall and F1 of the three counts; `undefined` where one divides by zero."""
    reference, coded, both = (float(total) for total in totals)
    return (
        both / coded if coded else undefined,
        both / reference if reference else undefined,
        2 * both / (reference + coded) if reference + coded else undefined,
    )
