"""Lines in an order, filtered, thinned, sampled."""

import pandas as pd
import pytest

from analysis.errors import TableError
from analysis.features.concordance import concordance
from analysis.features.lines import (
    exclude_concordance,
    filter_concordance,
    sample_concordance,
    sort_concordance,
    thin_concordance,
)
from analysis.tables import UNITS, build_table

TEXTS = pd.Series(
    {
        "n1": "We want peace now. No peace without trade!",
        "s1": "Peace Treaty first, says South",
        "s2": "peace",
    }
)
LINES = concordance(TEXTS, "peace", window_tokens=3)
UNIT_ROWS = build_table(
    [
        {"unit_id": unit, "group": group, "date": date, "n_tokens": 1}
        for unit, group, date in [
            ("n1", "North", "1990-01-01"),
            ("s1", "South", "1956-10-19"),
            ("s2", "South", None),
        ]
    ],
    UNITS,
)


def order(by, **options):
    lines = sort_concordance(LINES, by, **options)
    return list(zip(lines["unit_id"].astype("str"), lines["start"], strict=True))


def test_by_the_words_beside_the_node():
    # now, treaty, without; the lone word last
    assert order(["R1"]) == [("n1", 8), ("s1", 0), ("n1", 22), ("s2", 0)]
    # no, want; then those without a word to the left, as they stood
    assert order(["L1"]) == [("n1", 22), ("n1", 8), ("s1", 0), ("s2", 0)]
    assert order(["L3", "R2"]) == [("n1", 22), ("s1", 0), ("n1", 8), ("s2", 0)]


def test_by_date_and_group():
    assert order(["date"], units=UNIT_ROWS)[:2] == [("s1", 0), ("n1", 8)]
    assert order(["group", "unit_id"], units=UNIT_ROWS)[-1] == ("s2", 0)


def test_lines_are_kept_or_dropped_for_the_words_beside_them():
    kept = filter_concordance(LINES, "trade|treaty")
    assert kept["unit_id"].tolist() == ["n1", "s1"]
    assert len(exclude_concordance(LINES, "trade|treaty")) == len(LINES) - 2
    assert filter_concordance(LINES, "trade", right_tokens=1).empty
    assert filter_concordance(LINES, "want", left_tokens=0).empty
    assert filter_concordance(LINES, "peace")["start"].tolist() == [8, 22]


def test_thinned_lines_keep_their_distances():
    many = pd.concat([LINES] * 5, ignore_index=True).assign(start=range(20))
    assert thin_concordance(many, 5)["start"].tolist() == [0, 4, 8, 12, 16]
    assert len(thin_concordance(many, 50)) == 20
    assert thin_concordance(LINES.iloc[:0], 3).empty


def test_a_sample_is_the_same_for_a_seed_and_in_order():
    many = pd.concat([LINES] * 25, ignore_index=True).assign(start=range(100))
    drawn = sample_concordance(many, 10, seed=4)
    assert drawn["start"].is_monotonic_increasing
    assert drawn["start"].nunique() == 10
    pd.testing.assert_frame_equal(drawn, sample_concordance(many, 10, seed=4))
    assert drawn["start"].tolist() != sample_concordance(many, 10, seed=5)["start"].tolist()
    assert len(sample_concordance(LINES, 99, seed=1)) == len(LINES)


def test_what_is_refused():
    with pytest.raises(ValueError, match="sort key"):
        sort_concordance(LINES, ["R9"])
    with pytest.raises(ValueError, match="it is a list such as"):
        sort_concordance(LINES, "R1")
    with pytest.raises(ValueError, match="looked up in the units table"):
        sort_concordance(LINES, ["date"])
    with pytest.raises(TableError, match="no unit 's2', which the lines name"):
        sort_concordance(LINES, ["date"], units=UNIT_ROWS.iloc[:2])
    for choose in (thin_concordance, lambda lines, n: sample_concordance(lines, n, seed=1)):
        with pytest.raises(ValueError, match="n is 0; it is 1 or more"):
            choose(LINES, 0)
