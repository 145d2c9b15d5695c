"""The step of the pipeline that scales texts."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from scaled import POSITIONS, line

from analysis.built import Built
from analysis.models.wordfish import fit_wordfish
from analysis.pipeline_scales import add_scales
from analysis.study import ScaleChoices
from analysis.tables import TABLES, UNITS, build_table, check_table
from tests.small_study import PERIODS, small_study

CHOICES = ScaleChoices(
    right_of=("t8", "t0"),
    references={"North": -1.0, "South": 1.0},
    reference_days=(date(1992, 1, 1), date(1992, 12, 31)),
)


def built(voice="original"):
    """Texts of two sides, which stand apart; the first and the last of 1992."""
    counts, units = line(voice=voice)
    days = pd.to_datetime(["1992-02-02", *["1997-07-07"] * 7, "1992-03-03"])
    units = units.assign(group=["North"] * 5 + ["South"] * 4, date=days)
    return Built(tables={"counts": counts, "units": build_table(units, UNITS)})


@pytest.fixture(scope="module")
def scaled():
    found = built()
    add_scales(small_study(scale=CHOICES), found)
    return found


def test_every_table_is_as_declared(scaled):
    names = {"scale_positions", "scale_words", "scale_fits", "ca_texts", "ca_dimensions"}
    names |= {"scored_texts", "scales", "scale_effects", "scale_agreement"}
    assert names <= set(scaled.tables)
    for name in names:
        check_table(scaled.tables[name], TABLES[name])


def test_three_scales_find_the_same_line(scaled):
    scales = scaled.tables["scales"]
    assert list(scales["scale"].cat.categories) == ["wordfish", "correspondence", "wordscores"]
    for _, rows in scales.groupby("scale", observed=True):
        assert np.corrcoef(rows["position"], POSITIONS)[0, 1] > 0.97


def test_wordfish_is_that_of_the_content_words(scaled):
    found = built()
    own = fit_wordfish(found.tables["counts"], found.tables["units"], right_of=("t8", "t0"))
    positions = scaled.tables["scale_positions"]["position"]
    assert positions.tolist() == pytest.approx(own.positions["position"].tolist())
    fit = scaled.tables["scale_fits"].iloc[0]
    assert (fit["n_iterations"], fit["converged"]) == (own.n_iterations, True)


def test_references_are_texts_of_those_days_and_count_in_no_mean(scaled):
    scored = scaled.tables["scored_texts"].set_index("unit_id")
    assert scored["reference"].dropna().to_dict() == {"t0": -1.0, "t8": 1.0}
    assert scored.loc[["t0", "t8"], "mv"].tolist() == pytest.approx([-1, 1])
    effects = scaled.tables["scale_effects"]
    early = effects[(effects["scale"] == "wordscores") & (effects["period"] == "early")]
    assert set(early["n_units"]) == {0}
    assert set(effects["period"].astype("str")) == {"all", *PERIODS}


def test_without_references_there_are_no_wordscores():
    found = built()
    add_scales(small_study(scale=ScaleChoices(right_of=("t8", "t0"))), found)
    assert "scored_texts" not in found.tables
    assert "wordscores" not in set(found.tables["scales"]["scale"])


def test_where_nothing_is_asked_or_allowed_nothing_is_scaled():
    found = built()
    add_scales(small_study(), found)
    assert set(found.tables) == {"counts", "units"}
    found = built(voice="paraphrase")
    add_scales(small_study(scale=CHOICES), found)
    assert "scales" not in found.tables
    assert "other words" in found.left_out["scales"]
