"""Back from a figure to what was said."""

from datetime import date

import pandas as pd
import pytest

from analysis.comparison.coded_statements import list_coded
from analysis.comparison.positions import compare_frames, compare_positions
from analysis.errors import TableError
from analysis.tables import CODED_STATEMENTS, CODES, build_table, check_table
from tests.coded import codes, statements

GROUPS = {"North": ("North",), "South": ("South",)}
PERIODS = {
    "early": (date(1990, 1, 1), date(1994, 12, 31)),
    "late": (date(1995, 1, 1), date(1999, 12, 31)),
}
STANCES = ["favor", "not_addressed", "against", "ambiguous", None, "favor"]
FRAMES = ["present", "absent", "absent", "present", "present", "present"]


def made():
    spoken = statements(
        *[f"words {n}" for n in range(6)],
        actor=["North", "North", "South", "South", "North", "Both"],
        said_on=pd.to_datetime(
            ["1996-05-01", "1991-01-01", "1992-02-02", "2010-01-01", "1990-03-03", "1991-01-01"]
        ),
        speaker=list("aabbcc"),
    )
    both = pd.concat([codes(hand=STANCES), codes("bridge", hand=FRAMES)]).astype("object")
    return spoken, build_table(both, CODES)


def listed(**changed):
    how = {"groups": GROUPS, "periods": PERIODS, "coder": "hand"} | changed
    return check_table(list_coded(*made(), **how), CODED_STATEMENTS)


def test_each_statement_with_a_code_is_there_with_its_words():
    toll = listed().query("code == 'toll'").set_index("statement_id")
    # Nobody's statements (s5), those left out (s4) and those that say nothing (s1) are not.
    assert list(toll.index) == ["s0", "s2", "s3"]
    assert toll["value"].tolist() == ["favor", "against", "ambiguous"]
    assert toll["content"].tolist() == ["words 0", "words 2", "words 3"]
    assert toll["period"].astype("object").where(toll["period"].notna(), None).tolist() == [
        *("late", "early", None)
    ]
    assert toll.loc["s0", ["doc_id", "speaker"]].tolist() == ["d0", "a"]


def test_they_are_as_many_as_the_figures_count():
    rows = listed()
    positions = compare_positions(*made(), groups=GROUPS, periods=PERIODS, coder="hand")
    shares = compare_frames(*made(), groups=GROUPS, periods=PERIODS, coder="hand")
    for group in GROUPS:
        mine = rows[rows["group"] == group]
        for table, code, n in ((positions, "toll", "n_addressed"), (shares, "bridge", "n_present")):
            counted = table[(table["group"] == group) & (table["period"] == "all")][n].item()
            assert (mine["code"] == code).sum() == counted


def test_an_unknown_coder_is_told_with_those_there():
    with pytest.raises(ValueError, match=r"no coder 'anna'.*hand"):
        listed(coder="anna")


def test_values_that_are_none_are_refused():
    with pytest.raises(TableError, match=r"is 'favour'; .* did you mean 'favor'"):
        list_coded(
            statements(actor=["North"]),
            codes(hand=["favour"]),
            groups=GROUPS,
            periods={},
            coder="hand",
        )
