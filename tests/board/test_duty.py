"""The ladder of reminders: never on a day off, never outside the hours, never a rung twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.clock import OSLO, local_day
from board.duty import Duty, DutyKind, Rung, ask, climb, ladder, last_day
from board.errors import RefusalCode
from board.hours import Hours
from board.ids import DutyId, PersonId
from bot.calendar import NorwegianCalendar
from tests.board.support import refused

HOURS = Hours(time(8), time(16), NorwegianCalendar())
KARI = PersonId("kari")

instants = st.builds(
    lambda day, minutes: datetime.combine(day, time(0), UTC) + timedelta(minutes=minutes),
    st.dates(date(2024, 1, 1), date(2035, 12, 31)),
    st.integers(0, 24 * 60 - 1),
)
days_given = st.integers(0, 60)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=OSLO).astimezone(UTC)


def local(instant: datetime) -> str:
    return f"{instant.astimezone(OSLO):%a %Y-%m-%d %H:%M}"


def duty(asked: datetime, due: date) -> Duty:
    return ask(Duty(DutyId("d"), DutyKind.CONFIRM, "case", KARI, asked, due), HOURS)


def rungs(asked: str, due: str) -> list[tuple[str, str]]:
    return [(rung.name, local(when)) for rung, when in ladder(at(asked), date.fromisoformat(due), HOURS)]


LADDERS = {
    "two weeks": (
        ("2026-03-02 10:15", "2026-03-16"),
        [
            ("UNDERWAY", "Wed 2026-03-11 08:00"),
            ("LAST_DAY", "Mon 2026-03-16 08:00"),
            ("HANDED_ON", "Tue 2026-03-17 08:00"),
        ],
    ),
    "over Easter, due on a holiday: the last working day comes before it": (
        ("2026-03-25 09:00", "2026-04-06"),
        [
            ("UNDERWAY", "Mon 2026-03-30 08:00"),
            ("LAST_DAY", "Wed 2026-04-01 08:00"),
            ("HANDED_ON", "Tue 2026-04-07 08:00"),
        ],
    ),
    "asked on the last day itself": (("2026-03-02 10:15", "2026-03-02"), [("HANDED_ON", "Tue 2026-03-03 08:00")]),
    "asked the day before: 60 % and the last day are one": (
        ("2026-03-02 10:15", "2026-03-03"),
        [("LAST_DAY", "Tue 2026-03-03 08:00"), ("HANDED_ON", "Wed 2026-03-04 08:00")],
    ),
    "across the change to winter time": (
        ("2026-10-22 08:00", "2026-10-27"),
        [
            ("UNDERWAY", "Mon 2026-10-26 08:00"),
            ("LAST_DAY", "Tue 2026-10-27 08:00"),
            ("HANDED_ON", "Wed 2026-10-28 08:00"),
        ],
    ),
    "a leap day is a day": (
        ("2028-02-28 09:00", "2028-02-29"),
        [("LAST_DAY", "Tue 2028-02-29 08:00"), ("HANDED_ON", "Wed 2028-03-01 08:00")],
    ),
    "due in the past: at once on the next working day": (
        ("2026-03-06 17:00", "2026-03-04"),
        [("HANDED_ON", "Mon 2026-03-09 08:00")],
    ),
}


@pytest.mark.parametrize("name", LADDERS)
def test_ladders(name: str) -> None:
    given_, expected = LADDERS[name]
    assert rungs(*given_) == expected


@given(instants, days_given)
def test_every_rung_comes_in_the_hours_and_after_the_asking(asked: datetime, days: int) -> None:
    due = local_day(asked) + timedelta(days=days)
    found = ladder(asked, due, HOURS)
    assert [rung for rung, _ in found] == sorted({rung for rung, _ in found})
    assert [when for _, when in found] == sorted({when for _, when in found}), "one rung a day"
    assert found[-1][0] is Rung.HANDED_ON
    for rung, when in found:
        assert when > asked
        assert HOURS.open_at(when)
        assert when.astimezone(OSLO).time() == HOURS.opens, "also across the changes of the clock"
        if rung is not Rung.HANDED_ON:
            assert local_day(when) <= due
        else:
            assert local_day(when) > last_day(due, HOURS)


@given(instants, days_given, st.lists(st.integers(1, 96), max_size=20))
def test_however_late_the_ticks_come_each_rung_is_climbed_once_and_upwards(
    asked: datetime, days: int, hours_between: list[int]
) -> None:
    held = duty(asked, local_day(asked) + timedelta(days=days))
    now, said = asked, []
    for hours in [*hours_between, 24 * 200]:
        now = HOURS.first_open(now + timedelta(hours=hours))
        if held.next_at is not None and held.next_at <= now:
            rung, held = climb(held, now, HOURS)
            said.append(rung)
    assert said == sorted(set(said)), "upwards, none twice"
    assert said[-1] is Rung.HANDED_ON
    assert held.next_at is None


def test_put_off_until_tomorrow_at_the_latest_the_last_day() -> None:
    held = duty(at("2026-03-02 10:00"), date(2026, 3, 12))
    now = at("2026-03-04 08:30")
    tomorrow = held.snoozed(None, now, HOURS)
    assert isinstance(tomorrow, Duty)
    assert tomorrow.next_at == at("2026-03-05 08:00")
    far = held.snoozed(date(2026, 4, 1), now, HOURS)
    assert isinstance(far, Duty)
    assert far.next_at == at("2026-03-12 08:00")
    friday = held.snoozed(None, at("2026-03-06 09:00"), HOURS)
    assert isinstance(friday, Duty)
    assert friday.next_at == at("2026-03-09 08:00"), "tomorrow is a working day"


def test_the_last_day_cannot_be_put_off() -> None:
    held = duty(at("2026-03-02 10:00"), date(2026, 3, 12))
    refused(held.snoozed(None, at("2026-03-12 08:30"), HOURS), RefusalCode.LAST_DAY)
    refused(held.snoozed(date(2026, 3, 3), at("2026-03-04 08:30"), HOURS), RefusalCode.DEADLINE_PASSED)


def test_one_that_was_put_off_comes_back_once_and_then_goes_on() -> None:
    held = duty(at("2026-03-02 10:00"), date(2026, 3, 13))
    snoozed = held.snoozed(date(2026, 3, 4), at("2026-03-03 09:00"), HOURS)
    assert isinstance(snoozed, Duty)
    rung, back = climb(snoozed, at("2026-03-04 08:00"), HOURS)
    assert rung is Rung.ASKED
    assert back.next_at == at("2026-03-09 08:00"), "60 % of its time, as before"


def test_moved_it_is_said_anew_of_the_new_day() -> None:
    held = replace(duty(at("2026-03-02 10:00"), date(2026, 3, 12)), rung=Rung.HANDED_ON, next_at=None)
    moved = held.moved(date(2026, 3, 30), at("2026-03-16 09:00"), HOURS)
    assert (moved.due, moved.rung) == (date(2026, 3, 30), Rung.ASKED)
    assert moved.next_at == at("2026-03-19 08:00")
    ended = held.ended(KARI, at("2026-03-13 09:00")).moved(date(2026, 3, 30), at("2026-03-16 09:00"), HOURS)
    assert ended.next_at is None


@pytest.mark.parametrize(
    ("instant", "opens"),
    [
        ("2026-03-02 07:59", "Mon 2026-03-02 08:00"),
        ("2026-03-02 12:00", "Mon 2026-03-02 12:00"),
        ("2026-03-02 16:00", "Tue 2026-03-03 08:00"),
        ("2026-03-06 16:30", "Mon 2026-03-09 08:00"),
        ("2026-04-01 17:00", "Tue 2026-04-07 08:00"),
        ("2026-12-23 18:00", "Mon 2026-12-28 08:00"),
        ("2027-05-14 23:00", "Tue 2027-05-18 08:00"),
        ("2026-10-25 02:30", "Mon 2026-10-26 08:00"),
        ("2027-03-28 02:30", "Tue 2027-03-30 08:00"),
    ],
)
def test_the_next_time_that_people_may_be_reminded(instant: str, opens: str) -> None:
    assert local(HOURS.first_open(at(instant))) == opens
