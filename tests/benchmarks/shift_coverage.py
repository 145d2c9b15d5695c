"""How often the intervals of word shifts hold the truth, on invented texts.

    python tests/benchmarks/shift_coverage.py

draws documents from two known distributions of words, bursty (each document has its own version
of the distribution) or not, and prints how often the 95 % interval of a term's contribution, and of
a total, holds; and what the divergence of two samples looks like beside the true one.
"""

import numpy as np
from scipy.sparse import csr_array

from analysis.features.clustered import Side, half_widths, half_widths_of_terms, share_variance
from analysis.features.shift_formulas import FORMULAS, dealt_totals, deleted_totals
from analysis.features.shifts import _jackknifed
from analysis.resampling import shuffle_units

WORDS, ROUNDS, TOP = 1000, 40, 20


def distributions(rng, difference):
    """Return two distributions; the second is the first with its log rates moved at random."""
    p = 1 / np.arange(1, WORDS + 1)
    q = p * np.exp(difference * rng.standard_normal(WORDS))
    return p / p.sum(), q / q.sum()


def draw(rng, shares, n_documents, length, burst):
    """Return documents of unequal length; `burst` is the weight of the common distribution."""
    rows = [
        rng.multinomial(
            int(length * rng.uniform(0.5, 1.5)),
            shares if burst is None else rng.dirichlet(shares * burst + 1e-12),
        )
        for _ in range(n_documents)
    ]
    counts = np.array(rows)
    return Side("side", csr_array(counts), counts.sum(axis=1))


def once(rng, measure, pair, size):
    """Return whether the intervals hold: of all terms, of the largest, of the total."""
    formula = FORMULAS[measure]
    truth = formula.contribution(*pair)
    sides = [draw(rng, shares, *size) for shares in pair]
    shares = [np.asarray(side.matrix.sum(axis=0)) / side.sizes.sum() for side in sides]
    found = formula.contribution(*shares)
    slopes = formula.slopes(*shares)
    variance = sum(s**2 * share_variance(side) for s, side in zip(slopes, sides, strict=True))
    reach, _ = half_widths_of_terms(sides, variance)
    known = np.isfinite(reach)
    held = np.abs(found - truth) <= reach
    largest = [place for place in np.argsort(-np.abs(found))[:TOP] if known[place]]
    left = [deleted_totals(formula, sides, place) for place in (0, 1)]
    corrected, spread = _jackknifed(found.sum(), left)
    wide, _ = half_widths(sides, np.array([spread]))
    total = abs(corrected - truth.sum()) <= wide[0]
    return held[known].mean(), held[largest].mean() if largest else np.nan, total


def divergence(rng, pair, size):
    """Return the true divergence, that of the samples, and that less chance."""
    formula = FORMULAS["jensen_shannon"]
    sides = [draw(rng, shares, *size) for shares in pair]
    shares = [np.asarray(side.matrix.sum(axis=0)) / side.sizes.sum() for side in sides]
    total = formula.contribution(*shares).sum()
    orders = shuffle_units(2 * size[0], seed=1, draws=99)
    chance = dealt_totals(formula, sides, orders).mean()
    return formula.contribution(*pair).sum(), total, total - chance


def main():
    """Print everything."""
    rng = np.random.default_rng(1)
    print(f"{'measure':<16} documents difference bursty   terms  top {TOP}  total")
    for measure in ("proportion", "entropy", "tsallis", "jensen_shannon"):
        for size in ((10, 1000, None), (10, 1000, 300), (30, 1000, 300)):
            for difference in (0.0, 0.5):
                pair = distributions(rng, difference)
                held = np.array([once(rng, measure, pair, size) for _ in range(ROUNDS)])
                terms, top, total = np.nanmean(held, axis=0)
                bursty = "no" if size[2] is None else "yes"
                told = "" if measure in ("proportion", "jensen_shannon") else f"{total:>6.2f}"
                print(
                    f"{measure:<16} {size[0]:>9} {difference:>10} {bursty:>6} "
                    f"{terms:>7.2f} {top:>7.2f} {told}"
                )
    print("\nJensen-Shannon    difference    true  sample  less chance")
    for difference in (0.0, 0.3, 0.8):
        pair = distributions(rng, difference)
        found = np.mean([divergence(rng, pair, (20, 500, 300)) for _ in range(10)], axis=0)
        print(f"{'':<16} {difference:>11} " + " ".join(f"{value:>7.3f}" for value in found))


if __name__ == "__main__":
    main()
