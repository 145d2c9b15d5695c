"""How often corrected intervals hold the truth, and how often uncorrected ones do.

    python tests/benchmarks/correction_coverage.py [RUNS [OUT.csv]]

draws two groups' statements in episodes that are alike within (beta-binomial, intraclass
correlation .2), an automatic coder with errors of 5, 15 and 25 %, the same in both groups or half
as many in one, and a sample by hand with known chances. Printed: how often nominal 95 % intervals
of shares and differences hold, how often a difference is found (p < .05) where there is none, and
how often nothing is corrected, since too few by hand are of a kind.
"""

import sys

import numpy as np
import pandas as pd

from analysis.comparison.outcomes import (
    Outcomes,
    corrected_mean,
    corrected_share,
    corrected_values,
    tuned_share,
    unit_totals,
    why_not,
)
from analysis.resampling import jackknife_interval, share_interval

RUNS, SIZE, CORRELATION, BY_HAND = 1000, 8, 0.2, 0.25


def draw(rng, n_units, share, errors):
    """Return one group: truth, automatic codes, those by hand, and episodes."""
    weight = (1 - CORRELATION) / CORRELATION
    sizes = rng.integers(SIZE // 2, SIZE * 3 // 2 + 1, n_units)
    units = np.repeat(np.arange(n_units), sizes)
    leans = rng.beta(share * weight, (1 - share) * weight, n_units)
    truth = (rng.random(len(units)) < leans[units]).astype(float)
    # A coder that misses more than it invents.
    wrong = rng.random(len(units)) < np.where(truth == 1, 1.5 * errors, 0.5 * errors)
    read = np.full(len(units), np.nan)
    drawn = rng.permutation(len(units))[: max(10, round(BY_HAND * len(units)))]
    read[drawn] = truth[drawn]
    chance = np.full(len(units), len(drawn) / len(units))
    return Outcomes(np.where(wrong, 1 - truth, truth), read, chance, units)


def shares(group):
    """Return the raw and the corrected share of a group with their limits."""
    sizes = np.bincount(group.units)
    raw = share_interval(np.bincount(group.units, weights=group.automatic), sizes)
    values = corrected_values(group, corrected_mean(group)[1])
    return raw, corrected_share(values, group.units)


def difference(parts, n_units):
    """Return the difference of two groups in units of their own, as the package does."""
    empty = np.zeros(n_units)
    first = [np.concatenate([part, empty]) for part in parts[0]]
    second = [np.concatenate([empty, part]) for part in parts[1]]

    def apart(chosen):
        shares = (tuned_share(*(part[chosen] for part in parts)) for parts in (first, second))
        return next(shares) - next(shares)

    return jackknife_interval(apart, 2 * n_units)


def once(rng, n_units, levels, errors):
    """Return whether each interval holds, and whether a difference is found."""
    groups = [draw(rng, n_units, *each) for each in zip(levels, errors, strict=True)]
    raw, right = shares(groups[0])
    held = [raw.low <= levels[0] <= raw.high, right.low <= levels[0] <= right.high]
    right = [unit_totals(group) for group in groups]
    raw = [
        (np.bincount(group.units, weights=group.automatic), np.zeros(n_units), part[2])
        for group, part in zip(groups, right, strict=True)
    ]
    found, true = [difference(parts, n_units) for parts in (raw, right)], levels[0] - levels[1]
    held += [each.low <= true <= each.high for each in found]
    held += [each.low > 0 or each.high < 0 for each in found]
    refused = [bool(why_not(group)) for group in groups]
    kept = np.array([*held, any(refused)], dtype=float)
    kept[1] = np.nan if refused[0] else kept[1]
    kept[[3, 5]] = np.nan if any(refused) else kept[[3, 5]]
    return kept


def main():
    """Print everything."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    rng, rows = np.random.default_rng(11), []
    print(
        "units error  differs share true    share raw/right   difference raw/right"
        "   found raw/right refused"
    )
    for n_units in (20, 50, 100):
        for error in (0.05, 0.15, 0.25):
            for differs in (False, True):
                for levels in ((0.1, 0.1), (0.4, 0.4), (0.5, 0.3)):
                    errors = (error, error / 2 if differs else error)
                    found = [once(rng, n_units, levels, errors) for _ in range(runs)]
                    held = pd.DataFrame(found).mean()
                    names = ("share_raw", "share", "difference_raw", "difference")
                    rows.append(
                        {
                            "n_units": n_units,
                            "error": error,
                            "error_differs": differs,
                            "share_true": levels[0],
                            "true_difference": levels[0] - levels[1],
                            **dict(zip(names, held[:4].round(3), strict=True)),
                            "found_raw": held[4].round(3),
                            "found": held[5].round(3),
                            "refused": held[6].round(3),
                        }
                    )
                    print(
                        f"{n_units:>5} {error:>5} {'yes' if differs else 'no':>8} "
                        f"{levels[0]:>5} {levels[0] - levels[1]:>4.1f} {held[0]:>9.3f} "
                        f"{held[1]:>6.3f} {held[2]:>13.3f} {held[3]:>6.3f} "
                        f"{held[4]:>12.3f} {held[5]:>6.3f} {held[6]:>7.3f}",
                        flush=True,
                    )
    if len(sys.argv) > 2:
        pd.DataFrame(rows).to_csv(sys.argv[2], index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
