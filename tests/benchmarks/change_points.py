"""How often changes are found where there are none, and where there are; and their dates.

    python tests/benchmarks/change_points.py

draws series of documents whose hits come in bursts (negative binomial, of size 1) or not, and
prints how often a change is found at .05; how often as many as there are; how often the days
given for the nearest change hold the true one, and how wide they are and how far the date is off,
in the median; and beside it a scan by Poisson likelihood ratios, which takes words for independent.

Documents are of unequal size (lognormal). In some series without a change they grow or shrink
sixfold; in some they shrink twentyfold, or the rates of neighbours are alike (correlation .5), or
rise slowly: there the test does not promise .05.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.stats import chi2

from analysis.comparison.change_points import find_change_points
from analysis.comparison.scans import LEAST
from analysis.tables import DOCUMENT_RATES, build_table

SEED, LEVEL, CHANGED = 5, 400, 150
FIRST = pd.Timestamp("1900-01-01")


class Scene(NamedTuple):
    """What series are drawn: rates per 10,000 words one after another, and how."""

    name: str
    levels: tuple[int, ...]
    growth: float = 1.0
    alike: float = 0.0
    rise: float = 1.0
    block: int = 1

    @property
    def changes(self):
        """Return how many changes there are."""
        return len(self.levels) - 1


SCENES = [
    Scene("none", (5,)),
    Scene("none, documents grow", (5,), growth=6.0),
    Scene("none, documents shrink", (5,), growth=1 / 6),
    Scene("shrink twentyfold", (5,), growth=1 / 20),
    Scene("neighbours alike", (5,), alike=0.5),
    Scene("alike, blocks of 3", (5,), alike=0.5, block=3),
    Scene("alike, blocks of 5", (5,), alike=0.5, block=5),
    Scene("slow rise, threefold", (5,), rise=3.0),
    Scene("5 to 10", (5, 10)),
    Scene("5 to 20", (5, 20)),
    Scene("20 to 5", (20, 5)),
    Scene("5 to 20 to 5", (5, 20, 5)),
    Scene("20 to 5 to 20", (20, 5, 20)),
    Scene("5 to 10 to 20", (5, 10, 20)),
]


def steps_of(scene, n_documents):
    """Return the documents of each level."""
    return np.array_split(np.arange(n_documents), len(scene.levels))


def draw(rng, scene, n_documents, burst):
    """Return the hits and tokens of a series of documents."""
    tokens = np.round(rng.lognormal(8, 0.5, n_documents) * drift(scene.growth, n_documents))
    sizes = [len(step) for step in steps_of(scene, n_documents)]
    rates = np.repeat(scene.levels, sizes) * drift(scene.rise, n_documents)
    if scene.alike:
        shocks = rng.normal(size=n_documents) * np.sqrt(1 - scene.alike**2)
        for place in range(1, n_documents):
            shocks[place] += scene.alike * shocks[place - 1]
        rates = rates * np.exp(0.7 * shocks)
    means = rates * tokens / 10_000
    hits = rng.negative_binomial(burst, burst / (burst + means)) if burst else rng.poisson(means)
    return hits, tokens


def drift(times, n_documents):
    """Return factors around 1 of which the last is so many times the first."""
    return np.geomspace(times**-0.5, times**0.5, n_documents)


def table(many):
    """Return a document_rates table of series, a year between documents."""
    rows = [
        pd.DataFrame(
            {
                "group": "North",
                "code": f"c{number:04}",
                "doc_id": [f"d{place}" for place in range(len(hits))],
                "date": FIRST + pd.to_timedelta(365 * np.arange(len(hits)), unit="D"),
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


def dates_told(rows, true_place):
    """Return how often the days of the nearest change hold the true one, how wide, how far off."""
    changes = rows[rows["number"] > 0]
    if changes.empty:
        return "", "", ""
    true = FIRST + pd.Timedelta(days=365 * true_place)
    off = (changes["date"] - true).abs()
    nearest = changes.loc[off.groupby(changes["code"], observed=True).idxmin()]
    held = ((nearest["date_low"] <= true) & (nearest["date_high"] >= true)).mean()
    wide = (nearest["date_high"] - nearest["date_low"]).dt.days.median() / 365
    off = (nearest["date"] - true).dt.days.abs().median() / 365
    return f"{held:.2f}", f"{wide:.0f}", f"{off:.0f}"


def show(scene, n_documents, burst):
    """Draw series and print a line."""
    rng = np.random.default_rng(SEED)
    series = CHANGED if scene.changes else LEVEL
    many = [draw(rng, scene, n_documents, burst) for _ in range(series)]
    rows = find_change_points(table(many), seed=SEED, block=scene.block)
    numbers = rows.groupby("code", observed=True)["number"].max()
    naive = np.mean([poisson_scan(*pair) < 0.05 for pair in many])
    told = "", "", ""
    if scene.changes == 1:
        told = dates_told(rows, len(steps_of(scene, n_documents)[0]))
    print(
        f"{n_documents:>9} {'yes' if burst else 'no':>6} {scene.name:>22} "
        f"{(numbers > 0).mean():>6.3f} {(numbers == scene.changes).mean():>8.2f} "
        f"{told[0]:>5} {told[1]:>5} {told[2]:>4} {naive:>8.2f}",
        flush=True,
    )


def main():
    """Print everything."""
    print("documents bursty                 change  found  exactly  held  wide  off  Poisson")
    for scene in SCENES:
        for n_documents in (20, 40, 80):
            for burst in (None, 1.0):
                show(scene, n_documents, burst)


if __name__ == "__main__":
    main()
