"""Whether a difference hangs on a choice."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from analysis.comparison.sensitivity import measure_sensitivity
from analysis.errors import StudyError, TableError
from analysis.features.frames import code_frames, extract_frame_hits
from analysis.tables import SENSITIVITY, check_table
from tests.coded import codebook, codes, statements

GROUPS = {"North": ("North",), "South": ("South",)}
PERIODS = {
    "early": (date(1990, 1, 1), date(1999, 12, 31)),
    "late": (date(2000, 1, 1), date(2009, 12, 31)),
}


def found(made, coded, evidence=None):
    options = {"groups": GROUPS, "periods": PERIODS}
    table = check_table(measure_sensitivity(made, coded, evidence, **options), SENSITIVITY)
    return table.set_index(["choice", "detail"])


def test_a_pattern_that_alone_gives_a_code_is_left_out():
    book = codebook({"toll": (["toll*", "levy"], [])})
    made = statements(
        "The toll stands.",
        "A levy and a toll.",
        "The levy goes.",
        "Nothing.",
        *["Nothing."] * 4,
        actor=["North"] * 4 + ["South"] * 4,
    )
    table = found(made, code_frames(made, book), extract_frame_hits(made, book))
    # Three of four against none; without one pattern two: the second statement has both.
    assert table.loc[("as it is", ""), "difference"] == pytest.approx(0.75)
    assert table.loc[("pattern", "toll*"), "difference"] == pytest.approx(0.5)
    assert table.loc[("pattern", "levy"), "difference"] == pytest.approx(0.5)


def test_a_difference_of_coverage_goes_when_periods_weigh_alike():
    # Both sides speak of the toll early and never late; the North is seen early, the South late.
    days = ["1995-01-01"] * 6 + ["2005-01-01"] * 2 + ["1995-01-01"] * 2 + ["2005-01-01"] * 6
    value = ["present" if day < "2000" else "absent" for day in days]
    sides = ["North"] * 8 + ["South"] * 8
    made = statements(actor=sides, said_on=pd.to_datetime(days))
    table = found(made, codes(hand=value))
    assert table.loc[("as it is", ""), "difference"] == pytest.approx(6 / 8 - 2 / 8)
    assert table.loc[("periods", "weighed alike"), "difference"] == pytest.approx(0)


def test_outlets_in_which_one_side_is_silent_are_left_out():
    outlets = ["Gazette", "Gazette", "Herald", "Gazette", "Gazette", "Mirror"]
    made = statements(actor=["North"] * 3 + ["South"] * 3, outlet=outlets)
    value = ["present", "absent", "present", "absent", "absent", "absent"]
    row = found(made, codes(hand=value)).loc[("outlets", "weighed alike")]
    assert (row["n_statements"], row["difference"]) == (4, 0.5)


def test_statements_found_with_little_confidence_can_be_left_out():
    made = statements(actor=["North", "North", "South", "South"], confidence=[0.95, 0.55, 0.9, 0.9])
    table = found(made, codes(hand=["present", "absent", "absent", "absent"]))
    assert table.loc[("confidence", "0.5"), "difference"] == pytest.approx(0.5)
    assert table.loc[("confidence", "0.6"), "difference"] == pytest.approx(1)
    assert pd.isna(table.loc[("confidence", "0.9"), "low"])
    assert table.loc[("confidence", "0.9"), "note"]


def test_codes_are_of_one_coder():
    made = statements(actor=["North", "South"])
    with pytest.raises(ValueError, match=r"coders \['hand', 'patterns'\]; keep those of one"):
        found(made, codes(hand=["present", "absent"], patterns=["present", "absent"]))


def test_a_difference_is_between_two():
    made = statements(actor=["North", "South"])
    with pytest.raises(ValueError, match="a difference is between two"):
        measure_sensitivity(
            made, codes(hand=["present", "absent"]), groups={"North": ["North"]}, periods={}
        )


def test_a_value_that_is_none_does_not_count_as_the_code():
    made = statements(actor=["North", "South"])
    with pytest.raises(TableError, match=r"is 'abesnt'; .* did you mean 'absent'"):
        found(made, codes(hand=["present", "abesnt"]))


def test_without_codes_or_sides_apart_there_is_no_difference():
    made = statements(actor=["North", "South"])
    given = codes(hand=["present", "absent"])
    for nothing in (given.iloc[:0], given.assign(value=given["value"].where(given["code"] == ""))):
        with pytest.raises(TableError, match="there is no value"):
            found(made, nothing)
    both = {"North": ["North"], "South": ["South", "North"]}
    with pytest.raises(StudyError, match="'North' stands in groups"):
        measure_sensitivity(made, given, groups=both, periods={})


def test_a_side_that_says_nothing_has_a_row_that_says_so():
    row = found(statements(actor=["North"] * 6), codes(hand=["present", "absent"] * 3)).iloc[0]
    assert np.isnan(row["difference"])
    assert row["note"] == "no units on one side: no estimate"
