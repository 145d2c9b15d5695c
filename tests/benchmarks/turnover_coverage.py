"""How often limits of a change's parts hold the truth.

    python tests/benchmarks/turnover_coverage.py [RUNS]

Two speakers of both periods, one of each alone; statements in units that lean one way or another.
Printed: the parts of 100,000 units, and how often nominal 95 % limits over fewer units hold them.
"""

import sys

import numpy as np
from scipy.special import expit, logit

from analysis.comparison.turnover import PARTS, parts_of_change
from analysis.resampling import jackknife_interval

RUNS = 1000
SHARES = np.array([[0.5, 0.3, 0.4, 0.5], [0.6, 0.5, 0.5, 0.7]])
SPEAK = np.array([[0.4, 0.3, 0.3, 0.0], [0.3, 0.3, 0.0, 0.4]])


def draw(rng, n_units):
    """Return sums and numbers of statements by unit, period and speaker."""
    sums, counts = np.zeros((2, n_units, 2, 4))
    for unit in range(n_units):
        when, lean = unit % 2, rng.normal(0, 0.8)
        for speaker in rng.choice(4, 1 + rng.poisson(3), p=SPEAK[when]):
            counts[unit, when, speaker] += 1
            sums[unit, when, speaker] += rng.random() < expit(logit(SHARES[when, speaker]) + lean)
    return sums, counts


def held(rng, n_units, truth):
    """Return whether the limits of each part hold its truth."""
    sums, counts = draw(rng, n_units)
    found = []
    for place, true in enumerate(truth):

        def part(chosen, place=place):
            return float(parts_of_change(sums[chosen].sum(0), counts[chosen].sum(0))[place])

        limits = jackknife_interval(part, n_units)
        found.append(np.nan if np.isnan(limits.low) else limits.low <= true <= limits.high)
    return found


def main():
    """Print everything."""
    runs, rng = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS, np.random.default_rng(31)
    truth = parts_of_change(*(part.sum(axis=0) for part in draw(rng, 100_000)))
    print("units", *PARTS)
    print("truth", *truth.round(3))
    for n_units in (20, 50, 100):
        found = np.array([held(rng, n_units, truth) for _ in range(runs)], dtype=float)
        print(n_units, *np.nanmean(found, axis=0).round(3), flush=True)


if __name__ == "__main__":
    main()
