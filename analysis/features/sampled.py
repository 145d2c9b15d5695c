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
    ratios = _expected(spectrum, range(sample, sample + 1))[0]
    known: Floats = np.where(spectrum.n_tokens >= sample, ratios, np.nan)
    return known


def vocd(spectrum: Spectrum) -> Floats:
    """Return the D of the curve that is nearest to the ratios of samples of 35 to 50 tokens.

    The program of that name draws its samples; here their expected ratios are taken, which is
    what it approaches. NaN for texts shorter than 50 tokens or without a repeated word.
    """
    repeated = spectrum.sum(np.ones(len(spectrum.f))) < spectrum.n_tokens
    known = np.flatnonzero(repeated & (spectrum.n_tokens >= max(VOCD_SAMPLES)))
    found = np.full(len(spectrum.n_tokens), np.nan)
    found[known] = _nearest_curve(_expected(_of_units(spectrum, known), VOCD_SAMPLES))
    return found


def _of_units(spectrum: Spectrum, units: Ints) -> Spectrum:
    places = np.full(len(spectrum.n_tokens), -1)
    places[units] = np.arange(len(units))
    unit = places[spectrum.unit]
    kept = unit >= 0
    n_tokens = spectrum.n_tokens[units]
    return Spectrum(unit[kept], spectrum.f[kept], spectrum.n_types[kept], n_tokens)


def _expected(spectrum: Spectrum, samples: range) -> Floats:
    """Return the expected ratios: samples by units. Factors, not logarithms, keep all digits."""
    n = spectrum.n_tokens[spectrum.unit]
    rest, missed, ratios = n - spectrum.f, np.ones(len(n)), []
    for drawn in range(samples.stop - 1):
        missed = missed * np.maximum(rest - drawn, 0) / np.maximum(n - drawn, 1)
        if drawn + 1 in samples:
            ratios.append(spectrum.sum(1 - missed) / (drawn + 1))
    return np.array(ratios)


def _nearest_curve(ratios: Floats) -> Floats:
    """Return the D for which D/s (sqrt(1 + 2s/D) - 1) is nearest to the ratios, by bisection."""
    sizes = np.array(VOCD_SAMPLES, dtype=np.float64)[:, None]
    low, high = (np.full(ratios.shape[1], bound) for bound in VOCD_BOUNDS)
    for _ in range(64):
        middle = (low + high) / 2
        twice = 2 * sizes / np.exp(middle)
        root = np.sqrt(1 + twice)
        # The curve again, so that no digits cancel, and its slope in log D.
        curve, slope = 2 / (1 + root), twice / (root * (1 + root) ** 2)
        above = ((curve - ratios) * slope).sum(axis=0) > 0
        low, high = np.where(above, low, middle), np.where(above, middle, high)
    nearest: Floats = np.exp((low + high) / 2)
    return nearest
