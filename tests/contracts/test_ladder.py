"""The rungs of ``board.delivery``: no address, mail; what is of no use any more; channels and lists of duties."""

from __future__ import annotations

from dataclasses import replace

import pytest

from board.delivery import Address, DeliveryQueue, Due
from board.ids import PersonId, channel_recipient
from board.notices import Notice, NoticeKind, digest
from board.planning_ports import ChannelPost
from board.ports import Work
from tests.contracts.delivery_steps import LEASE, claim, forget, keep, remember, tell
from tests.contracts.planning_samples import duty, meeting
from tests.contracts.samples import (
    KARI,
    LISE,
    NOW,
    ODD,
    OLA,
    TODAY,
    case,
    channel_place,
    chat,
    copy,
    fill,
    later,
    notice,
)

WORD = Notice(NoticeKind.MEETING_WORD, "m1", 3, KARI, "d10", expires_at=later(60))
PLACE = channel_place()
CHANNEL = channel_recipient(PLACE.channel, PLACE.conversation)


async def _address(work: Work, person: PersonId) -> Address | None:
    async with work.read() as unit:
        return await unit.addresses.of(person)


async def test_part_and_end_go_with_the_row(work: Work, queue: DeliveryQueue) -> None:
    await fill(work, reached=[KARI])
    await tell(work, WORD, notice(OLA))
    kari, ola = await claim(queue)
    assert kari == Due(kari.id, "meeting.word", "m1", 3, KARI, 0, chat(KARI), None, "d10", "chat")
    assert (ola.person, ola.address, ola.way) == (OLA, None, "chat")


async def test_from_its_end_nothing_is_claimed_and_nothing_waits_for_it(work: Work, queue: DeliveryQueue) -> None:
    await fill(work, reached=[KARI])
    await tell(work, WORD, notice(KARI, "after"))
    assert await queue.next_due(later(60)) == NOW
    assert [d.object_id for d in await claim(queue, later(60))] == ["after"]


async def test_with_only_what_is_past_its_end_nothing_is_due(work: Work, queue: DeliveryQueue) -> None:
    await fill(work, reached=[KARI])
    await tell(work, WORD)
    assert await queue.next_due(later(59)) == NOW
    assert await queue.next_due(later(60)) is None


async def test_a_person_without_address_goes_by_mail_with_new_attempts(work: Work, queue: DeliveryQueue) -> None:
    await fill(work)
    await tell(work, notice(KARI))
    (due,) = await claim(queue)
    await queue.later(due, NOW, spend_attempt=True, error="busy")
    (due,) = await claim(queue)
    assert due.attempts == 1
    await queue.reroute(due, "email", "no address", later(1))
    assert await queue.next_due(NOW) == later(1)
    (by_mail,) = await claim(queue, later(1))
    assert by_mail == replace(due, way="email", attempts=0)


async def test_by_mail_there_is_no_address_also_where_there_is_a_chat(work: Work, queue: DeliveryQueue) -> None:
    await fill(work, reached=[KARI])
    await tell(work, notice(KARI))
    (due,) = await claim(queue)
    await queue.reroute(due, "email", "refused", NOW)
    assert [(d.way, d.address) for d in await claim(queue)] == [("email", None)]


async def test_who_blocked_the_bot_has_no_address_and_stays_in_line(work: Work, queue: DeliveryQueue) -> None:
    await fill(work, reached=[KARI])
    await tell(work, notice(KARI, "a"), notice(KARI, "b"))
    (due,) = await claim(queue)
    await queue.unreachable(due, "403", NOW)
    assert await _address(work, KARI) is None
    (again,) = await claim(queue)
    assert again == replace(due, address=None)
    await queue.sent(again, None, NOW)
    assert [(d.object_id, d.address) for d in await claim(queue)] == [("b", None)]


async def test_a_redrawing_waits_until_its_conversation_is_back(work: Work, queue: DeliveryQueue) -> None:
    await fill(work, [case("c1")], reached=[KARI])
    await keep(work, copy(KARI, "m1"), copy(KARI, "m2"))
    async with work.write() as unit:
        await unit.outbox.redraw("c1", 2, NOW)
        await unit.commit()
    (due,) = await claim(queue)
    await queue.unreachable(due, "403", NOW)
    assert await claim(queue, later(60)) == []
    assert await queue.next_due(later(60)) is None
    assert await remember(work, KARI, chat(KARI), later(60))
    (first,) = await claim(queue, later(60))
    await queue.sent(first, None, later(60))
    (second,) = await claim(queue, later(60))
    assert {d.copy.message_id for d in (first, second) if d.copy} == {"m1", "m2"}


async def test_what_has_expired_is_out_of_line_but_for_what_is_out(work: Work, queue: DeliveryQueue) -> None:
    await fill(work, reached=[KARI, OLA])
    await tell(work, replace(WORD, to=OLA), replace(WORD, to=LISE), WORD, notice(ODD))
    ola, lise, kari, odd = await claim(queue, later(59.5))
    await queue.unreached(lise, "no way", later(59.5))
    await queue.later(kari, later(59.5), spend_attempt=True, error="503")
    assert await queue.expire(later(59)) == 0
    assert await queue.expire(later(60)) == 2
    assert await queue.expire(later(60)) == 0
    await remember(work, LISE, chat(LISE), later(60))
    await queue.later(ola, later(60.1), spend_attempt=True, error="503")
    assert await claim(queue, later(60.2)) == []
    assert await queue.next_due(later(60.2)) == later(59.5) + LEASE
    assert await queue.expire(later(60.2)) == 1
    await queue.sent(odd, None, later(61))
    assert await queue.next_due(later(61)) is None


