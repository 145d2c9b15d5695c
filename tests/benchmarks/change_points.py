"""How often changes are found where there are none, and where there are; and their dates.

    python tests/benchmarks/change_points.py

draws series of documents of unequal size whose hits come in bursts (negative binomial) and prints
how often a change is found at .05, without any change, with one and with two; how often the set
of dates holds the true one; and beside it a scan by Poisson likelihood ratios, which takes
words for independent.
"""

import numpy as np
import pandas as pd
from scipy.stats import chi2

from analysis.comparison.change_points import LEAST, find_change_points
from analysis.tables import DOCUMENT_RATES, build_table

SERIES, SEED = 300, 5


def draw(rng, n_documents, rates, burst):
    """Return the hits and tokens of documents whose rates per 10,000 words are given."""
    tokens = np.round(rng.lognormal(8, 0.5, n_documents))
    means = rates * tokens / 10_000
    hits = rng.negative_binomial(burst, burst / (burst + means)) if burst else rng.poisson(means)
    return hits, tokens


def table(many):
    """Return a document_rates table of series, a year between documents."""
    rows = [
        pd.DataFrame(
            {
                "group": "North",
                "code": f"c{number:04}",
                "doc_id": [f"d{place}" for place in range(len(hits))],
                "date": pd.Timestamp("1900-01-01")
                + pd.to_timedelta(365 * np.arange(len(hits)), unit="D"),
                "n": hits,
                "n_tokens": tokens.astype(int),
                "rate_per_10k": 10_000 * hits / tokens,
            }
        )
        for number, (hits, tokens) in enumerate(many)
    ]
    return build_table(pd.concat(rows), DOCUMENT_RATES)


def poisson_scan(hits, tokens):
    """Return the p value of the best split as if words were independent, and no search made."""

    def fit(h, t):
        return h.sum() * np.log(max(h.sum(), 1e-9) / t.sum())

    best = max(
        fit(hits[:k], tokens[:k]) + fit(hits[k:], tokens[k:]) - fit(hits, tokens)
        for k in range(LEAST, len(hits) - LEAST + 1)
    )
    return chi2.sf(2 * best, 1)


def found_in(many):
    """Return how many changes were found in each series, and the rows."""
    rows = find_change_points(table(many), seed=SEED)
    return rows.groupby("code", observed=True)["number"].max(), rows


def main():
    """Print everything."""
    rng = np.random.default_rng(SEED)
    print("documents bursty    change  found  exactly  date held  years wide  Poisson scan finds")
    for n_documents in (20, 40, 80):
        for burst in (None, 1.0):
            for levels in ((5, 5), (5, 10), (5, 20), (5, 20, 5)):
                steps = np.array_split(np.arange(n_documents), len(levels))
                rates = np.concatenate(
                    [np.full(len(step), level) for step, level in zip(steps, levels, strict=True)]
                )
                many = [draw(rng, n_documents, rates, burst) for _ in range(SERIES)]
                numbers, rows = found_in(many)
                naive = np.mean([poisson_scan(*pair) < 0.05 for pair in many])
                wanted = len(set(levels)) - 1 if len(levels) == 2 else 2
                held, wide = "", ""
                if wanted == 1:
                    first = rows[rows["number"] == 1]
                    true = pd.Timestamp("1900-01-01") + pd.Timedelta(days=365 * len(steps[0]))
                    inside = (first["date_low"] <= true) & (first["date_high"] >= true)
                    held = f"{inside.mean():.2f}"
                    span = first["date_high"] - first["date_low"]
                    wide = f"{span.dt.days.median() / 365:.0f}"
                told = " to ".join(map(str, levels))
                print(
                    f"{n_documents:>9} {'yes' if burst else 'no':>6} {told:>11} "
                    f"{(numbers > 0).mean():>5.2f} {(numbers == wanted).mean():>8.2f} "
                    f"{held:>10} {wide:>11} {naive:>19.2f}"
                )


if __name__ == "__main__":
    main()
