from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.formats import date_time, join_words, money, number, short_date, weekday_date
from cards.i18n import LANGUAGES, Language, use

NBSP = "\u00a0"
DAY = date(2026, 4, 16)


@pytest.mark.parametrize(
    ("language", "weekday", "short"),
    [
        ("nb", "torsdag 16. april 2026", "16.04.2026"),
        ("nn", "torsdag 16. april 2026", "16.04.2026"),
        ("en", "Thursday 16 April 2026", "16 Apr 2026"),
    ],
)
def test_dates(language: Language, weekday: str, short: str) -> None:
    with use(language):
        assert weekday_date(DAY) == weekday
        assert short_date(DAY) == short


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (datetime(2026, 4, 16, 7, 0, tzinfo=UTC), "torsdag 16. april 2026 kl. 09.00"),
        (datetime(2026, 1, 1, 23, 30, tzinfo=UTC), "fredag 2. januar 2026 kl. 00.30"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "søndag 25. oktober 2026 kl. 02.30"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "søndag 25. oktober 2026 kl. 02.30"),
    ],
)
def test_times_are_norwegian(moment: datetime, written: str) -> None:
    assert date_time(moment) == written
    assert written.startswith(weekday_date(moment))


def test_a_time_in_english() -> None:
    with use("en"):
        assert date_time(datetime(2026, 4, 16, 7, 5, tzinfo=UTC)) == "Thursday 16 April 2026 at 09:05"


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        date_time(datetime(2026, 4, 16, 7, tzinfo=UTC).replace(tzinfo=None))


@pytest.mark.parametrize(
    ("language", "nok", "written"),
    [
        ("nb", 12_500_000, "12,5 mill. kr"),
        ("nb", 12_000_000, "12 mill. kr"),
        ("nb", 12_345_678, f"12{NBSP}345{NBSP}678 kr"),
        ("nb", 1_250_000_000, f"1{NBSP}250 mill. kr"),
        ("nb", 900_000, f"900{NBSP}000 kr"),
        ("nb", 0, "0 kr"),
        ("nb", -2_500_000, "-2,5 mill. kr"),
        ("en", 12_500_000, "NOK 12.5 million"),
        ("en", 12_345_678, "NOK 12,345,678"),
    ],
)
def test_sums(language: Language, nok: int, written: str) -> None:
    with use(language):
        assert money(nok) == written


@given(st.one_of(st.integers(-(10**12), 10**12), st.integers(-(10**5), 10**5).map(lambda tenths: tenths * 100_000)))
def test_a_sum_loses_nothing(nok: int) -> None:
    for language in LANGUAGES:
        with use(language):
            written = money(nok)
        digits = re.sub(r"[^\d.,\-−]", "", written.replace("mill.", "").replace("−", "-"))
        if "mill" in written:
            whole, _, part = digits.replace("," if language == "en" else ".", "").replace(",", ".").partition(".")
            tenths = abs(int(whole)) * 10 + int(part or 0)
            assert tenths * 100_000 * (-1 if digits.startswith("-") else 1) == nok
        else:
            assert int(re.sub(r"[.,]", "", digits)) == nok


def test_numbers_and_lists() -> None:
    assert number(12_500) == f"12{NBSP}500"
    assert [join_words(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a og b", "a, b og c"]
    with use("en"):
        assert join_words(["a", "b", "c"]) == "a, b and c"
