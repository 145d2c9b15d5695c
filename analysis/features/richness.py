"""How varied the words of each text are."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.features.running import hdd, mtld, segment_ratio, window_ratio
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
        Honoré's 100 log N / (1 - hapax/V), Sichel's share of types that occur twice, Brunet's W,
        and the alpha of Fisher's logarithmic series, V = alpha log(1 + N/alpha).
    mattr, msttr, mtld, hdd
        Moving-average and mean segmental type-token ratio; the length of text at which it falls
        to the threshold (mean of both directions); the expected ratio of 42 tokens drawn at
        random.

    A measure that a text has not is NaN: logarithms of one token or type, a text shorter than
    window, segment or sample. `note` says that a text is too short for the last four.

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
    Research Methods 42(2), for MTLD and HD-D.
    """
    _check_lengths(window_tokens, segment_tokens, mtld_threshold)
    columns = _spectrum(index)
    columns |= {
        "mattr": window_ratio(index, window_tokens),
        "msttr": segment_ratio(index, segment_tokens),
        "mtld": mtld(index, mtld_threshold),
        "hdd": hdd(index, HDD_SAMPLE),
    }
    n_tokens = index.n_tokens
    longest = max(window_tokens, segment_tokens, HDD_SAMPLE)
    short = pd.Series(n_tokens < longest).map({True: f"fewer than {longest} tokens", False: None})
    rows = pd.DataFrame({"unit_id": index.unit_ids, "note": short, **columns})
    return build_table(rows, RICHNESS)


def _check_lengths(window: int, segment: int, threshold: float) -> None:
    for name, value in (("window_tokens", window), ("segment_tokens", segment)):
        if value < 1:
            raise ValueError(f"{name} is {value}; it is 1 or more")
    if not 0 < threshold < 1:
        raise ValueError(f"mtld_threshold is {threshold}; it lies between 0 and 1")


def _spectrum(index: TokenIndex) -> dict[str, Any]:
    """Return the measures of how often each type occurs, whatever their order."""
    width = max(len(index.terms), 1)
    keys = index.unit_codes.astype(np.int64) * width + index.term_codes
    found, counts = np.unique(keys, return_counts=True)
    unit, f = found // width, counts.astype(np.float64)
    total = index.n_tokens

    def summed(values: NDArray[Any]) -> Floats:
        return np.bincount(unit, weights=values, minlength=len(total)).astype(np.float64)

    n, v = total.astype(np.float64), summed(np.ones(len(f)))
    once, twice = summed(f == 1), summed(f == 2)
    squares = summed(f**2)
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = f / n[unit]
        measured = {
            **_of_sizes(n, v),
            **_of_squares(n, v, squares),
            "entropy": np.where(n > 0, summed(-shares * np.log2(shares)), np.nan),
            "honore_h": 100 * np.log10(n) / (1 - once / v),
            "sichel_s": twice / v,
        }
    counted = {"n_tokens": total, "n_types": v.astype(np.int64)}
    counted |= {"n_hapax": once.astype(np.int64), "n_dis": twice.astype(np.int64)}
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
