"""Topic shares as refits to documents drawn anew would give them."""

import numpy as np
import pandas as pd
import pytest
from topical import world

from analysis.errors import TableError
from analysis.models.topic_draws import draw_topics, redraw_shares
from analysis.models.topics import fit_topics

COUNTS, UNITS = world(n_units=24)
MODEL = fit_topics(COUNTS, UNITS, k=3, seed=1)
DRAWS = draw_topics(MODEL, UNITS, seed=1, draws=3)


def wide(draws, draw):
    rows = draws[draws["draw"] == draw]
    return rows.pivot_table(index="unit_id", columns="topic", values="share", observed=True)


def test_draw_0_is_the_fit():
    shares = MODEL.topic_shares.pivot_table(
        index="unit_id", columns="topic", values="share", observed=True
    )
    assert np.abs(wide(DRAWS, 0) - shares).to_numpy().max() < 0.02
    assert sorted(DRAWS["draw"].unique()) == [0, 1, 2, 3]


def test_topics_of_every_draw_are_those_of_the_model():
    for draw in (1, 2, 3):
        together = np.corrcoef(wide(DRAWS, 0).to_numpy().T, wide(DRAWS, draw).to_numpy().T)
        assert np.diag(together[:3, 3:]).min() > 0.9


def test_shares_of_a_unit_add_up_to_one():
    sums = DRAWS.groupby(["draw", "unit_id"], observed=True)["share"].sum()
    assert sums.to_numpy() == pytest.approx(np.ones(4 * 24))


def test_the_same_seed_gives_the_same_draws_and_another_gives_others():
    pd.testing.assert_frame_equal(DRAWS, draw_topics(MODEL, UNITS, seed=1, draws=3))
    assert not DRAWS.equals(draw_topics(MODEL, UNITS, seed=2, draws=3))


def test_passages_of_one_document_are_drawn_together():
    one = redraw_shares(MODEL.parts, ["d"] * 24, seed=1, draws=2)
    # The only document is drawn every time: each refit is to the same texts.
    assert one[1] == pytest.approx(one[2])


def test_a_unit_without_a_term_of_the_model_has_no_share():
    blank = pd.DataFrame({"unit_id": ["blank"], "term": ["the"], "n": [9]})
    counts = pd.concat([COUNTS.astype({"unit_id": "str", "term": "str"}), blank])
    counts = counts.astype({"unit_id": "category", "term": "category"}).reset_index(drop=True)
    last = UNITS.tail(1).assign(unit_id="blank", doc_id="blank")
    units = pd.concat([UNITS.astype({"unit_id": "str"}), last], ignore_index=True)
    units = units.astype({"unit_id": "category"})
    drawn = draw_topics(fit_topics(counts, units, k=2, seed=1), units, seed=1, draws=2)
    assert drawn.loc[drawn["unit_id"] == "blank", "share"].isna().all()
    assert drawn.loc[drawn["unit_id"] != "blank", "share"].notna().all()


def test_units_must_be_those_of_the_model_and_draws_two_or_more():
    with pytest.raises(TableError, match="no unit 'u00'"):
        draw_topics(MODEL, UNITS.iloc[1:].reset_index(drop=True), seed=1, draws=2)
    with pytest.raises(ValueError, match="two or more"):
        draw_topics(MODEL, UNITS, seed=1, draws=1)
