"""Reading sums in kroner and minutes as people write them. What is doubtful is not read, so that it is asked again."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Final

from dialogs.answers import SPACES, squeeze

_UNITS: Final = {
    **dict.fromkeys(("mill", "mill.", "million", "millioner", "millionar", "millions", "m", "mnok", "mkr"), 1_000_000),
    **dict.fromkeys(("mrd", "mrd.", "milliard", "milliarder", "milliardar", "billion", "bn"), 1_000_000_000),
    **dict.fromkeys(("tusen", "tkr", "k", "thousand", "t"), 1_000),
    **dict.fromkeys(("kr", "kroner", "nok", ""), 1),
}
_SUM: Final = re.compile(r"^(?P<digits>\d[\d .,]*?)\s*(?P<unit>[a-zæøå]+\.?)?$")
_ABOUT: Final = re.compile(r"^(ca\.?|cirka|circa|omtrent|omlag|om lag|rundt|about|approx\.?|nok|kr\.?)\s+")
_THOUSANDS: Final = re.compile(r"^\d{1,3}(?:[ .]\d{3})+$|^\d{1,3}(?:,\d{3}){2,}$|^\d+$")
_DECIMAL: Final = re.compile(r"^(?P<whole>\d{1,3}(?:[ .]\d{3})+(?=,)|\d{1,3}(?: \d{3})+|\d+)[.,](?P<part>\d{1,9})$")
_COMMA_GROUP: Final = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_NOTHING: Final = frozenset(("ingen", "ingenting", "null", "none", "nothing", "zero", "ikke noe", "ikkje noko"))
_LARGEST: Final = 10**15
_UNIT_FIRST: Final = re.compile(r"^(mnok|mkr|tkr|mill\.?)\s+(\d[\d .,]*)$")
_YEARLY: Final = re.compile(r"\s*(?:(?:/|per|pr\.?|a) ?(?:år|year)|i året|årlig|årleg|yearly|annually)$")


def read_yearly(text: str, *, english: bool = False) -> int | None:
    """A sum per year, where a year is what was asked for: «800 000 kr/år», «0,8 mill per år», or the sum alone."""
    words = SPACES.sub(" ", text).strip().lower()
    return read_money(_YEARLY.sub("", words), english=english)


def read_money(text: str, *, english: bool = False) -> int | None:
    """Whole Norwegian kroner from what people write: «12,5 mill», «12 500 000», «kr 800.000,-», «1,2 mrd».

    None where it is not one sum of whole kroner; «12,500» alone is not read, as it can mean two things. To somebody
    who reads English it means one: their cards write sums like «800,000».
    """
    words = SPACES.sub(" ", text).strip().lower().removesuffix(",-").removesuffix(".-").strip()
    if english:
        words = _COMMA_GROUP.sub("", words)
    if words in _NOTHING:
        return 0
    while about := _ABOUT.match(words):
        words = words[about.end() :]
    words = re.sub(r"\s+(norske\s+)?(kr\.?|kroner|nok)$", "", words)
    words = _UNIT_FIRST.sub(r"\2 \1", words)
    found = _SUM.match(words)
    if found is None or (found["unit"] or "") not in _UNITS:
        return None
    amount = _amount(found["digits"].strip())
    if amount is None:
        return None
    total = amount * _UNITS[found["unit"] or ""]
    return int(total) if total == total.to_integral_value() and total <= _LARGEST else None


def _amount(digits: str) -> Decimal | None:
    if _THOUSANDS.match(digits):
        return Decimal(re.sub(r"[ .,]", "", digits))
    decimal = _DECIMAL.match(digits)
    if decimal is None or (len(decimal["part"]) == 3 and "," in digits):
        return None
    try:
        return Decimal(f"{re.sub('[ .]', '', decimal['whole'])}.{decimal['part']}")
    except InvalidOperation:
        return None


_MINUTES: Final = re.compile(
    r"^(\d+(?:[.,]\d)?) ?(m|min|mins|minutt|minutter|minutes|t|time|timer|timar|hours?|h)?\.?$"
)
_MINUTE_WORDS: Final = {
    "et kvarter": 15,
    "kvarter": 15,
    "eit kvarter": 15,
    "en halvtime": 30,
    "halvtime": 30,
    "ein halvtime": 30,
    "half an hour": 30,
    "a quarter": 15,
    "quarter of an hour": 15,
    "a quarter of an hour": 15,
    "en halv time": 30,
    "ein halv time": 30,
    "tre kvarter": 45,
    "halvannen time": 90,
    "to timer": 120,
    "to timar": 120,
    "two hours": 120,
    "en time": 60,
    "ein time": 60,
    "an hour": 60,
}


def read_minutes(text: str) -> int | None:
    """Minutes: «15», «20 min», «et kvarter», «1,5 timer»."""
    words = re.sub(r"^(ca\.?|cirka|circa|omtrent|omlag|om lag|rundt|about) ", "", squeeze(text))
    if words in _MINUTE_WORDS:
        return _MINUTE_WORDS[words]
    found = _MINUTES.match(words)
    if found is None:
        return None
    amount = Decimal(found[1].replace(",", ".")) * (60 if (found[2] or "m").startswith(("t", "h")) else 1)
    return int(amount) if amount == amount.to_integral_value() and amount <= 10_000 else None
