"""Days that words of time tell: *on Thursday*, *in November 2018*, *two days ago*, *a day later*.

What is relative is counted from a day that the caller gives, the day of publication or of the
statement before. Date parsers of the kind of dateutil's serve no purpose here: they take any number
for a day, fill what is missing from today, and know nothing of *last Thursday*.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise

from analysis.corpus.dates import Said
from analysis.language.lexicon import Language

MOST_DAYS_AGO = 60
# "March 2015, on the 19th": how far behind its month a day stands.
LONGEST_REACH = 4
_WORD = re.compile(r"\w+")
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th)")
_DAYS = r"(?P<number>an?|\w+) days?"
_ENDS = r"(?=\s*(?:[,.;:)]|$))"
_PART = "(?:day|morning|afternoon|evening|night|occasion)"
_ANCHORED = re.compile(
    rf"\b(?:(?P<same>(?:the|that) (?:very )?same {_PART}|that {_PART})\b"
    rf"|(?P<next>the (?:next|following) (?:day|morning)|the day after{_ENDS})"
    rf"|(?P<before>the (?:previous|preceding) day|the day (?:before|earlier){_ENDS})"
    rf"|{_DAYS} (?P<way>later|afterwards|earlier|before{_ENDS}))",
    re.IGNORECASE,
)


def find_said_on(text: str, published_on: date | None, language: Language) -> Said | None:
    """Return the day that words of time tell, or None where they tell none.

    Whole dates come first, then weekdays (the last one up to the day of publication), *today*,
    *yesterday*, *two days ago*, months (the last one up to publication if the year is left out),
    *last week*, and a year. What is relative needs `published_on`. Nothing is said after it.
    """
    words = [match.group().lower() for match in _WORD.finditer(text)]
    readers = (_full_date, _relative_day, _ago, _month, _relative_span, _year)
    for reader in readers:
        said = reader(words, published_on, language)
        if said is not None and (published_on is None or said.day <= published_on):
            return said
    return None


def find_counted_from(text: str, before: Said | None) -> Said | None:
    """Return the day that is told by another one: *the same day*, *a day later*, *the day before*.

    None where `before` is missing or known less well than to the day, except for the same day.
    """
    found = _ANCHORED.search(text)
    if found is None or before is None:
        return None
    if found["same"]:
        return before
    if before.precision != "day":
        return None
    number = 1 if found["next"] or found["before"] else _count(found["number"].lower())
    if number is None:
        return None
    back = found["before"] or found["way"] in ("earlier", "before")
    return Said(before.day + timedelta(days=-number if back else number), "day")


def find_day_of_month(
    text: str, context: str, published_on: date | None, language: Language
) -> Said | None:
    """Return *on the 26th* as a day of the month that the words before it name last."""
    words = [match.group().lower() for match in _WORD.finditer(text)]
    day = next(
        (int(m[1]) for a, b in pairwise(words) if a == "the" and (m := _ORDINAL.fullmatch(b))), None
    )
    if day is None or not 1 <= day <= 31:
        return None
    before = [match.group().lower() for match in _WORD.finditer(context)]
    for n in range(len(before) - 1, -1, -1):
        month = _month(before[max(0, n - 1) : n + 2], published_on, language)
        if month is not None and month.precision == "month":
            said = _dated(month.day.year, month.day.month, day, published_on)
            return said if said and (not published_on or said.day <= published_on) else None
    return None


def _count(word: str) -> int | None:
    """Return a small number, in figures or in words."""
    numbers = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    if word in ("a", "an"):
        return 1
    if word in numbers:
        return numbers.index(word) + 1
    return int(word) if word.isascii() and word.isdigit() and int(word) <= MOST_DAYS_AGO else None


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
    """*January 27, 1960*, *27 January 1960*, *January 27*, *March 2015, on the 19th*."""
    for n, word in enumerate(words):
        month = _month_number(word, language)
        if month is None:
            continue
        after = [_number(w) for w in words[n + 1 : n + 3]] + [None, None]
        before = _number(words[n - 1]) if n else None
        day = (
            after[0] if after[0] and after[0] <= 31 else before if before and before <= 31 else None
        )
        year = next((y for y in (after[1] if day == after[0] else after[0],) if _is_year(y)), None)
        if day is None:
            day, year = _day_behind(words, n + 1), after[0] if _is_year(after[0]) else None
        said = None if day is None else _dated(year, month, day, published_on)
        if said is not None:
            return said
    return None


def _day_behind(words: list[str], start: int) -> int | None:
    """Return the day of *on the 19th* a few words behind its month."""
    for before, word in pairwise(words[start : start + LONGEST_REACH]):
        ordinal = _ORDINAL.fullmatch(word)
        if before == "the" and ordinal:
            return int(ordinal[1])
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
    """*on Thursday*, *last Thursday*, *Thursday last week*, *today*, *yesterday*, *last night*."""
    if published_on is None:
        return None
    weekdays, no_day = language.words["weekdays"], language.sets["no_day"]
    for n, word in enumerate(words):
        before = words[n - 1] if n else ""
        if word in weekdays and before not in no_day and before != "this":
            if words[n + 1 : n + 3] == ["last", "week"]:
                monday = published_on - timedelta(days=published_on.weekday() + 7)
                return Said(monday + timedelta(days=weekdays.index(word)), "day")
            back = (published_on.weekday() - weekdays.index(word)) % 7
            return Said(published_on - timedelta(days=back or 7 * (before == "last")), "day")
        if word in language.sets["today"] or (
            before == "this" and word in ("morning", "afternoon")
        ):
            return Said(published_on, "day")
        if word in language.sets["yesterday"] or (before, word) == ("last", "night"):
            return Said(published_on - timedelta(days=1), "day")
    return None


def _ago(words: list[str], published_on: date | None, language: Language) -> Said | None:
    """*two days ago*, *a week ago* (about that month), *a month ago*, *two years ago*."""
    for count, unit, ago in zip(words, words[1:], words[2:], strict=False):
        number = _count(count) if ago == "ago" else None
        if published_on is None or number is None:
            continue
        if unit in ("day", "days"):
            return Said(published_on - timedelta(days=number), "day")
        if unit in ("week", "weeks"):
            return Said((published_on - timedelta(days=7 * number)).replace(day=1), "month_approx")
        if unit in ("month", "months"):
            months = published_on.year * 12 + published_on.month - 1 - number
            return Said(date(months // 12, months % 12 + 1, 1), "month")
        if unit in ("year", "years") and number < published_on.year:
            return Said(date(published_on.year - number, 1, 1), "year")
    return None


def _month(words: list[str], published_on: date | None, language: Language) -> Said | None:
    """*in November 2018*, *in November*."""
    for n, word in enumerate(words):
        month = _month_number(word, language)
        if month is None or (word == "may" and (not n or words[n - 1] not in ("in", "of", "last"))):
            continue
        year = _number(words[n + 1]) if n + 1 < len(words) else None
        if _is_year(year) and not (n and words[n - 1] in language.sets["no_day"]):
            return Said(date(year or 1, month, 1), "month")
        led = n and words[n - 1] in ("in", "last", "early", "late", "mid", "of")
        if published_on is not None and led:
            past = published_on.year - (month > published_on.month)
            return Said(date(past, month, 1), "month")
    return None


def _relative_span(words: list[str], published_on: date | None, language: Language) -> Said | None:
    """*earlier this week*, *last month*, *the previous year*: the first day of month or year."""
    if published_on is None:
        return None
    for before, word in pairwise(words):
        unit = word.removesuffix("s")
        if before not in ("this", "last", "previous") or unit not in ("week", "month", "year"):
            continue
        earlier = before != "this"
        if unit == "year":
            return Said(date(max(1, published_on.year - earlier), 1, 1), "year")
        if unit == "month":
            first = published_on.replace(day=1)
            first = (first - timedelta(days=1)).replace(day=1) if earlier else first
            return Said(first, "month")
        monday = published_on - timedelta(days=published_on.weekday() + 7 * earlier)
        last = min(monday + timedelta(days=6), published_on)
        return Said(
            monday.replace(day=1), "month" if monday.month == last.month else "month_approx"
        )
    return None


def _year(words: list[str], published_on: date | None, language: Language) -> Said | None:
    """*in 1960*, *the 1956 declaration*."""
    for n, word in enumerate(words):
        number = _number(word)
        month = n > 0 and words[n - 1] in language.sets["months"]
        before = words[max(0, n - 1 - month) : n]
        if (
            language.sets["no_day"].isdisjoint(before)
            and len(word) == 4
            and number is not None
            and 1500 <= number <= 2100
        ):
            return Said(date(number, 1, 1), "year")
    return None
