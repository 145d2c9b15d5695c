"""How varied words are."""

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    assert row.honore_h == pytest.approx(100 * np.log(4) / 0.5)
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


def test_the_threshold_itself_is_not_below():
    # 11 types in 20 tokens are 0.55, though 0.55 * 20 is more than 11 in binary fractions.
    text = " ".join([f"w{n}" for n in range(11)] + ["w0"] * 9)
    once = measured(text, mtld_threshold=0.55)["mtld"][0]
    assert once == pytest.approx(mean_factor_length(text.split(), 0.55))


def mean_factor_length(words, threshold):
    """MTLD by exact fractions, as McCarthy and Jarvis describe it."""
    limit = Fraction(str(threshold))

    def factors(order):
        n, part = Fraction(0), []
        for word in order:
            part.append(word)
            if Fraction(len(set(part)), len(part)) < limit:
                n, part = n + 1, []
        rest = Fraction(len(set(part)), len(part)) if part else Fraction(1)
        return n + (1 - rest) / (1 - limit)

    both = factors(words), factors(words[::-1])
    return float(sum(len(words) / n for n in both) / 2) if all(both) else np.nan


@given(LETTERS, st.sampled_from([0.5, 0.55, 0.6, 0.72, 0.8]))
def test_mtld_by_exact_fractions(texts, threshold):
    found = measured(*texts, mtld_threshold=threshold)["mtld"]
    exact = [mean_factor_length(text.split(), threshold) for text in texts]
    assert found.tolist() == pytest.approx(exact, nan_ok=True)


def test_what_is_missing_says_why():
    found = measured("", "a", "a a", "a b", "a b a " * 40, window_tokens=50)["note"]
    assert found[0] == "no tokens"
    assert found[1].startswith("one token: no c, u, s")
    assert found[1].endswith(
        "fewer than 50 tokens: no mattr, vocd_d; fewer than 100 tokens: no msttr; "
        "fewer than 42 tokens: no hdd"
    )
    assert found[2].startswith("one type: no s; fewer than 50 tokens: no mattr")
    assert found[3].startswith("no type twice: no u, lgv0, lgev0, fisher_alpha, i, honore_h")
    assert pd.isna(found[4])


@given(LETTERS)
def test_the_note_names_every_measure_that_is_missing_and_no_other(texts):
    for row in measured(*texts, window_tokens=4, segment_tokens=7).to_dict("records"):
        lacked = {name for name, value in row.items() if name != "note" and pd.isna(value)}
        said = "" if pd.isna(row["note"]) else row["note"]
        parts = [part.split(": no ")[1] for part in said.split("; ") if ": no " in part]
        assert (said == "no tokens") == (row["n_tokens"] == 0)
        assert row["n_tokens"] == 0 or sorted(", ".join(parts).split(", ")) == sorted(
            lacked or [""]
        )


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
