"""How often the limits of a smoothed rate hold a level rate that is known.

    python tests/benchmarks/smoothing.py

draws series of documents of unequal size, whose hits come in bursts (negative binomial, of the size
given) or not, and prints which part of the limits holds the rate, in the middle of the time covered
and towards its ends, with the bandwidth that is chosen and with one given; and at which part of the
dates there are none.
"""

import numpy as np
import pandas as pd

from analysis.comparison.smoothing import smooth_rates
from analysis.tables import DOCUMENT_RATES, build_table

SERIES, SEED = 150, 3


def draw(rng, n_documents, rate, burst):
    """Return a document_rates table, a year between documents."""
    tokens = rng.integers(2000, 8000, n_documents)
    means = tokens * rate / 10_000
    hits = rng.negative_binomial(burst, burst / (burst + means)) if burst else rng.poisson(means)
    years = pd.to_timedelta(365 * np.arange(n_documents), unit="D")
    frame = pd.DataFrame(
        {
            "group": "North",
            "code": "accord",
            "doc_id": [f"d{place}" for place in range(n_documents)],
            "date": pd.Timestamp("1900-01-01") + years,
            "n": hits,
            "n_tokens": tokens,
            "rate_per_10k": 10_000 * hits / tokens,
        }
    )
    return build_table(frame, DOCUMENT_RATES)


def held(n_documents, rate, burst, bandwidth_years):
    """Return which part of the limits holds the rate at each of nine dates; NaN without limits."""
    rng, found = np.random.default_rng(SEED), []
    for _ in range(SERIES):
        table = draw(rng, n_documents, rate, burst)
        trend = smooth_rates(table, bandwidth_years=bandwidth_years, n_dates=9)
        inside = ((trend["low"] <= rate) & (trend["high"] >= rate)).astype(float)
        found.append(inside.where(trend["low"].notna()).to_numpy())
    return np.array(found)


def main():
    """Print everything."""
    print("documents  rate  burst  bandwidth  middle   ends   none")
    for n_documents in (20, 40, 80):
        for rate, burst in ((20, 2), (20, 1), (5, 1), (5, None)):
            for bandwidth in (None, 0.4 * n_documents):
                found = held(n_documents, rate, burst, bandwidth)
                middle, ends = np.nanmean(found[:, 2:7]), np.nanmean(found[:, [0, 1, 7, 8]])
                print(
                    f"{n_documents:>9} {rate:>5} {burst or '-':>6} {bandwidth or 'chosen':>10} "
                    f"{middle:>7.3f} {ends:>6.3f} {np.isnan(found).mean():>6.2f}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
