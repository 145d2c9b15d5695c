"""What a coder is learnt from: statements with content, their labels, and what labels allow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.codebook import PRESENCE, STANCES, Codebook
from analysis.errors import TableError, check_choice, suggest
from analysis.models.embeddings import Encoder
from analysis.models.learned_features import gather_texts
from analysis.models.learned_fits import FOLDS, Labelled
from analysis.models.learned_folds import near_groups
from analysis.tables import CODES, STATEMENTS, check_table
from analysis.versions import join_notes
from analysis.voices import check_not_synthetic

Words = NDArray[np.object_]


@dataclass(frozen=True)
class Known:
    """Statements with content.

    Attributes
    ----------
    ids
        The `statement_id` of each.
    rows
        Their texts, groups and labels of the codes that can be learnt.
    counted
        Whether a statement is learnt from: duplicates of others are not.
    learnt
        Rows of the `learnt` table, without a setting.
    versions
        Code -> version of the codebook of its labels.
    """

    ids: pd.Series
    rows: Labelled
    counted: NDArray[np.bool_]
    learnt: pd.DataFrame
    versions: Mapping[str, str]

    def to_learn(self, chosen: NDArray[np.bool_]) -> Labelled:
        """Return those of the chosen rows that have labels and are learnt from."""
        return self.rows.take(np.flatnonzero(chosen & self.counted)).labelled()


def gather_labels(
    statements: pd.DataFrame, codes: pd.DataFrame, reference: str, encoder: Encoder | None
) -> Known:
    """Gather what a coder can be learnt from; errors as `learn_codes`."""
    check_table(codes, CODES)
    check_not_synthetic(check_table(statements, STATEMENTS))
    check_choice(reference, codes["coder"].astype("str").unique(), "coder")
    full = with_content(statements)
    mine = codes[codes["coder"] == reference].dropna(subset=["value"])
    labels = _labels(mine, full["statement_id"])
    groups = near_groups(full)
    counted = full["duplicate_of"].isna().to_numpy()
    empty = len(statements) - len(full)
    learnt = pd.DataFrame(
        [_learnt(code, values[counted], groups[counted], empty) for code, values in labels.items()]
    )
    able = learnt[learnt["able"]]["code"].tolist() if len(learnt) else []
    if not able:
        why = "; ".join(f"{row.code}: {row.note}" for row in learnt.itertuples())
        raise TableError(
            f"codes: nothing can be learnt from {reference!r}: "
            f"{why or 'no statement with content has a label'}"
        )
    rows = Labelled(
        gather_texts(full, codes, encoder), groups, {code: labels[code] for code in able}
    )
    return Known(full["statement_id"], rows, counted, learnt.drop(columns="able"), _versions(mine))


def with_content(statements: pd.DataFrame) -> pd.DataFrame:
    """Return the statements that say something."""
    said = statements["content"].fillna("").str.strip() != ""
    return statements[said].reset_index(drop=True)


def check_labels(codes: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Return codes whose codes and values are all in a codebook.

    Raises
    ------
    TableError
        If one is not; the nearest is named.
    """
    check_table(codes, CODES)
    known = [*codebook.frames, *codebook.propositions]
    for code, rows in codes.astype({"code": "str"}).groupby("code"):
        if code not in known:
            raise TableError(
                f"codes: {code!r} is in no part of the codebook (version {codebook.version}), "
                f"which has {known}{suggest(str(code), known)}"
            )
        _check_values(str(code), rows, PRESENCE if code in codebook.frames else STANCES)
    return codes


def _check_values(code: str, rows: pd.DataFrame, allowed: tuple[str, ...]) -> None:
    wrong = rows[rows["value"].notna() & ~rows["value"].isin(allowed)]
    if len(wrong):
        found, where = str(wrong["value"].iloc[0]), wrong["statement_id"].iloc[0]
        raise TableError(
            f"codes: {code!r} of statement {where!r} is {found!r}; it is one of {list(allowed)}"
            f"{suggest(found, allowed)}"
        )


def _labels(mine: pd.DataFrame, ids: pd.Series) -> dict[str, Words]:
    """Return the values of each code, by name; None where a statement has none."""
    texts = mine.astype({"code": "str", "value": "str"})
    labels = {}
    for code, rows in texts.groupby("code"):
        _check_values(str(code), rows, PRESENCE if rows["value"].isin(PRESENCE).any() else STANCES)
        given = dict(zip(rows["statement_id"], rows["value"], strict=True))
        labels[str(code)] = np.array([given.get(name) for name in ids], dtype=object)
    return labels


def _learnt(code: str, labels: Words, groups: NDArray[np.intp], empty: int) -> dict[str, object]:
    """Say what the labels of one code allow."""
    has = pd.notna(labels)
    spread = pd.Series(groups[has]).groupby(labels[has]).nunique()
    n_groups = len(np.unique(groups[has]))
    notes = [
        f"{value}: in one group only, so never found there" for value in spread.index[spread < 2]
    ]
    able = len(spread) > 1 and n_groups > 1
    if not able:
        notes = [f"labels of {n_groups} group(s) and value(s) {list(spread.index)}: two are needed"]
    elif n_groups < FOLDS:
        notes.append(f"labels of {n_groups} groups: as many folds, not {FOLDS}")
    notes += [f"statements without content, which have no value: {empty}"] if empty else []
    row = {"code": code, "n_statements": int(has.sum()), "n_groups": n_groups}
    return {**row, "note": join_notes(*notes), "able": able}


def _versions(mine: pd.DataFrame) -> dict[str, str]:
    """Return by code the version of the codebook; codes of several versions have none."""
    pairs = mine[["code", "codebook_version"]].dropna().astype("str").drop_duplicates()
    single = pairs[~pairs.duplicated("code", keep=False)]
    return dict(zip(single["code"], single["codebook_version"], strict=True))
