"""Reading a day as people write it: «16. april», «neste torsdag», «om to uker»."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from dialogs.answers import squeeze

_MONTHS: Final = (
    ("jan", "januar", "january"),
    ("feb", "februar", "february"),
    ("mar", "mars", "march"),
    ("apr", "april"),
    ("mai", "may"),
    ("jun", "juni", "june"),
    ("jul", "juli", "july"),
    ("aug", "august"),
    ("sep", "sept", "september"),
    ("okt", "oktober", "oct", "october"),
    ("nov", "november"),
    ("des", "desember", "dec", "december"),
)
MONTHS: Final = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
"""The number of each month, by its names in three languages and by its short ones."""
_WEEKDAYS: Final = (
    ("mandag", "måndag", "monday", "man", "mon"),
    ("tirsdag", "tysdag", "tuesday", "tir", "tue"),
    ("onsdag", "wednesday", "ons", "wed"),
    ("torsdag", "thursday", "tor", "tors", "thu"),
    ("fredag", "friday", "fre", "fri"),
    ("lørdag", "laurdag", "saturday", "lør", "sat"),
    ("søndag", "sundag", "sunday", "søn", "sun"),
)
_WEEKDAY: Final = {name: number for number, names in enumerate(_WEEKDAYS) for name in names}
DAY_WORDS: Final = frozenset({*MONTHS, *_WEEKDAY})
"""The names of months and weekdays, also short ones."""
_COUNT: Final = {
    **{str(n): n for n in range(1, 100)},
    **dict(
        zip(
            ["en", "ei", "to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni", "ti"],
            (1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
            strict=True,
        )
    ),
    **dict(zip(["ein", "one", "a", "two", "three", "four", "five", "six"], (1, 1, 1, 2, 3, 4, 5, 6), strict=True)),
}
_ISO: Final = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$")
_NUMERIC: Final = re.compile(r"^(\d{1,2})[./-] ?(\d{1,2})(?:[./-] ?(\d{4}|\d{2}))?\.?$")
_NAMED: Final = re.compile(r"^(?:den )?(\d{1,2})(?:st|nd|rd|th|)(?:\. ?| (?:of )?)([a-zæøå]+)\.?,?(?: (\d{4}))?$")
_MONTH_FIRST: Final = re.compile(r"^([a-z]+) (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?$")
_IN: Final = re.compile(
    r"^(?:om|in) (\w+) (dager?|dag|dagar|days?|uker?|veker?|veke|weeks?|måned(?:er)?|månad(?:er)?|months?)$"
)


def read_date(text: str, today: date) -> date | None:
    """A day from what people write: «16. april», «16.04.2026», «neste torsdag», «om to uker», «i morgen».

    Without a year it is the next such day, today included. A weekday is the first one after today.
    """
    words = squeeze(text)
    for prefix in ("på ", "on ", "innen ", "innan ", "by ", "til ", "until ", "senest ", "seinast ", "the "):
        words = words.removeprefix(prefix)
    words = re.sub(r"^(\w+dag|\w+day),? (?:den |the )?(?=\d)", "", words)
    if words in ("i dag", "idag", "today"):
        return today
    if words in ("i morgen", "imorgen", "i morgon", "tomorrow"):
        return today + timedelta(days=1)
    if words in ("i overmorgen", "overmorgen", "i overmorgon", "the day after tomorrow", "day after tomorrow"):
        return today + timedelta(days=2)
    return _numbered_day(words, today) or _weekday(words, today) or _after(words, today)


def _numbered_day(words: str, today: date) -> date | None:
    if iso := _ISO.match(words):
        return _day(int(iso[1]), int(iso[2]), int(iso[3]))
    if numeric := _NUMERIC.match(words):
        return _dated(int(numeric[1]), int(numeric[2]), numeric[3], today)
    if (named := _NAMED.match(words)) and named[2] in MONTHS:
        return _dated(int(named[1]), MONTHS[named[2]], named[3], today)
    if (first := _MONTH_FIRST.match(words)) and first[1] in MONTHS:
        return _dated(int(first[2]), MONTHS[first[1]], first[3], today)
    return None


def _dated(day: int, month: int, year: str | None, today: date) -> date | None:
    if year:
        return _day(int(year) + (2000 if len(year) == 2 else 0), month, day)
    for candidate in range(today.year, today.year + 9):  # 29 February is at most eight years away
        found = _day(candidate, month, day)
        if found and found >= today:
            return found
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _weekday(words: str, today: date) -> date | None:
    next_week = bool(re.search(r"(neste|next) (uke|veke|week)$", words)) or words.startswith(
        ("neste uke ", "next week ")
    )
    bare = re.sub(r"\b(neste|next|førstkommende|komande|kommende|coming|uke|veke|week)\b", "", words).strip()
    if bare not in _WEEKDAY:
        return None
    if next_week:
        monday = today - timedelta(days=today.weekday()) + timedelta(days=7)
        return monday + timedelta(days=_WEEKDAY[bare])
    return today + timedelta(days=(_WEEKDAY[bare] - today.weekday() - 1) % 7 + 1)


def _after(words: str, today: date) -> date | None:
    found = _IN.match(words)
    if found is None or found[1] not in _COUNT:
        return None
    count, unit = _COUNT[found[1]], found[2]
    if unit.startswith(("måned", "månad", "month")):
        month = today.month - 1 + count
        last = (date(today.year + (month + 1) // 12, (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
        return date(today.year + month // 12, month % 12 + 1, min(today.day, last))
    return today + timedelta(days=count * (7 if unit.startswith(("uke", "veke", "week")) else 1))
