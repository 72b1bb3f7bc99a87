"""Several processes at one outbox on PostgreSQL: what the ladder does at the same instant in two of them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from board.delivery import Copy
from board.ids import CaseId, PersonId
from board.notices import Notice, NoticeKind
from board.people import Body, Holding, Person, Role
from storage.engine import Store, open_store
from storage.transaction import Tx
from tests.contracts.samples import KARI, LISE, NOW, OLA, case, changed, chat, copy, fill, later, notice

pytestmark = pytest.mark.postgres
MINUTE = timedelta(minutes=1)
PATIENCE = 30.0
Replicas = tuple[Store, Store]


@pytest.fixture
async def replicas(postgres_url: str) -> AsyncIterator[Replicas]:
    async with await open_store(postgres_url) as one, await open_store(postgres_url) as two:
        yield one, two


async def _tell(store: Store, *notices: Notice) -> None:
    async with store.work.write() as unit:
        await unit.outbox.tell(notices, NOW)
        await unit.commit()


async def _crowd(store: Store, count: int) -> list[PersonId]:
    """People whom Lise stands in for."""
    people = [PersonId(f"p{n:02}") for n in range(count)]
    async with store.work.write() as unit:
        for n, person in enumerate(people):
            await unit.people.add(Person(person, f"Person {n}"))
            since = date(2026, 1, 1) - timedelta(days=n)
            await unit.people.hold(Holding(LISE, Role.DEPUTY, Body.BOARD, since, None, person))
        await unit.commit()
    return people


async def _states(store: Store) -> dict[str, list[str]]:
    query = text("SELECT person_id, state FROM outbox ORDER BY id")
    found: dict[str, list[str]] = {}
    for person, state in await store._database.once(lambda tx: tx.all(query)):
        found.setdefault(person, []).append(state)
    return found


async def test_two_that_give_up_at_once_tell_the_deputy_once(replicas: Replicas) -> None:
    one, two = replicas
    await fill(one.work)
    people = await _crowd(one, 8)
    await _tell(one, *(notice(person) for person in people))
    due = await one.queue.claim(NOW, 20, MINUTE)
    assert len(due) == 8
    async with asyncio.timeout(PATIENCE):
        await asyncio.gather(*(store.queue.unreached(d, "no way", NOW) for d in due for store in (one, two)))
    assert await _states(one) == {**{person: ["waiting"] for person in people}, LISE: ["queued"] * 8}


async def test_an_address_that_is_not_committed_yet_finds_what_waits(replicas: Replicas) -> None:
    one, two = replicas
    await fill(one.work)
    await _tell(one, notice(KARI))
    (due,) = await two.queue.claim(NOW, 5, MINUTE)
    async with one.work.write() as hearing:
        await hearing.addresses.remember(KARI, chat(KARI), NOW)
        await hearing.people.get([KARI])  # all but the last is sent, nothing committed: the address is unseen
        await two.queue.unreached(due, "no way", NOW)
        await hearing.commit()
    assert [d.address for d in await two.queue.claim(NOW, 5, MINUTE)] == [chat(KARI)]


async def test_heard_of_at_the_instant_of_giving_up_nobody_is_left_waiting(replicas: Replicas) -> None:
    one, two = replicas
    await fill(one.work)
    people = await _crowd(one, 16)
    await _tell(one, *(notice(person) for person in people))
    for due in await two.queue.claim(NOW, 20, MINUTE):
        if due.person > "p07":
            await two.queue.reroute(due, "email", "no address", NOW)
    mailed = await two.queue.claim(NOW, 20, MINUTE)
    leased = await two.queue.claim(later(1), 20, MINUTE)
    assert (len(mailed), len(leased)) == (8, 16)

    async def hear(person: PersonId) -> None:
        async with one.work.write() as unit:
            await unit.addresses.remember(person, chat(person), later(1))
            await unit.commit()

    async with asyncio.timeout(PATIENCE):
        await asyncio.gather(
            *(step for d in leased for step in (hear(d.person), two.queue.unreached(d, "no way", later(1))))
        )
    reached = [d for d in await one.queue.claim(later(1), 50, MINUTE) if d.person != LISE]
    assert sorted(d.person for d in reached) == people
    assert all(d.address == chat(d.person) and d.way == "chat" for d in reached)


async def test_what_is_past_its_end_is_either_claimed_or_expired(replicas: Replicas) -> None:
    one, two = replicas
    await fill(one.work)
    people = [PersonId(f"p{n}") for n in range(40)]
    await _tell(one, *(Notice(NoticeKind.MEETING_WORD, "m1", 1, p, "d1", expires_at=later(10)) for p in people))
    before, after = later(9.9), later(10)
    claims = [store.queue.claim(before, 3, MINUTE) for store in (one, two) for _ in range(4)]
    expiries = [store.queue.expire(after) for store in (one, two)]
    async with asyncio.timeout(PATIENCE):
        claimed, expired = await asyncio.gather(asyncio.gather(*claims), asyncio.gather(*expiries))
    taken = [d.person for due in claimed for d in due]
    assert len(set(taken)) == len(taken)
    again = await one.queue.expire(after)
    assert sum(expired) + again == 40 - len(taken)
    assert {p for p, states in (await _states(one)).items() if states == ["leased"]} == set(taken)


async def test_a_copy_that_is_gone_while_its_case_changes_stops_nobody(replicas: Replicas) -> None:
    one, two = replicas
    people = [PersonId(f"p{n}") for n in range(6)]
    await fill(one.work, [case("c1")], reached=[KARI, OLA])
    for round_ in range(4):
        await _keep(one, *(copy(person, f"m{round_}", rev=round_ * 2 + 1) for person in people))
        await _change(one)
        due = [d for d in await two.queue.claim(NOW, 20, MINUTE) if d.copy]
        assert len(due) == 6
        async with asyncio.timeout(PATIENCE):
            await asyncio.gather(*(two.queue.gone(d, NOW) for d in due), _change(one))
    assert await _states(one) == {}


async def test_gone_and_a_change_take_their_locks_in_one_order(replicas: Replicas) -> None:
    """The change has the copy's rows and comes to its copy last; what is gone waits before it takes anything."""
    one, two = replicas
    await fill(one.work, [case("c1")], reached=[KARI])
    await _keep(one, copy(KARI))
    await _change(one)
    (due,) = await two.queue.claim(NOW, 20, MINUTE)
    await two.queue.later(due, NOW, spend_attempt=False, error="")
    async with asyncio.timeout(PATIENCE):
        async with one.work.write() as unit:
            stored = await unit.cases.get(CaseId("c1"))
            assert stored is not None
            await unit.cases.save(changed(stored))
            await unit.outbox.redraw("c1", 3, NOW)
            await unit.people.get([KARI])  # the rows are locked
            going = asyncio.create_task(two.queue.gone(due, NOW))
            await _until_somebody_waits(one)
            await unit.addresses.keep_copy(copy(KARI, rev=3), NOW)
            await unit.commit()
        await going
    assert await _states(one) == {}


async def _until_somebody_waits(store: Store) -> None:
    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")

    def count(tx: Tx) -> int:
        row = tx.first(waiting)
        return int(row[0]) if row else 0

    while not await store._database.once(count):
        pass


async def _keep(store: Store, *copies: Copy) -> None:
    async with store.work.write() as unit:
        for one in copies:
            await unit.addresses.keep_copy(one, NOW)
        await unit.commit()


async def _change(store: Store) -> None:
    async with store.work.write() as unit:
        stored = await unit.cases.get(CaseId("c1"))
        assert stored is not None
        await unit.cases.save(changed(stored))
        await unit.outbox.redraw("c1", stored.rev + 1, NOW)
        await unit.commit()
