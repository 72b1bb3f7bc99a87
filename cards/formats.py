"""Dates, sums and lists as people write them, in the reader's language and Norwegian time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_date, get_month_names
from babel.numbers import format_decimal

from cards.i18n import Language, _, current

_LOCALE: Final[dict[Language, str]] = {"nb": "nb_NO", "nn": "nn_NO", "en": "en_GB"}
_WEEKDAY_DATE: Final[dict[Language, str]] = {
    "nb": "EEEE d. MMMM y",
    "nn": "EEEE d. MMMM y",
    "en": "EEEE d MMMM y",
}
_SHORT_DATE: Final[dict[Language, str]] = {"nb": "dd.MM.y", "nn": "dd.MM.y", "en": "d MMM y"}
_WEEKDAY_DAY: Final[dict[Language, str]] = {"nb": "EEEE d. MMMM", "nn": "EEEE d. MMMM", "en": "EEEE d MMMM"}
_MILLION: Final = 1_000_000
_SHORTEST: Final = 100_000
"""Sums in whole hundred thousands lose nothing as «12,5 mill.»."""


def weekday_date(day: date) -> str:
    """«torsdag 16. april 2026»."""
    return _formatted(_plain_date(day), current(), _WEEKDAY_DATE[current()])


def day_within(year: int, day: date) -> str:
    """«torsdag 16. april» in a table of one year, which its title names; a day of another year says which."""
    return _formatted(day, current(), _WEEKDAY_DAY[current()]) if day.year == year else weekday_date(day)


def short_date(day: date) -> str:
    """«16.04.2026»; in English the month is a word, as 04/05 means two things."""
    return _formatted(_plain_date(day), current(), _SHORT_DATE[current()])


def date_time(moment: datetime) -> str:
    """«torsdag 16. april 2026 kl. 09.00» in Norway. Errors: ``ValueError`` for a time without a zone."""
    local = _oslo(moment)
    return _("{date} kl. {hour}.{minute}", date=weekday_date(local), hour=f"{local:%H}", minute=f"{local:%M}")


def time_of_day(moment: datetime) -> str:
    """«kl. 09.00» in Norway."""
    local = _oslo(moment)
    return _("kl. {hour}.{minute}", hour=f"{local:%H}", minute=f"{local:%M}")


def day_and_month(day: date) -> str:
    """«24. september»."""
    return _("{day}. {month}", day=day.day, month=month_name(day.month))


def month_name(number: int) -> str:
    """«januar» for 1."""
    name: str = get_month_names("wide", context="stand-alone", locale=_LOCALE[current()])[number]
    return name


def _plain_date(day: date) -> date:
    return _oslo(day).date() if isinstance(day, datetime) else day


def _oslo(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a time without a zone: times are aware")
    return moment.astimezone(_zone())


@lru_cache(maxsize=1)
def _zone() -> ZoneInfo:
    return ZoneInfo("Europe/Oslo")


@lru_cache(maxsize=4096)
def _formatted(day: date, language: Language, pattern: str) -> str:
    return format_date(day, pattern, locale=_LOCALE[language])


def money(nok: int) -> str:
    """A sum in whole kroner, never rounded: «12,5 mill. kr», «12 345 678 kr»."""
    if abs(nok) >= _MILLION and nok % _SHORTEST == 0:
        return _("{amount} mill. kr", amount=_tenths(nok // _SHORTEST, current()))
    return _("{amount} kr", amount=number(nok))


def number(value: int) -> str:
    """«12 500 000»; the spaces do not break."""
    return _decimal(value, current())


@lru_cache(maxsize=4096)
def _decimal(value: int, language: Language) -> str:
    return format_decimal(value, locale=_LOCALE[language])


def _tenths(tenths: int, language: Language) -> str:
    whole, part = divmod(abs(tenths), 10)
    sign = _decimal(-1, language)[:-1] if tenths < 0 else ""
    comma = "." if language == "en" else ","
    return f"{sign}{_decimal(whole, language)}{comma}{part}" if part else f"{sign}{_decimal(whole, language)}"


def join_words(words: Sequence[str]) -> str:
    """«a, b og c»."""
    if len(words) < 2:
        return "".join(words)
    return _("{words} og {last}", words=", ".join(words[:-1]), last=words[-1])
