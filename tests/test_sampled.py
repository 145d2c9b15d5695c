"""Ratios that samples would have on average."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar
from scipy.stats import hypergeom

from analysis.features.sampled import VOCD_SAMPLES, count_spectrum, hdd, vocd
from analysis.index import build_index

COUNTS = st.lists(st.integers(1, 30), min_size=1, max_size=30)


def spectrum(*texts):
    names = [f"u{n}" for n in range(len(texts))]
    return count_spectrum(build_index(pd.Series(texts, index=names, dtype="str")))


def text(counts):
    return " ".join(f"w{n} " * count for n, count in enumerate(counts))


def nearest(ratios):
    """The D whose curve is nearest to ratios, by search."""
    s = np.array(VOCD_SAMPLES, dtype=float)

    def distance(log_d):
        d = np.exp(log_d)
        return ((d / s * (np.sqrt(1 + 2 * s / d) - 1) - ratios) ** 2).sum()

    found = minimize_scalar(distance, bounds=(0, 8), method="bounded", options={"xatol": 1e-10})
    return np.exp(found.x)


def test_types_by_frequency():
    found = spectrum("a a b c", "", "b b")
    rows = list(zip(found.unit, found.f, found.n_types, strict=True))
    assert rows == [(0, 1, 2), (0, 2, 1), (2, 2, 1)]
    assert found.n_tokens.tolist() == [4, 0, 2]
    assert found.sum(found.f).tolist() == [4, 0, 2]


@given(COUNTS)
def test_hdd_by_the_hypergeometric_distribution(counts):
    n = sum(counts)
    missed = hypergeom.pmf(0, n, np.array(counts), min(n, 42))
    expected = (1 - missed).sum() / 42 if n >= 42 else np.nan
    assert hdd(spectrum(text(counts)), 42)[0] == pytest.approx(expected, nan_ok=True)


def test_the_whole_text_as_a_sample_has_its_own_ratio():
    assert hdd(spectrum(text([3, 2, 1])), 6)[0] == pytest.approx(3 / 6)


def test_vocd_finds_the_nearest_curve():
    counts = [30, 20, 12, 8, 6, 5, 4, 3, 3, 2, 2, 2] + [1] * 40
    found = spectrum(text(counts))
    ratios = [hdd(found, size)[0] for size in VOCD_SAMPLES]
    oracle = nearest(ratios)
    assert vocd(found)[0] == pytest.approx(oracle, rel=1e-6)


def test_vocd_approaches_what_draws_give():
    counts = [25, 15, 10, 6, 5, 4, 3, 2, 2] + [1] * 30
    words = np.repeat(np.arange(len(counts)), counts)
    rng = np.random.default_rng(1956)
    drawn = [
        np.mean([len(set(rng.choice(words, n, replace=False))) / n for _ in range(300)])
        for n in VOCD_SAMPLES
    ]
    oracle = nearest(drawn)
    assert vocd(spectrum(text(counts)))[0] == pytest.approx(oracle, rel=0.02)


def test_more_types_more_d():
    few, many = vocd(spectrum(text([20] * 5), text([4] * 25)))
    assert few < many


def test_no_d_of_short_texts_and_of_words_that_stand_once():
    found = vocd(spectrum(text([7] * 7), text([1] * 60), ""))
    assert np.isnan(found).all()
