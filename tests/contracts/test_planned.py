"""``board.planning_ports.PlannedRepository``, kept by every implementation."""

from __future__ import annotations

from dataclasses import replace

import pytest

from board.ids import MeetingId
from board.planned import PlannedState, PlannedStep
from board.ports import Work
from storage.engine import open_store
from tests.contracts.planning_samples import duty, step
from tests.contracts.samples import NOW, later

S = PlannedState
M1, M2 = MeetingId("m1"), MeetingId("m2")


async def _put(work: Work, *steps: PlannedStep) -> None:
    async with work.write() as unit:
        await unit.planned.put(steps)
        await unit.commit()


async def test_steps_come_back_as_they_were_by_key(work: Work) -> None:
    done = step("m1", "b", state=S.DONE, done_at=later(3))
    await _put(work, step("m1", "c"), done, step("m1", "a", 9), step("m2"))
    await _put(work)
    async with work.read() as unit:
        assert await unit.planned.of_meetings([M1]) == [step("m1", "a", 9), done, step("m1", "c")]
        found = await unit.planned.of_meetings([M2, M1, M1, MeetingId("m3")])
        assert [one.meeting for one in found] == [M1, M1, M1, M2]
        assert list(await unit.planned.of_meetings([])) == []


async def test_planning_twice_replaces_by_key(work: Work) -> None:
    await _put(work, step("m1", minute=1), step("m1", "other", 1))
    moved = replace(step("m1", minute=5), done_at=None)
    await _put(work, moved, step("m1", "other", 1))
    async with work.write() as unit:
        assert await unit.planned.of_meetings([M1]) == [moved, step("m1", "other", 1)]
        assert await unit.planned.due(later(3), 9) == [step("m1", "other", 1)]
        await unit.planned.put([replace(moved, state=S.DONE, done_at=later(5))])
        assert await unit.planned.due(later(9), 9) == [step("m1", "other", 1)]


async def test_open_steps_fall_due_the_earliest_first(work: Work) -> None:
    others = [step("m2", state.value, 1, state, done_at=NOW) for state in S if state is not S.OPEN]
    await _put(work, step("m1", "b", 2), step("m1", "c", 1), step("m1", "a", 2), step("m1", "late", 3), *others)
    async with work.read() as unit:
        assert await unit.planned.due(NOW, 9) == []
        assert [one.deadline for one in await unit.planned.due(later(2), 9)] == ["c", "a", "b"]
        assert [one.deadline for one in await unit.planned.due(later(9), 2)] == ["c", "a"]


async def test_the_next_is_a_step_or_a_reminder(work: Work) -> None:
    async with work.write() as unit:
        assert await unit.planned.next_at() is None
        await unit.duties.add([duty("never"), duty("d1", minute=5), duty("d2", minute=7)], NOW)
        assert await unit.planned.next_at() == later(5)
        await unit.planned.put([step("m1", "a", 4), step("m1", "b", 3), step("m1", "c", 1, S.DONE, done_at=NOW)])
        assert await unit.planned.next_at() == later(3)
        await unit.planned.put([step("m1", "a", 4, S.PASSED, done_at=NOW), step("m1", "b", 3, S.DONE, done_at=NOW)])
        assert await unit.planned.next_at() == later(5)


async def test_what_expired_comes_latest_first(work: Work) -> None:
    times = {"old": 0.0, "b": 2, "a": 2, "new": 3}
    expired = [step("m1", name, state=S.EXPIRED, done_at=later(minute)) for name, minute in times.items()]
    await _put(work, *expired, step("m1", "done", state=S.DONE, done_at=later(3)), step("m1", "open"))
    async with work.read() as unit:
        assert [one.deadline for one in await unit.planned.expired(later(1), 9)] == ["new", "a", "b"]
        assert [one.deadline for one in await unit.planned.expired(later(2), 1)] == ["new"]


async def test_whoever_plans_alone_has_the_turn(work: Work) -> None:
    for _ in range(2):
        async with work.write() as unit:
            assert await unit.planned.take_turn()
            await unit.commit()


async def test_a_reader_has_no_turn(work: Work) -> None:
    with pytest.raises(Exception, match="opened for reading"):
        await _take_turn_while_reading(work)


async def _take_turn_while_reading(work: Work) -> None:
    async with work.read() as unit:
        await unit.planned.take_turn()
        await unit.commit()


@pytest.mark.postgres
async def test_one_planner_at_a_time_also_of_several_processes(postgres_url: str) -> None:
    async with await open_store(postgres_url) as one, await open_store(postgres_url) as other:
        async with one.work.write() as first:
            assert await first.planned.take_turn()
            assert await first.planned.take_turn()
            async with other.work.write() as second:
                assert not await second.planned.take_turn()
        async with other.work.write() as second:
            assert await second.planned.take_turn()
            await second.commit()
        async with one.work.write() as first:
            assert await first.planned.take_turn()


@pytest.mark.postgres
async def test_a_step_that_somebody_is_moving_is_left_for_the_next_time(postgres_url: str) -> None:
    async with await open_store(postgres_url) as store:
        await _put(store.work, step("m1"), step("m2"))
        async with store.work.write() as somebody, store.work.write() as planner:
            await somebody.planned.of_meetings([M1])
            assert await planner.planned.due(later(9), 9) == [step("m2")]
