"""Days: those that files give, and those that sentences tell.

A precision goes with every day: ``day``, ``month`` (the first of it stands for it),
``month_approx`` (about that month) and ``year``.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from analysis.language.lexicon import Language

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_ISO_TIME = re.compile(r"(\d{4})-(\d\d)-(\d\d)[T ]\d\d:\d\d.*")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})\.?")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_WORDS = re.compile(
    r"(?:[A-Za-z]+,? )?(?:(?P<d1>\d{1,2})(?:st|nd|rd|th)? (?P<m1>[A-Za-z]{3,9})\.?,?"
    r"|(?P<m2>[A-Za-z]{3,9})\.? (?P<d2>\d{1,2})(?:st|nd|rd|th)?,?) (?P<year>\d{4})"
)
# "Since 1956", "by May": how long something lasts, not when it was said.
NO_DAY = frozenset({"since", "until", "till", "by", "before", "from"})
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class DateError(ValueError):
    """A date that no calendar has, or one that can be read in two ways."""


class Said(NamedTuple):
    """A day and how precisely it is known."""

    day: date
    precision: str


def read_date(value: str) -> Said:
    """Return the day of a file's field: ``2019-02-21``, ``2019-02``, ``2019``, 21.02.2019.

    Raises
    ------
    DateError
        If it is none, or a day that no calendar has.
    """
    value = value.strip()
    timed = _ISO_TIME.fullmatch(value)
    found = _ISO.fullmatch(value)
    if timed:
        return Said(_day(value, *map(int, timed.groups())), "day")
    if found:
        year, month, day = (int(part) if part else None for part in found.groups())
        precision = "day" if day else "month" if month else "year"
        return Said(_day(value, year or 0, month or 1, day or 1), precision)
    whole = find_whole_date(value)
    if whole is None:
        raise DateError(f"{value!r} is no date; write YYYY-MM-DD, YYYY-MM or YYYY")
    return Said(whole, "day")


def find_whole_date(text: str) -> date | None:
    """Return the day if `text` is a date and nothing else, else None.

    Known are 22.02.2019 (day first), 2019-02-22, 22 February 2019, February 22, 2019, with or
    without a weekday, and 22/02/2019 where only one reading is a day.

    Raises
    ------
    DateError
        If it looks like a date but no calendar has it, or it has two readings.
    """
    text = text.strip().strip("*")
    if dotted := _DOTTED.fullmatch(text):
        day, month, year = map(int, dotted.groups())
        return _day(text, year, month, day)
    if re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}", text):
        return _day(text, *map(int, text.split("-")))
    if slashed := _SLASHED.fullmatch(text):
        return _slashed(text, *map(int, slashed.groups()))
    return _worded(text)


def _slashed(text: str, first: int, second: int, year: int) -> date:
    if first <= 12 and second <= 12 and first != second:
        raise DateError(f"{text!r} is two days; write YYYY-MM-DD or DD.MM.YYYY")
    return _day(text, year, *((second, first) if first > 12 else (first, second)))


def _worded(text: str) -> date | None:
    found = _WORDS.fullmatch(text)
    if found is None:
        return None
    name = (found["m1"] or found["m2"]).lower()
    if name[:3] not in MONTHS:
        return None
    return _day(
        text, int(found["year"]), MONTHS.index(name[:3]) + 1, int(found["d1"] or found["d2"])
    )


def _day(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise DateError(f"{text!r}: {error}") from error


def find_said_on(text: str, published_on: date | None, language: Language) -> Said | None:
    """Return the day that words of time tell, or None where they tell none.

    Whole dates come first, then weekdays (the last one up to the day of publication), *today*,
    *yesterday*, months (the last one up to publication if the year is left out), *last week*,
    and a year. What is relative needs `published_on`.
    """
    words = [match.group().lower() for match in re.finditer(r"\w+", text)]
    for reader in (_full_date, _relative_day, _month, _relative_span, _year):
        said = reader(words, published_on, language)
        if said is not None and (published_on is None or said.day <= published_on):
            return said
    return None


def _number(word: str) -> int | None:
    if not word[:1].isdigit():
        return None
    digits = re.sub(r"(?<=\d)(st|nd|rd|th)$", "", word)
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 4 else None


def _month_number(word: str, language: Language) -> int | None:
    months = language.words["months"]
    if word in months:
        return months.index(word) + 1
    shorts = language.words["month_abbreviations"]
    return shorts.index(word) % 13 + 1 if word in shorts[:12] and word != "may" else None


def _is_year(number: int | None) -> bool:
    return number is not None and 1000 <= number <= 2999


def _full_date(words: list[str], published_on: date | None, language: Language) -> Said | None:
    """*January 27, 1960*, *27 January 1960*, *January 27*."""
    for n, word in enumerate(words):
        month = _month_number(word, language)
        if month is None:
            continue
        after = [_number(w) for w in words[n + 1 : n + 3]] + [None, None]
        before = _number(words[n - 1]) if n else None
        day = (
            after[0] if after[0] and after[0] <= 31 else before if before and before <= 31 else None
        )
        if day is None:
            continue
        year = next((y for y in (after[1] if day == after[0] else after[0],) if _is_year(y)), None)
        said = _dated(year, month, day, published_on)
        if said is not None:
            return said
    return None


def _dated(year: int | None, month: int, day: int, published_on: date | None) -> Said | None:
    """Return a day; without its year, the last such day up to publication."""
    try:
        if year is not None:
            return Said(date(year, month, day), "day")
        if published_on is None:
            return None
        found = date(published_on.year, month, day)
        late = found > published_on
        return Said(found.replace(year=found.year - 1) if late else found, "day")
    except ValueError:
        return None


def _relative_day(words: list[str], published_on: date | None, language: Language) -> Said | None:
    """*on Thursday*, *last Thursday*, *today*, *yesterday*."""
    if published_on is None:
        return None
    weekdays = language.words["weekdays"]
    for n, word in enumerate(words):
        before = words[n - 1] if n else ""
        if word in weekdays and before not in ("next", "by", "until", "every", "each", "this"):
            back = (published_on.weekday() - weekdays.index(word)) % 7
            return Said(published_on - timedelta(days=back or 7 * (before == "last")), "day")
        if word in ("today", "tonight"):
            return Said(published_on, "day")
        if word == "yesterday":
            return Said(published_on - timedelta(days=1), "day")
    return None


def _month(words: list[str], published_on: date | None, language: Language) -> Said | None:
    """*in November 2018*, *in November*."""
    for n, word in enumerate(words):
        month = _month_number(word, language)
        if month is None or (word == "may" and (not n or words[n - 1] not in ("in", "of", "last"))):
            continue
        year = _number(words[n + 1]) if n + 1 < len(words) else None
        if _is_year(year) and not (n and words[n - 1] in NO_DAY):
            return Said(date(year or 1, month, 1), "month")
        led = n and words[n - 1] in ("in", "last", "early", "late", "mid", "of")
        if published_on is not None and led:
            past = published_on.year - (month > published_on.month)
            return Said(date(past, month, 1), "month")
    return None


def _relative_span(words: list[str], published_on: date | None, language: Language) -> Said | None:
    """*earlier this week*, *last month*, *last year*: the first day of the month or year."""
    if published_on is None:
        return None
    for before, unit in pairwise(words):
        if before not in ("this", "last") or unit not in ("week", "month", "year"):
            continue
        if unit == "year":
            return Said(date(published_on.year - (before == "last"), 1, 1), "year")
        if unit == "month":
            first = published_on.replace(day=1)
            first = (first - timedelta(days=1)).replace(day=1) if before == "last" else first
            return Said(first, "month")
        monday = published_on - timedelta(days=published_on.weekday() + 7 * (before == "last"))
        last = min(monday + timedelta(days=6), published_on)
        return Said(
            monday.replace(day=1), "month" if monday.month == last.month else "month_approx"
        )
    return None


def _year(words: list[str], published_on: date | None, language: Language) -> Said | None:
    """*in 1960*, *the 1956 declaration*."""
    for before, word in pairwise(["", *words]):
        number = _number(word)
        if (
            before not in NO_DAY
            and len(word) == 4
            and number is not None
            and 1500 <= number <= 2100
        ):
            return Said(date(number, 1, 1), "year")
    return None
