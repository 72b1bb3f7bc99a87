"""Reading when something was decided: «april», «i fjor», «16. april», «våren 2026», «siden mars». Pure; looks back."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from dialogs.dates import MONTHS, read_date

LONGEST: Final = 4
"""Words that a period takes at most: «den 16. april 2026»."""
YEARS: Final = range(1990, 2101)
"""Four digits that are a year rather than a number."""
_LOOKS_BACK: Final = 9
"""Years; 29 February is at most eight years ago."""
_YEAR: Final = re.compile(r"^(?:i |in |år |året |year )?(\d{4})$")
_MONTH: Final = re.compile(r"^(i |in )?([a-zæøå]+)(?: (\d{4}|i fjor|i år|last year|this year))?$")
_HALF: Final = re.compile(
    r"^(?:i |in )?(?:the )?(våren|vår|høsten|haust|hausten|høst|spring|autumn|fall)(?: (\d{4}))?$"
)
_QUARTER: Final = re.compile(r"^(?:i |in )?([1-4])\.? ?(?:kvartal|quarter)(?: (\d{4}))?$")
_SPRING: Final = frozenset({"våren", "vår", "spring"})
_LAST_YEAR: Final = frozenset({"i fjor", "fjor", "ifjor", "forrige år", "førre år", "last year"})
_THIS_YEAR: Final = frozenset({"i år", "iår", "dette året", "this year"})
_THIS_MONTH: Final = frozenset({"denne måneden", "denne månaden", "denne måned", "this month"})
_LAST_MONTH: Final = frozenset({"forrige måned", "førre månad", "siste måned", "siste månad", "last month"})
_THIS_WEEK: Final = frozenset({"denne uken", "denne uka", "denne veka", "this week"})
_LAST_WEEK: Final = frozenset({"forrige uke", "førre veke", "siste uke", "siste veke", "sist uke", "last week"})
_NEVER_ALONE: Final = frozenset(
    {"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "okt", "oct", "nov", "des", "dec"}
)
"""Short forms count beside a year or a preposition only: «jul» is Christmas, too."""


@dataclass(frozen=True, slots=True)
class Period:
    """Both days included; None: without an end."""

    since: date | None
    until: date | None


def read_period(words: str, today: date) -> Period | None:
    """A period that lies behind us, or has begun. Words in lower case, a single space between them."""
    named = _named(words, today)
    if named is not None:
        return named
    if (found := _YEAR.match(words)) and int(found[1]) in YEARS:
        return _whole_year(int(found[1]))
    if (found := _MONTH.match(words)) and found[2] in MONTHS:
        bare = not found[1] and not found[3] and found[2] in _NEVER_ALONE
        return None if bare else _month(MONTHS[found[2]], found[3], today)
    if found := _HALF.match(words):
        first = 1 if found[1] in _SPRING else 7
        return _half(int(found[2]) if found[2] else _latest_year(first, today), first)
    if found := _QUARTER.match(words):
        first = 3 * int(found[1]) - 2
        year = int(found[2]) if found[2] else _latest_year(first, today)
        return _months(year, first, first + 2)
    day = past_day(words, today) if re.search(r"\d", words) else None
    return Period(day, day) if day else None


def past_day(words: str, today: date) -> date | None:
    """A day as people write it; without a year it is the latest such day."""
    for years in range(_LOOKS_BACK):
        found = read_date(words, today - timedelta(days=365 * years + years // 4))
        if found is None or found <= today or str(found.year) in words:
            return found
    return None


def _named(words: str, today: date) -> Period | None:
    monday = today - timedelta(days=today.weekday())
    first = today.replace(day=1)
    if words in ("i dag", "idag", "today"):
        return Period(today, today)
    if words in ("i går", "igår", "yesterday"):
        return Period(today - timedelta(days=1), today - timedelta(days=1))
    if words in _LAST_YEAR:
        return _whole_year(today.year - 1)
    if words in _THIS_YEAR:
        return _whole_year(today.year)
    if words in _THIS_MONTH:
        return Period(first, today)
    if words in _LAST_MONTH:
        last = first - timedelta(days=1)
        return Period(last.replace(day=1), last)
    if words in _THIS_WEEK:
        return Period(monday, today)
    return Period(monday - timedelta(days=7), monday - timedelta(days=1)) if words in _LAST_WEEK else None


def _whole_year(year: int) -> Period:
    return _months(year, 1, 12)


def _half(year: int, first: int) -> Period:
    return _months(year, first, first + 5)


def _month(number: int, year: str | None, today: date) -> Period:
    if year is None:
        which = _latest_year(number, today)
    elif year.isdecimal():
        which = int(year)
    else:
        which = today.year - (year in ("i fjor", "last year"))
    return _months(max(which, 1), number, number)


def _months(year: int, first: int, last: int) -> Period:
    year = max(year, 1)
    return Period(date(year, first, 1), date(year, last, monthrange(year, last)[1]))


def _latest_year(month: int, today: date) -> int:
    """Of the latest such month that has begun."""
    return today.year if month <= today.month else today.year - 1
