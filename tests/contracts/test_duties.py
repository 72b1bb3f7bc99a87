"""``board.planning_ports.DutyRepository``, kept by every implementation."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from board.delivery import DeliveryQueue
from board.duty import Duty, DutyKind, Rung
from board.ids import DutyId, PersonId
from board.notices import tasks_of
from board.ports import UnitOfWork, Work
from storage.engine import Store, open_store
from tests.contracts.planning_samples import DUE, duty
from tests.contracts.samples import KARI, LISE, NOW, ODD, OLA, chat, copy, fill, later
from tests.fakes.memory import Memory

K = DutyKind


async def _add(work: Work, *duties: Duty) -> None:
    async with work.write() as unit:
        await unit.duties.add(duties, NOW)
        await unit.commit()


async def _get(work: Work, name: str) -> Duty | None:
    async with work.read() as unit:
        return await unit.duties.get(DutyId(name))


async def _due(unit: UnitOfWork, minute: float, limit: int = 9) -> list[str]:
    return [found.id for found in await unit.duties.due(later(minute), limit)]


async def _rev(work: Work, person: PersonId) -> int:
    async with work.read() as unit:
        return await unit.duties.list_rev(person)


async def test_a_duty_comes_back_as_it_was(work: Work) -> None:
    whole = Duty(DutyId("d1"), K.TASK, "m1", KARI, NOW, DUE, "invitation", later(3), Rung.LAST_DAY, OLA, later(4), LISE)
    await _add(work, whole, duty("d2"))
    assert await _get(work, "d1") == whole
    assert await _get(work, "d2") == duty("d2")
    assert await _get(work, "nothing") is None


async def test_more_duties_than_one_statement_adds_come_in_order(work: Work) -> None:
    many = [duty(f"d{n}", PersonId(f"p{n}"), about="m1") for n in range(37)]
    await _add(work, *many)
    async with work.read() as unit:
        assert await unit.duties.of_object("m1") == many
        assert await unit.duties.of_object("m2") == []


async def test_a_known_duty_is_left_as_it_is(work: Work) -> None:
    await _add(work, duty("d1", minute=1))
    await _add(work, duty("d1", KARI, minute=9), duty("d2", LISE))
    assert await _get(work, "d1") == duty("d1", minute=1)
    assert [await _rev(work, person) for person in (OLA, KARI, LISE)] == [1, 0, 1]


async def test_reminders_fall_due_the_earliest_first(work: Work) -> None:
    ended = duty("ended", minute=1).ended(OLA, NOW)
    minutes = {"b": 3.0, "a": 1, "late": 9, "same": 3, "never": None}
    await _add(work, *(duty(name, minute=minute) for name, minute in minutes.items()), ended)
    async with work.read() as unit:
        assert await _due(unit, 0) == []
        assert await _due(unit, 3) == ["a", "b", "same"]
        assert await _due(unit, 99, 2) == ["a", "b"]
    async with work.write() as unit:
        assert await _due(unit, 3) == ["a", "b", "same"]


async def test_an_open_list_holds_what_one_owes_and_what_one_handed_on(work: Work) -> None:
    await _add(
        work,
        duty("later", OLA, due=DUE + timedelta(days=2)),
        duty("handed-on", OLA, deputy=LISE),
        duty("stands-in", KARI, deputy=OLA, due=DUE - timedelta(days=1)),
        duty("own-deputy", OLA, deputy=OLA),
        duty("hers", KARI),
        duty("ended", OLA).ended(OLA, NOW),
    )
    async with work.read() as unit:

        async def open_of(person: PersonId, limit: int = 9) -> list[str]:
            return [found.id for found in await unit.duties.open_of(person, limit)]

        assert await open_of(OLA) == ["stands-in", "handed-on", "own-deputy", "later"]
        assert await open_of(OLA, 2) == ["stands-in", "handed-on"]
        assert await open_of(LISE) == ["handed-on"]
        assert await open_of(KARI) == ["stands-in", "hers"]
        assert await open_of(ODD) == []


async def test_ended_ones_are_remembered_for_those_who_were_asked_the_latest_first(work: Work) -> None:
    await _add(
        work,
        duty("open", OLA),
        duty("long-ago", OLA).ended(KARI, later(-60)),
        duty("first", OLA).ended(KARI, NOW),
        duty("stood-in", KARI, deputy=OLA).ended(OLA, later(2)),
        duty("last", OLA, deputy=OLA).ended(LISE, later(5)),
    )
    async with work.read() as unit:
        found = await unit.duties.ended_of(OLA, NOW, 9)
        assert [(one.id, one.ended_by) for one in found] == [("last", LISE), ("stood-in", OLA), ("first", KARI)]
        assert [one.id for one in await unit.duties.ended_of(OLA, NOW, 1)] == ["last"]
        assert [one.id for one in await unit.duties.ended_of(KARI, NOW, 9)] == ["stood-in"]


async def test_overdue_are_the_open_ones_whose_day_is_over(work: Work) -> None:
    days = {"old": -9, "a": -1, "b": -1, "today": 0}
    ended = duty("ended", due=DUE - timedelta(days=3)).ended(OLA, NOW)
    await _add(work, *(duty(name, due=DUE + timedelta(days=n)) for name, n in days.items()), ended)
    async with work.read() as unit:
        assert [found.id for found in await unit.duties.overdue(DUE, 9)] == ["b", "a", "old"]
        assert [found.id for found in await unit.duties.overdue(DUE, 1)] == ["b"]


async def test_ending_is_by_object_kind_and_part(work: Work) -> None:
    before = duty("before").ended(LISE, NOW)
    await _add(
        work,
        before,
        duty("own", OLA, minute=1, deputy=KARI),
        duty("office", LISE, kind=K.REVIEW, minute=1),
        duty("other-kind", OLA, kind=K.COMPLETE, minute=1),
        duty("other-case", OLA, about="c2", minute=1),
    )
    async with work.write() as unit:
        await unit.duties.end("c1", [K.CONFIRM, K.REVIEW, K.SUBMIT], KARI, later(5))
        await unit.duties.end("c1", [], KARI, later(5))
        assert await _due(unit, 9) == ["other-kind", "other-case"]
        await unit.commit()
    assert await _get(work, "own") == duty("own", deputy=KARI).ended(KARI, later(5))
    assert await _get(work, "office") == duty("office", LISE, kind=K.REVIEW).ended(KARI, later(5))
    assert await _get(work, "before") == before
    assert await _get(work, "other-kind") == duty("other-kind", kind=K.COMPLETE, minute=1)


async def test_ending_one_deadline_leaves_the_others(work: Work) -> None:
    parts = ("agenda", "invitation", "")
    await _add(work, *(duty(f"d-{part}", about="m1", kind=K.TASK, part=part) for part in parts))
    async with work.write() as unit:
        await unit.duties.end("m1", [K.TASK], OLA, NOW, "agenda")
        assert [found.part for found in await unit.duties.of_object("m1") if found.is_open] == ["invitation", ""]
        await unit.duties.end("m1", [K.TASK], OLA, NOW, "")
        assert [found.part for found in await unit.duties.of_object("m1") if found.is_open] == ["invitation"]


async def test_saved_duties_replace_the_stored_ones(work: Work) -> None:
    first = [duty(f"d{n}", minute=n) for n in range(3)]
    await _add(work, *first)
    after = [replace(one, rung=Rung.UNDERWAY, next_at=later(50), due=DUE + timedelta(days=1)) for one in first[:2]]
    async with work.write() as unit:
        await unit.duties.save([*after, duty("unknown")], NOW)
        await unit.duties.save([], NOW)
        assert await unit.duties.of_object("c1") == [*after, first[2]]
        await unit.commit()
    assert await _get(work, "unknown") is None


async def test_whatever_changes_a_list_raises_its_revision_once_a_unit(work: Work) -> None:
    assert await _rev(work, OLA) == 0
    await _add(work, duty("d1", OLA), duty("d2", OLA, deputy=LISE), duty("d3", KARI, about="c2"))
    assert [await _rev(work, person) for person in (OLA, LISE, KARI, ODD)] == [1, 1, 1, 0]
    async with work.write() as unit:
        await unit.duties.save([duty("d2", OLA, deputy=ODD)], NOW)
        assert [await unit.duties.list_rev(person) for person in (OLA, LISE, KARI, ODD)] == [2, 2, 1, 1]
        await unit.duties.end("c1", [K.CONFIRM], OLA, NOW)
        await unit.duties.end("c3", [K.CONFIRM], OLA, NOW)
        await unit.commit()
    assert [await _rev(work, person) for person in (OLA, LISE, KARI, ODD)] == [2, 2, 1, 1]


async def test_a_change_that_was_taken_back_changed_no_list(work: Work) -> None:
    async with work.write() as unit:
        await unit.duties.add([duty("d1")], NOW)
        assert await unit.duties.list_rev(OLA) == 1
    assert await _rev(work, OLA) == 0
    assert await _get(work, "d1") is None


async def test_a_list_that_is_out_is_redrawn_once_to_its_newest_revision(work: Work, queue: DeliveryQueue) -> None:
    await fill(work, reached=[OLA, KARI])
    async with work.write() as unit:
        await unit.addresses.keep_copy(copy(OLA, "m1", tasks_of(OLA), rev=0), NOW)
        await unit.commit()
    async with work.write() as unit:
        await unit.duties.add([duty("d1", OLA), duty("d2", KARI)], NOW)
        await unit.duties.end("c1", [K.CONFIRM], OLA, later(1))
        await unit.commit()
    await _add(work, duty("d3", OLA))
    (row,) = await queue.claim(later(1), 9, timedelta(minutes=1))
    assert (row.object_id, row.rev, row.person) == (tasks_of(OLA), 2, OLA)
    assert row.copy is not None
    assert (row.copy.address, row.copy.message_id) == (chat(OLA), "m1")


async def test_the_pump_is_woken_only_where_a_list_is_out(kept: Store | Memory) -> None:
    woken: list[str] = []
    await fill(kept.work, reached=[OLA])
    async with kept.work.write() as unit:
        await unit.addresses.keep_copy(copy(OLA, "m1", tasks_of(OLA), rev=0), NOW)
        await unit.commit()
    kept.on_due = lambda: woken.append("woken")
    await _add(kept.work, duty("d1", KARI))
    assert woken == []
    await _add(kept.work, duty("d2", OLA))
    assert woken == ["woken"]


async def test_of_ten_that_change_the_same_lists_at_once_none_is_lost(work: Work) -> None:
    """Each unit concerns the same people in another order."""
    people = [PersonId(f"p{n}") for n in range(5)]

    async def ask(n: int) -> None:
        async with work.write() as unit:
            for person in (*people[n % 5 :], *people[: n % 5]):
                await unit.duties.add([duty(f"d{n}-{person}", person)], NOW)
            await unit.commit()

    await asyncio.gather(*(ask(n) for n in range(10)))
    assert [await _rev(work, person) for person in people] == [10] * 5


async def test_of_two_that_change_a_duty_the_second_sees_what_the_first_did(work: Work) -> None:
    await _add(work, duty("d1", minute=0))

    async def climb() -> int:
        async with work.write() as unit:
            found = await unit.duties.get(DutyId("d1"))
            assert found is not None
            assert found.next_at is not None
            await unit.duties.save([replace(found, next_at=found.next_at + timedelta(minutes=1))], NOW)
            await unit.commit()
            return found.next_at.minute

    first = later(0).minute
    assert sorted(await asyncio.gather(*(climb() for _ in range(6)))) == [first + n for n in range(6)]


@pytest.mark.postgres
async def test_a_reminder_that_somebody_is_changing_is_left_for_the_next_time(postgres_url: str) -> None:
    async with await open_store(postgres_url) as store:
        await _add(store.work, duty("mine", minute=1), duty("free", about="c2", minute=2))
        async with store.work.write() as somebody, store.work.write() as planner:
            await somebody.duties.get(DutyId("mine"))
            assert await _due(planner, 9) == ["free"]


async def test_how_far_a_duty_has_climbed_changes_no_list_and_no_duty_that_is_over(work: Work) -> None:
    await _add(work, duty("d1", minute=1), duty("d2", LISE, minute=1).ended(LISE, NOW))
    revs = [await _rev(work, person) for person in (OLA, LISE)]
    async with work.write() as unit:
        climbed = [replace(duty(name, minute=1), rung=Rung.LAST_DAY, next_at=later(7)) for name in ("d1", "d2")]
        await unit.duties.remind(climbed)
        await unit.commit()
    first, second = await _get(work, "d1"), await _get(work, "d2")
    assert first is not None
    assert (first.rung, first.next_at, first.is_open) == (Rung.LAST_DAY, later(7), True)
    assert second is not None
    assert (second.rung, second.next_at) == (Rung.ASKED, None)
    assert [await _rev(work, person) for person in (OLA, LISE)] == revs
