"""Salience and direction of two invented sides, cell by cell."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest

from analysis.comparison.positions import compare_frames, compare_positions, note_reliability
from analysis.errors import StudyError, TableError
from analysis.resampling import share_interval
from analysis.tables import (
    CODES,
    DIFFERENCES,
    POSITIONS,
    RELIABILITY,
    SHARES,
    STATEMENTS,
    build_table,
)

GROUPS = {"North": ["North", "Old North"], "South": ["South"]}
PERIODS = {
    "early": (date(2001, 1, 1), date(2004, 12, 31)),
    "late": (date(2005, 1, 1), date(2009, 12, 31)),
}
SHORT = {
    **{"f": "favor", "a": "against", "c": "conditional", "u": "ambiguous", ".": "not_addressed"},
    **{"+": "present", "-": "absent"},
}


def spoken(*parts, **columns):
    """Statements s0, s1, ...: "North 2001 episode value", each part one of them."""
    fields = [part.split() for part in parts]
    rows = {
        "statement_id": [f"s{place}" for place in range(len(parts))],
        "actor": [actor.replace("&", "; ").replace("_", " ") for actor, *_ in fields],
        "said_on": pd.to_datetime([f"{year}-06-30" for _, year, *_ in fields]),
        "episode_id": [episode for *_, episode, _ in fields],
        **{"voice": "paraphrase", "layer": "news", "start": 0, "end": 0, "negated": False},
        **columns,
    }
    return build_table(pd.DataFrame(rows), STATEMENTS)


def coded(*parts, code="toll", coder="adjudicated"):
    rows = [
        {"statement_id": f"s{place}", "code": code, "coder": coder, "value": SHORT[part[-1]]}
        for place, part in enumerate(parts)
    ]
    return build_table(rows, CODES)


def compared(*parts, compare=compare_positions, **columns):
    return compare(spoken(*parts, **columns), coded(*parts), groups=GROUPS, periods=PERIODS)


def cell(*parts, group="North", period="all", **how):
    """One row of the comparison; the other side says one thing, so that there is one."""
    frame = compared(*parts, "South 2001 e99 .", **how)
    return frame[(frame["group"] == group) & (frame["period"] == period)].iloc[0]


MIXED = [f"North 2001 e{n} {value}" for n, value in enumerate("ffffaacu..")]


# What is counted


def test_the_five_values_have_counts_of_their_own():
    found = cell(*MIXED)
    counts = found[["n_favor", "n_against", "n_conditional", "n_ambiguous", "n_addressed"]]
    assert counts.tolist() == [4, 2, 1, 1, 8]
    assert (found["n_statements"], found["n_units"]) == (10, 10)


def test_salience_and_direction_are_shares_of_different_wholes():
    found = cell(*MIXED)
    assert found["salience"] == pytest.approx(8 / 10)
    assert found["direction"] == pytest.approx((4 - 2) / (4 + 2))


def test_one_statement_per_episode_gives_exact_binomial_limits():
    found = cell(*MIXED)
    salience = binomtest(8, 10).proportion_ci()
    favor = binomtest(4, 6).proportion_ci()
    assert (found["salience_low"], found["salience_high"]) == pytest.approx(tuple(salience))
    limits = (2 * favor.low - 1, 2 * favor.high - 1)
    assert (found["direction_low"], found["direction_high"]) == pytest.approx(limits)


def test_intervals_stand_on_episodes_not_statements():
    parts = [f"North 2001 e{n // 4} {value}" for n, value in enumerate("ffffaaaaffff....ffaa")]
    found = cell(*parts)
    oracle = share_interval([4, 4, 4, 0, 4], [4] * 5)
    assert found["n_units"] == 5
    assert (found["salience_low"], found["salience_high"]) == (oracle.low, oracle.high)


def test_a_document_stands_for_a_missing_episode():
    parts = ["North 2001 x f"] * 4
    found = cell(*parts, episode_id=[None] * 5, doc_id=["d1", "d1", "d2", "d3", "d4"])
    assert found["n_units"] == 3


def test_periods_are_days_of_saying_and_all_takes_even_the_undated():
    parts = ["North 2004 e1 f", "North 2005 e2 f", "North 1990 e3 f", "North 2001 e4 f"]
    days = pd.to_datetime(["2004-12-31", "2005-01-01", "1990-01-01", None, "2001-01-01"])
    frame = compared(*parts, "South 2001 e5 .", said_on=days)
    north = frame[frame["group"] == "North"].set_index("period")["n_statements"]
    assert north.to_dict() == {"early": 1, "late": 1, "all": 4}


def test_actors_of_a_group_count_together_and_joint_or_other_actors_not_at_all():
    parts = ["North 2001 e1 f", "Old_North 2001 e2 f", "North&South 2001 e3 f", "East 2001 e4 f"]
    assert cell(*parts)["n_statements"] == 2


def test_duplicates_and_background_do_not_count():
    parts = ["North 2001 e1 f", "North 2001 e2 f", "North 2001 e3 f"]
    duplicates = [None, "s0", None, None]
    layers = ["news", "news", "background", "news"]
    assert cell(*parts, duplicate_of=duplicates, layer=layers)["n_statements"] == 1


def test_every_cell_has_its_row_in_the_order_of_the_study():
    frame = compared("South 2001 e1 f", "North 2007 e2 a")
    cells = list(frame[["group", "period"]].itertuples(index=False, name=None))
    assert cells == [(g, p) for g in ("North", "South") for p in ("early", "late", "all")]
    empty = frame.iloc[0]
    assert (empty["n_statements"], empty["n_units"]) == (0, 0)
    assert np.isnan(empty["salience"])
    assert empty["note"] == "no statements; n = 0, not estimable"


# What cannot be estimated


@pytest.mark.parametrize(
    ("values", "note"),
    [
        ("ffa..", "n = 3, not estimable"),
        ("cccuu", "n = 0, not estimable"),
        ("aaaaaaa", "all 7 against; not estimable"),
        ("ffffff..", "all 6 in favor; not estimable"),
    ],
)
def test_direction_is_missing_where_there_is_too_little_or_no_variation(values, note):
    found = cell(*[f"North 2001 e{n} {value}" for n, value in enumerate(values)])
    assert np.isnan(found[["direction", "direction_low", "direction_high"]].astype(float)).all()
    assert found["note"] == note


def test_stances_of_a_single_episode_give_no_direction():
    parts = [f"North 2001 e1 {value}" for value in "fffaaa"]
    assert "all 6 in one episode; not estimable" in cell(*parts, "North 2001 e2 .")["note"]


def test_a_proposition_that_nobody_addresses_has_an_upper_limit_for_its_salience():
    found = cell(*[f"North 2001 e{n} ." for n in range(6)])
    assert (found["salience"], found["salience_low"]) == (0, 0)
    assert found["salience_high"] == pytest.approx(1 - 0.025 ** (1 / 6))


def test_a_single_episode_has_a_salience_without_an_interval():
    found = cell("North 2001 e1 f", "North 2001 e1 .")
    assert found["salience"] == 0.5
    assert np.isnan(found["salience_low"])
    assert found["note"].startswith("one episode only: no interval")


# Laws


@settings(max_examples=20)
@given(st.text("fac.", min_size=2, max_size=20), st.integers(1, 5))
def test_reversing_every_stance_reverses_direction_and_leaves_salience(values, size):
    parts = [f"North 2001 e{n // size} {value}" for n, value in enumerate(values)]
    turned = [part[:-1] + part[-1].translate(str.maketrans("fa", "af")) for part in parts]
    there, back = cell(*parts), cell(*turned)
    kept = ["salience", "salience_low", "salience_high"]
    assert there[kept].tolist() == pytest.approx(back[kept].tolist(), nan_ok=True)
    assert [there["direction"], there["direction_low"]] == pytest.approx(
        [-back["direction"], -back["direction_high"]], nan_ok=True
    )


def test_periods_that_part_the_statements_add_up_to_all():
    frame = compared("North 2001 e1 f", "North 2006 e2 a", "South 2007 e3 c", "South 2008 e3 .")
    counts = [column for column in frame if column.startswith("n_") and column != "n_units"]
    within = frame[frame["period"] != "all"].groupby("group", observed=True)[counts].sum()
    total = frame[frame["period"] == "all"].set_index("group")[counts]
    assert within.to_numpy().tolist() == total.to_numpy().tolist()


# Frames


def test_a_frames_share_is_that_of_statements_in_which_it_is_present():
    parts = [f"North 2001 e{n} {value}" for n, value in enumerate("++---")]
    frame = compared(*parts, "South 2001 e9 -", compare=compare_frames)
    found = frame[(frame["group"] == "North") & (frame["period"] == "early")].iloc[0]
    oracle = binomtest(2, 5).proportion_ci()
    assert (found["n_present"], found["share"]) == (2, 0.4)
    assert (found["low"], found["high"]) == pytest.approx(tuple(oracle))


def test_frames_and_propositions_are_told_apart_by_their_values():
    parts = ["North 2001 e1 f", "South 2001 e2 a"]
    marks = ["North 2001 e1 +", "South 2001 e2 -"]
    both = pd.concat([coded(*parts), coded(*marks, code="bridge")], ignore_index=True)
    both = build_table(both.astype({"code": "str", "value": "str", "coder": "str"}), CODES)
    compared_with = {"groups": GROUPS, "periods": PERIODS}
    positions = compare_positions(spoken(*parts), both, **compared_with)
    shares = compare_frames(spoken(*parts), both, **compared_with)
    assert positions["proposition"].unique().tolist() == ["toll"]
    assert shares["code"].unique().tolist() == ["bridge"]


# Reliability beside the estimate


def reliability(alpha):
    row = {"code": "toll", "n_statements": 9, "n_units": 9, "alpha": alpha}
    return build_table([row], RELIABILITY)


@pytest.mark.parametrize(
    ("alpha", "note"),
    [(0.9, None), (0.5, "alpha 0.50, under .67: for illustration only"), (None, "alpha undefined")],
)
def test_an_estimate_on_an_unreliable_code_says_so(alpha, note):
    parts = [*MIXED, *[part.replace("North", "South") for part in MIXED]]
    noted = note_reliability(compared(*parts), reliability(alpha))
    found = noted[noted["period"] == "all"]["note"]
    assert found.isna().all() if note is None else (found == note).all()
    assert list(noted.columns) == list(POSITIONS.columns)


def test_the_warning_joins_what_the_note_says_already():
    frame = compared("North 2001 e1 +", "South 2001 e2 -", compare=compare_frames)
    unknown = reliability(0.9).assign(code=pd.Categorical(["bridge"]))
    noted = note_reliability(frame, unknown)
    assert noted["note"].iloc[0] == "one episode only: no interval; reliability not known"
    assert list(noted.columns) == list(SHARES.columns)


def test_every_table_of_estimates_can_be_warned_of():
    rows = [{"code": "toll", "measure": "share", "period": "all", "note": "n = 3, not estimable"}]
    rows[0] |= {"n_target": 3, "n_reference": 3, "n_units": 6}
    noted = note_reliability(build_table(rows, DIFFERENCES), reliability(0.5))
    assert noted["note"].iloc[0] == (
        "n = 3, not estimable; alpha 0.50, under .67: for illustration only"
    )
    with pytest.raises(TableError, match="no table of estimates by code"):
        note_reliability(reliability(0.5).drop(columns="note"), reliability(0.5))


# What is refused


def test_synthetic_statements_are_refused_and_the_message_says_why():
    for compare in (compare_positions, compare_frames):
        with pytest.raises(TableError, match=r"synthetic.*exercises, not evidence"):
            compared("North 2001 e1 f", "South 2001 e2 f", compare=compare, voice="synthetic")


def test_a_study_with_one_group_cannot_compare():
    parts = ["North 2001 e1 f"]
    with pytest.raises(StudyError, match=r"groups are \['North'\]: one side alone.*\[groups\]"):
        compare_positions(
            spoken(*parts), coded(*parts), groups={"North": ["North"]}, periods=PERIODS
        )


def test_an_actor_stands_on_one_side():
    parts = ["North 2001 e1 f"]
    groups = {"North": ["North"], "South": ["South", "North"]}
    with pytest.raises(StudyError, match="actor 'North' stands in groups 'North' and 'South'"):
        compare_positions(spoken(*parts), coded(*parts), groups=groups, periods=PERIODS)


def test_an_unknown_coder_names_those_there_are():
    parts = ["North 2001 e1 f", "South 2001 e2 f"]
    with pytest.raises(ValueError, match=r"no coder 'patterns'; there are \['adjudicated'\]"):
        compare_positions(
            spoken(*parts), coded(*parts), groups=GROUPS, periods=PERIODS, coder="patterns"
        )


def test_a_code_with_values_of_two_kinds_is_refused():
    with pytest.raises(TableError, match=r"code 'toll' has values \['present'\] beside"):
        compared("North 2001 e1 f", "South 2001 e2 +")


def test_frames_without_any_frame_code_say_what_is_missing():
    with pytest.raises(TableError, match=r"no code of coder 'adjudicated' has the values"):
        compared("North 2001 e1 f", "South 2001 e2 a", compare=compare_frames)


def test_a_period_cannot_be_named_all():
    parts = ["North 2001 e1 f", "South 2001 e2 f"]
    with pytest.raises(ValueError, match="a period is named 'all'"):
        compare_positions(
            spoken(*parts), coded(*parts), groups=GROUPS, periods={"all": PERIODS["early"]}
        )


def test_versions_of_the_codebook_are_told_apart():
    parts = [*MIXED, "South 2001 e99 ."]
    made = coded(*parts)
    mixed = build_table(made.assign(codebook_version=["1"] * 5 + ["2"] * 6), CODES)
    found = compare_positions(spoken(*parts), mixed, groups=GROUPS, periods=PERIODS)
    assert found["note"].str.contains("codebook versions 1 and 2 mixed").all()


@pytest.mark.parametrize("compare", [compare_positions, compare_frames])
def test_a_code_of_which_no_side_speaks_has_rows_that_say_so(compare):
    value = "f" if compare is compare_positions else "+"
    found = compared(f"East 2001 e1 {value}", compare=compare)
    assert found["n_statements"].tolist() == [0] * len(found)
    assert len(found) == 2 * (len(PERIODS) + 1)
    assert found["note"].str.startswith("no statements").all()


def test_a_period_that_ends_before_it_begins_is_refused():
    turned = {name: (last, first) for name, (first, last) in PERIODS.items()}
    with pytest.raises(ValueError, match="turn it round"):
        compare_positions(spoken(*MIXED), coded(*MIXED), groups=GROUPS, periods=turned)


def test_a_value_of_no_kind_names_the_nearest_one():
    wrong = coded(*MIXED).astype({"value": "str"}).replace({"value": {"against": "againts"}})
    wrong = build_table(wrong, CODES)
    with pytest.raises(TableError, match=r"is 'againts'; .* did you mean 'against'"):
        compare_positions(spoken(*MIXED), wrong, groups=GROUPS, periods=PERIODS)
