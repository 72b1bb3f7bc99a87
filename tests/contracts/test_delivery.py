"""``board.delivery``: what waits, what is out, what is redrawn — kept by every implementation."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

from board.delivery import DeliveryQueue, Due
from board.ids import PersonId
from board.ports import Work
from board.states import CaseState
from tests.contracts.delivery_steps import LEASE, PATIENCE, change, claim, forget, keep, remember, tell, who
from tests.contracts.samples import (
    KARI,
    LISE,
    NOW,
    ODD,
    OLA,
    case,
    channel_place,
    chat,
    copy,
    fill,
    later,
    notice,
)


async def test_a_notice_is_claimed_with_all_that_sending_needs(work: Work, queue: DeliveryQueue) -> None:
    await fill(work, reached=[KARI])
    await tell(work, notice(KARI, "c9", rev=4))
    (due,) = await claim(queue)
    assert due == Due(due.id, "case.review_requested", "c9", 4, KARI, 0, chat(KARI), None)


async def test_the_same_notice_is_told_once(work: Work, queue: DeliveryQueue) -> None:
    await fill(work, reached=[KARI])
    await tell(work, notice(KARI), notice(KARI))
    await tell(work, notice(KARI))
    (due,) = await claim(queue)
    await queue.sent(due, None, NOW)
    await tell(work, notice(KARI))
    assert await claim(queue) == []


async def test_one_a_conversation_is_out_and_in_order(work: Work, queue: DeliveryQueue) -> None:
    await fill(work, reached=[KARI, OLA])
    await tell(work, notice(KARI, "a"), notice(KARI, "b"), notice(OLA, "a"), notice(KARI, "c"))
    first = await claim(queue)
    assert [(d.person, d.object_id) for d in first] == [(KARI, "a"), (OLA, "a")]
    assert await claim(queue) == []
    await queue.sent(first[0], None, NOW)
    (second,) = await claim(queue)
    assert second.object_id == "b"
    assert await queue.next_due(NOW) == NOW + LEASE


async def test_a_claim_takes_no_more_than_asked_for(work: Work, queue: DeliveryQueue) -> None:
    await fill(work, reached=[KARI, OLA, LISE])
    await tell(work, notice(KARI), notice(OLA), notice(LISE))
    assert who(await claim(queue, limit=2)) == [KARI, OLA]
    assert who(await claim(queue, limit=2)) == [LISE]


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
            for due in await claim(queue, limit=3):
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
    await tell(work, notice(KARI))
    (due,) = await claim(queue)
    assert await claim(queue, NOW + LEASE - timedelta(seconds=1)) == []
    assert await claim(queue, NOW + LEASE) == [due]


async def test_later_waits_with_the_whole_conversation(work: Work, queue: DeliveryQueue) -> None:
    await fill(work, reached=[KARI, OLA])
    await tell(work, notice(KARI, "a"), notice(KARI, "b"), notice(OLA))
    kari, ola = await claim(queue)
    await queue.later(kari, later(5), spend_attempt=False, error="429")
    await queue.later(ola, later(3), spend_attempt=True, error="503")
    assert await claim(queue, later(1)) == []
    assert await queue.next_due(later(1)) == later(3)
    assert [(d.person, d.attempts) for d in await claim(queue, later(4))] == [(OLA, 1)]
    again = await claim(queue, later(5))
    assert [(d.object_id, d.attempts) for d in again if d.person == KARI] == [("a", 0)]


async def test_later_does_not_bring_back_what_was_sent(work: Work, queue: DeliveryQueue) -> None:
    await fill(work, reached=[KARI])
    await tell(work, notice(KARI))
    (due,) = await claim(queue)
    await queue.sent(due, None, NOW)
    await queue.later(due, NOW, spend_attempt=True, error="late answer")
    assert await claim(queue, later(60)) == []


async def test_what_failed_is_over_and_the_next_one_goes(work: Work, queue: DeliveryQueue) -> None:
    await fill(work, reached=[KARI])
    await tell(work, notice(KARI, "a"), notice(KARI, "b"))
    (due,) = await claim(queue)
    await queue.failed(due, "refused", NOW)
    assert [d.object_id for d in await claim(queue, later(60))] == ["b"]


async def test_an_address_is_remembered_once_until_it_changes(work: Work) -> None:
    assert await remember(work, KARI, chat(KARI))
    assert not await remember(work, KARI, chat(KARI), later(1))
    moved = chat(KARI, service="https://two.example.org")
    assert await remember(work, KARI, moved)
    async with work.read() as unit:
        assert await unit.addresses.of(KARI) == moved
        assert await unit.addresses.of(OLA) is None
    assert await remember(work, None, channel_place())
    assert not await remember(work, None, channel_place())


async def test_the_latest_place_is_where_a_person_is_reached(work: Work) -> None:
    teams, slack = chat(KARI), chat(KARI, channel="slack")
    for place in (teams, slack, teams):
        assert await remember(work, KARI, place)
        async with work.read() as unit:
            assert await unit.addresses.of(KARI) == place


async def test_after_removal_nothing_goes_there_until_it_is_remembered(work: Work, queue: DeliveryQueue) -> None:
    place = channel_place()
    await fill(work, [case("c1", state=CaseState.SUBMITTED)], reached=[KARI])
    await remember(work, None, place)
    await keep(work, copy(KARI, where=place))
    await tell(work, notice(KARI))
    await change(work)
    await forget(work, place)
    await forget(work, chat(KARI))
    await change(work)
    (send,) = await claim(queue)
    assert (send.person, send.address) == (KARI, None)
    await remember(work, None, place)
    (redraw,) = await claim(queue)
    assert (redraw.rev, redraw.copy) == (3, copy(KARI, where=place))
    await remember(work, KARI, chat(KARI))
    assert [d.address for d in await claim(queue, later(1)) if not d.copy] == [chat(KARI)]


async def test_a_removal_that_concerns_nobody_known_is_nothing(work: Work) -> None:
    await forget(work, channel_place("never seen"))


async def test_every_copy_is_redrawn_once_a_revision(work: Work, queue: DeliveryQueue) -> None:
    await fill(work, [case("c1"), case("c2")], reached=[KARI, OLA])
    copies = [copy(KARI), copy(OLA), copy(LISE, where=channel_place()), copy(ODD, about="c2")]
    await keep(work, *copies)
    await change(work)
    due = await claim(queue)
    assert [(d.copy, d.rev, d.kind) for d in due] == [(c, 2, "case.review_requested") for c in copies[:3]]
    for one in due:
        await queue.sent(one, None, NOW)
    async with work.write() as unit:
        await unit.outbox.redraw("c1", 2, NOW)
        await unit.commit()
    assert await claim(queue) == []


async def test_waiting_redrawings_of_a_copy_become_one(work: Work, queue: DeliveryQueue) -> None:
    await fill(work, [case("c1")], reached=[KARI])
    await keep(work, copy(KARI))
    await change(work, times=3)
    (due,) = await claim(queue)
    assert due.rev == 4
    await queue.sent(due, None, NOW)
    assert await claim(queue) == []


async def test_a_send_goes_before_the_redrawings_that_came_after_it(work: Work, queue: DeliveryQueue) -> None:
    await fill(work, [case("c1")], reached=[KARI])
    await keep(work, copy(KARI))
    await tell(work, notice(KARI, "c7"))
    await change(work)
    (send,) = await claim(queue)
    assert (send.object_id, send.copy) == ("c7", None)
    await queue.sent(send, copy(KARI, "m2", "c7"), NOW)
    (redraw,) = await claim(queue)
    assert redraw.copy == copy(KARI)


async def test_a_card_that_was_overtaken_while_sending_is_redrawn(work: Work, queue: DeliveryQueue) -> None:
    await fill(work, [case("c1")], reached=[KARI])
    await tell(work, notice(KARI))
    (due,) = await claim(queue)
    await change(work)
    await queue.sent(due, copy(KARI), NOW)
    (redraw,) = await claim(queue)
    assert (redraw.copy, redraw.rev) == (copy(KARI), 2)
    await change(work)
    await queue.sent(redraw, None, NOW)
    (again,) = await claim(queue)
    assert (again.copy, again.rev) == (copy(KARI, rev=2), 3)
    await queue.sent(again, replace(copy(KARI), rev=3), NOW)
    assert await claim(queue, later(60)) == []


async def test_an_answer_that_was_overtaken_is_redrawn(work: Work, queue: DeliveryQueue) -> None:
    await fill(work, [case("c1")], reached=[KARI])
    await change(work)
    await keep(work, copy(KARI, "old"), copy(KARI, "new", rev=2))
    (redraw,) = await claim(queue)
    assert redraw.copy == copy(KARI, "old")


async def test_a_message_that_shows_something_else_now_is_one_copy(work: Work, queue: DeliveryQueue) -> None:
    await fill(work, [case("c1"), case("c2")], reached=[KARI])
    await keep(work, copy(KARI, about="c1"), copy(KARI, about="c2"))
    await change(work)
    assert await claim(queue) == []
    await change(work, name="c2")
    assert [d.copy for d in await claim(queue)] == [copy(KARI, about="c2")]


async def test_a_copy_that_is_gone_is_never_redrawn(work: Work, queue: DeliveryQueue) -> None:
    await fill(work, [case("c1")], reached=[KARI])
    await keep(work, copy(KARI))
    await change(work)
    (due,) = await claim(queue)
    await change(work)
    await queue.gone(due, NOW)
    await change(work)
    assert await claim(queue, later(60)) == []
    assert await queue.next_due(NOW) is None


async def test_with_nothing_in_line_nothing_is_due(queue: DeliveryQueue) -> None:
    assert await queue.next_due(NOW) is None
    assert await claim(queue) == []