async def test_a_lease_that_runs_out_past_the_end_is_not_claimed_again(work: Work, queue: DeliveryQueue) -> None:
    await fill(work, reached=[KARI])
    await tell(work, WORD)
    (due,) = await claim(queue, later(59.5))
    assert await queue.expire(later(60)) == 0
    assert await queue.next_due(later(60)) == later(60.5)
    assert await claim(queue, later(61)) == []
    assert await queue.next_due(later(61)) is None
    assert await queue.expire(later(61)) == 1
    await queue.later(due, later(61), spend_attempt=True, error="late")
    assert await claim(queue, later(61)) == []


async def test_a_channel_is_told_in_the_order_of_its_own_conversation(work: Work, queue: DeliveryQueue) -> None:
    await fill(work, [case("c1")])
    async with work.write() as unit:
        await unit.channels.open(ChannelPost(CHANNEL, "nb", LISE, NOW), PLACE)
        await unit.addresses.keep_copy(copy(OLA, where=PLACE), NOW)
        await unit.outbox.tell([notice(CHANNEL, "m1")], NOW)
        await unit.outbox.redraw("c1", 2, NOW)
        await unit.commit()
    (due,) = await claim(queue)
    assert (due.object_id, due.address) == ("m1", PLACE)
    await queue.sent(due, None, NOW)
    assert [d.object_id for d in await claim(queue)] == ["c1"]


async def test_a_channel_stays_one_whoever_is_heard_of_in_it(work: Work, queue: DeliveryQueue) -> None:
    async with work.write() as unit:
        await unit.channels.open(ChannelPost(CHANNEL, "nb", LISE, NOW), PLACE)
        await unit.commit()
    assert not await remember(work, None, PLACE, later(1))
    assert await _address(work, CHANNEL) == PLACE
    await forget(work, PLACE)
    assert await _address(work, CHANNEL) is None
    await tell(work, notice(CHANNEL))
    (due,) = await claim(queue)
    await queue.unreached(due, "the bot was removed there", NOW)
    assert await remember(work, None, PLACE, later(2))
    assert [d.address for d in await claim(queue, later(2))] == [PLACE]


async def test_of_a_list_of_duties_only_the_newest_copy_is_redrawn(work: Work, queue: DeliveryQueue) -> None:
    await fill(work, reached=[KARI, OLA])
    tasks = "tasks:kari"
    await keep(work, copy(KARI, "monday", tasks), copy(OLA, "his own", "tasks:ola"), copy(KARI, "case", "c1"))
    async with work.write() as unit:
        await unit.outbox.redraw(tasks, 2, NOW)
        await unit.outbox.tell([digest(KARI, TODAY, later(600))], NOW)
        await unit.commit()
    (monday,) = await claim(queue)
    assert monday.copy == copy(KARI, "monday", tasks)
    await queue.sent(monday, replace(copy(KARI, "monday", tasks), rev=2), NOW)
    async with work.write() as unit:
        await unit.outbox.redraw(tasks, 3, NOW)
        await unit.commit()
    (due,) = await claim(queue)
    await queue.sent(due, copy(KARI, "tuesday", tasks, rev=3), NOW)
    assert await claim(queue) == []
    await keep(work, copy(KARI, "tuesday", tasks, rev=3))
    async with work.write() as unit:
        for about in (tasks, "tasks:ola", "c1"):
            await unit.outbox.redraw(about, 4, NOW)
        await unit.commit()
    first = await claim(queue)
    assert [d.copy.message_id for d in first if d.copy] == ["tuesday", "his own"]
    await queue.sent(first[0], None, NOW)
    assert [d.copy.message_id for d in await claim(queue) if d.copy] == ["case"]


@pytest.mark.parametrize("about", ["m1", "tasks:ola"])
async def test_a_card_of_any_object_that_was_overtaken_is_redrawn(work: Work, queue: DeliveryQueue, about: str) -> None:
    await fill(work)
    async with work.write() as unit:
        assert await unit.meetings.add(meeting("m1"))
        await unit.duties.add([duty("d1")], NOW)
        await unit.commit()
    async with work.write() as unit:
        await unit.meetings.save(replace(meeting("m1"), rev=2))
        await unit.duties.save([replace(duty("d1"), part="d10")], NOW)
        await unit.commit()
    await keep(work, copy(KARI, "new", about, rev=2))
    assert await claim(queue) == []
    await keep(work, copy(LISE, "old", about, rev=1))
    assert [(d.person, d.object_id, d.rev, d.copy) for d in await claim(queue)] == [
        (LISE, about, 2, copy(LISE, "old", about, rev=1))
    ]


async def test_a_copy_keeps_its_part(work: Work, queue: DeliveryQueue) -> None:
    await fill(work, [case("c1")], reached=[KARI])
    await keep(work, replace(copy(KARI), part="d10"))
    async with work.write() as unit:
        await unit.outbox.redraw("c1", 2, NOW)
        await unit.commit()
    (due,) = await claim(queue)
    assert due.copy == replace(copy(KARI), part="d10")
    assert due.part == "d10"
