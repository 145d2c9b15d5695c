"""What more labels buy: how good codes are that are learnt from few statements and from many."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.models.learned_fits import Labelled, fit_all, fold_numbers
from analysis.models.learned_models import SETTINGS, WORDS_ALONE
from analysis.models.learned_rows import Known, gather_labels
from analysis.resampling import Interval, jackknife_interval, jackknife_se
from analysis.tables import LEARNING, build_table
from analysis.versions import join_notes

SIZES = (25, 50, 100, 150)
DRAWS = 6
MORE = 50

Floats = NDArray[np.float64]
Places = NDArray[np.intp]
Words = NDArray[np.object_]


def measure_learning(
    statements: pd.DataFrame,
    codes: pd.DataFrame,
    *,
    reference: str = "adjudicated",
    sizes: Sequence[int] = SIZES,
    seed: int = 0,
) -> pd.DataFrame:
    """Measure macro F1 against the number of labelled statements that a coder learns from.

    For each size statements are drawn, whole groups at a time, from four fifths of the groups, and
    the other fifth is coded, until all are; and that several times. Larger draws hold the
    smaller ones. What is learnt is what `learn_codes` learns in its first setting (words and all
    patterns, or words, in one step): with few labels there is little to choose by.

    Parameters
    ----------
    statements, codes, reference
        As for `analysis.models.learned_codes.learn_codes`; without codes of the coder "patterns"
        the curve is that of words alone.
    sizes
        Numbers of labelled statements; those that four fifths do not hold are left out, and all
        that these hold stand last.
    seed
        Of folds and draws.

    Returns
    -------
    The `learning` table, by code and size. ``macro_f1`` is the mean over draws, over all values of
    a code, with a 95 % interval over groups to which the variation between draws is added.
    ``gain`` is what 50 more labels bought on the way from the size before, with its interval; as
    curves flatten, that of the last row is what 50 more may buy at most, and no promise.

    Raises
    ------
    ValueError
        If no size can be had, or as `learn_codes`.
    TableError
        As `learn_codes`.

    Notes
    -----
    No curve is fitted: with a few sizes the three numbers of a power law are not to be had.
    The interval tells of other groups and other draws from these labels; draws from one pool are
    alike, the more so the larger they are.
    """
    known = gather_labels(statements, codes, reference, None)
    chosen = _sizes(known, sizes, seed)
    shown = [_draw(known, chosen, seed + draw) for draw in range(DRAWS)]
    rows = []
    for code in known.rows.labels:
        counts = [np.stack([_counts(known, code, draw[n][code]) for draw in shown]) for n in chosen]
        rows += _rows(code, known, chosen, counts)
    return build_table(pd.DataFrame(rows), LEARNING)


def _sizes(known: Known, sizes: Sequence[int], seed: int) -> list[int]:
    """Return the sizes that can be had, and all that four fifths hold."""
    every = [fold_numbers(known.rows, seed + draw) for draw in range(DRAWS)]
    most = min(
        len(known.to_learn(folds != fold).groups) for folds in every for fold in np.unique(folds)
    )
    if not sizes or min(sizes) < 2 or min(sizes) > most:
        raise ValueError(f"sizes are {list(sizes)}; with these labels they lie from 2 to {most}")
    return [*sorted({size for size in sizes if size < most}), most]


def _draw(known: Known, sizes: Sequence[int], seed: int) -> dict[int, dict[str, Words]]:
    """Code all statements once for each size: size -> code -> the values given."""
    folds = fold_numbers(known.rows, seed)
    n_rows = len(known.ids)
    found = {
        size: {code: np.full(n_rows, None, dtype=object) for code in known.rows.labels}
        for size in sizes
    }
    first = (SETTINGS if any(known.rows.texts.rules) else WORDS_ALONE)[0]
    for fold in np.unique(folds):
        held = np.flatnonzero(folds == fold)
        pool = known.to_learn(folds != fold)
        order = _in_groups(pool, seed)
        for size in sizes:
            fits = fit_all(pool.take(order[:size]), seed=seed, setting=first)
            matrix = fits.sight.matrix(known.rows.texts.take(held))
            for code in fits.codes:
                found[size][code][held] = fits.give(code, matrix).chosen
    return found


def _in_groups(pool: Labelled, seed: int) -> Places:
    """Return the rows in an order at random that keeps each group together."""
    rank = np.random.default_rng([seed, 7]).random(int(pool.groups.max()) + 1)
    return np.argsort(rank[pool.groups], kind="stable")


def _counts(known: Known, code: str, given: Words) -> Floats:
    """Count by value and group: statements with it by the reference, by the coder, by both."""
    labels = known.rows.labels[code]
    judged = pd.notna(labels) & known.counted
    groups = pd.factorize(known.rows.groups[judged], sort=True)[0]
    parts = []
    for value in known.rows.choices(code):
        truth, found = labels[judged] == value, given[judged] == value
        each = [np.bincount(groups, flags) for flags in (truth, found, truth & found)]
        parts.append(np.stack([np.pad(e, (0, groups.max() + 1 - len(e))) for e in each]))
    return np.stack(parts)


def _macro(counts: Floats, units: NDArray[np.int64]) -> Floats:
    """Return the macro F1 of each draw over some groups; draws, values, kinds, groups."""
    sums = counts[..., units].sum(axis=-1)
    tops, bottoms = 2 * sums[..., 2], sums[..., 0] + sums[..., 1]
    found: Floats = (tops / np.maximum(bottoms, 1)).mean(axis=-1)
    return found


def _rows(
    code: str, known: Known, sizes: Sequence[int], counts: Sequence[Floats]
) -> list[dict[str, object]]:
    n_units = counts[0].shape[-1]
    n_judged = int((pd.notna(known.rows.labels[code]) & known.counted).sum())
    rows: list[dict[str, object]] = []
    for place, size in enumerate(sizes):
        level = _interval(counts[place : place + 1], 1.0)
        notes = [level.note]
        row = {"code": code, "n_labels": size, "n_statements": n_judged, "n_groups": n_units}
        row |= {"n_draws": DRAWS, "macro_f1": level.estimate, "low": level.low, "high": level.high}
        if place:
            gain = _interval(counts[place - 1 : place + 1], MORE / (size - sizes[place - 1]))
            row |= {"gain": gain.estimate, "gain_low": gain.low, "gain_high": gain.high}
            notes.append(gain.note and f"gain: {gain.note}")
        rows.append({**row, "note": join_notes(*notes)})
    return rows


def _interval(counts: Sequence[Floats], scale: float) -> Interval:
    """Give the mean macro F1 over draws, or its change between two sizes, times `scale`.

    The jackknife's limits over groups, made wider by the variation between draws.
    """

    def each(units: NDArray[np.int64]) -> Floats:
        levels = [_macro(part, units) for part in counts]
        return scale * (levels[0] if len(levels) == 1 else levels[1] - levels[0])

    def mean(units: NDArray[np.int64]) -> float:
        return float(each(units).mean())

    n_units = counts[0].shape[-1]
    bare = jackknife_interval(mean, n_units)
    if bare.note:
        return bare
    error = jackknife_se(mean, n_units)
    between = float(each(np.arange(n_units)).var(ddof=1)) / len(counts[0])
    half = (bare.high - bare.estimate) * (1 + between / error**2) ** 0.5
    low, high = bare.estimate - half, bare.estimate + half
    if len(counts) == 1:
        low, high = max(low, 0.0), min(high, 1.0)
    return bare._replace(low=low, high=high)
