"""Folds between which no near-copy leaks: what was said together stays together."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.tables import STATEMENTS, check_table

Places = NDArray[np.intp]
Words = NDArray[np.object_]


def near_groups(statements: pd.DataFrame) -> Places:
    """Return the groups of statements that hang together, by number.

    Two statements hang together if they are of one episode (of one document, where a statement has
    no episode), were said on one day, or one is marked as a duplicate of the other; and so do
    all that are joined through others. A missing day joins nothing.

    Raises
    ------
    TableError
        If `statements` is not as declared.
    """
    check_table(statements, STATEMENTS)
    joins: list[list[Hashable]] = [
        [("statement", name) for name in statements["statement_id"]],
        _keys("unit", statements["episode_id"].fillna(statements["doc_id"])),
        _keys("day", statements["said_on"]),
        _keys("statement", statements["duplicate_of"]),
    ]
    roots: dict[Hashable, Hashable] = {}
    for keys in zip(*joins, strict=True):
        first, *others = {_root(roots, key): None for key in keys if key is not None}
        roots |= dict.fromkeys(others, first)
    found = [_root(roots, key) for key in joins[0]]
    return np.asarray(pd.factorize(pd.Series(found, dtype="object"))[0], dtype=np.intp)


def deal_folds(groups: Places, labels: Mapping[str, Words], n_folds: int, *, seed: int) -> Places:
    """Deal groups to folds like cards, so that rare values are spread over them.

    Parameters
    ----------
    groups
        The group of each row.
    labels
        By code, the value of each row; missing where there is none.
    n_folds
        How many folds; with fewer groups there are as many folds as groups.
    seed
        Of the order of groups that are as rare.

    Returns
    -------
    The number of each row's fold. Groups are dealt by the rarest value that a row of theirs has.
    """
    rarity = np.full(len(groups), np.inf)
    for values in labels.values():
        column = pd.Series(values, dtype="object")
        rarity = np.fmin(rarity, column.map(column.value_counts()).to_numpy(dtype=np.float64))
    lowest = pd.Series(rarity).groupby(groups).min()
    chance = np.random.default_rng(seed).random(len(lowest))
    order = np.lexsort([chance, lowest.to_numpy()])
    fold = np.empty(len(lowest), dtype=np.intp)
    fold[order] = np.arange(len(lowest)) % min(n_folds, len(lowest))
    return fold[np.searchsorted(lowest.index.to_numpy(), groups)]


def _keys(kind: str, values: pd.Series) -> list[Hashable]:
    return [None if pd.isna(value) else (kind, value) for value in values]


def _root(roots: dict[Hashable, Hashable], key: Hashable) -> Hashable:
    """Return what stands for all that `key` is joined to; shortens the way for the next time."""
    way = [key]
    while way[-1] in roots:
        way.append(roots[way[-1]])
    for step in way[:-1]:
        roots[step] = way[-1]
    return way[-1]
