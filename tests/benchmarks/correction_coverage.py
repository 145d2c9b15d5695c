"""How often corrected intervals hold the truth, and how often uncorrected ones do.

    python tests/benchmarks/correction_coverage.py [RUNS [OUT.csv]]

draws two groups' statements in episodes that are alike within (beta-binomial, intraclass
correlation .2), an automatic coder with errors of 5, 15 and 25 %, the same in both groups or half
as many in one, and a sample by hand with known chances; prints how often nominal 95 % intervals of
shares and differences hold, and how often a difference is found (p < .05) where there is none.
"""

import sys

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from analysis.comparison.correction import Outcomes, corrected_mean
from analysis.resampling import jackknife_interval, jackknife_se, share_interval

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
    """Return raw and corrected shares with their jackknife pieces, as the package does."""
    n_units = int(group.units.max()) + 1
    places = [np.flatnonzero(group.units == unit) for unit in range(n_units)]
    _, tuning = corrected_mean(group)
    weight = np.where(np.isnan(group.by_hand), 0.0, 1 / group.chance)
    outcome = np.nan_to_num(group.by_hand) * weight + tuning * group.automatic * (1 - weight)
    sums = np.array([outcome[place].sum() for place in places])
    size = np.array([len(place) for place in places])
    raw = share_interval(np.bincount(group.units, weights=group.automatic), size)
    return raw, sums, size, group


def mean_of(sums, size):
    """Return the statistic of chosen units."""
    return lambda chosen: float(sums[chosen].sum() / size[chosen].sum())


def once(rng, n_units, levels, errors):
    """Return whether each interval holds, and whether a difference is found."""
    found = [shares(draw(rng, n_units, *each)) for each in zip(levels, errors, strict=True)]
    held = []
    for level, (raw, sums, size, _) in zip(levels, found, strict=True):
        right = jackknife_interval(mean_of(sums, size), n_units)
        held.append((raw.low <= level <= raw.high, right.low <= level <= right.high))
    wide, true = {}, levels[0] - levels[1]
    for name in ("raw", "corrected"):
        pieces = [
            (np.bincount(group.units, weights=group.automatic) if name == "raw" else sums, size)
            for _, sums, size, group in found
        ]
        means = [sums.sum() / size.sum() for sums, size in pieces]
        error = np.sqrt(sum(jackknife_se(mean_of(*piece), n_units) ** 2 for piece in pieces))
        reach = stdtrit(2 * n_units - 1, 0.975) * error
        apart = means[0] - means[1]
        wide[name] = (abs(apart - true) <= reach, abs(apart) > reach)
    return [*held[0], wide["raw"][0], wide["corrected"][0], wide["raw"][1], wide["corrected"][1]]


def main():
    """Print everything."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    rng, rows = np.random.default_rng(11), []
    print("units error  differs true    share raw/right   difference raw/right   found raw/right")
    for n_units in (20, 50, 100):
        for error in (0.05, 0.15, 0.25):
            for differs in (False, True):
                for levels in ((0.4, 0.4), (0.5, 0.3)):
                    errors = (error, error / 2 if differs else error)
                    held = np.mean(
                        [once(rng, n_units, levels, errors) for _ in range(runs)], axis=0
                    )
                    names = ("share_raw", "share", "difference_raw", "difference")
                    rows.append(
                        {
                            "n_units": n_units,
                            "error": error,
                            "error_differs": differs,
                            "true_difference": levels[0] - levels[1],
                            **dict(zip(names, held[:4].round(3), strict=True)),
                            "found_raw": held[4].round(3),
                            "found": held[5].round(3),
                        }
                    )
                    print(
                        f"{n_units:>5} {error:>5} {'yes' if differs else 'no':>8} "
                        f"{levels[0] - levels[1]:>4.1f} {held[0]:>9.3f} {held[1]:>6.3f} "
                        f"{held[2]:>13.3f} {held[3]:>6.3f} {held[4]:>12.3f} {held[5]:>6.3f}"
                    )
    if len(sys.argv) > 2:
        pd.DataFrame(rows).to_csv(sys.argv[2], index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
