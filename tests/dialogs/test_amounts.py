"""Sums and minutes as people write them; what can mean two things is not read, and nothing anyone writes raises."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.formats import money
from cards.i18n import Language, use
from dialogs.amounts import read_minutes, read_money, read_yearly

SUMS = {
    "12,5 mill": 12_500_000,
    "12.5 mill": 12_500_000,
    "12,5 mill.": 12_500_000,
    "12,5 Mill": 12_500_000,
    "12,5mill": 12_500_000,
    "12,5 millioner": 12_500_000,
    "12,5 millionar": 12_500_000,
    "12,5 million kroner": 12_500_000,
    "12.5 million NOK": 12_500_000,
    "NOK 12.5 million": 12_500_000,
    "12,5 MNOK": 12_500_000,
    "MNOK 12,5": 12_500_000,
    "12,5 mkr": 12_500_000,
    "12.5m": 12_500_000,
    "12 500 000": 12_500_000,
    "12\u00a0500\u202f000": 12_500_000,
    "12.500.000": 12_500_000,
    "12,500,000": 12_500_000,
    "12500000": 12_500_000,
    "kr 12 500 000": 12_500_000,
    "Kr. 12.500.000,-": 12_500_000,
    "12 500 000 kr": 12_500_000,
    "12 500 000,00": 12_500_000,
    "12.500.000,00 kr": 12_500_000,
    "12 500 000 norske kroner": 12_500_000,
    "ca 5 mill": 5_000_000,
    "ca. 5 mill. kr": 5_000_000,
    "omtrent 5 millioner kroner": 5_000_000,
    "om lag 5 mill": 5_000_000,
    "rundt 5 mill": 5_000_000,
    "about 5 million": 5_000_000,
    "800.000,-": 800_000,
    "800 000,-": 800_000,
    "800 tusen": 800_000,
    "800k": 800_000,
    "800 tkr": 800_000,
    "tkr 800": 800_000,
    "0,8 mill": 800_000,
    "12.500": 12_500,
    "1,2 mrd": 1_200_000_000,
    "1,25 milliardar": 1_250_000_000,
    "1.5bn": 1_500_000_000,
    "0": 0,
    "0 kr": 0,
    "null": 0,
    "ingen": 0,
    "ingenting": 0,
    "ikkje noko": 0,
    "none": 0,
}
NO_SUMS = [
    *("", " ", "kr", "mill", "12,500", "12,5", "5-10 mill", "mellom 5 og 10 mill", "12 50 000", "1.2.3", "-5 mill"),
    *("tolv millioner", "5 mill euro", "$5 mill", "12,5 meter", "²", "½ mill", "1/2 mill", "vet ikke", "se vedlegg"),
    *("12,5555555555 mill", "0,0000001 mill", "9" * 17, "1" + "0" * 4000, "1e9", "5 mill + mva", "12..5", "12,,5"),
    *("10 mill per år", "800 000 i måneden", "NaN", "inf", "Infinity", "0x10", "5 mill 3 mill", "kr 5 kr 6"),
]


@pytest.mark.parametrize("text", SUMS)
def test_a_sum(text: str) -> None:
    assert read_money(text) == SUMS[text]


@pytest.mark.parametrize("text", NO_SUMS)
def test_what_is_not_one_sum_of_whole_kroner(text: str) -> None:
    assert read_money(text) is None


@pytest.mark.parametrize(
    "text",
    [
        *("800 000 kr/år", "0,8 mill per år", "0,8 mill. pr. år", "kr 800 000 i året", "800 000 årlig"),
        *("800.000 per year", "800 000 årleg", "800 000 annually", "800 000", "ca. 0,8 mill per år"),
    ],
)
def test_a_sum_per_year_where_a_year_was_asked_for(text: str) -> None:
    assert read_yearly(text) == 800_000


@pytest.mark.parametrize("text", ["800 000 i måneden", "800 000 per måned", "per år", "800 000 i år og neste år"])
def test_another_time_than_a_year_is_not_read(text: str) -> None:
    assert read_yearly(text) is None


@given(st.text(max_size=60) | st.text("0123456789 .,-kmrtilds", max_size=40))
def test_reading_never_raises_and_gives_whole_kroner_or_nothing(text: str) -> None:
    for found in (read_money(text), read_yearly(text), read_minutes(text)):
        assert found is None or (type(found) is int and 0 <= found <= 10**15)


@given(st.integers(0, 10**12) | st.integers(0, 10**7).map(lambda n: n * 100_000))
def test_a_sum_as_we_write_it_is_read_back(nok: int) -> None:
    assert read_money(str(nok)) == nok
    assert read_money(f"{nok:,}".replace(",", ".")) == nok
    for language in ("nb", "nn"):
        assert read_money(_written(nok, language)) == nok, _written(nok, language)
    english = _written(nok, "en")
    means_two_things = english.count(",") == 1  # «12,500»: in Norway also twelve and a half of something
    assert read_money(english) == (None if means_two_things else nok), english


def _written(nok: int, language: Language) -> str:
    with use(language):
        return money(nok)


TIMES = {
    "15": 15,
    "15.": 15,
    "15 min": 15,
    "15 min.": 15,
    "15min": 15,
    "15 m": 15,
    "15 minutter": 15,
    "15 minutt": 15,
    "15 minutes": 15,
    "ca 15 min": 15,
    "ca. 15": 15,
    "omtrent 15 minutter": 15,
    "om lag 15 minutt": 15,
    "about 15 minutes": 15,
    "et kvarter": 15,
    "eit kvarter": 15,
    "kvarter": 15,
    "a quarter of an hour": 15,
    "en halvtime": 30,
    "ein halvtime": 30,
    "en halv time": 30,
    "ein halv time": 30,
    "half an hour": 30,
    "0,5 timer": 30,
    "tre kvarter": 45,
    "45 mins": 45,
    "1 time": 60,
    "1 t": 60,
    "en time": 60,
    "an hour": 60,
    "1h": 60,
    "1,5 timer": 90,
    "1.5 timar": 90,
    "halvannen time": 90,
    "to timer": 120,
    "2 hours": 120,
}


@pytest.mark.parametrize("text", TIMES)
def test_minutes(text: str) -> None:
    assert read_minutes(text) == TIMES[text]


@pytest.mark.parametrize(
    "text", ["", "15-20", "-5", "lenge", "1:30", "15,5", "²", "9" * 4000, "et kvarter til", "kort"]
)
def test_what_is_no_time(text: str) -> None:
    assert read_minutes(text) is None


@pytest.mark.parametrize(("text", "nok"), [("800,000", 800_000), ("NOK 12,500", 12_500), ("12.5 million", 12_500_000)])
def test_a_reader_of_english_writes_sums_as_their_cards_do(text: str, nok: int) -> None:
    assert read_money(text, english=True) == nok
