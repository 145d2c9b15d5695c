"""How often limits of agreement on passages hold the truth.

    python tests/benchmarks/unitising_coverage.py [RUNS]

Documents with a few true passages; two coders each miss some, move borders, and mark some that are
not there, in some documents oftener than in others. Printed: the alphas of 20,000 documents, and
how often nominal 95 % limits over fewer documents hold them.
"""

import sys

import numpy as np
import pandas as pd

from analysis.models.unitising import (
    Continuum,
    alpha_of_characters,
    alpha_of_units,
    estimate_unitising,
)

RUNS, SLOTS, WIDTH = 1000, 12, 50


def draw(rng, n_documents, error):
    """Return documents of twelve places, in each of which there is a passage or none."""
    found = []
    for _ in range(n_documents):
        there, often = rng.random(SLOTS) < 0.3, rng.beta(4 * error, 4 * (1 - error))
        starts, ends = 5 + rng.integers(0, 10, SLOTS), 30 + rng.integers(0, 10, SLOTS)
        coders = []
        for _ in range(2):
            marked = np.flatnonzero(there ^ (rng.random(SLOTS) < often))
            moved = rng.integers(-4, 5, (SLOTS, 2)) * (rng.random((SLOTS, 2)) < 3 * often)
            spans = np.column_stack([starts, ends]) + moved + WIDTH * np.arange(SLOTS)[:, None]
            coders.append(spans[marked].astype(np.int64))
        found.append(Continuum(SLOTS * WIDTH, tuple(coders)))
    return found


def main():
    """Print everything."""
    runs, rng = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS, np.random.default_rng(37)
    scores = {"units": alpha_of_units, "characters": alpha_of_characters}
    rows = []
    for error in (0.03, 0.1):
        large = draw(rng, 20_000, error)
        for measure, score in scores.items():
            observed, expected = score(large)
            for n_documents in (10, 20, 50):
                held = []
                for _ in range(runs):
                    row = estimate_unitising([draw(rng, n_documents, error)], measure)
                    none = np.isnan(row["low"])
                    true = 1 - observed / expected
                    held.append(np.nan if none else row["low"] <= true <= row["high"])
                rows.append([measure, error, round(true, 3), n_documents, np.nanmean(held)])
                print(*rows[-1], flush=True)
    print(pd.DataFrame(rows, columns=["measure", "error", "alpha", "n", "held"]).to_string())


if __name__ == "__main__":
    main()
