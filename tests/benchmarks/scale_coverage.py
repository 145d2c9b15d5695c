"""How often intervals of Wordfish positions hold the truth, where words do what they like.

    python tests/benchmarks/scale_coverage.py [RUNS [OUT.csv]]

draws texts of some 3,000 words along one dimension (few common words and many rare ones; rarer
words lean more and vary more, about as in eight decades of speeches), in four worlds: counts are
"poisson", as the model has it; "varying", negative binomial, each word apart; "together", where
groups of twenty words share half of what they vary by, however each of them leans; "alike", where
the words of a group also lean to the same side. Words of fewer than five texts are left out, as one
does. Prints how often nominal 95 % intervals hold the true position (in standard deviations
of positions) over all texts: from the model's standard errors, as the R standard gives them, and
from the package's, over words; and those also for the outermost texts (1.5 and more).
"""

import os
import sys

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402
from scipy.sparse import csr_array  # noqa: E402

from analysis.models.wordfish_errors import model_errors, word_errors  # noqa: E402
from analysis.models.wordfish_fits import fit_converged, turned  # noqa: E402

RUNS, TOKENS, GROUP, FEWEST, NORMAL_95 = 1000, 3000, 20, 5, 1.959964
# How much of a word's spread its group shares, and of its lean.
WORLDS = {"poisson": (0, 0), "varying": (0, 0), "together": (0.5, 0), "alike": (0.5, 0.5)}
# Texts and words.
SIZES = ((20, 1000), (50, 2000), (150, 3000))


def expected(rng, n_texts, n_words, lean_shared):
    """Return positions, expected counts, how rare each word is (0 to 1), and its group."""
    positions = rng.normal(size=n_texts)
    positions = (positions - positions.mean()) / positions.std(ddof=1)
    rank = np.arange(n_words) + 5.0
    rare = np.log(rank / 5) / np.log(rank[-1] / 5)
    group = rng.permutation(n_words) % (n_words // GROUP)
    leans = joined(rng, (1, n_words), group, lean_shared)[0] * (0.35 + 0.4 * rare)
    shares = np.exp(np.outer(positions, leans)) / rank
    sizes = np.exp(rng.normal(np.log(TOKENS), 0.5, n_texts))
    return positions, sizes[:, None] * shares / shares.sum(axis=1, keepdims=True), rare, group


def joined(rng, shape, group, shared):
    """Return standard normal numbers, alike within groups of columns."""
    common = rng.normal(size=(shape[0], group.max() + 1))[:, group]
    return shared**0.5 * common + (1 - shared) ** 0.5 * rng.normal(size=shape)


def draw(rng, means, rare, group, world):
    """Return counts of texts by words."""
    if world == "poisson":
        return rng.poisson(means)
    spread = (0.08 + 0.6 * rare) * rng.gamma(1.5, 1 / 1.5, len(rare))
    if world == "varying":
        return rng.poisson(means * rng.gamma(1 / spread, spread, means.shape))
    size = np.sqrt(np.log1p(spread))
    moved = joined(rng, means.shape, group, WORLDS[world][0])
    return rng.poisson(means * np.exp(size * moved - size**2 / 2))


def once(rng, world, n_texts, n_words):
    """Return what holds and how wide it is."""
    positions, means, rare, group = expected(rng, n_texts, n_words, WORLDS[world][1])
    counts = draw(rng, means, rare, group, world).astype(float)
    rows = csr_array(counts[:, (counts > 0).sum(axis=0) >= FEWEST])
    fit = fit_converged(rows, 1e-6)
    fit = fit if fit.theta @ positions > 0 else turned(fit)
    away, ends = np.abs(fit.theta - positions), np.abs(positions) > 1.5
    model, words = model_errors(fit), word_errors(fit, rows)
    held = away <= NORMAL_95 * words
    return {
        "held_model": (away <= NORMAL_95 * model).mean(),
        "held": held.mean(),
        "held_ends": held[ends].mean() if ends.any() else np.nan,
        "error": (away**2).mean(),
        "se_model": (model**2).mean(),
        "se": (words**2).mean(),
    }


def main():
    """Print everything, and write what is known so far after each world."""
    runs, rows = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS, []
    for n_texts, n_words in SIZES:
        for world in WORLDS:
            rng = np.random.default_rng(29)
            found = pd.DataFrame([once(rng, world, n_texts, n_words) for _ in range(runs)]).mean()
            found[["error", "se_model", "se"]] **= 0.5
            keys = {"world": world, "n_texts": n_texts, "n_words": n_words, "runs": runs}
            rows.append(keys | found.round(3).to_dict())
            if len(rows) == 1:
                print(*rows[0])
            print(*rows[-1].values(), flush=True)
            if len(sys.argv) > 2:
                pd.DataFrame(rows).to_csv(sys.argv[2], index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
