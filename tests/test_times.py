from datetime import date

import pytest
from bulletin import ENGLISH

from analysis.corpus.dates import Said
from analysis.corpus.times import find_counted_from, find_day_of_month, find_said_on
from analysis.language.lexicon import load_language

FRIDAY = date(2019, 2, 22)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("said on Thursday", Said(date(2019, 2, 21), "day")),
        ("said on Friday", Said(FRIDAY, "day")),
        ("last Friday", Said(date(2019, 2, 15), "day")),
        ("said yesterday", Said(date(2019, 2, 21), "day")),
        ("in November 2018", Said(date(2018, 11, 1), "month")),
        ("in November", Said(date(2018, 11, 1), "month")),
        ("a note dated January 27, 1960, said", Said(date(1960, 1, 27), "day")),
        ("on 27 January 1960", Said(date(1960, 1, 27), "day")),
        ("on January 27", Said(date(2019, 1, 27), "day")),
        ("on 27 December", Said(date(2018, 12, 27), "day")),
        ("earlier this week", Said(date(2019, 2, 1), "month")),
        ("last month", Said(date(2019, 1, 1), "month")),
        ("last year", Said(date(2018, 1, 1), "year")),
        ("the 1956 Declaration", Said(date(1956, 1, 1), "year")),
        ("two days ago", Said(date(2019, 2, 20), "day")),
        ("a week ago", Said(date(2019, 2, 1), "month_approx")),
        ("three months ago", Said(date(2018, 11, 1), "month")),
        ("two years ago", Said(date(2017, 1, 1), "year")),
        ("on Thursday last week", Said(date(2019, 2, 14), "day")),
        ("this morning", Said(FRIDAY, "day")),
        ("last night", Said(date(2019, 2, 21), "day")),
        ("in March 2015, on the 19th", Said(date(2015, 3, 19), "day")),
        ("in the previous year", Said(date(2018, 1, 1), "year")),
        ("in a memorandum dated January 27, 1960", Said(date(1960, 1, 27), "day")),
        ("several days ago", None),
        ("since Monday", None),
        ("every Monday", None),
        ("by May 2018", None),
        ("he may come", None),
        ("next Monday", None),
        ("with 50 people", None),
    ],
)
def test_words_of_time_tell_the_day(words, said):
    assert find_said_on(words, FRIDAY, ENGLISH) == said


def test_a_week_over_two_months_is_about_a_month():
    said = find_said_on("earlier this week", date(2019, 3, 1), ENGLISH)
    assert said == Said(date(2019, 2, 1), "month_approx")


def test_relative_words_need_a_day_of_publication():
    assert find_said_on("on Thursday", None, ENGLISH) is None
    assert find_said_on("on 27 January 1960", None, ENGLISH) == Said(date(1960, 1, 27), "day")


def test_nothing_is_said_after_publication():
    assert find_said_on("on March 3, 2024", FRIDAY, ENGLISH) is None


THURSDAY = Said(date(2019, 2, 21), "day")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("the same day", THURSDAY),
        ("on that occasion", THURSDAY),
        ("a day later", Said(date(2019, 2, 22), "day")),
        ("five days later", Said(date(2019, 2, 26), "day")),
        ("the next day", Said(date(2019, 2, 22), "day")),
        ("the day before.", Said(date(2019, 2, 20), "day")),
        ("2 days earlier", Said(date(2019, 2, 19), "day")),
        ("on the previous day", Said(date(2019, 2, 20), "day")),
        ("the day before the vote", None),
        ("many days later", None),
        ("later", None),
    ],
)
def test_a_day_is_counted_from_the_one_told_before(words, said):
    assert find_counted_from(words, THURSDAY) == said
    assert find_counted_from(words, None) is None


def test_days_are_counted_only_from_a_day():
    month = Said(date(2019, 2, 1), "month")
    assert find_counted_from("the same day", month) == month
    assert find_counted_from("a day later", month) is None


@pytest.mark.parametrize(
    ("words", "context", "said"),
    [
        ("on the 3rd", "In February they met.", Said(date(2019, 2, 3), "day")),
        ("on the 26th of that month", "in June 2018", Said(date(2018, 6, 26), "day")),
        ("on the 31st", "in February", None),
        ("on the 3rd", "they met", None),
        ("on the third", "in February", None),
    ],
)
def test_a_day_of_the_month_needs_a_month_before_it(words, context, said):
    assert find_day_of_month(words, context, FRIDAY, ENGLISH) == said


def test_other_languages_tell_days_by_their_own_words():
    french, german = load_language("fr"), load_language("de")
    assert find_said_on("a déclaré jeudi", FRIDAY, french) == THURSDAY
    assert find_said_on("le 27 janvier 1960", FRIDAY, french) == Said(date(1960, 1, 27), "day")
    assert find_said_on("sagte gestern", FRIDAY, german) == THURSDAY
    assert find_said_on("am 27. Januar 1960", FRIDAY, german) == Said(date(1960, 1, 27), "day")
