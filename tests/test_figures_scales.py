"""Positions and words of a scale, drawn."""

import numpy as np
import pandas as pd
import pytest
from scaled import line

from analysis.errors import TableError
from analysis.figures.scales import plot_scale, plot_scale_words
from analysis.models.wordfish import fit_wordfish

SCALE = fit_wordfish(*line(), right_of=("t8", "t0"))


def test_texts_stand_from_left_to_right_with_their_intervals():
    ax = plot_scale(SCALE.positions, groups=["North"], labels={"t8": "The eighth"})
    names = [label.get_text() for label in ax.get_yticklabels()]
    ordered = SCALE.positions.sort_values("position")["unit_id"].astype(str).tolist()
    assert names == [{"t8": "The eighth"}.get(name, name) for name in ordered]
    marks = [line_.get_xdata()[0] for line_ in ax.lines if line_.get_marker() != "None"]
    assert marks == pytest.approx(sorted(SCALE.positions["position"]))


def test_words_that_move_positions_most_are_named():
    ax = plot_scale_words(SCALE.words, n_labels=2)
    weight = SCALE.words["score"] * np.sqrt(SCALE.words["n"])
    best = SCALE.words.loc[[weight.idxmax(), weight.idxmin()], "term"].astype(str)
    assert set(best) <= {text.get_text() for text in ax.texts}
    cloud = ax.collections[0].get_offsets()
    assert cloud[:, 1].tolist() == SCALE.words["n"].tolist()
    assert ax.get_yscale() == "log"


def test_what_cannot_be_drawn():
    many = pd.concat([SCALE.positions.assign(unit_id=f"t{n}") for n in range(10)])
    with pytest.raises(TableError, match="0 rows; a figure has 1 to 60"):
        plot_scale(SCALE.positions.iloc[:0])
    with pytest.raises(TableError, match="rows"):
        plot_scale(many.assign(unit_id=pd.Categorical(range(len(many)))))
    with pytest.raises(TableError, match="no word to draw"):
        plot_scale_words(SCALE.words.iloc[:0])
