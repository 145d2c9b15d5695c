"""Which terms stand near each other more often than their frequencies let expect."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import suggest
from analysis.features.association import measure_association
from analysis.features.windows import Window, kept_units, run_lengths
from analysis.index import TokenIndex
from analysis.language.tokens import fold_term
from analysis.tables import COLLOCATIONS, UNITS, build_table, check_table
from analysis.voices import check_voice

Counts = NDArray[np.int64]

# Pairs are counted so many at a time, so that memory grows with the distinct ones.
BLOCK = 1 << 22


def collocations(
    index: TokenIndex,
    units: pd.DataFrame,
    *,
    window_tokens: int | Window = 1,
    min_count: int = 5,
    voice: str | None = None,
) -> pd.DataFrame:
    """Measure how strongly terms attract the terms around them.

    Parameters
    ----------
    index
        The tokens.
    units
        The `units` table of the index: the voice of each unit. Units that it leaves out are
        not counted.
    window_tokens
        How many places to the right the second term may stand: 1 for neighbours. Or a
        `Window`, with places to the left and to the right and, if wanted, the sentences that
        pairs may not cross: ``Window(left=5, right=5, starts=part_starts(index, texts))``.
    min_count
        Pairs that occur less often are left out of the result (not of the margins).
    voice
        None: all units have one voice of own words or a translation; "any" lets others through.

    Returns
    -------
    The `collocations` table, one row per ordered pair of terms, by falling `g2`.

    n, n_1, n_2
        Pairs of both terms in this order; pairs whose first is `term_1`; pairs whose second is
        `term_2`. A pair is two tokens, the second within the window of the first. Pairs do
        not cross units. All pairs are the total in which the margins are counted, so the
        four cells of a pair are numbers of pairs (Evert 2005, chapter 2).
    mi, mi3, t, z
        log2 of observed over expected, the same with the observed cubed, and the difference
        over the root of the observed and of the expected.
    g2, chi2
        Log-likelihood ratio and Pearson's chi-squared of all four cells, negative for pairs
        that avoid each other.
    dice, log_dice
        ``2 n / (n_1 + n_2)``, and 14 plus its log2.
    delta_p_2_given_1, delta_p_1_given_2
        How much likelier one term is beside the other than elsewhere: a share, -1 to 1.
    lambda_value, lambda_z
        Log odds ratio with half a count added to each cell, and its Wald z.

    Notes
    -----
    nltk's ``BigramCollocationFinder`` has the same `n` for ``window_size`` one larger than
    `window_tokens`, but takes word frequencies as margins and all tokens as total, and divides
    `n` by the window; `measure_association` gives its scores for such columns.

    Raises
    ------
    TableError
        If `units` is not as declared, names a unit that the index lacks, or breaks the voice rule.
    ValueError
        If `window_tokens` or `min_count` is below 1.

    References
    ----------
    Evert (2005), The Statistics of Word Cooccurrences, for pairs and margins. Rychlý (2008),
    RASLAN, for logDice. Dunning (1993) for G2. Daille (1994) for MI3. Gries (2013), IJCL 18(1),
    for delta P. Blaheta and Johnson (2001) for lambda.
    """
    window = _check_window(window_tokens)
    if min_count < 1:
        raise ValueError(f"min_count is {min_count}; it is 1 or more")
    found_voice = check_voice(check_table(units, UNITS), voice)
    runs = run_lengths(index, kept_units(index, units), window.starts)
    keys, sizes = count_keys(_pair_keys(index, runs, window))
    return _measured(index, keys, sizes, min_count).pipe(_finish, found_voice)


def collocates(
    index: TokenIndex,
    units: pd.DataFrame,
    node: str,
    *,
    window_tokens: int | Window | None = None,
    voice: str | None = None,
) -> pd.DataFrame:
    """Measure how strongly one term attracts the terms around it.

    Parameters
    ----------
    index, units, voice
        As for `collocations`.
    node
        The term.
    window_tokens
        As for `collocations`; five places to either side if None.

    Returns
    -------
    The rows of `collocations` whose `term_1` is the node, also of pairs that occur once.

    Raises
    ------
    ValueError
        If the index does not know the term; the message names the nearest that it knows.
    """
    term = fold_term(node)
    code = int(index.terms.get_indexer(pd.Index([term]))[0])
    if code < 0:
        raise ValueError(f"no term {node!r} in these texts{suggest(term, index.terms)}")
    window = Window(left=5, right=5) if window_tokens is None else _check_window(window_tokens)
    found_voice = check_voice(check_table(units, UNITS), voice)
    runs = run_lengths(index, kept_units(index, units), window.starts)
    keys, sizes = count_keys(_pair_keys(index, runs, window))
    rows = _measured(index, keys, sizes, 1, first=code)
    return _finish(rows, found_voice)


def count_keys(blocks: Iterator[Counts]) -> tuple[Counts, Counts]:
    """Count the numbers of all blocks: the distinct ones, rising, and how often each stands."""
    keys, sizes = np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    parts = [np.unique(block, return_counts=True) for block in blocks]
    if len(parts) == 1:
        return parts[0]
    if parts:
        keys, sizes = (np.concatenate(column) for column in zip(*parts, strict=True))
        # Sorted runs one after the other: a stable sort merges them.
        order = np.argsort(keys, kind="stable")
        keys, sizes = keys[order], sizes[order]
        first = np.flatnonzero(np.append(True, keys[1:] != keys[:-1])[: len(keys)])
        keys, sizes = keys[first], np.add.reduceat(sizes, first) if len(first) else sizes
    return keys, sizes


def _check_window(window: int | Window) -> Window:
    if isinstance(window, Window):
        return window
    if window < 1:
        raise ValueError(f"window_tokens is {window}; it is 1 or more")
    return Window(right=window)


def _pair_keys(index: TokenIndex, runs: Counts, window: Window) -> Iterator[Counts]:
    """Yield a number for each pair of tokens, made of both terms."""
    terms, width = index.term_codes, np.int64(max(len(index.terms), 1))
    longest = int(runs.max(initial=0))
    for step in range(1, min(max(window.left, window.right), longest) + 1):
        for start in range(0, len(terms), BLOCK):
            places = start + np.flatnonzero(runs[start : start + BLOCK] >= step)
            before, after = terms[places].astype(np.int64), terms[places + step].astype(np.int64)
            if step <= window.right:
                yield before * width + after
            if step <= window.left:
                yield after * width + before


def _measured(
    index: TokenIndex, keys: Counts, sizes: Counts, min_count: int, *, first: int | None = None
) -> pd.DataFrame:
    """Return the pairs that occur often enough, or those of one first term, measured."""
    width = max(len(index.terms), 1)
    one, two = np.divmod(keys, width)
    sums = [np.bincount(codes, weights=sizes, minlength=width) for codes in (one, two)]
    kept = sizes >= min_count if first is None else one == first
    one, two = one[kept], two[kept]
    counted = pd.DataFrame(
        {
            "term_1": pd.Categorical.from_codes(one, categories=index.terms),
            "term_2": pd.Categorical.from_codes(two, categories=index.terms),
            "n": sizes[kept].astype(np.int64),
            "n_1": sums[0][one].astype(np.int64),
            "n_2": sums[1][two].astype(np.int64),
        }
    )
    return measure_association(counted, int(sizes.sum()))


def _finish(rows: pd.DataFrame, voice: str) -> pd.DataFrame:
    """Order by falling G2, then by term: the pairs come in the order of their terms."""
    ordered = rows.iloc[np.argsort(-rows["g2"].to_numpy(), kind="stable")]
    label = pd.Categorical([voice], categories=[voice])
    return build_table(ordered.assign(voice=label.repeat(len(rows))), COLLOCATIONS)
