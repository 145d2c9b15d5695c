"""Figures of words: labels, evidence against effect, rate against rate, networks."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from analysis.errors import TableError
from analysis.features.collocations import collocations
from analysis.features.counts import count_terms
from analysis.features.keyness import keyness
from analysis.features.shifts import word_shift
from analysis.figures.collocations import plot_collocations
from analysis.figures.evidence import plot_evidence, plot_rates_of_words
from analysis.figures.labels import label_points
from analysis.figures.shifts import plot_shift
from analysis.index import build_index
from analysis.tables import UNITS, build_table

SIDES = {"target": "North", "reference": "South"}


def tables():
    rng = np.random.default_rng(2)
    words = ["peace", "trade", "islands", "the", "treaty", "law"]
    shares = {"North": [0.35, 0.05, 0.1, 0.3, 0.1, 0.1], "South": [0.05, 0.35, 0.1, 0.3, 0.1, 0.1]}
    texts = {
        f"{group}{n}": " ".join(rng.choice(words, 60, p=share))
        for group, share in shares.items()
        for n in range(8)
    }
    index = build_index(pd.Series(texts))
    units = pd.DataFrame({"unit_id": index.unit_ids, "n_tokens": index.n_tokens})
    units = units.assign(group=[name[:5] for name in texts], voice="original")
    return index, build_table(units, UNITS)


def _counted():
    index, units = tables()
    return count_terms(index), units


@pytest.fixture(scope="module")
def compared():
    index, units = tables()
    return keyness(count_terms(index), units, **SIDES)


@pytest.mark.parametrize("plot", [plot_evidence, plot_rates_of_words])
def test_each_side_has_its_colour_and_its_words_are_named(compared, plot):
    ax = plot(compared, **SIDES)
    pale, north, south = ax.collections[:3]
    sure = [(compared["low"] > 0).sum(), (compared["high"] < 0).sum()]
    assert [len(north.get_offsets()), len(south.get_offsets())] == sure
    assert len(pale.get_offsets()) == len(compared) - sum(sure)
    named = {text.get_text(): text.get_color() for text in ax.texts}
    assert {"peace", "trade"} <= set(named)
    assert named["peace"] != named["trade"]


def test_a_word_stands_at_its_effect_and_evidence(compared):
    ax = plot_evidence(compared, **SIDES)
    row = compared[compared["term"] == "peace"].iloc[0]
    places = np.concatenate([dots.get_offsets() for dots in ax.collections])
    assert any(np.allclose(place, [row["log_ratio"], np.sqrt(abs(row["g2"]))]) for place in places)


def test_words_of_one_side_alone_stand_at_the_edge(compared):
    alone = compared.assign(rate_reference_per_10k=0.0, n_reference=0).iloc[:1]
    rows = pd.concat([compared.iloc[1:], alone], ignore_index=True)
    ax = plot_rates_of_words(rows, **SIDES)
    left = min(dots.get_offsets()[:, 0].min() for dots in ax.collections if len(dots.get_offsets()))
    rates = rows[["rate_target_per_10k", "rate_reference_per_10k"]].to_numpy()
    assert left == pytest.approx(rates[rates > 0].min() / 2)
    with pytest.raises(TableError, match="no word that both sides use"):
        plot_evidence(alone, **SIDES)
    with pytest.raises(TableError, match="no word to draw"):
        plot_rates_of_words(alone.iloc[:0], **SIDES)


def test_labels_cover_neither_each_other_nor_the_points():
    _, ax = plt.subplots(figsize=(2, 2))
    ax.set(xlim=(0, 1), ylim=(0, 1))
    written = label_points(ax, [(0.5, 0.5)] * 12, ["a long label"] * 12)
    boxes = [text.get_window_extent() for text in ax.texts]
    assert written == len(boxes) < 12
    assert not any(a.overlaps(b) for n, a in enumerate(boxes) for b in boxes[:n])
    plt.close()


def test_a_network_draws_the_strongest_pairs():
    index, units = tables()
    pairs = collocations(index, units)
    ax = plot_collocations(pairs, n_pairs=6, node="peace")
    drawn = pairs.nlargest(6, "log_dice")
    drawn = drawn[drawn["term_1"].astype(str) != drawn["term_2"].astype(str)]
    lines = next(c for c in ax.collections if hasattr(c, "get_segments"))
    assert len(lines.get_segments()) == len(drawn)
    words = set(drawn["term_1"].astype(str)) | set(drawn["term_2"].astype(str))
    assert {text.get_text() for text in ax.texts} <= words
    again = plot_collocations(pairs, n_pairs=6, node="peace")
    places = [dots.get_offsets() for dots in (ax.collections[1], again.collections[1])]
    assert (places[0] == places[1]).all()


def test_a_shift_draws_divergences_to_both_sides():
    index, units = tables()
    found = word_shift(count_terms(index), units, **SIDES)
    ax = plot_shift(found, **SIDES, n_terms=4)
    lengths = [bar.get_width() for bar in ax.patches]
    assert np.abs(lengths).tolist() == pytest.approx(found["contribution"].head(4).tolist())
    more = found["p_target"].head(4) >= found["p_reference"].head(4)
    assert [length > 0 for length in lengths] == more.tolist()
    assert [label.get_text() for label in ax.get_yticklabels()] == found["term"].head(4).tolist()


def test_a_shift_of_entropy_keeps_its_signs():
    index, units = tables()
    found = word_shift(count_terms(index), units, **SIDES, measure="entropy")
    lengths = [bar.get_width() for bar in plot_shift(found, **SIDES).patches]
    assert lengths == pytest.approx(found["contribution"].tolist())


def test_what_cannot_be_drawn():
    with pytest.raises(TableError, match="shifts: no term to draw"):
        plot_shift(word_shift(*_counted(), **SIDES).iloc[:0], **SIDES)
    index, units = tables()
    with pytest.raises(ValueError, match="strength"):
        plot_collocations(collocations(index, units), strength="loudness")
    with pytest.raises(TableError, match="no pair of two words"):
        plot_collocations(collocations(index, units).iloc[:0])
