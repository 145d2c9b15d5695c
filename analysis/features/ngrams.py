"""Runs of words, with or without gaps, and how firmly they hold together."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.features.association import measure_cells
from analysis.features.windows import Shape, kept_units, run_lengths
from analysis.index import TokenIndex
from analysis.tables import NGRAMS, UNITS, build_table, check_table
from analysis.voices import check_voice

Counts = NDArray[np.int64]
Floats = NDArray[np.float64]

# Cells of n-grams longer than this would outnumber the n-grams: 2 to the power of the size.
LONGEST_MEASURED = 5


def ngrams(
    index: TokenIndex,
    units: pd.DataFrame,
    *,
    shape: int | Shape = 2,
    min_count: int = 5,
    voice: str | None = None,
) -> pd.DataFrame:
    """Count n-grams or skip-grams, and measure how firmly their words hold together.

    Parameters
    ----------
    index
        The tokens.
    units
        The `units` table of the index. Units that it leaves out are not counted.
    shape
        How many words; or a `Shape` with the numbers of words that may be skipped between two
        of them, and the sentences that n-grams may not cross. Skips are meant for each gap, as
        in quanteda: ``Shape(size=3, skips=(0, 1))`` lets one word stand in either gap or in both.
    min_count
        N-grams that occur less often are left out of the result (not of the margins).
    voice
        None: all units have one voice of own words or a translation; "any" lets others through.

    Returns
    -------
    The `ngrams` table, one row per n-gram, by falling `n` and then by its terms.

    n, n_units
        Its occurrences, and the units that hold one.
    expected
        Occurrences if each place took its words independently, with the frequencies that they
        have at this place in all n-grams of the shape.
    mi, mi3, t, z, g2, chi2, dice, log_dice, lambda_value, lambda_z
        As in `collocations`, for any number of words: `g2` and `chi2` compare all cells with
        independence, Dice is the size times `n` over the sum of the words' frequencies, and
        lambda the interaction of all words, beyond that of any fewer of them, with half a
        count added to each cell. NaN for n-grams of more than five words.

    Raises
    ------
    TableError
        If `units` is not as declared, names a unit that the index lacks, or breaks the voice rule.
    ValueError
        If `min_count` is below 1, or the shape is none.

    References
    ----------
    Guthrie et al. (2006), LREC, for skip-grams. Blaheta and Johnson (2001), ACL workshop on
    collocation, for lambda.
    """
    form = shape if isinstance(shape, Shape) else Shape(size=shape)
    if min_count < 1:
        raise ValueError(f"min_count is {min_count}; it is 1 or more")
    found_voice = check_voice(check_table(units, UNITS), voice)
    places = _occurrences(index, run_lengths(index, kept_units(index, units), form.starts), form)
    codes, n, n_units = _count_rows(index, places)
    kept = n >= min_count
    rows = _named(index, codes[kept], n[kept], n_units[kept]).assign(**_measures(codes, n, kept))
    ordered = rows.sort_values("n", ascending=False, kind="stable")
    label = pd.Categorical([found_voice], categories=[found_voice])
    return build_table(ordered.assign(voice=label.repeat(len(rows))), NGRAMS)


def _occurrences(index: TokenIndex, runs: Counts, form: Shape) -> Counts:
    """Return the token places of every n-gram, a row each."""
    found = []
    for skips in product(form.skips, repeat=form.size - 1):
        offsets = np.concatenate([[0], np.cumsum(np.array(skips, dtype=np.int64) + 1)])
        firsts = np.flatnonzero(runs >= offsets[-1])
        found.append(firsts[:, None] + offsets)
    return np.concatenate(found)


def _count_rows(index: TokenIndex, places: Counts) -> tuple[Counts, Counts, Counts]:
    """Return the distinct n-grams as term codes, in order, their counts and their units."""
    numbers = _row_numbers(index.term_codes[places].astype(np.int64), len(index.terms))
    order = np.argsort(numbers, kind="stable")
    numbers, places = numbers[order], places[order]
    first = np.flatnonzero(np.append(True, numbers[1:] != numbers[:-1])[: len(numbers)])
    n = np.diff(np.append(first, len(numbers)))
    units = np.int64(max(len(index.unit_ids), 1))
    pairs = np.unique(numbers * units + index.unit_codes[places[:, 0]])
    n_units = np.bincount(pairs // units, minlength=len(first))
    return index.term_codes[places[first]].astype(np.int64), n, n_units


def _row_numbers(codes: Counts, width: int) -> Counts:
    """Give each row its number among the distinct rows, counted from 0 in their order."""
    numbers = np.zeros(len(codes), dtype=np.int64)
    for column in codes.T:
        # Numbered anew at each column, so that keys of any length fit 64 bits.
        numbers = np.unique(numbers * max(width, 1) + column, return_inverse=True)[1]
    return numbers


def _named(index: TokenIndex, codes: Counts, n: Counts, n_units: Counts) -> pd.DataFrame:
    terms = index.terms.to_numpy(dtype=object)
    joined = [" ".join(row) for row in terms[codes]]
    rows = pd.DataFrame({"n": n.astype(np.int64), "n_units": n_units.astype(np.int64)})
    return rows.assign(ngram=pd.Series(joined, dtype="str"), size=np.int64(codes.shape[1]))


def _measures(codes: Counts, n: Counts, kept: NDArray[np.bool_]) -> dict[str, Floats]:
    if codes.shape[1] > LONGEST_MEASURED:
        return {}
    return measure_cells(_cells(codes, n, kept))


def _cells(codes: Counts, n: Counts, kept: NDArray[np.bool_]) -> Floats:
    """Count, for each kept n-gram, the n-grams that agree with it in just some places."""
    size = codes.shape[1]
    width = int(codes.max(initial=0)) + 1
    cells = np.empty((2**size, int(kept.sum())))
    for code, places in _subsets(size):
        numbers = _row_numbers(codes[:, places], width)
        cells[code] = np.bincount(numbers, weights=n)[numbers[kept]] if len(n) else 0
    # So far: agree at least there. Take away, place by place, those that agree in it too.
    for place in range(size):
        for code in range(2**size):
            if not code >> place & 1:
                cells[code] -= cells[code | 1 << place]
    return cells


def _subsets(size: int) -> Iterator[tuple[int, list[int]]]:
    """Yield each set of places, as bits and as a list."""
    for many in range(size + 1):
        for places in combinations(range(size), many):
            yield sum(1 << place for place in places), list(places)
