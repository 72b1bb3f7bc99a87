"""Three days down, a clock that goes wrong, late ticks: what is of use comes once, and the rest the office is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from board.clock import OSLO, local_day
from board.ids import MeetingId
from board.notices import Notice, NoticeKind
from bot.calendar import NorwegianCalendar
from bot.demo import demo_id
from bot.rehearse import would_go
from tests.resilience.boards import (
    Told,
    everybody_joins,
    local,
    messages,
    move_clock,
    plan_board,
    put_in_line,
    rules_at,
    starts_again,
    told,
)
from tests.scenarios.world import CHAIR, LEAD, MEMBER, OFFICE, OWNER, SUBMITTER, World, a_world, words

BEGINS = local("2026-09-14 07:00")
ENDS, BACK = local("2026-09-21 17:00"), local("2026-09-24 10:00")
"""From Monday after hours to Thursday in hours."""
BOARD = (CHAIR, *range(MEMBER, MEMBER + 11))


@pytest.fixture
async def world(url: str, tmp_path: Path) -> AsyncIterator[World]:
    async with a_world(url, tmp_path, now=BEGINS) as running:
        await everybody_joins(running)
        yield running


async def _down_for_three_days(world: World) -> dict[str, MeetingId]:
    """Before: three meetings, of which the first was and the second was called while nobody was there."""
    meetings = {
        "held": await plan_board(world, "held", "2026-09-24 09:00"),
        "called": await plan_board(world, "called", "2026-11-04 09:00"),
        "asked": await plan_board(world, "asked", "2026-10-01 09:00"),
    }
    for day in (14, 15, 16, 17, 18, 21):
        await move_clock(world, local(f"2026-09-{day} 08:00"))
    await move_clock(world, ENDS)
    await world.stop()
    word, member = NoticeKind.MEETING_WORD, demo_id(MEMBER)
    until = local("2026-09-23 12:00")
    await put_in_line(
        world,
        ENDS,
        Notice(word, meetings["asked"], 1, member, "agenda_approval", expires_at=until),
        Notice(word, meetings["asked"], 1, member, "remarks_close"),
    )
    return meetings


async def test_after_three_days_what_is_of_use_comes_once(world: World) -> None:
    meetings = await _down_for_three_days(world)
    before = messages(world)
    await starts_again(world, BACK)
    said, came = await told(world, ENDS), messages(world) - before
    assert set(said.values()) == {1}
    assert came == Counter(f"a:{one.to}" for one in said.elements()), "each of them one message"
    by_kind = Counter(one.kind for one in said)
    digests = [one.to for one in said if one.kind == NoticeKind.DIGEST]
    assert set(digests) == {demo_id(one) for one in (OFFICE, LEAD, *BOARD)}
    assert len(digests) == len(set(digests)), "one a person, whatever was missed"
    words_told = {(one.about, one.part, one.to) for one in said if one.kind == NoticeKind.MEETING_WORD}
    assert words_told == {
        *((meetings["called"], "call", demo_id(one)) for one in (SUBMITTER, OWNER)),
        (meetings["asked"], "remarks_close", demo_id(MEMBER)),
    }
    assert set(by_kind) == {NoticeKind.DIGEST, NoticeKind.MEETING_WORD}


async def test_after_three_days_the_office_learns_what_expired(world: World) -> None:
    await _down_for_three_days(world)
    await starts_again(world, BACK)
    card = words(world.person(OFFICE).last)
    assert "Gikk ikke ut:" in card
    assert "ikke nådd: 1 av 1" in card
    assert "skulle ut onsdag 23. september" in card
    again = messages(world)
    await move_clock(world, BACK + timedelta(hours=2))
    assert messages(world) == again, "said once"


async def test_a_clock_set_back_says_nothing_again(world: World) -> None:
    await _down_for_three_days(world)
    await starts_again(world, BACK)
    said, came = await told(world, BEGINS), messages(world)
    for minutes in (60, 90):
        await world.stop()
        await starts_again(world, BACK - timedelta(minutes=minutes))
        assert await told(world, BEGINS) == said
    await world.stop()
    await starts_again(world, BACK + timedelta(minutes=30))
    assert await told(world, BEGINS) == said
    assert messages(world) == came


# -- late ticks around the changes of the clock, and in a leap year ---------------------------------------------------

CHANGES = {
    "autumn 2026": ("2026-10-25", ("2026-11-05 09:00", "2026-10-27 09:00")),
    "spring and Easter 2027": ("2027-03-28", ("2027-04-08 09:00", "2027-03-31 09:00")),
    "autumn 2027": ("2027-10-31", ("2027-11-11 09:00", "2027-11-02 09:00")),
    "leap day 2028": ("2028-02-29", ("2028-03-10 09:00", "2028-03-01 09:00")),
}
"""Meetings whose deadlines fall on the days around the change."""
NEAR = timedelta(days=6)
LATE = ("02:30", "09:13", "11:47", "15:59", "16:00", "23:30")
"""Local times of a day at which the planner comes to it: never the one at which something is due."""


@pytest.mark.slow
@pytest.mark.parametrize("name", CHANGES)
async def test_late_ticks_say_each_thing_once_on_its_day(name: str, sqlite_url: str, tmp_path: Path) -> None:
    change, meetings = date.fromisoformat(CHANGES[name][0]), CHANGES[name][1]
    first, last = change - NEAR, change + NEAR
    begins = local(f"{change - timedelta(days=70)} 07:00")
    async with a_world(sqlite_url, tmp_path, now=begins) as world:
        await everybody_joins(world)
        for number, starts_at in enumerate(meetings):
            await plan_board(world, f"board-{number}", starts_at)
        await _day_by_day(world, begins.date(), first - timedelta(days=1), ("09:00",))
        assert world.bot is not None
        rehearsed = await would_go(world.bot.store.work, rules_at(world, world.bot.clock.now()), first, last)
        since, came = world.bot.clock.now(), messages(world)
        expected = Counter(_as_told(one.notice, local_day(one.at)) for one, _ in rehearsed)
        await _day_by_day(world, first, last, LATE, restarts=frozenset({change - timedelta(days=1), change}))
        said = await told(world, since)
        assert said == expected
        assert set(said.values()) == {1}
        assert messages(world) - came == Counter(f"a:{one.to}" for one in said)
        assert any(abs(one.day - change) <= timedelta(days=2) for one in said), "nothing fell due at the change"
        assert all(NorwegianCalendar().is_working_day(one.day) for one in said)


def _as_told(notice: Notice, day: date) -> Told:
    return Told(notice.kind.value, notice.object_id, notice.part, notice.to, day)


async def _day_by_day(
    world: World, first: date, last: date, times: tuple[str, ...], restarts: frozenset[date] = frozenset()
) -> None:
    """Moves the clock from time to time; in the small hours of some days the process is away for a moment."""
    for day in (first + timedelta(days=n) for n in range((last - first).days + 1)):
        for time in times:
            for at in _instants(day, time):
                if day in restarts and time == times[0]:
                    await world.stop()
                    await starts_again(world, at)
                else:
                    await move_clock(world, at)


def _instants(day: date, time: str) -> list[datetime]:
    """One, or the two that a local time has in the night in which the clock goes back."""
    at = datetime.fromisoformat(f"{day} {time}").replace(tzinfo=OSLO)
    return sorted({at.replace(fold=fold).astimezone(UTC) for fold in (0, 1)})
