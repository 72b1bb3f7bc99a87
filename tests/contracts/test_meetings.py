"""``board.ports.MeetingRepository`` and ``AttendanceRepository``, kept by every implementation."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime

import pytest

from board.attendance import Attendance, Coming
from board.events import Happened
from board.ids import MeetingId
from board.meeting import Meeting, MeetingState
from board.people import Body
from board.ports import Work
from tests.contracts.planning_samples import meeting
from tests.contracts.samples import KARI, LISE, NOW, ODD, OLA, later


async def _add(work: Work, *meetings: Meeting) -> list[bool]:
    async with work.write() as unit:
        added = [await unit.meetings.add(one) for one in meetings]
        await unit.commit()
    return added


async def _save(work: Work, one: Meeting) -> None:
    async with work.write() as unit:
        await unit.meetings.save(one)
        await unit.commit()


def _changed(one: Meeting, **values: object) -> Meeting:
    return replace(one, rev=one.rev + 1, changed_at=NOW, changed_by=LISE, **values)  # type: ignore[arg-type]  # names of fields


async def test_a_meeting_comes_back_as_it_was(work: Work) -> None:
    whole = Meeting(
        MeetingId("m1"),
        Body.WORKING_GROUP,
        later(1),
        90,
        "Rom Å",
        MeetingId("b1"),
        7,
        MeetingState.CANCELLED,
        later(2),
        LISE,
        Happened.MEETING_CANCELLED,
    )
    await _add(work, whole, meeting("m2"))
    async with work.read() as unit:
        assert await unit.meetings.get(MeetingId("m1")) == whole
        assert await unit.meetings.get(MeetingId("m2")) == meeting("m2")
        assert await unit.meetings.get(MeetingId("nothing")) is None
        wanted = [MeetingId(name) for name in ("m1", "nothing", "m2", "m1")]
        assert await unit.meetings.named(wanted) == {"m1": whole, "m2": meeting("m2")}
        assert await unit.meetings.named([]) == {}


async def test_only_planned_meetings_of_the_body_are_upcoming(work: Work) -> None:
    cancelled = replace(meeting("b3", 3), state=MeetingState.CANCELLED)
    await _add(
        work, meeting("b2", 2), meeting("b1", 1), cancelled, meeting("g", 1, Body.WORKING_GROUP), meeting("b4", 4)
    )
    async with work.read() as unit:

        async def upcoming(since: datetime, limit: int = 9) -> list[str]:
            return [m.id for m in await unit.meetings.upcoming(Body.BOARD, since, limit)]

        assert await upcoming(NOW) == ["b1", "b2", "b4"]
        assert await upcoming(later(2)) == ["b2", "b4"]
        assert await upcoming(NOW, 1) == ["b1"]


async def test_a_period_holds_meetings_of_all_bodies_and_states(work: Work) -> None:
    cancelled = replace(meeting("b2", 2), state=MeetingState.CANCELLED)
    await _add(work, meeting("b3", 3), cancelled, meeting("g", 2, Body.WORKING_GROUP), meeting("b1", 1))
    async with work.read() as unit:
        assert [m.id for m in await unit.meetings.between(later(1), later(3), 9)] == ["b1", "b2", "g"]
        assert [m.id for m in await unit.meetings.between(later(2), later(9), 2)] == ["b2", "g"]


async def test_the_meeting_before_is_the_bodys_last_planned_one(work: Work) -> None:
    cancelled = replace(meeting("b3", 3), state=MeetingState.CANCELLED)
    await _add(
        work, meeting("b4", 4), meeting("b1", 1), cancelled, meeting("b2", 2), meeting("g", 3, Body.WORKING_GROUP)
    )
    async with work.read() as unit:
        found = [await unit.meetings.previous(Body.BOARD, later(minute)) for minute in (1, 2, 4, 9)]
        assert [one and one.id for one in found] == [None, "b1", "b2", "b4"]
        group = await unit.meetings.previous(Body.WORKING_GROUP, later(9))
        assert group is not None
        assert group.id == "g"


async def test_planned_meetings_that_prepare_others(work: Work) -> None:
    group = [meeting(f"g{n}", n, Body.WORKING_GROUP, serves=f"b{n}") for n in (3, 1, 2)]
    cancelled = replace(meeting("g4", 4, Body.WORKING_GROUP, serves="b1"), state=MeetingState.CANCELLED)
    await _add(work, *group, cancelled, meeting("b1", 1))
    async with work.read() as unit:
        boards = [MeetingId(name) for name in ("b3", "b1", "b1")]
        assert [m.id for m in await unit.meetings.serving(boards)] == ["g1", "g3"]
        assert list(await unit.meetings.serving([])) == []


async def test_a_known_id_or_a_taken_time_adds_nothing(work: Work) -> None:
    first = meeting("m1", 1)
    assert await _add(work, first) == [True]
    assert await _add(work, meeting("m1", 2), meeting("m2", 1)) == [False, False]
    assert await _add(work, meeting("g", 1, Body.WORKING_GROUP), meeting("m3", 3)) == [True, True]
    async with work.read() as unit:
        assert await unit.meetings.get(MeetingId("m1")) == first
        assert await unit.meetings.get(MeetingId("m2")) is None


async def test_a_cancelled_meeting_leaves_its_time_free(work: Work) -> None:
    await _add(work, meeting("m1", 1))
    await _save(work, _changed(meeting("m1", 1), state=MeetingState.CANCELLED))
    assert await _add(work, meeting("m2", 1)) == [True]


async def test_of_ten_that_plan_the_same_time_at_once_one_does(work: Work) -> None:
    added = await asyncio.gather(*(_add(work, meeting(f"m{n}", 1)) for n in range(10)))
    assert sorted(one for (one,) in added) == [False] * 9 + [True]
    async with work.read() as unit:
        (there,) = await unit.meetings.upcoming(Body.BOARD, NOW, 9)
    assert added[int(there.id[1:])] == [True]


async def test_a_moved_meeting_replaces_the_stored_one(work: Work) -> None:
    await _add(work, meeting("m1", 1))
    moved = _changed(meeting("m1", 5), last=Happened.MEETING_MOVED)
    await _save(work, moved)
    async with work.read() as unit:
        assert await unit.meetings.upcoming(Body.BOARD, NOW, 9) == [moved]


@pytest.mark.parametrize("rev", [1, 3])
async def test_any_other_revision_raises(work: Work, rev: int) -> None:
    await _add(work, meeting("m1", 1))
    with pytest.raises(Exception, match="revision"):
        await _save(work, replace(meeting("m1", 2), rev=rev))
    async with work.read() as unit:
        assert await unit.meetings.get(MeetingId("m1")) == meeting("m1", 1)


async def test_a_move_to_a_taken_time_raises_and_changes_nothing(work: Work) -> None:
    await _add(work, meeting("m1", 1), meeting("m2", 2))
    with pytest.raises(Exception, match=r"(?i)unique"):
        await _save(work, _changed(meeting("m2", 1)))
    async with work.read() as unit:
        assert await unit.meetings.get(MeetingId("m2")) == meeting("m2", 2)


async def test_of_two_that_move_a_meeting_the_second_sees_what_the_first_did(work: Work) -> None:
    await _add(work, meeting("m1", 1))

    async def move(minute: int) -> int:
        async with work.write() as unit:
            stored = await unit.meetings.get(MeetingId("m1"))
            assert stored is not None
            await unit.meetings.save(_changed(stored, starts_at=later(minute)))
            await unit.commit()
            return stored.rev

    assert sorted(await asyncio.gather(*(move(n) for n in range(2, 8)))) == [1, 2, 3, 4, 5, 6]


async def test_each_persons_latest_answer_stands(work: Work) -> None:
    m1, m2 = MeetingId("m1"), MeetingId("m2")
    yes, no = Attendance(m1, KARI, Coming.YES, KARI, NOW), Attendance(m1, KARI, Coming.NO, LISE, later(1))
    deputy = Attendance(m1, OLA, Coming.DEPUTY, ODD, NOW, ODD)
    other = Attendance(m2, KARI, Coming.YES, KARI, NOW)
    async with work.write() as unit:
        for one in (deputy, yes, other, no):
            await unit.attendance.put(one)
        assert await unit.attendance.of_meeting(m1) == [no, deputy]
        await unit.commit()
    async with work.write() as unit:
        await unit.attendance.clear(m1)
        await unit.commit()
    async with work.read() as unit:
        assert await unit.attendance.of_meeting(m1) == []
        assert await unit.attendance.of_meeting(m2) == [other]
