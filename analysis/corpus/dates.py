"""Days that files give.

A precision goes with every day: ``day``, ``month`` (the first of it stands for it),
``month_approx`` (about that month) and ``year``.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_ISO_TIME = re.compile(r"(\d{4})-(\d\d)-(\d\d)[T ]\d\d:\d\d.*")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})\.?")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_WORDS = re.compile(
    r"(?:[A-Za-z]+,? )?(?:(?P<d1>\d{1,2})(?:st|nd|rd|th)? (?P<m1>[A-Za-z]{3,9})\.?,?"
    r"|(?P<m2>[A-Za-z]{3,9})\.? (?P<d2>\d{1,2})(?:st|nd|rd|th)?,?) (?P<year>\d{4})"
)
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
