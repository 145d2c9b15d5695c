"""Documents in the order of time."""

from datetime import date
from itertools import pairwise

import pandas as pd
import pytest

from analysis.comparison.series import (
    calendar_periods,
    document_rates,
    month_periods,
    split_series,
)
from analysis.errors import TableError
from analysis.tables import DOCUMENT_RATES, HITS, UNITS, build_table, check_table


def tables(voice="original"):
    rows = [
        ("n1a", "n1", "North", "1991-05-02", 100),
        ("n1b", "n1", "North", "1991-05-01", 300),
        ("n0", "n0", "North", "1990-01-01", 200),
        ("s1", "s1", "South", "1999-12-31", 500),
        ("s2", "s2", "South", None, 500),
        ("s3", "s3", "South", "1998-01-01", 0),
    ]
    units = pd.DataFrame(rows, columns=["unit_id", "doc_id", "group", "date", "n_tokens"])
    hits = pd.DataFrame(
        [("n1a", "accord", "a", 2), ("n1a", "accord", "b", 1), ("n1b", "accord", "a", 1)],
        columns=["unit_id", "code", "form", "n"],
    )
    found = build_table(hits, HITS)
    found["code"] = found["code"].cat.set_categories(["accord", "never"])
    return found, build_table(units.assign(voice=voice), UNITS)


def test_units_of_a_document_are_added_up_and_it_has_their_first_day():
    found = check_table(document_rates(*tables()), DOCUMENT_RATES)
    north = found[(found["group"] == "North") & (found["code"] == "accord")]
    assert north["doc_id"].tolist() == ["n0", "n1"]
    assert north["n"].tolist() == [0, 4]
    assert north["date"].tolist()[1] == pd.Timestamp("1991-05-01")
    assert north["rate_per_10k"].tolist() == [0, 100]


def test_codes_without_hits_have_rates_and_documents_without_days_or_words_have_none():
    found = document_rates(*tables())
    assert (found.loc[found["code"] == "never", "rate_per_10k"] == 0).all()
    assert found.loc[found["group"] == "South", "doc_id"].unique().tolist() == ["s1"]


def test_series_stand_in_the_order_of_days():
    series = list(split_series(document_rates(*tables())))
    assert [(one.group, one.code, len(one.hits)) for one in series] == [
        ("North", "accord", 2),
        ("North", "never", 2),
        ("South", "accord", 1),
        ("South", "never", 1),
    ]
    assert series[0].hits.tolist() == [0, 4]


def test_periods_of_whole_years():
    _, units = tables()
    assert calendar_periods(units, years=5) == {
        "1990-94": (date(1990, 1, 1), date(1994, 12, 31)),
        "1995-99": (date(1995, 1, 1), date(1999, 12, 31)),
    }
    assert list(calendar_periods(units, years=1))[:2] == ["1990", "1991"]
    assert list(calendar_periods(units, years=200)) == ["1800-1999"]


def test_periods_of_whole_months():
    _, units = tables()
    quarters = month_periods(units[units["group"] == "North"])
    assert list(quarters)[:2] == ["1990-01/03", "1990-04/06"]
    assert quarters["1990-01/03"] == (date(1990, 1, 1), date(1990, 3, 31))
    assert quarters["1990-10/12"] == (date(1990, 10, 1), date(1990, 12, 31))
    assert list(quarters)[-1] == "1991-04/06"
    single = month_periods(units, months=1)
    assert single["1992-02"] == (date(1992, 2, 1), date(1992, 2, 29))
    assert list(single)[-1] == "1999-12"


@pytest.mark.parametrize("months", [1, 2, 3, 4, 6])
def test_months_leave_no_day_out(months):
    spans = list(month_periods(tables()[1], months=months).values())
    assert all((after[0] - before[1]).days == 1 for before, after in pairwise(spans))


def test_series_stand_in_the_order_of_days_whatever_that_of_rows():
    rates = document_rates(*tables())
    mixed = rates.sample(frac=1, random_state=1, ignore_index=True)
    for one, other in zip(split_series(rates), split_series(mixed), strict=True):
        assert one.days.tolist() == other.days.tolist()
        assert one.hits.tolist() == other.hits.tolist()


def test_what_is_refused():
    hits, units = tables()
    with pytest.raises(TableError, match="hits: unit 'n1a' is not in units"):
        document_rates(hits, units.iloc[1:])
    with pytest.raises(TableError, match="other words"):
        document_rates(*tables(voice="paraphrase"))
    with pytest.raises(ValueError, match="years is 0"):
        calendar_periods(units, years=0)
    with pytest.raises(ValueError, match="months is 5"):
        month_periods(units, months=5)
    with pytest.raises(TableError, match="none has a date"):
        calendar_periods(units[units["date"].isna()])


def test_a_group_of_which_no_unit_has_a_day():
    hits, units = tables()
    undated = units.assign(date=pd.NaT).astype({"date": "datetime64[us]"})
    assert document_rates(hits, undated).empty
