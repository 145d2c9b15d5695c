"""How often limits of a rare code's corrected share hold, by how many are read of each kind.

    python tests/benchmarks/rare_codes.py [RUNS]

A code in 5 % of the statements, in units that are alike within; a coder that finds seven or nine in
ten of them and invents two in a hundred; so many statements read by hand of those with the code by
the coder and of those without. Printed: how often nominal 95 % limits hold, the mean of the
corrected shares, and how often too few were found by hand to correct any.
"""

import sys

import numpy as np

from analysis.comparison.outcomes import (
    Outcomes,
    corrected_mean,
    corrected_share,
    corrected_values,
    why_not,
)

RUNS, SIZE, SHARE, INVENTED = 1000, 8, 0.05, 0.02


def draw(rng, n_units, finds, n_each):
    """Return what statements count as, and their chances, a stratum each with and without."""
    sizes = rng.integers(SIZE // 2, SIZE * 3 // 2 + 1, n_units)
    units = np.repeat(np.arange(n_units), sizes)
    leans = rng.beta(4 * SHARE, 4 * (1 - SHARE), n_units)
    truth = (rng.random(len(units)) < leans[units]).astype(float)
    found = (rng.random(len(units)) < np.where(truth == 1, finds, INVENTED)).astype(float)
    read, chance = np.full(len(units), np.nan), np.ones(len(units))
    for kind in (0, 1):
        places = np.flatnonzero(found == kind)
        size = min(n_each, len(places))
        drawn = rng.permutation(places)[:size]
        read[drawn], chance[drawn] = truth[drawn], size / max(len(places), 1)
    return Outcomes(found, read, chance, units)


def main():
    """Print everything."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    rng = np.random.default_rng(29)
    print("units finds n_each  held   mean refused")
    for n_units in (60, 150):
        for finds in (0.7, 0.9):
            for n_each in (40, 100, 200):
                kept = []
                for _ in range(runs):
                    outcomes = draw(rng, n_units, finds, n_each)
                    if why_not(outcomes):
                        continue
                    values = corrected_values(outcomes, corrected_mean(outcomes)[1])
                    share = corrected_share(values, outcomes.units)
                    kept.append((share.low <= SHARE <= share.high, share.estimate))
                held, mean = np.mean(kept, axis=0)
                refused = 1 - len(kept) / runs
                print(
                    f"{n_units:>5} {finds:>5} {n_each:>6} {held:>5.3f} {mean:.4f} {refused:.3f}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
