"""How often nominal 95 % intervals hold, over all simulations kept in docs/validity.

    python tests/benchmarks/held.py [OUT.csv]

prints for each measure and number of independent units the mean, lowest and highest share of
intervals that hold the truth over the simulated worlds, and the same for the method that takes
codes for true or the topics of one fit for given.
"""

import sys
from pathlib import Path

import pandas as pd

FOLDER = Path(__file__).parents[2] / "docs" / "validity"
# File, measure, column of the package's intervals, column of the plain method's.
SOURCES = (
    ("coverage.csv", "corrected share", "share", "share_raw"),
    ("coverage.csv", "corrected difference", "difference", "difference_raw"),
    ("positions.csv", "salience", "salience", "salience_raw"),
    ("positions.csv", "difference of salience", "salience_difference", "salience_difference_raw"),
    ("positions.csv", "direction", "direction", "direction_raw"),
    (
        *("positions.csv", "difference of direction", "direction_difference"),
        "direction_difference_raw",
    ),
)
METHODS = {"kl_nmf": "KL-NMF", "lda": "LDA"}


def parts():
    """Yield each measure with a row for each world: n_units, the package's and the plain method."""
    for name, measure, ours, plain in SOURCES:
        worlds = pd.read_csv(FOLDER / name)
        if "refused" in worlds:
            # Where nearly all samples are too small to correct, what is left is no fair sample.
            worlds = worlds[worlds["refused"] < 0.5]
        yield measure, worlds[["n_units", ours, plain]]
    worlds = pd.read_csv(FOLDER / "topics.csv")
    kinds = ["method", "shared", "mixing", "effect"]
    for (method, shared, mixing, effect), mine in worlds.groupby(kinds):
        # Topics that share half of their words are another matter than those that hardly do, and
        # so are texts of which each speaks of all topics.
        alike = ", words alike" if shared > 0.3 else ", texts mixed" if mixing > 5 else ""
        name = f"topic {effect}, {METHODS[method]}{alike}"
        yield name, mine[["n_units", "held", "held_raw"]]


def rows():
    """Yield a row for each measure, method and number of units."""
    for measure, worlds in parts():
        worlds = worlds.set_axis(["n_units", "this package", "uncorrected"], axis=1)
        for n_units, mine in worlds.groupby("n_units"):
            for method in ("this package", "uncorrected"):
                held = mine[method]
                yield {
                    **{"measure": measure, "method": method, "n_units": n_units},
                    **{"n_worlds": len(held), "held": round(held.mean(), 3)},
                    **{"low": held.min(), "high": held.max()},
                }


def main():
    """Print everything."""
    frame = pd.DataFrame(rows())
    print(frame.to_string(index=False))
    if len(sys.argv) > 1:
        frame.to_csv(sys.argv[1], index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
