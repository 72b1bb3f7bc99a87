"""``board.ports.UnitOfWork``: all of it or nothing, once, one after the other."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from board.ids import CaseId
from board.ports import Talk, UnitOfWork, Work
from board.states import CaseState
from storage.engine import Store
from tests.contracts.samples import KARI, NOW, OLA, case, changed, channel_place, event, fill, later, notice
from tests.fakes.memory import Memory

PATIENCE = 20.0
"""Seconds after which a test that waits for something that never comes fails."""


async def _do_all(unit: UnitOfWork) -> None:
    """Something through every part that writes."""
    await unit.inbox.take("teams", "a1", NOW)
    await unit.cases.add(case("c1"))
    await unit.history.append([event("c1")])
    await unit.outbox.tell([notice(KARI)], NOW)
    await unit.talks.put(Talk(KARI, "start", "case_type", {"a": "b"}, None, NOW))
    await unit.addresses.remember(None, channel_place(), NOW)


async def _nothing_is_kept(work: Work) -> None:
    async with work.write() as unit:
        assert await unit.cases.get(CaseId("c1")) is None
        assert await unit.history.of("c1") == []
        assert await unit.talks.get(KARI) is None
        assert await unit.inbox.take("teams", "a1", NOW)
        assert await unit.addresses.remember(None, channel_place(), NOW)


async def test_leaving_without_commit_takes_everything_back(work: Work) -> None:
    await fill(work)
    async with work.write() as unit:
        await _do_all(unit)
    await _nothing_is_kept(work)


async def test_an_exception_takes_everything_back(work: Work) -> None:
    await fill(work)
    with pytest.raises(ZeroDivisionError):
        await _break(work)
    await _nothing_is_kept(work)


async def _break(work: Work) -> None:
    async with work.write() as unit:
        await _do_all(unit)
        raise ZeroDivisionError


async def test_being_cancelled_takes_everything_back(work: Work) -> None:
    await fill(work)
    begun = asyncio.Event()

    async def hang() -> None:
        async with work.write() as unit:
            await _do_all(unit)
            begun.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(hang())
    async with asyncio.timeout(PATIENCE):
        await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await _nothing_is_kept(work)


async def test_what_is_written_is_seen_within_and_after_the_commit_by_all(work: Work) -> None:
    await fill(work)
    async with work.write() as unit:
        await _do_all(unit)
        assert await unit.history.of("c1") == [event("c1")]
        async with work.read() as other:
            assert await other.cases.get(CaseId("c1")) is None
        await unit.commit()
    async with work.read() as unit:
        assert await unit.cases.get(CaseId("c1")) == case("c1")
        assert await unit.history.of("c1") == [event("c1")]
        assert await unit.talks.get(KARI) == Talk(KARI, "start", "case_type", {"a": "b"}, None, NOW)


Write = Callable[[UnitOfWork], Awaitable[object]]


@pytest.mark.parametrize(
    "write",
    [
        lambda unit: unit.cases.add(case("c1")),
        lambda unit: unit.history.append([event("c1")]),
        lambda unit: unit.outbox.tell([notice(KARI)], NOW),
        lambda unit: unit.inbox.take("teams", "a1", NOW),
        lambda unit: unit.talks.drop(KARI),
    ],
)
async def test_a_reader_cannot_write(work: Work, write: Write) -> None:
    with pytest.raises(Exception, match="opened for reading"):
        await _write_while_reading(work, write)


async def _write_while_reading(work: Work, write: Write) -> None:
    async with work.read() as unit:
        await write(unit)
        await unit.commit()


async def test_a_reader_sees_one_instant(work: Work) -> None:
    await fill(work, [case("c1")])
    async with work.read() as reader:
        assert await reader.history.of("c1") == []
        async with work.write() as writer:
            await writer.cases.save(changed(case("c1")))
            await writer.history.append([event("c1", rev=2)])
            await writer.commit()
        assert await reader.cases.get(CaseId("c1")) == case("c1")
        assert await reader.history.of("c1") == []


async def test_the_same_activity_ten_times_at_once_is_taken_once(work: Work) -> None:
    async def take() -> bool:
        async with work.write() as unit:
            first = await unit.inbox.take("teams", "a1", NOW)
            await unit.commit()
            return first

    assert sorted(await asyncio.gather(*(take() for _ in range(10)))) == [False] * 9 + [True]
    async with work.write() as unit:
        assert await unit.inbox.take("slack", "a1", NOW)


async def test_an_activity_whose_effect_was_taken_back_can_be_taken_again(work: Work) -> None:
    async with work.write() as unit:
        assert await unit.inbox.take("teams", "a1", NOW)
        assert not await unit.inbox.take("teams", "a1", later(1))
    async with work.write() as unit:
        assert await unit.inbox.take("teams", "a1", NOW)


async def test_of_two_writers_the_second_sees_what_the_first_did(work: Work) -> None:
    await fill(work, [case("c1", state=CaseState.SUBMITTED)])

    async def rename(title: str) -> str | None:
        async with work.write() as unit:
            stored = await unit.cases.get(CaseId("c1"))
            assert stored is not None
            if stored.rev > 1:
                return stored.content.title
            await unit.cases.save(changed(stored, title=title))
            await unit.history.append([event("c1", rev=2)])
            await unit.commit()
            return None

    answers = await asyncio.gather(*(rename(f"navn {n}") for n in range(8)))
    (won,) = [n for n, answer in enumerate(answers) if answer is None]
    assert answers.count(f"navn {won}") == 7
    async with work.read() as unit:
        assert len(await unit.history.of("c1")) == 1


async def test_many_writers_of_history_keep_every_row(work: Work) -> None:
    async def write(n: int) -> None:
        async with work.write() as unit:
            await unit.history.append([event("c1", rev=n), event("c1", rev=n)])
            await unit.commit()

    await asyncio.gather(*(write(n) for n in range(1, 16)))
    async with work.read() as unit:
        revs = [e.rev for e in await unit.history.of("c1")]
    assert sorted(revs) == sorted([*range(1, 16), *range(1, 16)])
    assert revs[::2] == revs[1::2]


async def test_talks_are_replaced_and_dropped(work: Work) -> None:
    first = Talk(KARI, "start", "a", {"x": "ø"}, None, None)
    second = Talk(KARI, "case", "b", {}, CaseId("c1"), NOW)
    async with work.write() as unit:
        await unit.talks.put(first)
        assert await unit.talks.get(KARI) == first
        await unit.talks.put(second)
        assert await unit.talks.get(KARI) == second
        assert await unit.talks.get(OLA) is None
        await unit.talks.drop(KARI)
        await unit.talks.drop(OLA)
        assert await unit.talks.get(KARI) is None


async def test_the_pump_is_woken_by_a_commit_that_put_something_in_line(kept: Store | Memory) -> None:
    woken: list[str] = []
    kept.on_due = lambda: woken.append("woken")
    await fill(kept.work)
    async with kept.work.write() as unit:
        await unit.talks.put(Talk(KARI, "start", "a"))
        await unit.commit()
    async with kept.work.write() as unit:
        await unit.outbox.tell([notice(KARI)], NOW)
    assert woken == []
    async with kept.work.write() as unit:
        await unit.outbox.tell([notice(KARI)], NOW)
        await unit.commit()
    assert woken == ["woken"]
