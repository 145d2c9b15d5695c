"""Positions from those of reference texts."""

import numpy as np
import pytest
from scaled import line, tables

from analysis.errors import TableError
from analysis.models.wordscores import fit_wordscores
from analysis.tables import SCALE_WORDS, SCORED_TEXTS, UNITS, build_table, check_table

REFERENCES = {"t0": -1.0, "t8": 1.0}


def scored(**options):
    found = fit_wordscores(*line(), **({"reference_scores": REFERENCES} | options))
    check_table(found.words, SCALE_WORDS)
    return check_table(found.positions, SCORED_TEXTS)


def test_reference_texts_keep_their_positions_on_the_scale_of_martin_and_vanberg():
    found = scored().set_index("unit_id")
    assert found.loc["t0", "mv"] == pytest.approx(-1)
    assert found.loc["t8", "mv"] == pytest.approx(1)
    assert found["mv"].is_monotonic_increasing
    assert found["reference"].notna().sum() == 2


def test_scores_vary_as_the_references_do_on_the_scale_of_laver_benoit_and_garry():
    found = scored()
    assert found["lbg"].std() == pytest.approx(np.std([-1, 1], ddof=1))
    assert found["lbg"].mean() == pytest.approx(found["raw"].mean())


def test_references_the_other_way_round_mirror_the_scores():
    there = scored()["raw"]
    back = scored(reference_scores={"t0": 1.0, "t8": -1.0})["raw"]
    assert there.to_numpy() == pytest.approx(-back.to_numpy())


def test_words_of_no_reference_text_count_for_nothing():
    counts, units = line()
    only = counts[(counts["unit_id"] != "t0") | (counts["term"] == "w01")]
    found = fit_wordscores(only, units, reference_scores={"t0": -1.0, "t1": 1.0}).positions
    sizes = counts[counts["unit_id"] == "t8"]["n"].sum()
    assert found["n_scored"].iloc[8] <= sizes


def test_what_is_refused():
    with pytest.raises(ValueError, match=r"no unit 't10'"):
        scored(reference_scores={"t0": 1.0, "t10": 2.0})
    with pytest.raises(ValueError, match="two or more that differ are needed"):
        scored(reference_scores={"t0": 1.0, "t1": 1.0})
    with pytest.raises(ValueError, match="smooth is -1; it is 0 or more"):
        scored(smooth=-1)
    counts, units = line()
    empty = build_table([{"unit_id": "x", "n_tokens": 0, "voice": "original"}], UNITS)
    more = build_table([*units.to_dict("records"), *empty.to_dict("records")], UNITS)
    with pytest.raises(TableError, match="a reference text has no words"):
        fit_wordscores(counts, more, reference_scores={"t0": 1.0, "x": 2.0})


def test_reference_texts_that_words_do_not_tell_apart_are_refused():
    for texts in (["a b", "b a", "a c b"], ["a a", "a", "a a a"]):
        with pytest.raises(TableError, match="the same mean score"):
            fit_wordscores(*tables(*texts), reference_scores={"t0": 0, "t1": 1})


@pytest.mark.parametrize("score", [None, "left", float("nan"), float("inf")])
def test_a_position_that_is_no_number_is_refused(score):
    with pytest.raises(ValueError, match="two or more that differ are needed"):
        fit_wordscores(*line(), reference_scores={"t0": score, "t8": 1})


def test_smoothing_is_a_number():
    with pytest.raises(ValueError, match="smooth is nan; it is 0 or more"):
        fit_wordscores(*line(), reference_scores={"t0": 0, "t8": 1}, smooth=float("nan"))


def test_a_text_without_words_has_no_score():
    found = fit_wordscores(*tables("a a b", "b b a", ""), reference_scores={"t0": 0, "t1": 1})
    row = found.positions.set_index("unit_id").loc["t2"]
    assert row["n_scored"] == 0
    assert row[["raw", "low", "lbg", "mv"]].isna().all()
