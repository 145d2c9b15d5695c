from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.corpus.dates import DateError, Said, find_whole_date, read_date

FRIDAY = date(2019, 2, 22)


@pytest.mark.parametrize(
    "text",
    [
        *("22.02.2019", "2019-02-22", "22 February 2019", "February 22, 2019", "22/02/2019"),
        *("Friday, 22 February 2019", "22nd Feb. 2019", "**22.02.2019**"),
    ],
)
def test_a_date_line_is_read(text):
    assert find_whole_date(text) == FRIDAY


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_day_comes_back(day):
    assert find_whole_date(f"{day:%d.%m}.{day.year:04}") == day
    assert read_date(day.isoformat()) == Said(day, "day")


@pytest.mark.parametrize("text", ["on Friday", "Chapter 22", "22.02.19 and more", ""])
def test_other_lines_are_no_date(text):
    assert find_whole_date(text) is None


@pytest.mark.parametrize("text", ["31.02.2019", "2019-13-01", "32 January 2019"])
def test_a_day_that_no_calendar_has_is_an_error(text):
    with pytest.raises(DateError, match=text):
        find_whole_date(text)


def test_a_date_with_two_readings_is_an_error():
    with pytest.raises(DateError, match=r"'03/04/2019' is two days; write YYYY-MM-DD"):
        find_whole_date("03/04/2019")


def test_partial_dates_keep_their_precision():
    assert read_date("1964") == Said(date(1964, 1, 1), "year")
    assert read_date("1972-09") == Said(date(1972, 9, 1), "month")
    with pytest.raises(DateError, match="'soon' is no date"):
        read_date("soon")
