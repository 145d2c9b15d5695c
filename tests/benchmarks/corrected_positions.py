"""How often the limits of corrected positions hold the truth.

    python tests/benchmarks/corrected_positions.py [runs] [CSV file]

Statements lie in units that lean one way or another; an automatic coder errs on part of them,
oftener on some stances than on others; three in ten are read by hand. Printed, and kept in
docs/validity/corrected_positions.csv: the share of 1,000 runs in which the nominal 95 % limits of
direction hold the true one, uncorrected and corrected.
"""

import sys

import numpy as np
import pandas as pd

from analysis.comparison.corrected_positions import correct_positions
from analysis.models.sampling import sample_statements
from analysis.resampling import jackknife_interval
from analysis.tables import CODES, STATEMENTS, build_table

RUNS = 1000
STANCES = np.array(["favor", "against", "not_addressed"])
SHARES = np.array([0.25, 0.15, 0.60])
TRUE = (SHARES[0] - SHARES[1]) / (SHARES[0] + SHARES[1])
# How much oftener than the mean the coder errs on each stance.
SLIPS = np.array([1.5, 0.7, 0.8])
SIZE, BY_HAND = 5, 0.3


def draw(rng, n_units, error):
    """Return a study's statements, codes and sample."""
    units = np.repeat(np.arange(n_units), SIZE)
    leans = rng.dirichlet(SHARES * 4, n_units)[units].cumsum(axis=1)
    truth = (rng.random(len(units))[:, None] > leans).sum(axis=1).clip(0, 2)
    wrong = rng.random(len(units)) < error * SLIPS[truth]
    found = np.where(wrong, (truth + rng.integers(1, 3, len(units))) % 3, truth)
    names = [f"s{place}" for place in range(len(units))]
    rows = {"statement_id": names, "actor": "North", "layer": "news", "start": 0, "end": 0}
    rows |= {"negated": False, "episode_id": [f"e{unit}" for unit in units]}
    statements = build_table(pd.DataFrame(rows), STATEMENTS)
    sample = sample_statements(
        statements, n=int(BY_HAND * len(units)), seed=int(rng.integers(1 << 30))
    )
    read = statements["statement_id"].isin(sample["statement_id"]).to_numpy()
    listed = [("patterns", found, np.ones(len(units), dtype=bool)), ("hand", truth, read)]
    codes = [
        pd.DataFrame({"statement_id": np.array(names)[kept], "value": STANCES[given[kept]]}).assign(
            coder=coder, code="toll"
        )
        for coder, given, kept in listed
    ]
    return statements, build_table(pd.concat(codes), CODES), sample, (units, found)


def held(row, low, high):
    return row[low] <= TRUE <= row[high]


def once(rng, n_units, error):
    """Return whether the raw and the corrected limits hold the true direction."""
    statements, codes, sample, (units, found) = draw(rng, n_units, error)
    coders = ("patterns", "hand")
    groups = {"North": ["North"], "South": ["South"]}
    row = correct_positions(statements, codes, sample, groups=groups, coders=coders).iloc[0]
    sums = [np.bincount(units, weights=found == side, minlength=n_units) for side in (0, 1)]
    raw = jackknife_interval(
        lambda chosen: (sums[0] - sums[1])[chosen].sum() / (sums[0] + sums[1])[chosen].sum(),
        n_units,
    )
    known = row["direction"] == row["direction"]
    right = held(row, "direction_low", "direction_high") if known else np.nan
    return raw.low <= TRUE <= raw.high, right


def main():
    """Print everything."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    rng, rows = np.random.default_rng(17), []
    print("units error   raw  corrected  estimable")
    for n_units in (20, 50, 100):
        for error in (0.05, 0.15, 0.25):
            found = np.array([once(rng, n_units, error) for _ in range(runs)], dtype=float)
            raw, right = found[:, 0].mean(), np.nanmean(found[:, 1])
            known = 1 - np.isnan(found[:, 1]).mean()
            print(f"{n_units:>5} {error:>5} {raw:>5.3f} {right:>9.3f} {known:>9.3f}", flush=True)
            rows.append([n_units, error, *np.round([raw, right, known], 3)])
    if len(sys.argv) > 2:
        columns = ["n_units", "error", "direction_raw", "direction", "estimable"]
        table = pd.DataFrame(rows, columns=columns)
        table.to_csv(sys.argv[2], index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
