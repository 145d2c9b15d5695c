"""The formulas of dispersion, each by its definition on dense counts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array

from analysis.features import spread
from analysis.features.spread import Spread

COUNTS = st.lists(st.integers(0, 6), min_size=2, max_size=6).filter(any)


@given(COUNTS, st.lists(st.integers(6, 20), min_size=6, max_size=6))
def test_units_without_the_term_enter_in_closed_form(counts, sizes):
    f, n = np.array(counts, dtype=float), np.array(sizes[: len(counts)], dtype=float)
    s, r, total = n / n.sum(), f / n, f.sum()
    p, rates = f / f.sum(), r / r.sum()
    sparse = Spread(csr_array(f[:, None]), n.astype(int))
    away = np.abs(r[:, None] - r[None, :])[np.triu_indices(len(f), 1)].mean()
    used = p > 0
    dense = {
        "standard_deviation": f.std(),
        "juilland_d": 1 - r.std() / r.mean() / np.sqrt(len(f) - 1),
        "carroll_d2": -(rates[used] * np.log(rates[used])).sum() / np.log(len(f)),
        "lyne_d3": 1 - ((f - total * s) ** 2 / (total * s)).sum() / (4 * total),
        "rosengren_s": np.sqrt(s * f).sum() ** 2 / total,
        "kl_divergence": (p[used] * np.log2(p[used] / s[used])).sum(),
        "mean_difference": 1 - away / (2 * r.mean()),
        "entropy": -(p[used] * np.log2(p[used])).sum(),
        "kromer_ur": sum((1 / np.arange(1, count + 1)).sum() for count in counts),
        "dissemination": used.sum() / (1 - np.exp(-total * s)).sum(),
    }
    for name, value in dense.items():
        found = getattr(spread, name)(sparse)
        assert found.tolist() == pytest.approx([value], abs=1e-9), name


@given(st.integers(2, 6), st.integers(1, 5))
def test_an_even_term(n_units, uses):
    even = Spread(csr_array(np.full((n_units, 1), uses)), np.full(n_units, 10))
    ones = ("juilland_d", "carroll_d2", "lyne_d3", "rosengren_s", "mean_difference")
    for name in ones:
        assert getattr(spread, name)(even).tolist() == pytest.approx([1]), name
    for name in ("deviation_of_proportions", "normalised_deviation", "kl_divergence"):
        assert getattr(spread, name)(even).tolist() == pytest.approx([0], abs=1e-9), name


def test_many_frequencies_are_expected_block_by_block(monkeypatch):
    counts = csr_array(np.random.default_rng(1).integers(0, 5, size=(6, 30)))
    whole = spread.dissemination(Spread(counts, np.arange(200, 206)))
    monkeypatch.setattr(spread, "BLOCK", 5)
    blocks = spread.dissemination(Spread(counts, np.arange(200, 206)))
    assert blocks.tolist() == pytest.approx(whole.tolist())


def test_an_absent_term_and_a_single_unit_have_none():
    absent = Spread(csr_array([[0], [0]]), np.array([9, 9]))
    alone = Spread(csr_array([[3]]), np.array([9]))
    for name in ("juilland_d", "carroll_d2", "mean_difference", "normalised_deviation"):
        assert np.isnan(getattr(spread, name)(absent)).all()
        assert np.isnan(getattr(spread, name)(alone)).all()
    assert np.isnan(spread.rosengren_s(absent)).all()
