"""Who coded what, and how good each coder is, step by step."""

import pytest

from analysis.pipeline_codes import (
    ALL_CODES,
    add_agreement,
    add_codes,
    add_evaluation,
    add_learned,
)
from analysis.tables import TABLES, check_table
from tests.small_study import small_study, small_tables


@pytest.fixture(scope="module")
def evaluated():
    built = small_tables()
    for step in (add_agreement, add_learned, add_evaluation):
        step(small_study(), built)
    return built.tables


def test_every_table_is_as_declared(evaluated):
    names = {"reliability", "agreement", "disagreements", "evaluation", "coder_scores"}
    assert names | {"confusion", "calibration", "learnt", "reasons"} <= set(evaluated)
    for name, table in evaluated.items():
        check_table(table, TABLES[name])


def test_those_who_coded_blind_are_held_to_each_other(evaluated):
    alphas = evaluated["reliability"].set_index("code")["alpha"]
    assert (alphas > 0.8).all()


def test_patterns_beat_knowing_who_speaks(evaluated):
    scores = evaluated["coder_scores"].pivot_table("macro_f1", "code", "coder", observed=True)
    assert (scores["patterns"] > scores["actor_only"] + 0.2).all()


def test_confusion_counts_every_statement_once(evaluated):
    counts = evaluated["confusion"].groupby(["coder", "code"], observed=True)["n"].sum()
    for coder in ("learned", "patterns", "actor_only"):
        assert counts[coder].tolist() == [160, 160]


def test_only_who_gives_probabilities_is_asked_whether_they_hold(evaluated):
    calibration = evaluated["calibration"]
    assert set(calibration["coder"]) == {"learned", "actor_only"}
    assert set(calibration["code"]) == {ALL_CODES, "toll", "trade"}
    found = calibration[calibration["bin"] == "all"].set_index(["coder", "code"])["n_found"]
    for coder in ("learned", "actor_only"):
        assert found[coder, ALL_CODES] == found[coder, "toll"] + found[coder, "trade"] == 320


def test_where_nothing_can_be_learnt_it_is_said():
    built = small_tables()
    codes = built.tables["codes"]
    still = codes["value"].where(codes["coder"] != "hand", "not_addressed")
    built.tables["codes"] = codes.assign(value=still.astype("category"))
    add_learned(small_study(), built)
    assert "learnt" not in built.tables
    assert "nothing can be learnt from 'hand'" in built.left_out["learned"]


def test_without_codes_by_hand_there_is_nothing_to_be_held_to():
    built, study = small_tables(hand=False), small_study(codes=None)
    before = set(built.tables)
    for step in (add_agreement, add_learned, add_evaluation):
        step(study, built)
    assert set(built.tables) == before


def test_patterns_code_every_statement():
    built = small_tables(hand=False)
    del built.tables["codes"]
    add_codes(small_study(codes=None), built)
    assert set(built.tables["codes"]["coder"]) == {"patterns"}
    assert len(built.tables["codes"]) == 320
    assert built.tables["pattern_report"]["pattern"].tolist() == ["trade*", "goods"]
