"""How often nominal 95 % intervals over units hold the truth: a table, printed.

Statements come in episodes whose members resemble each other (intraclass correlation .2).
Run with ``python tests/benchmarks/coverage.py [RUNS]``; 1,000 runs of each case by default.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd

from analysis.models.reliability import alpha_interval, krippendorff_alpha
from analysis.resampling import (
    Interval,
    difference_interval,
    jackknife_interval,
    ratio_interval,
    share_interval,
)

SEED = 1956
RUNS = 1000
DRAWS = 399
ICC = 0.2
UNITS = (5, 10, 20, 50)
MEAN_SIZE = 3

Limits = tuple[float, float]
Case = tuple[float, dict[str, Limits]]


def tilted(rng: np.random.Generator, mean: float, n_units: int) -> np.ndarray:
    """Draw a probability for each unit: mean `mean`, intraclass correlation ICC."""
    weight = 1 / ICC - 1
    return rng.beta(mean * weight, (1 - mean) * weight, n_units)


def draw_shares(rng: np.random.Generator, n_units: int, share: float) -> Case:
    """One sample of clustered yes or no statements, and the intervals for their share."""
    trials = 1 + rng.poisson(MEAN_SIZE - 1, n_units)
    hits = rng.binomial(trials, tilted(rng, share, n_units))
    return share, {
        "ours": limits(share_interval(hits, trials)),
        "log t": limits(ratio_interval(hits, trials)),
        "statements as units": limits(
            share_interval(
                np.repeat([1, 0], [hits.sum(), (trials - hits).sum()]), [1] * trials.sum()
            )
        ),
        **bootstrapped(rng, n_units, lambda w: (w @ hits) / (w @ trials)),
    }


def draw_rates(rng: np.random.Generator, n_units: int, rate: float) -> Case:
    """One sample of hits in documents of uneven length, and the intervals for their rate."""
    tokens = rng.lognormal(np.log(1000), 0.5, n_units).astype(int) + 50
    hits = rng.poisson(tokens * rng.gamma(2, rate / 2, n_units))
    return rate, {
        "ours": limits(ratio_interval(hits, tokens)),
        "t": limits(
            jackknife_interval(lambda kept: hits[kept].sum() / tokens[kept].sum(), n_units)
        ),
        **bootstrapped(rng, n_units, lambda w: (w @ hits) / (w @ tokens)),
    }


def draw_means(rng: np.random.Generator, n_units: int, mean: float) -> Case:
    """One sample of a topic's shares in units, and the intervals for their mean."""
    shares = np.clip(tilted(rng, mean, n_units), 0, 1)
    found = share_interval(shares * 1000, np.full(n_units, 1000.0))
    return mean, {
        "ours": limits(found),
        "t": limits(jackknife_interval(lambda kept: shares[kept].mean(), n_units)),
        **bootstrapped(rng, n_units, lambda w: (w @ shares) / n_units),
    }


def draw_differences(rng: np.random.Generator, n_units: int, share: float) -> Case:
    """One sample of two groups that speak in the same episodes and do not differ."""
    leaning = tilted(rng, share, n_units)
    trials = rng.poisson(MEAN_SIZE / 2, (2, n_units))
    hits = rng.binomial(trials, leaning)
    found = difference_interval((hits[0], trials[0]), (hits[1], trials[1]))
    return 0.0, {
        "ours": limits(found),
        **bootstrapped(
            rng,
            n_units,
            lambda w: (w @ hits[0]) / (w @ trials[0]) - (w @ hits[1]) / (w @ trials[1]),
        ),
    }


def draw_alphas(rng: np.random.Generator, n_units: int, case: tuple[float, float]) -> Case:
    """One sample of statements coded by two coders who err, and the intervals for alpha."""
    prevalence, error = case
    marginal = prevalence * (1 - error) + (1 - prevalence) * error
    truth = 1 - error * (1 - error) * (1 - ICC) / (marginal * (1 - marginal))
    sizes = 1 + rng.poisson(MEAN_SIZE - 1, n_units)
    present = rng.random(sizes.sum()) < np.repeat(tilted(rng, prevalence, n_units), sizes)
    wrong = rng.random((2, sizes.sum())) < np.repeat(tilted(rng, error, n_units), sizes)
    coded = (present ^ wrong).astype(int)
    matrices = np.zeros((n_units, 2, 2))
    for first, second in ((0, 1), (1, 0)):
        np.add.at(matrices, (np.repeat(range(n_units), sizes), coded[first], coded[second]), 1)
    return truth, {
        "ours": limits(alpha_interval(matrices, sizes.astype(float))),
        **jackknifed(matrices),
        **bootstrapped(rng, n_units, lambda w: alphas(np.tensordot(w, matrices, 1))),
    }


