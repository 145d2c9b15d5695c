"""Positions from word counts alone."""

import numpy as np
import pytest
from scaled import POSITIONS, line, tables

from analysis.errors import TableError
from analysis.models.wordfish import fit_wordfish
from analysis.tables import SCALE_POSITIONS, SCALE_WORDS, UNITS, build_table, check_table

RIGHT = ("t8", "t0")


def test_positions_and_leans_are_found():
    scale = fit_wordfish(*line(length=2000), right_of=RIGHT)
    positions = check_table(scale.positions, SCALE_POSITIONS)["position"].to_numpy()
    standard = (POSITIONS - POSITIONS.mean()) / POSITIONS.std(ddof=1)
    assert positions == pytest.approx(standard, abs=0.15)
    words = check_table(scale.words, SCALE_WORDS)
    assert np.corrcoef(words["score"], words["term"].astype(str).str[1:].astype(int))[0, 1] > 0.98
    assert scale.converged
    assert scale.last_change < 1e-6


def test_positions_are_standard_and_the_first_is_right_of_the_second():
    positions = fit_wordfish(*line(), right_of=("t0", "t8")).positions["position"]
    assert positions.mean() == pytest.approx(0, abs=1e-12)
    assert positions.std() == pytest.approx(1)
    assert positions[0] > positions[8]


def test_the_order_of_units_and_texts_without_words_change_nothing():
    counts, units = line()
    there = fit_wordfish(counts, units, right_of=RIGHT).positions.set_index("unit_id")["position"]
    empty = build_table([{"unit_id": "none", "n_tokens": 5, "voice": "original"}], UNITS)
    more = build_table([*units[::-1].to_dict("records"), *empty.to_dict("records")], UNITS)
    back = fit_wordfish(counts, more, right_of=RIGHT).positions.set_index("unit_id")["position"]
    assert "none" not in back.index
    assert back[there.index].to_numpy() == pytest.approx(there.to_numpy(), abs=1e-5)


def test_longer_texts_are_surer():
    short, long = (fit_wordfish(*line(length=n), right_of=RIGHT).positions for n in (200, 2000))
    assert (long["se"] < short["se"]).all()
    assert (short["high"] - short["position"]).to_numpy() == pytest.approx(
        1.959964 * short["se"].to_numpy(), rel=1e-6
    )


def test_limits_are_over_words_unless_one_stops_as_the_r_standard_does():
    best, early = (fit_wordfish(*line(), right_of=RIGHT, stop=s) for s in ("converged", "quanteda"))
    assert (best.positions["se"] != best.positions["se_model"]).all()
    assert (early.positions["se"] == early.positions["se_model"]).all()


def test_what_is_refused():
    counts, units = line()
    with pytest.raises(ValueError, match=r"no unit 't9'.*"):
        fit_wordfish(counts, units, right_of=("t9", "t0"))
    with pytest.raises(ValueError, match="right_of names 't0' twice"):
        fit_wordfish(counts, units, right_of=("t0", "t0"))
    with pytest.raises(ValueError, match="stop"):
        fit_wordfish(counts, units, right_of=RIGHT, stop="soon")
    with pytest.raises(ValueError, match="tolerance is 0; it is above 0"):
        fit_wordfish(counts, units, right_of=RIGHT, tolerance=0)
    few = counts[counts["unit_id"].isin(["t0", "t1"])]
    with pytest.raises(TableError, match="2 have words; a scale needs three"):
        fit_wordfish(few, units, right_of=("t0", "t1"))
    with pytest.raises(TableError, match="other words"):
        fit_wordfish(*line(voice="paraphrase"), right_of=RIGHT)


@pytest.mark.parametrize("stop", ["converged", "quanteda"])
def test_texts_that_do_not_differ_have_no_scale(stop):
    with pytest.raises(TableError, match="in the same shares"):
        fit_wordfish(*tables("a b", "a b a b", "b a"), right_of=("t0", "t1"), stop=stop)
