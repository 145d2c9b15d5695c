"""How varied the words of each text are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.features.running import mtld, segment_ratio, window_ratio
from analysis.features.sampled import VOCD_SAMPLES, Spectrum, count_spectrum, hdd, vocd
from analysis.index import TokenIndex
from analysis.tables import RICHNESS, build_table

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

HDD_SAMPLE = 42
BRUNET_EXPONENT = -0.165


def richness(
    index: TokenIndex,
    *,
    window_tokens: int = 100,
    segment_tokens: int = 100,
    mtld_threshold: float = 0.72,
) -> pd.DataFrame:
    """Measure how varied the words of each unit are.

    Most measures depend on the length of a text; `mattr`, `mtld` and `hdd` depend on it least
    (McCarthy and Jarvis 2010). Compare texts of like length, or by those.

    Parameters
    ----------
    index
        The tokens; terms (case folded) are what is counted.
    window_tokens
        The window of `mattr`.
    segment_tokens
        The segments of `msttr`; a rest shorter than a segment is left out.
    mtld_threshold
        The type-token ratio at which `mtld` begins a new factor.

    Returns
    -------
    The `richness` table, one row per unit. N tokens, V types, p shares of the types, f their
    counts, logarithms to base 10:

    n_tokens, n_types, n_hapax, n_dis
        N, V, and the types that occur once and twice.
    ttr, c, r, cttr, u, s, maas, lgv0, lgev0
        V/N; Herdan's log V / log N; Guiraud's V/√N; Carroll's V/√(2N); Dugast's
        (log N)² / (log N - log V); Summer's log log V / log log N; Maas' a, and his log V0 with
        decimal and natural logarithms.
    k, i, d, vm, repeat_rate, entropy
        Yule's K and I; Simpson's D; Herdan's Vm; Σp²; entropy in bits.
    honore_h, sichel_s, brunet_w, fisher_alpha
        Honoré's 100 ln N / (1 - hapax/V), Sichel's share of types that occur twice, Brunet's
        N^(V^-0.165), and the alpha of Fisher's logarithmic series, V = alpha ln(1 + N/alpha).
        Natural logarithms in these alone, as in their tables.
    mattr, msttr, mtld, hdd, vocd_d
        Moving-average and mean segmental type-token ratio; the length of text at which it falls
        to the threshold (mean of both directions); the expected ratio of 42 tokens drawn at
        random; the D of vocd, from expected ratios instead of drawn ones.
    note
        Which measures are NaN, and why: a text shorter than window, segment or sample, of one
        type, or without any type that occurs twice.

    A list of tokens is indexed as one text: ``build_index(pd.Series({"a": " ".join(tokens)}))``.

    Raises
    ------
    ValueError
        If a length is below one or the threshold is not between 0 and 1.

    References
    ----------
    Tweedie and Baayen (1998), Computers and the Humanities 32(5), for the measures of one count
    each. Yule (1944). Herdan (1955), Biometrika 42. Maas (1972). Fisher, Corbet and Williams
    (1943), Journal of Animal Ecology 12(1). Covington and McFall (2010), Journal of Quantitative
    Linguistics 17(2), for MATTR. Johnson (1944) for MSTTR. McCarthy and Jarvis (2010), Behavior
    Research Methods 42(2), for MTLD and HD-D. Malvern et al. (2004), Lexical Diversity and Language
    Development, for vocd; McCarthy and Jarvis (2007), Language Testing 24(4), for its expectation.
    """
    _check_lengths(window_tokens, segment_tokens, mtld_threshold)
    spectrum = count_spectrum(index)
    columns = _of_spectrum(spectrum) | {
        "mattr": window_ratio(index, window_tokens),
        "msttr": segment_ratio(index, segment_tokens),
        "mtld": mtld(index, mtld_threshold),
        "hdd": hdd(spectrum, HDD_SAMPLE),
        "vocd_d": vocd(spectrum),
    }
    least = {
        "mattr": window_tokens,
        "msttr": segment_tokens,
        "hdd": HDD_SAMPLE,
        "vocd_d": max(VOCD_SAMPLES),
    }
    rows = {"unit_id": index.unit_ids, "note": _notes(columns, least), **columns}
    return build_table(pd.DataFrame(rows), RICHNESS)


def _notes(columns: Mapping[str, Any], least: Mapping[str, int]) -> NDArray[np.object_]:
    """Say which measures each text lacks, and why; texts that lack the same share a note."""
    n, v = columns["n_tokens"], columns["n_types"]
    missing = {name: np.isnan(x) for name, x in columns.items() if not name.startswith("n_")}
    short = [n < length for length in least.values()]
    flags = np.array([*missing.values(), *short, n == 0, n == 1, v == n, v == 1])
    keys = (1 << np.arange(len(flags))) @ flags
    _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    notes = np.empty(len(first), dtype=object)
    for place, unit in enumerate(first):
        lacked = [name for name, holds in missing.items() if holds[unit]]
        notes[place] = _note(lacked, int(n[unit]), int(v[unit]), least)
    return notes[inverse]


def _note(lacked: Sequence[str], n: int, v: int, least: Mapping[str, int]) -> str | None:
    if n == 0:
        return "no tokens"
    reasons: dict[str, list[str]] = {}
    for name in lacked:
        if n < least.get(name, 0):
            reason = f"fewer than {least[name]} tokens"
        elif n == 1 or v == 1:
            reason = "one token" if n == 1 else "one type"
        else:
            reason = "no type twice" if v == n else f"not defined for {n} tokens"
        reasons.setdefault(reason, []).append(name)
    return "; ".join(f"{why}: no {', '.join(names)}" for why, names in reasons.items()) or None


def _check_lengths(window: int, segment: int, threshold: float) -> None:
    for name, value in (("window_tokens", window), ("segment_tokens", segment)):
        if value < 1:
            raise ValueError(f"{name} is {value}; it is 1 or more")
    if not 0 < threshold < 1:
        raise ValueError(f"mtld_threshold is {threshold}; it lies between 0 and 1")


def _of_spectrum(spectrum: Spectrum) -> dict[str, Any]:
    """Return the measures of how often each type occurs, whatever their order."""
    n, f = spectrum.n_tokens, spectrum.f
    v, once, twice = (spectrum.sum(kept) for kept in (f > 0, f == 1, f == 2))
    counts = {"n_tokens": n, "n_types": v, "n_hapax": once, "n_dis": twice}
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = f / n[spectrum.unit]
        measured = {
            **_of_sizes(n, v),
            **_of_squares(n, v, spectrum.sum(f**2)),
            "entropy": np.where(n > 0, spectrum.sum(-shares * np.log2(shares)), np.nan),
            "honore_h": 100 * np.log(n) / (1 - once / v),
            "sichel_s": twice / v,
        }
    counted: dict[str, Any] = {name: sums.astype(np.int64) for name, sums in counts.items()}
    return counted | {name: _finite(values) for name, values in measured.items()}


def _of_sizes(n: Floats, v: Floats) -> dict[str, Floats]:
    """Return the measures of tokens and types alone."""
    log_n, log_v = np.log10(n), np.log10(v)
    log_v0 = log_v / np.sqrt(1 - (log_v / log_n) ** 2)
    return {
        "ttr": v / n,
        "c": log_v / log_n,
        "r": v / np.sqrt(n),
        "cttr": v / np.sqrt(2 * n),
        "u": log_n**2 / (log_n - log_v),
        "s": np.log10(log_v) / np.log10(log_n),
        "maas": np.sqrt((log_n - log_v) / log_n**2),
        "lgv0": log_v0,
        "lgev0": log_v0 * np.log(10),
        "brunet_w": n ** (v**BRUNET_EXPONENT),
        "fisher_alpha": _fisher_alpha(n, v),
    }


def _of_squares(n: Floats, v: Floats, squares: Floats) -> dict[str, Floats]:
    """Return the measures of the sum of squared counts."""
    shares = squares / n**2
    return {
        "k": 1e4 * (shares - 1 / n),
        "i": v**2 / (squares - v),
        "d": (squares - n) / (n * (n - 1)),
        "vm": np.sqrt(np.maximum(shares - 1 / v, 0.0)),
        "repeat_rate": shares,
    }


def _fisher_alpha(n: Floats, v: Floats) -> Floats:
    """Solve V = alpha log(1 + N/alpha) by bisection in the logarithm; NaN unless 0 < V < N."""
    low, high = np.full(len(n), -20.0), np.full(len(n), 40.0)
    for _ in range(100):
        middle = (low + high) / 2
        alpha = np.exp(middle)
        small = alpha * np.log1p(n / alpha) < v
        low, high = np.where(small, middle, low), np.where(small, high, middle)
    alphas: Floats = np.where((v > 0) & (v < n), np.exp((low + high) / 2), np.nan)
    return alphas


def _finite(values: Floats) -> Floats:
    finite: Floats = np.where(np.isfinite(values), values, np.nan)
    return finite
