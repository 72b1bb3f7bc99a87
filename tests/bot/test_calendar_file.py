"""The file is read back by a parser, as calendars do, and its lines are judged by RFC 5545 itself."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from bot.calendar_file import Entry, calendar_file
from cards.safe import clean, one_line

OSLO = ZoneInfo("Europe/Oslo")
CHANGED = datetime(2026, 3, 2, 7, 30, tzinfo=UTC)
MEETING = Entry(
    uid="m1@saksgang",
    sequence=3,
    changed_at=CHANGED,
    title="Styremøte, ærlig; på Åsgård",
    starts_at=datetime(2026, 9, 24, 7, tzinfo=UTC),
    minutes=180,
    place="Grev Wedels plass 5, Oslo",
    description="Sak 1: referat\nSak 2: «HELIKS»",
)
DEADLINE = Entry(uid="m1.pack@saksgang", sequence=0, changed_at=CHANGED, title="Pakken", day=date(2026, 9, 14))


def written(*entries: Entry) -> bytes:
    return calendar_file(entries, name="Porteføljestyret, årshjul", language="nb")


def read(*entries: Entry) -> Any:
    """The parsed calendar: its properties have one of thirty types, so they are judged by value."""
    return Calendar.from_ical(written(*entries))


def event(entry: Entry) -> Any:
    (found,) = read(entry).walk("VEVENT")
    return found


def test_the_calendar_tells_its_name_and_how_often_to_look() -> None:
    calendar = read(MEETING)
    assert str(calendar["VERSION"]) == "2.0"
    assert str(calendar["PRODID"]) == "-//Saksgang//Saksgang//NB"
    assert str(calendar["CALSCALE"]) == "GREGORIAN"
    assert str(calendar["METHOD"]) == "PUBLISH"
    assert str(calendar["NAME"]) == str(calendar["X-WR-CALNAME"]) == "Porteføljestyret, årshjul"
    assert calendar["REFRESH-INTERVAL"].dt == timedelta(hours=1)
    assert b"\r\nREFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n" in written(MEETING)
    assert str(calendar["X-PUBLISHED-TTL"]) == "PT1H"


def test_a_meeting() -> None:
    meeting = event(MEETING)
    assert str(meeting["UID"]) == "m1@saksgang"
    assert meeting["SEQUENCE"] == 3
    assert meeting["DTSTAMP"].dt == meeting["LAST-MODIFIED"].dt == CHANGED
    assert str(meeting["SUMMARY"]) == "Styremøte, ærlig; på Åsgård"
    assert str(meeting["LOCATION"]) == "Grev Wedels plass 5, Oslo"
    assert str(meeting["DESCRIPTION"]) == "Sak 1: referat\nSak 2: «HELIKS»"
    assert (str(meeting["STATUS"]), str(meeting["TRANSP"])) == ("CONFIRMED", "OPAQUE")
    assert meeting["DTSTART"].dt == datetime(2026, 9, 24, 9, tzinfo=OSLO)
    assert meeting["DTEND"].dt == datetime(2026, 9, 24, 12, tzinfo=OSLO)
    assert b"DTSTART;TZID=Europe/Oslo:20260924T090000\r\n" in written(MEETING)


def test_a_deadline_takes_the_whole_day_and_nobodys_time() -> None:
    leap_day = Entry("d@saksgang", 0, CHANGED, "Frist", day=date(2028, 2, 29))
    deadline = event(leap_day)
    assert (deadline["DTSTART"].dt, deadline["DTEND"].dt) == (date(2028, 2, 29), date(2028, 3, 1))
    assert deadline["DTSTART"].params["VALUE"] == deadline["DTEND"].params["VALUE"] == "DATE"
    assert (str(deadline["STATUS"]), str(deadline["TRANSP"])) == ("CONFIRMED", "TRANSPARENT")
    assert "LOCATION" not in deadline
    assert "DESCRIPTION" not in deadline


def test_a_cancelled_meeting_stands_there_as_cancelled_and_frees_the_time() -> None:
    cancelled = event(Entry("m@saksgang", 4, CHANGED, "Styremøte", starts_at=CHANGED, minutes=60, cancelled=True))
    assert (str(cancelled["STATUS"]), str(cancelled["TRANSP"])) == ("CANCELLED", "TRANSPARENT")


def test_a_meeting_without_a_length_has_no_end() -> None:
    assert "DTEND" not in event(Entry("m@saksgang", 0, CHANGED, "Styremøte", starts_at=CHANGED))


@pytest.mark.parametrize("year", range(2024, 2036))
def test_the_zone_is_norways_as_a_client_would_work_it_out(year: int) -> None:
    (zone,) = read(MEETING).timezones
    assert str(zone["TZID"]) == "Europe/Oslo"
    clients = zone.to_tz(lookup_tzid=False)
    for month, day in [(1, 15), (3, 24), (3, 25), (3, 31), (4, 1), (7, 1), (10, 24), (10, 25), (10, 31), (12, 31)]:
        noon = datetime(year, month, day, 12)  # noqa: DTZ001  # the same clock in two zones
        assert noon.replace(tzinfo=clients).utcoffset() == noon.replace(tzinfo=OSLO).utcoffset(), noon


@pytest.mark.parametrize(
    ("starts_at", "minutes", "start", "end"),
    [
        (datetime(2026, 10, 25, 0, 0, tzinfo=UTC), 180, b";TZID=Europe/Oslo:20261025T020000", b":20261025T040000"),
        (datetime(2026, 10, 25, 8, 0, tzinfo=UTC), 60, b";TZID=Europe/Oslo:20261025T090000", b":20261025T100000"),
        (datetime(2027, 3, 28, 0, 30, tzinfo=UTC), 60, b";TZID=Europe/Oslo:20270328T013000", b":20270328T033000"),
        (datetime(2027, 3, 28, 7, 0, tzinfo=UTC), 60, b";TZID=Europe/Oslo:20270328T090000", b":20270328T100000"),
        # 02.30 comes twice: what touches the second time is written in UTC
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), 60, b":20261025T003000Z", b":20261025T013000Z"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), 60, b":20261025T013000Z", b":20261025T023000Z"),
    ],
)
def test_days_when_the_clock_changes(starts_at: datetime, minutes: int, start: bytes, end: bytes) -> None:
    entry = Entry("m@saksgang", 0, CHANGED, "Styremøte", starts_at=starts_at, minutes=minutes)
    lines = written(entry).split(b"\r\n")
    dates = [line for line in lines[lines.index(b"BEGIN:VEVENT") :] if line.startswith((b"DTSTART", b"DTEND"))]
    assert [dates[0].removeprefix(b"DTSTART"), dates[1][-len(end) :]] == [start, end]
    seen = event(entry)
    assert seen["DTSTART"].dt.astimezone(UTC) == starts_at
    assert seen["DTEND"].dt.astimezone(UTC) == starts_at + timedelta(minutes=minutes)


@given(
    st.datetimes(datetime(2024, 1, 1), datetime(2036, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001  # as it asks
    st.integers(1, 600),
)
def test_no_instant_is_lost_in_local_time(starts_at: datetime, minutes: int) -> None:
    starts_at = starts_at.replace(microsecond=0)
    seen = event(Entry("m@saksgang", 0, CHANGED, "Styremøte", starts_at=starts_at, minutes=minutes))
    assert seen["DTSTART"].dt.astimezone(UTC) == starts_at
    assert seen["DTEND"].dt.astimezone(UTC) == starts_at + timedelta(minutes=minutes)


TEXTS = st.text() | st.lists(
    st.sampled_from(
        ["\r\n", "\n", "\r", "\\", "\\n", ";", ",", ":", '"', "BEGIN:VEVENT", "END:VEVENT", "ATTACH:x", "æøå"]
    )
).map("".join)


@given(title=TEXTS, place=TEXTS, description=TEXTS, name=TEXTS, uid=TEXTS)
def test_text_comes_back_as_text_and_nothing_else(
    title: str, place: str, description: str, name: str, uid: str
) -> None:
    entry = Entry(uid, 0, CHANGED, title, day=date(2026, 4, 6), place=place, description=description)
    data = calendar_file([entry], name=name, language="en")
    calendar: Any = Calendar.from_ical(data)
    assert [part.name for part in calendar.walk()] == ["VCALENDAR", "VEVENT"]
    (found,) = calendar.walk("VEVENT")
    assert str(found["SUMMARY"]) == one_line(title)
    assert str(found.get("LOCATION", "")) == one_line(place)
    assert str(found.get("DESCRIPTION", "")) == clean(description)
    assert str(calendar["X-WR-CALNAME"]) == one_line(name)
    assert set(found) <= set(event(MEETING))
    check_lines(data)


def check_lines(data: bytes) -> None:
    """RFC 5545, 3.1: CRLF only, at most 75 octets, and no octet sequence of UTF-8 torn where it matters."""
    assert data.endswith(b"\r\n")
    lines = data[:-2].split(b"\r\n")
    assert all(len(line) <= 75 and not {10, 13, 0} & set(line) for line in lines)
    for line in lines:
        line.decode()


def test_long_norwegian_lines_are_folded_within_75_octets() -> None:
    data = written(Entry("m@saksgang", 0, CHANGED, "æøåÆØÅ " * 60, day=date(2026, 4, 6), description="å" * 4000))
    check_lines(data)
    assert b"\r\n " in data


def many() -> list[Entry]:
    first = date(2026, 1, 1)
    about = "Til styremøtet torsdag 24. september 2026 kl. 09.00. Fristen følger av mandatet § 7."
    return [
        Entry(f"{number:08d}.completeness_answer@saksgang", 0, CHANGED, "Kontoret svarer om saken er komplett",
              day=first + timedelta(days=number % 365), description=about)
        if number % 8
        else Entry(f"{number:08d}@saksgang", 0, CHANGED, "Styremøte", minutes=120,
                   starts_at=datetime(2026, 1, 1, 9, tzinfo=UTC) + timedelta(days=number % 365))
        for number in range(400)
    ]  # fmt: skip


def test_a_full_year_is_small_sorted_and_always_the_same() -> None:
    entries = many()
    data = written(*entries)
    shuffled = entries.copy()
    random.Random(7).shuffle(shuffled)
    assert written(*shuffled) == data
    assert len(data) < 200_000
    events = read(*entries).walk("VEVENT")
    assert len(events) == 400
    days = [found["DTSTART"].dt for found in events]
    days = [day.date() if isinstance(day, datetime) else day for day in days]
    assert days == sorted(days)


def test_an_empty_calendar_is_a_calendar() -> None:
    calendar = read()
    assert calendar.walk("VEVENT") == []
    assert str(calendar["METHOD"]) == "PUBLISH"


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"starts_at": CHANGED, "day": date(2026, 4, 6)},
        {"day": date(2026, 4, 6), "changed_at": CHANGED.replace(tzinfo=None)},
        {"starts_at": CHANGED.replace(tzinfo=None)},
        {"starts_at": CHANGED, "minutes": -1},
        {"day": date(2026, 4, 6), "sequence": -1},
    ],
)
def test_what_makes_no_entry_is_refused(wrong: dict[str, Any]) -> None:
    right: dict[str, Any] = {"uid": "x", "sequence": 0, "changed_at": CHANGED, "title": "Møte"}
    with pytest.raises(ValueError, match=r"^x: "):
        Entry(**right | wrong)
