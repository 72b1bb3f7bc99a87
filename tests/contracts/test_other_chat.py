"""A person with two chats: each notice goes to the one used last, and where that is closed, to the other."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from board.delivery import Address, DeliveryQueue
from board.ids import PersonId
from board.ports import Work
from tests.contracts.delivery_steps import PATIENCE, change, claim, forget, keep, remember, tell
from tests.contracts.samples import KARI, NOW, OLA, case, channel_place, chat, copy, fill, later, notice

TEAMS, SLACK = chat(KARI), chat(KARI, channel="slack")
OLD = replace(SLACK, conversation="chat-slack-old")


async def latest(work: Work, person: PersonId = KARI) -> Address | None:
    async with work.read() as unit:
        return await unit.addresses.of(person)


async def used(work: Work, *places: Address) -> None:
    """One after the other."""
    for minute, place in enumerate(places, 1):
        await remember(work, KARI, place, later(minute))


async def test_where_the_latest_is_closed_a_notice_goes_to_the_other_before_anything_else(
    work: Work, queue: DeliveryQueue
) -> None:
    await fill(work)
    await used(work, TEAMS, SLACK)
    await tell(work, notice(KARI))
    (due,) = await claim(queue, later(5))
    assert due.address == SLACK
    await queue.unreachable(due, "403", later(5))
    (due,) = await claim(queue, later(5))
    assert (due.address, due.way) == (TEAMS, "chat")
    await queue.unreachable(due, "403", later(6))
    (due,) = await claim(queue, later(6))
    assert (due.address, due.way) == (None, "chat"), "no chat is left: now the ladder goes on"


async def test_of_several_the_one_used_last_is_next(work: Work) -> None:
    await fill(work)
    await used(work, OLD, TEAMS, SLACK)
    await forget(work, SLACK)
    assert await latest(work) == TEAMS
    await forget(work, TEAMS)
    assert await latest(work) == OLD
    await remember(work, KARI, SLACK, later(9))
    assert await latest(work) == SLACK
    await forget(work, SLACK)
    assert await latest(work) == OLD, "one that was closed is not taken for open"


async def test_that_another_one_is_closed_leaves_the_latest(work: Work) -> None:
    await fill(work)
    await used(work, TEAMS, SLACK)
    await forget(work, TEAMS)
    assert await latest(work) == SLACK


async def test_nobody_elses_chat_is_taken(work: Work) -> None:
    await fill(work, reached=[OLA])
    await used(work, SLACK)
    await remember(work, None, channel_place())
    await forget(work, SLACK)
    assert await latest(work) is None
    assert await latest(work, OLA) == chat(OLA)


async def test_a_redrawing_goes_to_its_own_message_wherever_the_person_is_now(work: Work, queue: DeliveryQueue) -> None:
    await fill(work, [case("c1")])
    await used(work, TEAMS, SLACK)
    await keep(work, copy(KARI, where=TEAMS), copy(KARI, "m2", where=SLACK))
    await change(work)
    places = []
    for _ in range(2):
        (due,) = await claim(queue, later(5))
        assert due.copy is not None
        places.append(due.copy.address)
        await queue.sent(due, None, later(5))
    assert places == [TEAMS, SLACK]


async def test_a_redrawing_that_finds_its_chat_closed_waits_and_the_notices_go_to_the_other(
    work: Work, queue: DeliveryQueue
) -> None:
    await fill(work, [case("c1")])
    await used(work, TEAMS, SLACK)
    await keep(work, copy(KARI, where=SLACK))
    await change(work)
    (redraw,) = await claim(queue, later(5))
    await queue.unreachable(redraw, "403", later(5))
    assert await latest(work) == TEAMS
    assert await claim(queue, later(6)) == []
    await tell(work, notice(KARI, "c9"))
    (due,) = await claim(queue, later(6))
    assert (due.address, due.copy) == (TEAMS, None)


async def test_two_chats_used_at_the_same_instant_while_a_third_closes_leave_one_latest(work: Work) -> None:
    await fill(work)
    await used(work, OLD)

    async def close() -> None:
        await forget(work, OLD)

    async with asyncio.timeout(PATIENCE):
        for minute in range(10, 20):
            at = later(minute)
            await asyncio.gather(remember(work, KARI, TEAMS, at), remember(work, KARI, SLACK, at), close())
            assert await latest(work) in (TEAMS, SLACK)
            await remember(work, KARI, OLD, at)
    assert await remember(work, KARI, TEAMS, NOW)
