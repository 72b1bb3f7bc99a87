"""A person's meetings and deadlines as an iCalendar file (RFC 5545, RFC 7986), for calendars that subscribe to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

from cards.message import Language
from cards.safe import clean, one_line

ZONE: Final = "Europe/Oslo"
_PRODUCT: Final = "-//Saksgang//Saksgang//{language}"
_REFRESH: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Entry:
    """A meeting (``starts_at``, an aware instant, and ``minutes``) or an all-day deadline (``day``).

    ``uid`` is stable for the life of the object («<meeting id>.<deadline id>@saksgang»); ``sequence`` grows with each
    change, and ``changed_at`` (aware) is when that was. Errors: ``ValueError`` for neither or both of meeting and
    deadline, for a time without a zone, and for a negative length or sequence.
    """

    uid: str
    sequence: int
    changed_at: datetime
    title: str
    starts_at: datetime | None = None
    minutes: int = 0
    day: date | None = None
    place: str = ""
    description: str = ""
    cancelled: bool = False

    def __post_init__(self) -> None:
        if (self.starts_at is None) == (self.day is None):
            raise ValueError(f"{self.uid}: a meeting starts at a time, a deadline has a day: give one of them")
        if any(moment is not None and moment.tzinfo is None for moment in (self.changed_at, self.starts_at)):
            raise ValueError(f"{self.uid}: a time without a zone: times are aware")
        if self.minutes < 0 or self.sequence < 0:
            raise ValueError(f"{self.uid}: a length or sequence below zero")


def calendar_file(entries: Iterable[Entry], *, name: str, language: Language) -> bytes:
    """The whole file. The same entries, in any order, give the same bytes."""
    calendar = _empty(one_line(name), language)
    ordered = sorted(entries, key=_order)
    if any(entry.starts_at is not None for entry in ordered):
        calendar.add_component(_oslo())
    for entry in ordered:
        calendar.add_component(_event(entry, language))
    written: bytes = calendar.to_ical()
    return written


def _order(entry: Entry) -> tuple[datetime, str, int]:
    if entry.starts_at is not None:
        return entry.starts_at.astimezone(UTC), entry.uid, entry.sequence
    assert entry.day is not None  # noqa: S101  # one of the two, by construction
    return datetime.combine(entry.day, time(), _zone()), entry.uid, entry.sequence


def _empty(name: str, language: Language) -> Calendar:
    """The interval has two names, as has the calendar: of RFC 7986, and the older ones Outlook and Apple read."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", _PRODUCT.format(language=language.upper()))
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", ZONE)
    calendar.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    return calendar


def _event(entry: Entry, language: Language) -> Event:
    event = Event()
    event.add("uid", one_line(entry.uid))
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.changed_at.astimezone(UTC))
    event.add("last-modified", entry.changed_at.astimezone(UTC))
    event.add("summary", one_line(entry.title), parameters={"LANGUAGE": language})
    if entry.place:
        event.add("location", one_line(entry.place), parameters={"LANGUAGE": language})
    if entry.description:
        event.add("description", clean(entry.description), parameters={"LANGUAGE": language})
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    takes_time = entry.starts_at is not None and not entry.cancelled
    event.add("transp", "OPAQUE" if takes_time else "TRANSPARENT")
    for key, value in zip(("dtstart", "dtend"), _span(entry), strict=False):
        event.add(key, value)
    return event


def _span(entry: Entry) -> Sequence[date]:
    """From, and until where the entry lasts: an end must be later than the start.

    In the hour that comes twice in autumn, local time means the first of them (RFC 5545, 3.3.5): the second is
    written in UTC.
    """
    if entry.starts_at is None:
        assert entry.day is not None  # noqa: S101  # one of the two, by construction
        return entry.day, entry.day + _DAY
    first = entry.starts_at.astimezone(UTC)
    instants = (first, first + timedelta(minutes=entry.minutes)) if entry.minutes else (first,)
    local = tuple(instant.astimezone(_zone()) for instant in instants)
    return instants if any(moment.fold for moment in local) else local


@lru_cache(maxsize=1)
def _zone() -> ZoneInfo:
    return ZoneInfo(ZONE)


def _oslo() -> Timezone:
    """Norway's rule since 1996, without an end: the library would list each change up to 2038 by its date."""
    zone = Timezone()
    zone.add("tzid", ZONE)
    zone.add_component(_changes(TimezoneStandard(), "CET", datetime(1996, 10, 27, 3), hours=(2, 1)))  # noqa: DTZ001  # local, as RFC 5545 has it
    zone.add_component(_changes(TimezoneDaylight(), "CEST", datetime(1996, 3, 31, 2), hours=(1, 2)))  # noqa: DTZ001  # the same
    return zone


def _changes(
    part: TimezoneStandard | TimezoneDaylight, name: str, first: datetime, hours: tuple[int, int]
) -> TimezoneStandard | TimezoneDaylight:
    """``first`` is a time on the clock before the change, so it has no zone (RFC 5545, 3.6.5)."""
    part.add("tzname", name)
    part.add("tzoffsetfrom", timedelta(hours=hours[0]))
    part.add("tzoffsetto", timedelta(hours=hours[1]))
    part.add("dtstart", first)
    part.add("rrule", {"freq": "yearly", "bymonth": first.month, "byday": "-1SU"})
    return part
