"""Type-token ratios that samples of a text would have on average, drawn without replacement."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.index import TokenIndex

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

VOCD_SAMPLES = range(35, 51)
# Bounds of log D: far beyond any text.
VOCD_BOUNDS = -20.0, 40.0


class Spectrum(NamedTuple):
    """How many types of each unit occur how often: a row for each unit and frequency."""

    unit: Ints
    f: Floats
    n_types: Floats
    n_tokens: Floats

    def sum(self, values: NDArray[Any]) -> Floats:
        """Add up over the types of each unit."""
        weights, length = values * self.n_types, len(self.n_tokens)
        return np.bincount(self.unit, weights=weights, minlength=length).astype(np.float64)


def count_spectrum(index: TokenIndex) -> Spectrum:
    """Count the types of each frequency in each unit: all that measures without order need."""
    width = max(len(index.terms), 1)
    keys = index.unit_codes.astype(np.int64) * width + index.term_codes
    found, counts = np.unique(keys, return_counts=True)
    most = int(counts.max(initial=0)) + 1
    pairs, types = np.unique(found // width * most + counts, return_counts=True)
    f, n_types = (pairs % most).astype(np.float64), types.astype(np.float64)
    return Spectrum(pairs // most, f, n_types, index.n_tokens.astype(np.float64))


def hdd(spectrum: Spectrum, sample: int) -> Floats:
    """Return the expected type-token ratio of a sample of tokens; NaN for shorter texts.

    Each type adds the probability that the sample holds it (hypergeometric).
    """
    from scipy.special import gammaln

    n = spectrum.n_tokens[spectrum.unit]
    rest = n - spectrum.f
    with np.errstate(invalid="ignore"):
        # The logarithm of C(rest, sample) / C(n, sample); no sample goes without the type
        # where too few other tokens are left.
        logs = gammaln(rest + 1) - gammaln(rest - sample + 1)
        logs -= gammaln(n + 1) - gammaln(n - sample + 1)
        missed = np.where(rest >= sample, np.exp(logs), 0.0)
    held = spectrum.sum(1 - missed)
    ratios: Floats = np.where(spectrum.n_tokens >= sample, held / sample, np.nan)
    return ratios


def vocd(spectrum: Spectrum) -> Floats:
    """Return the D of the curve that is nearest to the ratios of samples of 35 to 50 tokens.

    The program of that name draws its samples; here their expected ratios are taken, which is
    what it approaches. NaN for texts shorter than 50 tokens or without a repeated word.
    """
    sizes = np.array(VOCD_SAMPLES, dtype=np.float64)[:, None]
    ratios = np.array([hdd(spectrum, sample) for sample in VOCD_SAMPLES])
    low, high = (np.full(len(spectrum.n_tokens), bound) for bound in VOCD_BOUNDS)
    for _ in range(100):
        middle = (low + high) / 2
        twice = 2 * sizes / np.exp(middle)
        root = np.sqrt(1 + twice)
        # The curve D/s (sqrt(1 + 2s/D) - 1), and its slope in log D.
        curve, slope = 2 / (1 + root), twice / (root * (1 + root) ** 2)
        above = ((curve - ratios) * slope).sum(axis=0) > 0
        low, high = np.where(above, low, middle), np.where(above, middle, high)
    repeated = spectrum.sum(np.ones(len(spectrum.f))) < spectrum.n_tokens
    known = repeated & (spectrum.n_tokens >= sizes.max())
    return np.where(known, np.exp((low + high) / 2), np.nan)
