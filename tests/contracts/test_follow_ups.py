"""``board.sitting_ports.FollowUpRepository``, kept by every implementation."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from board.follow_up import FollowUp
from board.ids import FollowUpId
from board.ports import Work
from tests.contracts.agenda_samples import C1, C2
from tests.contracts.samples import KARI, OLA, TODAY
from tests.contracts.sitting_samples import done, follow_up, reported

SOON, LATE = TODAY + timedelta(days=1), TODAY + timedelta(days=30)


async def _add(work: Work, *those: FollowUp) -> None:
    async with work.write() as unit:
        await unit.follow_ups.add(those)
        await unit.commit()


async def _save(work: Work, *those: FollowUp) -> None:
    async with work.write() as unit:
        for one in those:
            await unit.follow_ups.save(one)
        await unit.commit()


async def test_a_follow_up_comes_back_with_what_was_reported(work: Work) -> None:
    first, second = follow_up("f1"), follow_up("f2")
    await _add(work, first, second)
    after = done(reported(first))
    await _save(work, reported(first), after)
    async with work.write() as unit:
        assert await unit.follow_ups.get(FollowUpId("f1")) == after
    async with work.read() as unit:
        assert [await unit.follow_ups.get(FollowUpId(name)) for name in ("f1", "f2", "f3")] == [after, second, None]


async def test_those_that_are_there_stay_as_they_are(work: Work) -> None:
    await _add(work, follow_up("f1"))
    await _save(work, reported(follow_up("f1")))
    await _add(work, replace(follow_up("f1"), text="Noe annet"), follow_up("f2"))
    await _add(work)
    async with work.read() as unit:
        assert await unit.follow_ups.get(FollowUpId("f1")) == reported(follow_up("f1"))
        found = await unit.follow_ups.of_cases([C1])
        assert [one.id for one in found[C1]] == ["f1", "f2"]


@pytest.mark.parametrize("rev", [1, 3])
async def test_any_other_revision_of_a_follow_up_raises(work: Work, rev: int) -> None:
    await _add(work, follow_up("f1"))
    with pytest.raises(Exception, match="revision"):
        await _save(work, replace(reported(follow_up("f1")), rev=rev))
    async with work.read() as unit:
        assert await unit.follow_ups.get(FollowUpId("f1")) == follow_up("f1")


async def test_one_that_was_never_opened_is_not_saved(work: Work) -> None:
    with pytest.raises(Exception, match="revision"):
        await _save(work, reported(follow_up("f1")))


async def test_open_ones_come_by_the_day_they_are_due(work: Work) -> None:
    await _add(
        work,
        follow_up("late", due=LATE),
        follow_up("kari", owner=KARI, due=SOON),
        follow_up("done"),
        follow_up("soon", due=SOON, case=C2),
        follow_up("today", due=TODAY),
    )
    await _save(work, done(follow_up("done")))
    async with work.read() as unit:
        assert [one.id for one in await unit.follow_ups.open(9)] == ["today", "kari", "soon", "late"]
        assert [one.id for one in await unit.follow_ups.open(2)] == ["today", "kari"]
        assert [one.id for one in await unit.follow_ups.of_owner(OLA, 9)] == ["today", "soon", "late"]
        assert [one.id for one in await unit.follow_ups.of_owner(OLA, 1)] == ["today"]
        assert [one.id for one in await unit.follow_ups.of_owner(KARI, 9)] == ["kari"]


async def test_a_new_day_changes_the_order(work: Work) -> None:
    await _add(work, follow_up("f1", due=TODAY), follow_up("f2", due=SOON))
    await _save(work, replace(follow_up("f1"), rev=2, due=LATE))
    async with work.read() as unit:
        assert [one.id for one in await unit.follow_ups.open(9)] == ["f2", "f1"]


async def test_all_of_a_case_come_in_the_order_they_were_opened(work: Work) -> None:
    await _add(work, follow_up("b", due=LATE), follow_up("other", case=C2), follow_up("a", due=TODAY))
    await _save(work, done(follow_up("b", due=LATE)))
    async with work.read() as unit:
        found = await unit.follow_ups.of_cases([C2, C1, C1])
        assert {case: [one.id for one in those] for case, those in found.items()} == {C1: ["b", "a"], C2: ["other"]}
        assert await unit.follow_ups.of_cases([]) == {}
