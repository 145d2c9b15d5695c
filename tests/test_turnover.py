"""A side's change: its speakers' minds, or its speakers."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.comparison.turnover import PARTS, decompose_change
from analysis.errors import TableError
from analysis.tables import CODES, STATEMENTS, TURNOVER, build_table, check_table

PERIODS = {
    "early": (date(1990, 1, 1), date(1994, 12, 31)),
    "late": (date(1995, 1, 1), date(1999, 12, 31)),
}
GROUPS = {"North": ("North",), "South": ("South",)}
SAID = st.lists(
    st.tuples(st.sampled_from("abc"), st.booleans(), st.booleans()), min_size=12, max_size=24
)


def parts(said, values=("present", "absent")):
    """Rows of a share's or direction's change by part."""
    found = changes(said, values)
    measure = "share" if values[0] == "present" else "direction"
    return found[found["measure"] == measure].set_index("part")


def changes(said, values=("present", "absent"), periods=PERIODS):
    """The rows of the side that speaks, of (speaker, late, yes) triples."""
    found = decomposed(said, values, periods)
    return found[found["group"] == "North"]


def decomposed(said, values=("present", "absent"), periods=PERIODS):
    """The table, of (speaker, late, yes) triples."""
    rows = [
        {
            **{
                "statement_id": f"s{n}",
                "speaker": speaker,
                "actor": "North",
                "episode_id": f"e{n}",
            },
            **{"said_on": pd.Timestamp("1997-01-01" if late else "1992-01-01"), "layer": "news"},
            **{"start": 0, "end": 1, "negated": False},
        }
        for n, (speaker, late, _) in enumerate(said)
    ]
    codes = [
        {
            **{"statement_id": f"s{n}", "code": "accord", "coder": "hand"},
            "value": values[0] if yes else values[1],
        }
        for n, (_, _, yes) in enumerate(said)
    ]
    found = decompose_change(
        build_table(pd.DataFrame(rows), STATEMENTS),
        build_table(codes, CODES),
        groups=GROUPS,
        periods=periods,
        coder="hand",
    )
    return check_table(found, TURNOVER)


def test_speakers_who_change_their_minds():
    said = [("a", late, late) for late in (False, True) for _ in range(6)]
    found = parts(said)["value"]
    assert found.to_dict() == pytest.approx(
        {"change": 1, "within": 1, "weights": 0, "entering": 0, "leaving": 0}
    )


def test_another_speaker_of_another_mind():
    said = [("a", False, False)] * 6 + [("b", True, True)] * 6
    found = parts(said)["value"]
    assert found["within"] == 0
    assert found["change"] == pytest.approx(found["entering"] + found["leaving"]) == 1


def test_the_same_minds_in_other_shares():
    # a always, b never; a speaks a third of the time and then two thirds.
    said = [("a", False, True)] * 2 + [("b", False, False)] * 4
    said += [("a", True, True)] * 4 + [("b", True, False)] * 2
    found = parts(said)["value"]
    assert found["change"] == pytest.approx(1 / 3)
    assert found["weights"] == pytest.approx(1 / 3)
    assert found["within"] == pytest.approx(0)


@settings(max_examples=40)
@given(SAID)
def test_the_parts_add_up_and_time_turned_round_turns_them_round(said):
    found = parts(said)
    if found["value"].isna().any():
        assert found["note"].notna().all()
        return
    values = found["value"]
    assert values[list(PARTS[1:])].sum() == pytest.approx(values["change"])
    back = parts([(speaker, not late, yes) for speaker, late, yes in said])["value"]
    assert back["within"] == pytest.approx(-values["within"])
    assert back["entering"] == pytest.approx(-values["leaving"])


def test_a_direction_is_of_those_for_or_against():
    said = [("a", False, False)] * 6 + [("a", True, True)] * 6
    found = parts(said, values=("favor", "against"))["value"]
    assert found["change"] == found["within"] == 2


def test_salience_is_of_all_statements():
    said = [("a", late, yes) for late in (False, True) for yes in [True] * (2 + 3 * late) + [False]]
    base = [("a", False, False)] * 3
    found = changes(base + said, ("favor", "not_addressed"))
    salience = found[(found["measure"] == "salience") & (found["part"] == "change")].iloc[0]
    assert salience["value"] == pytest.approx(5 / 6 - 2 / 6)
    direction = found[found["measure"] == "direction"]
    assert direction["note"].str.contains("2 statements in one period").all()


def test_each_period_is_held_against_the_one_before():
    three = PERIODS | {"last": (date(2000, 1, 1), date(2004, 12, 31))}
    said = [("a", late, late) for late in (False, True) for _ in range(6)]
    found = changes(said, periods=three)
    pairs = dict.fromkeys(zip(found["earlier"], found["later"], strict=True))
    assert list(pairs) == [("early", "late"), ("late", "last")]
    two = changes(said)
    assert found[found["later"] == "late"]["value"].tolist() == two["value"].tolist()
    assert found[found["later"] == "last"]["note"].str.startswith("0 statements in one").all()


def test_too_few_statements_are_not_estimable():
    row = parts([("a", False, True)] * 9 + [("a", True, True)] * 4).loc["change"]
    assert np.isnan(row["value"])
    assert row["note"] == "4 statements in one period, fewer than 5: not estimable"


def test_speakers_not_known_are_left_out_and_counted():
    said = [("a", late, late) for late in (False, True) for _ in range(6)] + [(None, True, True)]
    found = parts(said)
    assert (found["n_statements"] == 12).all()
    assert found["note"].str.contains("1 without speaker or day left out").all()


@pytest.mark.parametrize(
    ("periods", "words"),
    [
        ({}, "a change is from one to another"),
        (dict(reversed(PERIODS.items())), "name the earlier one first"),
        (PERIODS | {"late": (date(1994, 6, 1), date(1999, 1, 1))}, "without days in both"),
    ],
)
def test_other_periods_are_refused(periods, words):
    with pytest.raises(ValueError, match=words):
        decompose_change(
            build_table([], STATEMENTS), build_table([], CODES), groups=GROUPS, periods=periods
        )


def test_a_side_that_says_nothing_has_rows_that_say_so():
    found = decomposed([("a", late, late) for late in (False, True) for _ in range(6)])
    silent = found[found["group"] == "South"]
    assert silent["part"].tolist() == list(PARTS)
    assert silent["value"].isna().all()
    assert set(silent["note"]) == {"0 statements in one period, fewer than 5: not estimable"}


def test_values_that_are_none_are_refused():
    said = [("a", late, late) for late in (False, True) for _ in range(6)]
    with pytest.raises(TableError, match=r"is 'presnt'; .* did you mean 'present'"):
        decomposed(said, values=("presnt", "absent"))
