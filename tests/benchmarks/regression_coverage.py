"""How often limits of corrected coefficients and of adjusted counts hold the truth.

    python tests/benchmarks/regression_coverage.py [RUNS [OUT.csv]]

Two groups' statements as `correction_coverage.py` draws them, in units of their own; the coder errs
as often in both groups, or half as often in the second. Printed: how often nominal 95 % limits hold
the difference of shares (linear) and of log odds (logistic), by the automatic codes and corrected,
and the first group's share by the coder's errors in both groups and in its own; and how often a
difference is found where there is none.
"""

import sys

import numpy as np
import pandas as pd
from correction_coverage import draw
from scipy.special import logit

from analysis.comparison.adjusted import adjusted_row
from analysis.comparison.corrected_regression import FITS, coefficient_rows
from analysis.comparison.designs import build_design

RUNS = 1000
NAMES = (
    *("linear_raw", "linear", "logistic_raw", "logistic"),
    *("count_pooled", "count_own", "found_raw", "found"),
)


def drawn(rng, n_units, levels, errors):
    """Return rows as the package joins them."""
    parts = []
    for name, level, error in zip("ab", levels, errors, strict=True):
        group = draw(rng, n_units, level, error)
        columns = dict(zip(("automatic", "by_hand", "chance"), group[:3], strict=True))
        units = [f"{name}{unit:03}" for unit in group.units]
        parts.append(pd.DataFrame(columns).assign(unit=units, group=name, remark=""))
    return pd.concat(parts, ignore_index=True)


def holds(row, names, true):
    """Say whether limits hold the truth; NaN where there are none."""
    low, high = (row.get(name, np.nan) for name in names)
    return np.nan if np.isnan(low) else float(low <= true <= high)


def once(rng, n_units, levels, errors):
    """Return whether each interval holds, and whether a difference is found."""
    rows = drawn(rng, n_units, levels, errors)
    design, held = build_design(rows, ["group"]), []
    truths = {
        "linear": levels[1] - levels[0],
        "logistic": float(logit(levels[1]) - logit(levels[0])),
    }
    found = {model: coefficient_rows(rows, design, FITS[model])[1] for model in truths}
    for model, true in truths.items():
        held.append(holds(found[model], ("raw_low", "raw_high"), true))
        held.append(holds(found[model], ("low", "high"), true))
    for errors_of in ("pooled", "own"):
        row = adjusted_row(rows, rows["group"] == "a", errors_of)
        held.append(holds(row, ("low", "high"), levels[0]))
    for names in (("raw_low", "raw_high"), ("low", "high")):
        held.append(1 - holds(found["linear"], names, 0.0))
    return held


def main():
    """Print everything."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    rng, listed = np.random.default_rng(19), []
    print("units error differs true", *NAMES)
    for n_units in (20, 50):
        for error in (0.05, 0.15, 0.25):
            for differs in (False, True):
                levels = (0.5, 0.3) if differs else (0.4, 0.4)
                errors = (error, error / 2 if differs else error)
                found = [once(rng, n_units, levels, errors) for _ in range(runs)]
                means = np.nanmean(np.array(found, dtype=float), axis=0).round(3)
                setting = [n_units, error, differs, round(levels[1] - levels[0], 1)]
                print(*setting, *means, flush=True)
                listed.append([*setting, *means])
    if len(sys.argv) > 2:
        columns = ["n_units", "error", "error_differs", "true_difference", *NAMES]
        table = pd.DataFrame(listed, columns=columns)
        table.to_csv(sys.argv[2], index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
