"""How often intervals of positions and of their differences hold the truth.

    python tests/benchmarks/position_coverage.py [RUNS [OUT.csv]]

draws two groups' stances in episodes of 4 to 12 statements that are alike within (beta-binomial,
intraclass correlation .2), and prints how often the nominal 95 % intervals of
`analysis.comparison.positions` (salience, direction) and `analysis.comparison.differences` hold,
and how often a difference is found (p < .05) where there is none. "raw" is the same where an
automatic coder errs in 5, 15 and 25 % of the stances, the same in both groups or half as often in
one, and nobody corrects it (`corrected_positions.csv` has what correction does). The functions
that the package calls for each cell are called here, without the tables around them.
"""

import sys

import numpy as np
import pandas as pd

from analysis.resampling import difference_interval, share_interval

RUNS, CORRELATION = 1000, 0.2
# How often the matter is addressed, and of that how often in favour.
SIDES = {False: ((0.5, 0.6), (0.5, 0.6)), True: ((0.6, 0.7), (0.4, 0.4))}


def leaning(rng, share, n_units):
    """Return each episode's own chance."""
    weight = (1 - CORRELATION) / CORRELATION
    return rng.beta(share * weight, (1 - share) * weight, n_units)


def draw(rng, n_units, sides, error):
    """Return sums by episode of statements, addressed, sided and in favour: truth, then coder."""
    units = np.repeat(np.arange(n_units), rng.integers(4, 13, n_units))
    addressed = rng.random(len(units)) < leaning(rng, sides[0], n_units)[units]
    favor = rng.random(len(units)) < leaning(rng, sides[1], n_units)[units]
    # A coder misses more than it invents, and sees favour more readily than its opposite.
    wrong = rng.random(len(units)) < np.where(addressed, 1.5, 0.5) * error
    turned = rng.random(len(units)) < np.where(favor, 0.5, 1.5) * error
    sizes = np.bincount(units, minlength=n_units).astype(float)
    found = []
    for there, pro in ((addressed, favor), (addressed ^ wrong, favor ^ turned)):
        sided = np.bincount(units, there, n_units)
        found.append((sizes, sided, np.bincount(units, there & pro, n_units)))
    return found


def once(rng, n_units, differs, errors):
    """Return what holds and what is found: by measure, for true codes and the coder's."""
    groups = [
        draw(rng, n_units, sides, error)
        for sides, error in zip(SIDES[differs], errors, strict=True)
    ]
    row = {}
    for place, kind in enumerate(("", "_raw")):
        for measure, (top, bottom) in {"salience": (1, 0), "direction": (2, 1)}.items():
            truth = [sides[top - 1] for sides in SIDES[differs]]
            pairs = [(group[place][top], group[place][bottom]) for group in groups]
            one = share_interval(*pairs[0])
            row[f"{measure}{kind}"] = one.low <= truth[0] <= one.high
            apart = difference_interval(*side_by_side(pairs))
            true = truth[0] - truth[1]
            row[f"{measure}_difference{kind}"] = apart.low <= true <= apart.high
            row[f"{measure}_found{kind}"] = apart.low > 0 or apart.high < 0
    return row


def side_by_side(pairs):
    """Put two groups in episodes of their own."""
    (first, sizes), (second, others) = pairs
    none, nothing = np.zeros(len(second)), np.zeros(len(first))
    return (
        (np.concatenate([first, none]), np.concatenate([sizes, none])),
        (np.concatenate([nothing, second]), np.concatenate([nothing, others])),
    )


def main():
    """Print everything."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    rng, rows = np.random.default_rng(23), []
    for n_units in (10, 20, 50, 100):
        for error in (0.05, 0.15, 0.25):
            for uneven in (False, True):
                for differs in (False, True):
                    errors = (error, error / 2 if uneven else error)
                    held = pd.DataFrame([once(rng, n_units, differs, errors) for _ in range(runs)])
                    keys = {"n_units": n_units, "error": error, "error_differs": uneven}
                    keys |= {"groups_differ": differs, "runs": runs}
                    rows.append(keys | held.mean().round(3).to_dict())
                    if len(rows) == 1:
                        print(*rows[0])
                    print(*rows[-1].values(), flush=True)
    if len(sys.argv) > 2:
        pd.DataFrame(rows).to_csv(sys.argv[2], index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
