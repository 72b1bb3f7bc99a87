"""``board.delivery``: what waits, what is out, what is redrawn — kept by every implementation."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from board.delivery import Address, Copy, DeliveryQueue, Due
from board.ids import CaseId, PersonId
from board.notices import Notice
from board.ports import Work
from board.states import CaseState
from tests.contracts.samples import (
    KARI,
    LISE,
    NOW,
    ODD,
    OLA,
    case,
    changed,
    channel_place,
    chat,
    copy,
    fill,
    later,
    notice,
)

LEASE = timedelta(minutes=1)
PATIENCE = 20.0
"""Seconds after which a test that waits for something that never comes fails."""


async def _tell(work: Work, *notices: Notice, now: datetime = NOW) -> None:
    async with work.write() as unit:
        await unit.outbox.tell(notices, now)
        await unit.commit()


async def _remember(work: Work, person: PersonId | None, address: Address, now: datetime = NOW) -> bool:
    async with work.write() as unit:
        told = await unit.addresses.remember(person, address, now)
        await unit.commit()
        return told


async def _forget(work: Work, address: Address) -> None:
    async with work.write() as unit:
        await unit.addresses.forget(address, NOW)
        await unit.commit()


async def _keep(work: Work, *copies: Copy) -> None:
    async with work.write() as unit:
        for one in copies:
            await unit.addresses.keep_copy(one, NOW)
        await unit.commit()


async def _change(work: Work, times: int = 1, name: str = "c1") -> None:
    """Changes the case and puts the redrawing of its copies in line, as a use case does."""
    for _ in range(times):
        async with work.write() as unit:
            stored = await unit.cases.get(CaseId(name))
            assert stored is not None
            await unit.cases.save(changed(stored))
            await unit.outbox.redraw(stored.id, stored.rev + 1, NOW)
            await unit.commit()


async def _claim(queue: DeliveryQueue, now: datetime = NOW, limit: int = 20) -> Sequence[Due]:
    return await queue.claim(now, limit, LEASE)


def _who(due: Sequence[Due]) -> list[str]:
    return [d.person for d in due]


async def test_a_notice_is_claimed_with_all_that_sending_needs(work: Work, queue: DeliveryQueue) -> None:
    await fill(work, reached=[KARI])
    await _tell(work, notice(KARI, "c9", rev=4))
    (due,) = await _claim(queue)
    assert due == Due(due.id, "case.review_requested", "c9", 4, KARI, 0, chat(KARI), None)


async def test_the_same_notice_is_told_once(work: Work, queue: DeliveryQueue) -> None:
    await fill(work, reached=[KARI])
    await _tell(work, notice(KARI), notice(KARI))
    await _tell(work, notice(KARI))
    (due,) = await _claim(queue)
    await queue.sent(due, None, NOW)
    await _tell(work, notice(KARI))
    assert await _claim(queue) == []


async def test_one_a_conversation_is_out_and_in_order(work: Work, queue: DeliveryQueue) -> None:
    await fill(work, reached=[KARI, OLA])
    await _tell(work, notice(KARI, "a"), notice(KARI, "b"), notice(OLA, "a"), notice(KARI, "c"))
    first = await _claim(queue)
    assert [(d.person, d.object_id) for d in first] == [(KARI, "a"), (OLA, "a")]
    assert await _claim(queue) == []
    await queue.sent(first[0], None, NOW)
    (second,) = await _claim(queue)
    assert second.object_id == "b"
    assert await queue.next_due(NOW) == NOW + LEASE


async def test_a_claim_takes_no_more_than_asked_for(work: Work, queue: DeliveryQueue) -> None:
    await fill(work, reached=[KARI, OLA, LISE])
    await _tell(work, notice(KARI), notice(OLA), notice(LISE))
    assert _who(await _claim(queue, limit=2)) == [KARI, OLA]
    assert _who(await _claim(queue, limit=2)) == [LISE]


async def test_claimers_at_the_same_instant_never_get_the_same_row(work: Work, queue: DeliveryQueue) -> None:
    people = [PersonId(f"p{n}") for n in range(12)]
    async with work.write() as unit:
        for person in people:
            await unit.addresses.remember(person, chat(person), NOW)
        await unit.outbox.tell([notice(person, about) for about in ("a", "b") for person in people], NOW)
        await unit.commit()
    sent: list[tuple[str, str]] = []

    async def pump() -> None:
        while await queue.next_due(NOW) == NOW:
            for due in await _claim(queue, limit=3):
                sent.append((due.person, due.object_id))
                await queue.sent(due, None, NOW)

    async with asyncio.timeout(PATIENCE):
        await asyncio.gather(*(pump() for _ in range(4)))
    assert len(sent) == 24
    assert len(set(sent)) == 24
    for person in people:
        assert [about for who, about in sent if who == person] == ["a", "b"]


async def test_a_lease_that_ran_out_is_claimed_again(work: Work, queue: DeliveryQueue) -> None:
    await fill(work, reached=[KARI])
    await _tell(work, notice(KARI))
    (due,) = await _claim(queue)
    assert await _claim(queue, NOW + LEASE - timedelta(seconds=1)) == []
    assert await _claim(queue, NOW + LEASE) == [due]


async def test_later_waits_with_the_whole_conversation(work: Work, queue: DeliveryQueue) -> None:
    await fill(work, reached=[KARI, OLA])
    await _tell(work, notice(KARI, "a"), notice(KARI, "b"), notice(OLA))
    kari, ola = await _claim(queue)
    await queue.later(kari, later(5), spend_attempt=False, error="429")
    await queue.later(ola, later(3), spend_attempt=True, error="503")
    assert await _claim(queue, later(1)) == []
    assert await queue.next_due(later(1)) == later(3)
    assert [(d.person, d.attempts) for d in await _claim(queue, later(4))] == [(OLA, 1)]
    again = await _claim(queue, later(5))
    assert [(d.object_id, d.attempts) for d in again if d.person == KARI] == [("a", 0)]


async def test_later_does_not_bring_back_what_was_sent(work: Work, queue: DeliveryQueue) -> None:
    await fill(work, reached=[KARI])
    await _tell(work, notice(KARI))
    (due,) = await _claim(queue)
    await queue.sent(due, None, NOW)
    await queue.later(due, NOW, spend_attempt=True, error="late answer")
    assert await _claim(queue, later(60)) == []


async def test_what_failed_is_over_and_the_next_one_goes(work: Work, queue: DeliveryQueue) -> None:
    await fill(work, reached=[KARI])
    await _tell(work, notice(KARI, "a"), notice(KARI, "b"))
    (due,) = await _claim(queue)
    await queue.failed(due, "refused", NOW)
    assert [d.object_id for d in await _claim(queue, later(60))] == ["b"]


async def test_without_an_address_it_waits_until_there_is_one(work: Work, queue: DeliveryQueue) -> None:
    await fill(work, reached=[OLA])
    await _tell(work, notice(KARI), notice(OLA))
    assert _who(await _claim(queue)) == [OLA]
    assert await _remember(work, KARI, chat(KARI), later(7))
    assert await queue.next_due(NOW) == NOW + LEASE
    assert await _claim(queue, later(0.5)) == []
    assert _who(await _claim(queue, later(7))) == [KARI, OLA]


async def test_unreachable_waits_and_heals(work: Work, queue: DeliveryQueue) -> None:
    await fill(work, reached=[KARI])
    await _tell(work, notice(KARI, "a"), notice(KARI, "b"))
    (due,) = await _claim(queue)
    await queue.unreachable(due, "403", NOW)
    await _tell(work, notice(KARI, "c"))
    assert await _claim(queue, later(60)) == []
    assert await queue.next_due(later(60)) is None
    async with work.read() as unit:
        assert await unit.addresses.of(KARI) is None
    assert await _remember(work, KARI, chat(KARI), later(60))
    for about in ("a", "b", "c"):
        (due,) = await _claim(queue, later(60))
        assert (due.object_id, due.address) == (about, chat(KARI))
        await queue.sent(due, None, later(60))


async def test_an_address_is_remembered_once_until_it_changes(work: Work) -> None:
    assert await _remember(work, KARI, chat(KARI))
    assert not await _remember(work, KARI, chat(KARI), later(1))
    moved = chat(KARI, service="https://two.example.org")
    assert await _remember(work, KARI, moved)
    async with work.read() as unit:
        assert await unit.addresses.of(KARI) == moved
        assert await unit.addresses.of(OLA) is None
    assert await _remember(work, None, channel_place())
    assert not await _remember(work, None, channel_place())


async def test_the_latest_place_is_where_a_person_is_reached(work: Work) -> None:
    teams, slack = chat(KARI), chat(KARI, channel="slack")
    for place in (teams, slack, teams):
        assert await _remember(work, KARI, place)
        async with work.read() as unit:
            assert await unit.addresses.of(KARI) == place


async def test_after_removal_nothing_goes_there_until_it_is_remembered(work: Work, queue: DeliveryQueue) -> None:
    place = channel_place()
    await fill(work, [case("c1", state=CaseState.SUBMITTED)], reached=[KARI])
    await _remember(work, None, place)
    await _keep(work, copy(KARI, where=place))
    await _tell(work, notice(KARI))
    await _change(work)
    await _forget(work, place)
    await _forget(work, chat(KARI))
    await _change(work)
    assert await _claim(queue) == []
    await _remember(work, None, place)
    (redraw,) = await _claim(queue)
    assert (redraw.rev, redraw.copy) == (3, copy(KARI, where=place))
    await _remember(work, KARI, chat(KARI))
    assert _who(await _claim(queue)) == [KARI]


async def test_a_removal_that_concerns_nobody_known_is_nothing(work: Work) -> None:
    await _forget(work, channel_place("never seen"))


async def test_every_copy_is_redrawn_once_a_revision(work: Work, queue: DeliveryQueue) -> None:
    await fill(work, [case("c1"), case("c2")], reached=[KARI, OLA])
    copies = [copy(KARI), copy(OLA), copy(LISE, where=channel_place()), copy(ODD, about="c2")]
    await _keep(work, *copies)
    await _change(work)
    due = await _claim(queue)
    assert [(d.copy, d.rev, d.kind) for d in due] == [(c, 2, "case.review_requested") for c in copies[:3]]
    for one in due:
        await queue.sent(one, None, NOW)
    async with work.write() as unit:
        await unit.outbox.redraw("c1", 2, NOW)
        await unit.commit()
    assert await _claim(queue) == []


async def test_waiting_redrawings_of_a_copy_become_one(work: Work, queue: DeliveryQueue) -> None:
    await fill(work, [case("c1")], reached=[KARI])
    await _keep(work, copy(KARI))
    await _change(work, times=3)
    (due,) = await _claim(queue)
    assert due.rev == 4
    await queue.sent(due, None, NOW)
    assert await _claim(queue) == []


async def test_a_send_goes_before_the_redrawings_that_came_after_it(work: Work, queue: DeliveryQueue) -> None:
    await fill(work, [case("c1")], reached=[KARI])
    await _keep(work, copy(KARI))
    await _tell(work, notice(KARI, "c7"))
    await _change(work)
    (send,) = await _claim(queue)
    assert (send.object_id, send.copy) == ("c7", None)
    await queue.sent(send, copy(KARI, "m2", "c7"), NOW)
    (redraw,) = await _claim(queue)
    assert redraw.copy == copy(KARI)


async def test_a_card_that_was_overtaken_while_sending_is_redrawn(work: Work, queue: DeliveryQueue) -> None:
    await fill(work, [case("c1")], reached=[KARI])
    await _tell(work, notice(KARI))
    (due,) = await _claim(queue)
    await _change(work)
    await queue.sent(due, copy(KARI), NOW)
    (redraw,) = await _claim(queue)
    assert (redraw.copy, redraw.rev) == (copy(KARI), 2)
    await _change(work)
    await queue.sent(redraw, None, NOW)
    (again,) = await _claim(queue)
    assert (again.copy, again.rev) == (copy(KARI, rev=2), 3)
    await queue.sent(again, replace(copy(KARI), rev=3), NOW)
    assert await _claim(queue, later(60)) == []


async def test_an_answer_that_was_overtaken_is_redrawn(work: Work, queue: DeliveryQueue) -> None:
    await fill(work, [case("c1")], reached=[KARI])
    await _change(work)
    await _keep(work, copy(KARI, "old"), copy(KARI, "new", rev=2))
    (redraw,) = await _claim(queue)
    assert redraw.copy == copy(KARI, "old")


async def test_a_message_that_shows_something_else_now_is_one_copy(work: Work, queue: DeliveryQueue) -> None:
    await fill(work, [case("c1"), case("c2")], reached=[KARI])
    await _keep(work, copy(KARI, about="c1"), copy(KARI, about="c2"))
    await _change(work)
    assert await _claim(queue) == []
    await _change(work, name="c2")
    assert [d.copy for d in await _claim(queue)] == [copy(KARI, about="c2")]


async def test_a_copy_that_is_gone_is_never_redrawn(work: Work, queue: DeliveryQueue) -> None:
    await fill(work, [case("c1")], reached=[KARI])
    await _keep(work, copy(KARI))
    await _change(work)
    (due,) = await _claim(queue)
    await _change(work)
    await queue.gone(due, NOW)
    await _change(work)
    assert await _claim(queue, later(60)) == []
    assert await queue.next_due(NOW) is None


async def test_with_nothing_in_line_nothing_is_due(queue: DeliveryQueue) -> None:
    assert await queue.next_due(NOW) is None
    assert await _claim(queue) == []
