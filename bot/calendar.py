"""Norwegian working days: weekends, public holidays, 24 and 31 December are days off."""

from __future__ import annotations

import importlib.util
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import holidays

_SATURDAY = 5


class NorwegianCalendar:
    """Implements ``board.deadlines.WorkingCalendar``. Made once, at start: it loads the country's rules."""

    def __init__(self) -> None:
        self._norway = _norway()

    def is_working_day(self, day: date) -> bool:
        if day.weekday() >= _SATURDAY or (day.month == 12 and day.day in (24, 31)):
            return False
        return day not in _of_year(self._norway, day.year)


@lru_cache(maxsize=64)
def _of_year(norway: Any, year: int) -> frozenset[date]:
    return frozenset(norway(years=year))


@lru_cache(maxsize=1)
def _norway() -> Any:
    """The library's rules for Norway alone, from its file.

    Asked for by name it imports all its 250 countries first: 0.06 s and 8 MB, or 3 s where nothing is compiled yet,
    during which no turn is answered. A library without that file is asked by name.
    """
    file = Path(holidays.__file__).with_name("countries") / "norway.py"
    spec = importlib.util.spec_from_file_location("holidays_norway", file) if file.exists() else None
    if spec is None or spec.loader is None:
        return partial(holidays.country_holidays, "NO")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.Norway
