"""Which limits of Krippendorff's alpha hold the truth, and how often.

    python tests/benchmarks/alpha_coverage.py [RUNS [OUT.csv]]

Two or three coders read statements that come in episodes, alike within (intraclass correlation .2);
each errs, and in some episodes oftener than in others. Printed for nominal 95 % limits over
episodes: how often they hold the alpha of some 400,000 statements, and how often there are
none.

ours         Korn and Graubard's limits of the observed disagreement (`alpha_interval`)
jackknife    a t quantile of the jackknife's standard error either way
se           a normal quantile of the bootstrap's standard error either way
basic        basic bootstrap
percentile   percentile bootstrap, as Hayes and Krippendorff (2007) and Zapf et al. (2016) have it
bca          bias-corrected and accelerated bootstrap, Efron and Tibshirani (1993), chapter 14
"""

import sys

import numpy as np
import pandas as pd
from scipy.special import ndtr, ndtri, stdtrit

from analysis.models.reliability import alpha_interval

RUNS, DRAWS, SIZE, CORRELATION = 1000, 999, 4, 0.2
METHODS = ("ours", "jackknife", "se", "basic", "percentile", "bca")


def tilted(rng, mean, n_units):
    weight = 1 / CORRELATION - 1
    return rng.beta(mean * weight, (1 - mean) * weight, n_units)


def draw(rng, n_units, how):
    """Return each unit's coincidence matrix and number of statements."""
    n_coders, prevalence, error = how
    sizes = 1 + rng.poisson(SIZE - 1, n_units)
    units = np.repeat(np.arange(n_units), sizes)
    truth = rng.random(len(units)) < tilted(rng, prevalence, n_units)[units]
    wrong = rng.random((n_coders, len(units))) < tilted(rng, error, n_units)[units]
    present = (truth ^ wrong).sum(axis=0)
    absent = n_coders - present
    matrices = np.zeros((n_units, 2, 2))
    for (row, column), pairs in {
        (0, 0): absent * (absent - 1),
        (1, 1): present * (present - 1),
        (0, 1): absent * present,
        (1, 0): absent * present,
    }.items():
        matrices[:, row, column] = np.bincount(units, pairs / (n_coders - 1), n_units)
    return matrices, sizes.astype(float)


def alphas(totals):
    """Return alpha of many coincidence matrices."""
    sums = totals.sum(axis=-1)
    n = sums.sum(axis=-1)
    apart = n - np.trace(totals, axis1=-2, axis2=-1)
    with np.errstate(all="ignore"):
        return 1 - (n - 1) * apart / (n**2 - (sums**2).sum(axis=-1))


def limits(rng, matrices, sizes):
    """Return the two limits by each method."""
    n_units, found = len(matrices), float(alphas(matrices.sum(axis=0)))
    without = alphas(matrices.sum(axis=0) - matrices)
    weights = rng.multinomial(n_units, [1 / n_units] * n_units, size=DRAWS)
    drawn = alphas(np.tensordot(weights, matrices, 1))
    ours = alpha_interval(matrices, sizes)
    known = drawn[np.isfinite(drawn)]
    if np.isnan(without).any() or len(known) < 0.9 * DRAWS or np.ptp(known) == 0:
        nothing = (np.nan, np.nan)
        return {"ours": (ours.low, ours.high), **dict.fromkeys(METHODS[1:], nothing)}
    error = ((n_units - 1) / n_units * ((without - without.mean()) ** 2).sum()) ** 0.5
    reach, wide = stdtrit(n_units - 1, 0.975) * error, 1.96 * known.std(ddof=1)
    low, high = np.quantile(known, [0.025, 0.975])
    return {
        "ours": (ours.low, ours.high),
        "jackknife": (found - reach, found + reach),
        "se": (found - wide, found + wide),
        "basic": (2 * found - high, 2 * found - low),
        "percentile": (low, high),
        "bca": bca(found, known, without),
    }


def bca(found, drawn, without):
    bias = ndtri(np.clip((drawn < found).mean(), 1e-3, 1 - 1e-3))
    shifts = without.mean() - without
    pull = (shifts**3).sum() / (6 * (shifts**2).sum() ** 1.5) if shifts.any() else 0.0
    ends = [bias + ndtri(level) for level in (0.025, 0.975)]
    return tuple(np.quantile(drawn, [ndtr(bias + end / (1 - pull * end)) for end in ends]))


def main():
    """Print everything."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    rng, listed = np.random.default_rng(23), []
    print("units coders prevalence error alpha", *METHODS, "none")
    for n_coders in (2, 3):
        for prevalence in (0.1, 0.3, 0.5):
            for error in (0.02, 0.1):
                how = (n_coders, prevalence, error)
                true = float(alphas(draw(rng, 100_000, how)[0].sum(axis=0)))
                for n_units in (20, 50, 100):
                    held = {method: [] for method in METHODS}
                    for _ in range(runs):
                        found = limits(rng, *draw(rng, n_units, how))
                        for method, (low, high) in found.items():
                            held[method].append(
                                np.nan if np.isnan(low) else float(low <= true <= high)
                            )
                    shares = [round(float(np.nanmean(held[m])), 3) for m in METHODS]
                    none = round(float(np.isnan(held["bca"]).mean()), 3)
                    row = [n_units, n_coders, prevalence, error, round(true, 3), *shares, none]
                    print(*row, flush=True)
                    listed.append(row)
    if len(sys.argv) > 2:
        columns = ["n_units", "n_coders", "prevalence", "error", "alpha", *METHODS, "none"]
        table = pd.DataFrame(listed, columns=columns)
        table.to_csv(sys.argv[2], index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
