"""A day as people write it, seen from Monday 2 March 2026; without a year it is the next such day, today included."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.formats import short_date, weekday_date
from cards.i18n import LANGUAGES, use
from dialogs.dates import read_date

MONDAY = date(2026, 3, 2)
DAYS = {
    "16. april": (4, 16),
    "16.april": (4, 16),
    "16 april": (4, 16),
    "den 16. april": (4, 16),
    "16. apr.": (4, 16),
    "16. APRIL!": (4, 16),
    "16. april 2026": (4, 16),
    "torsdag 16. april": (4, 16),
    "torsdag den 16. april": (4, 16),
    "Thursday, 16 April": (4, 16),
    "April 16": (4, 16),
    "April 16th": (4, 16),
    "16th April 2026": (4, 16),
    "the 16th of April": (4, 16),
    "16.04.2026": (4, 16),
    "16.4.2026": (4, 16),
    "16.04.26": (4, 16),
    "16. 04. 2026": (4, 16),
    "16.4": (4, 16),
    "16.4.": (4, 16),
    "16/4": (4, 16),
    "16/4-26": (4, 16),
    "16-04-2026": (4, 16),
    "2026-04-16": (4, 16),
    "innen 16. april": (4, 16),
    "innan 16. april": (4, 16),
    "senest 16. april": (4, 16),
    "by 16 April": (4, 16),
    "1.mai": (5, 1),
    "17. mai": (5, 17),
    "den 17. mai": (5, 17),
    "2. mars": (3, 2),
    "i dag": (3, 2),
    "today": (3, 2),
    "i morgen": (3, 3),
    "i morgon": (3, 3),
    "imorgen": (3, 3),
    "tomorrow": (3, 3),
    "i overmorgen": (3, 4),
    "i overmorgon": (3, 4),
    "day after tomorrow": (3, 4),
    "torsdag": (3, 5),
    "på torsdag": (3, 5),
    "neste torsdag": (3, 5),
    "Neste torsdag.": (3, 5),
    "tors": (3, 5),
    "tysdag": (3, 3),
    "laurdag": (3, 7),
    "next thursday": (3, 5),
    "innen fredag": (3, 6),
    "til fredag": (3, 6),
    "mandag": (3, 9),
    "måndag": (3, 9),
    "førstkommende fredag": (3, 6),
    "komande fredag": (3, 6),
    "torsdag neste uke": (3, 12),
    "måndag neste veke": (3, 9),
    "next week thursday": (3, 12),
    "om to uker": (3, 16),
    "om ei veke": (3, 9),
    "om 14 dager": (3, 16),
    "om ti dagar": (3, 12),
    "om en måned": (4, 2),
    "om ein månad": (4, 2),
    "in two weeks": (3, 16),
    "in a month": (4, 2),
}
NO_DAYS = [
    *("", "kanskje", "31. februar", "16.13", "0.4", "32. mai", "snart", "neste uke", "før påske", "2026-02-30", "²/²"),
    *(
        "12",
        "9" * 4000,
        "16. april 0000",
        "aprl 16",
        "om mange uker",
        "om 0 dager",
        "i går",
        "uke 12",
        "ASAP",
        "16. 16.",
    ),
]


@pytest.mark.parametrize("text", DAYS)
def test_a_day(text: str) -> None:
    month, day = DAYS[text]
    assert read_date(text, MONDAY) == date(2026, month, day)


@pytest.mark.parametrize("text", NO_DAYS)
def test_no_day(text: str) -> None:
    assert read_date(text, MONDAY) is None


OTHER_YEARS = {
    "1. mars": date(2027, 3, 1),
    "29. februar": date(2028, 2, 29),
    "16.04.2025": date(2025, 4, 16),
    "17 mai 2027": date(2027, 5, 17),
    "om ti måneder": date(2027, 1, 2),
}


@pytest.mark.parametrize("text", OTHER_YEARS)
def test_a_day_of_another_year(text: str) -> None:
    assert read_date(text, MONDAY) == OTHER_YEARS[text]


def test_a_month_ends_where_it_ends() -> None:
    assert read_date("om en måned", date(2027, 1, 31)) == date(2027, 2, 28)
    assert read_date("om en måned", date(2026, 12, 31)) == date(2027, 1, 31)
    assert read_date("om 12 måneder", date(2028, 2, 29)) == date(2029, 2, 28)


_days = st.dates(date(2024, 1, 1), date(2035, 12, 31))


@given(_days, _days)
def test_a_day_as_we_write_it_is_read_back(day: date, today: date) -> None:
    assert read_date(day.isoformat(), today) == day
    for language in LANGUAGES:
        with use(language):
            assert read_date(weekday_date(day), today) == day
            assert read_date(short_date(day), today) == day


@given(_days, st.sampled_from(["mandag", "tysdag", "onsdag", "thursday", "fredag", "laurdag", "sun"]))
def test_a_weekday_is_the_first_one_ahead(today: date, name: str) -> None:
    found = read_date(name, today)
    assert found is not None
    assert timedelta(days=1) <= found - today <= timedelta(days=7)


@given(st.text(max_size=60) | st.text("0123456789./- omukerdagintvaprilneste", max_size=40), _days)
def test_reading_never_raises(text: str, today: date) -> None:
    found = read_date(text, today)
    assert found is None or isinstance(found, date)
