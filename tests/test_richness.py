"""How varied words are."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import hypergeom

from analysis.features.richness import richness
from analysis.index import build_index
from analysis.tables import RICHNESS, check_table

LETTERS = st.lists(
    st.lists(st.sampled_from("abcde"), max_size=25).map(" ".join), min_size=1, max_size=4
)
COUNTED = ["ttr", "c", "r", "cttr", "u", "maas", "k", "i", "d", "vm", "repeat_rate", "entropy"]


def measured(*texts, **options):
    index = build_index(pd.Series(texts, index=[f"u{n}" for n in range(len(texts))], dtype="str"))
    return check_table(richness(index, **options), RICHNESS)


def test_worked_by_hand():
    row = measured("a a a b").iloc[0]
    assert (row.n_tokens, row.n_types, row.n_hapax, row.n_dis) == (4, 2, 1, 0)
    assert row.ttr == 0.5
    assert row.repeat_rate == pytest.approx((9 + 1) / 16)
    assert row.entropy == pytest.approx(-(0.75 * np.log2(0.75) + 0.25 * np.log2(0.25)))
    assert row.honore_h == pytest.approx(100 * np.log10(4) / 0.5)
    assert row.sichel_s == 0
    assert row.brunet_w == pytest.approx(4 ** (2**-0.165))


def windows(words, size):
    return [words[start : start + size] for start in range(len(words) - size + 1)]


@given(LETTERS, st.integers(1, 8))
def test_a_moving_window_is_moved(texts, size):
    found = measured(*texts, window_tokens=size)["mattr"]
    for text, ratio in zip(texts, found, strict=True):
        each = [len(set(part)) / size for part in windows(text.split(), size)]
        assert ratio == pytest.approx(np.mean(each) if each else np.nan, nan_ok=True)


@given(LETTERS, st.integers(1, 8))
def test_segments_stand_side_by_side(texts, size):
    found = measured(*texts, segment_tokens=size)["msttr"]
    for text, ratio in zip(texts, found, strict=True):
        each = [len(set(part)) / size for part in windows(text.split(), size)[::size]]
        assert ratio == pytest.approx(np.mean(each) if each else np.nan, nan_ok=True)


def test_a_sample_of_tokens_by_the_hypergeometric_distribution():
    counts = {"a": 50, "b": 20, "c": 1}
    text = " ".join(f"{word} " * n for word, n in counts.items())
    missed = [hypergeom(71, n, 42).pmf(0) for n in counts.values()]
    assert measured(text)["hdd"][0] == pytest.approx(sum(1 - p for p in missed) / 42)
    assert np.isnan(measured("a " * 41)["hdd"][0])


def test_factors_of_mtld():
    # Forwards: a b a | (2/3 < .72), then a b: a rest of ratio 1. Backwards the same.
    assert measured("a b a a b")["mtld"][0] == pytest.approx(5)
    # Forwards a a | b: one factor; backwards b a a |: one factor.
    assert measured("a a b")["mtld"][0] == pytest.approx(3)
    assert np.isnan(measured("a b c")["mtld"][0])


@given(LETTERS)
def test_the_order_of_words_matters_to_running_measures_alone(texts):
    there = measured(*texts)[COUNTED]
    back = measured(*(" ".join(reversed(text.split())) for text in texts))[COUNTED]
    pd.testing.assert_frame_equal(there, back)


@given(LETTERS)
def test_texts_do_not_hear_each_other(texts):
    together = measured(*texts, window_tokens=3)
    alone = pd.concat([measured(text, window_tokens=3) for text in texts], ignore_index=True)
    numbers = [name for name, kind in RICHNESS.columns.items() if kind == "number"]
    pd.testing.assert_frame_equal(together[numbers], alone[numbers])


def test_fisher_solves_its_equation():
    row = measured("a a a a b b c").iloc[0]
    assert row.fisher_alpha * np.log1p(7 / row.fisher_alpha) == pytest.approx(3)
    assert np.isnan(measured("a b c")["fisher_alpha"][0])


def test_what_is_too_short_is_missing_and_says_so():
    found = measured("", "a", "a b a " * 40, window_tokens=50)
    assert found["note"].tolist()[:2] == ["fewer than 100 tokens"] * 2
    assert pd.isna(found["note"][2])
    assert found.loc[0, ["ttr", "mattr", "entropy"]].isna().all()
    assert found.loc[1, "ttr"] == 1
    assert np.isnan(found.loc[1, "u"])


@pytest.mark.parametrize(
    ("option", "words"),
    [
        ({"window_tokens": 0}, "window_tokens is 0; it is 1 or more"),
        ({"segment_tokens": -1}, "segment_tokens is -1"),
        ({"mtld_threshold": 1}, "mtld_threshold is 1; it lies between 0 and 1"),
    ],
)
def test_what_is_refused(option, words):
    with pytest.raises(ValueError, match=words):
        measured("a", **option)