def alphas(totals: np.ndarray) -> np.ndarray:
    """Give alpha of many coincidence matrices at once, or of one."""
    sums = totals.sum(axis=-1)
    n = sums.sum(axis=-1)
    expected = n**2 - (sums**2).sum(axis=-1)
    return 1 - (n - 1) * (n - np.trace(totals, axis1=-2, axis2=-1)) / expected


def jackknifed(matrices: np.ndarray) -> dict[str, Limits]:
    """Two other intervals for alpha: t on alpha, and t on log(1 - alpha)."""
    from scipy.stats import t

    n_units, total = len(matrices), matrices.sum(axis=0)
    rest, quantile = alphas(total - matrices), t.ppf(0.975, len(matrices) - 1)
    found = krippendorff_alpha(total)

    def spread(values: np.ndarray) -> float:
        return quantile * ((n_units - 1) ** 2 / n_units * values.var(ddof=1)) ** 0.5

    half, logs = spread(rest), spread(np.log(1 - rest))
    return {
        "jackknife t": (found - half, found + half),
        "jackknife log": (1 - (1 - found) * np.exp(logs), 1 - (1 - found) * np.exp(-logs)),
    }


def bootstrapped(
    rng: np.random.Generator, n_units: int, statistic: Callable[[np.ndarray], np.ndarray]
) -> dict[str, Limits]:
    """Percentile and basic bootstrap limits, units drawn with replacement."""
    weights = rng.multinomial(n_units, [1 / n_units] * n_units, size=DRAWS)
    found = float(statistic(np.ones((1, n_units)))[0])
    drawn = statistic(weights)
    drawn = drawn[np.isfinite(drawn)]
    low, high = np.quantile(drawn, [0.025, 0.975]) if len(drawn) else (np.nan, np.nan)
    return {"percentile": (low, high), "basic": (2 * found - high, 2 * found - low)}


def limits(found: Interval) -> Limits:
    """Keep the two ends."""
    return found.low, found.high


def measured(
    rng: np.random.Generator, what: str, draw: Callable[..., Case], case: object, runs: int
) -> Iterator[dict[str, object]]:
    """Cover, by method and number of units: the share of runs whose interval holds the truth.

    Runs that yield no interval are counted apart, in `none`, not as covered.
    """
    for n_units in UNITS:
        held: dict[str, list[float]] = {}
        widths: dict[str, list[float]] = {}
        for _ in range(runs):
            truth, found = draw(rng, n_units, case)
            for method, (low, high) in found.items():
                missing = np.isnan(low) or np.isnan(high)
                held.setdefault(method, []).append(np.nan if missing else low <= truth <= high)
                widths.setdefault(method, []).append(high - low)
        for method, values in held.items():
            known = [value for value in values if not np.isnan(value)] or [np.nan]
            yield {
                "what": what,
                "case": str(case),
                "n_units": n_units,
                "method": method,
                "covered": np.mean(known),
                "width": pd.Series(widths[method]).median(),
                "none": np.isnan(values).mean(),
            }


def main(runs: int) -> None:
    """Print coverage in percent, a row per case and method, a column per number of units."""
    rows: list[dict[str, object]] = []
    rng = np.random.default_rng(SEED)
    with np.errstate(all="ignore"):
        for what, draw, cases in (
            ("share", draw_shares, (0.05, 0.2, 0.5)),
            ("rate", draw_rates, (0.001, 0.01)),
            ("mean topic share", draw_means, (0.1, 0.4)),
            ("difference of shares", draw_differences, (0.2, 0.5)),
            ("alpha", draw_alphas, ((0.3, 0.02), (0.3, 0.1), (0.1, 0.02), (0.1, 0.05))),
        ):
            for case in cases:
                rows.extend(measured(rng, what, draw, case, runs))
    table = pd.DataFrame(rows)
    shown = [f"{runs} runs of each case; intraclass correlation {ICC}"]
    for column, scale, digits in (("covered", 100, 1), ("width", 1, 4), ("none", 100, 1)):
        wide = table.pivot_table(
            index=["what", "case", "method"], columns="n_units", values=column, dropna=False
        ).dropna(how="all")
        shown += [f"\n{column}", (wide * scale).round(digits).to_string()]
    sys.stdout.write("\n".join(shown) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else RUNS)
