"""The back-plan: the table of ``process.md``, and what holds of every meeting from 2024 to 2035."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.deadlines import back_plan, working_day_on_or_before
from board.people import Body
from bot.calendar import NorwegianCalendar
from tests.board.support import mandate

CALENDAR = NorwegianCalendar()
TABLE = {  # meeting: (ten days before, last planned send-out)
    date(2026, 4, 16): (date(2026, 4, 6), date(2026, 4, 1)),
    date(2026, 5, 27): (date(2026, 5, 17), date(2026, 5, 15)),
    date(2026, 6, 4): (date(2026, 5, 25), date(2026, 5, 22)),
    date(2026, 9, 24): (date(2026, 9, 14), date(2026, 9, 14)),
    date(2027, 1, 7): (date(2026, 12, 28), date(2026, 12, 28)),
}
DAYS_OFF = [
    *("2026-01-01", "2026-04-02", "2026-04-03", "2026-04-05", "2026-04-06", "2026-05-01", "2026-05-14"),
    *("2026-05-17", "2026-05-24", "2026-05-25", "2026-12-24", "2026-12-25", "2026-12-26", "2026-12-31"),
    *("2026-03-07", "2026-03-08", "2027-05-17", "2028-04-17", "2030-12-24"),
]
WORKING = ["2026-04-01", "2026-05-15", "2026-12-28", "2026-12-30", "2027-05-18", "2028-02-29", "2026-06-24"]


@pytest.mark.parametrize("meeting", TABLE)
def test_the_last_day_to_send_the_pack(meeting: date) -> None:
    limit, planned = TABLE[meeting]
    (pack,) = (d for d in back_plan(meeting, mandate().offsets, CALENDAR) if d.offset.id == "pack")
    assert (pack.limit, pack.planned) == (limit, planned)
    assert pack.offset.hard
    assert pack.offset.paragraph == "§ 7"


@pytest.mark.parametrize("day", DAYS_OFF)
def test_days_off(day: str) -> None:
    assert not CALENDAR.is_working_day(date.fromisoformat(day))


@pytest.mark.parametrize("day", WORKING)
def test_working_days(day: str) -> None:
    assert CALENDAR.is_working_day(date.fromisoformat(day))


@given(st.dates(date(2024, 1, 1), date(2035, 12, 31)))
def test_a_plan_is_never_late_and_never_on_a_day_off(meeting: date) -> None:
    plan = back_plan(meeting, mandate().offsets, CALENDAR)
    assert sorted(d.offset.id for d in plan) == sorted(o.id for o in mandate().offsets)
    assert [d.planned for d in plan] == sorted(d.planned for d in plan)
    for deadline in plan:
        assert deadline.limit == meeting + timedelta(days=deadline.offset.days)
        assert deadline.planned <= deadline.limit, "moved earlier only: at least the offset"
        assert CALENDAR.is_working_day(deadline.planned)
        between = (deadline.limit - deadline.planned).days
        assert not any(CALENDAR.is_working_day(deadline.limit - timedelta(days=n)) for n in range(between)), (
            "no further"
        )


def test_every_day_of_twelve_years_keeps_the_ten_days() -> None:
    """Each of the 4,383 days as the day of a meeting: every weekday, every holiday, every leap day."""
    offsets = mandate().offsets_of(Body.BOARD)
    days = [date(2024, 1, 1) + timedelta(days=n) for n in range((date(2035, 12, 31) - date(2024, 1, 1)).days + 1)]
    assert len(days) == 4383
    for meeting in days:
        for deadline in back_plan(meeting, offsets, CALENDAR):
            assert CALENDAR.is_working_day(deadline.planned), (meeting, deadline)
            assert deadline.planned <= deadline.limit, "moved earlier only"
            if deadline.offset.hard:
                assert meeting - deadline.planned >= timedelta(days=10), (meeting, deadline)


@given(st.dates(date(2024, 1, 1), date(2035, 12, 31)))
def test_easter_is_the_longest_that_a_day_is_moved(day: date) -> None:
    moved = day - working_day_on_or_before(day, CALENDAR)
    assert timedelta(0) <= moved <= timedelta(days=5)
