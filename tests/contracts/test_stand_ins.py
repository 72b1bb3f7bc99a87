"""The end of the ladder: deputies are told who was not reached, and who is heard of after all."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date, datetime

import pytest

from board.delivery import DeliveryQueue, Due, Way
from board.ids import PersonId, channel_recipient
from board.notices import Notice, NoticeKind, digest
from board.people import Body, Holding, Role
from board.ports import Work
from tests.contracts.delivery_steps import claim, forget, remember, tell, who
from tests.contracts.samples import (
    KARI,
    LISE,
    NOW,
    ODD,
    OLA,
    TODAY,
    chat,
    fill,
    later,
    notice,
)

WORD = Notice(NoticeKind.MEETING_WORD, "m1", 3, KARI, "d10", expires_at=later(60))
CHANNEL = channel_recipient("teams", "19:general")


async def _stand_in(work: Work, *deputies: PersonId, until: date | None = None) -> None:
    """Registers deputies for Kari."""
    async with work.write() as unit:
        for deputy in deputies:
            await unit.people.hold(Holding(deputy, Role.DEPUTY, Body.BOARD, date(2026, 1, 1), until, KARI))
        await unit.commit()


async def _give_up(queue: DeliveryQueue, now: datetime = NOW) -> Due:
    """Goes down the ladder to its end with the one row that is due: no address, then no mail."""
    (due,) = await claim(queue, now)
    await queue.reroute(due, "email", "no address", now)
    (by_mail,) = await claim(queue, now)
    await queue.unreached(by_mail, "mail refused", now)
    return by_mail


def _says(due: Sequence[Due]) -> list[tuple[str, str, str]]:
    return [(d.person, d.kind, d.part) for d in due]


async def test_the_deputies_of_the_day_are_told_who_was_not_reached(work: Work, queue: DeliveryQueue) -> None:
    await fill(work, reached=[OLA])
    await _stand_in(work, OLA, LISE)
    await _stand_in(work, ODD, until=date(2026, 6, 30))
    await tell(work, WORD)
    due = await _give_up(queue)
    stand_ins = await claim(queue)
    part = "meeting.word|kari|d10"
    assert _says(stand_ins) == [(LISE, "delivery.stands_in", part), (OLA, "delivery.stands_in", part)]
    assert [(d.object_id, d.rev, d.address) for d in stand_ins] == [("m1", 3, None), ("m1", 3, chat(OLA))]
    await queue.unreached(due, "mail refused", NOW)
    for one in stand_ins:
        await queue.unreached(one, "nor the deputy", NOW)
    assert await claim(queue, later(59)) == []
    assert await queue.expire(later(60)) == 3


@pytest.mark.parametrize("hour", [22, 23])
async def test_the_day_of_a_deputy_is_the_local_one(work: Work, queue: DeliveryQueue, hour: int) -> None:
    """23:30 UTC on 2 November is half past midnight on the 3rd in Oslo."""
    await fill(work)
    await _stand_in(work, LISE, until=TODAY)
    await tell(work, notice(KARI))
    await _give_up(queue, NOW.replace(hour=hour))
    assert who(await claim(queue, NOW.replace(hour=hour))) == ([LISE] if hour == 22 else [])


@pytest.mark.parametrize(
    "told",
    [
        digest(KARI, TODAY, later(600)),
        Notice(NoticeKind.STANDS_IN, "m1", 1, KARI, "meeting.word|odd|d10"),
        notice(CHANNEL),
    ],
)
async def test_for_these_no_deputy_stands_in(work: Work, queue: DeliveryQueue, told: Notice) -> None:
    await fill(work)
    await _stand_in(work, LISE)
    await tell(work, told)
    await _give_up(queue)
    assert await claim(queue, later(60)) == []


async def test_who_is_heard_of_gets_all_that_waited_by_chat_and_the_deputy_nothing(
    work: Work, queue: DeliveryQueue
) -> None:
    await fill(work)
    await _stand_in(work, LISE)
    await tell(work, notice(KARI, "a"))
    await _give_up(queue)
    await tell(work, notice(KARI, "b"), notice(LISE, "z"))
    stand_in, second = await claim(queue)
    await queue.later(stand_in, NOW, spend_attempt=False, error="429")
    await queue.reroute(second, "email", "no address", NOW)
    assert await remember(work, KARI, chat(KARI), later(7))
    due = await claim(queue, later(7))
    assert [(d.person, d.object_id, d.way, d.address) for d in due] == [
        (KARI, "a", "chat", chat(KARI)),
        (LISE, "z", "chat", None),
    ]
    await queue.sent(due[0], None, later(7))
    assert [(d.object_id, d.way, d.address) for d in await claim(queue, later(7))] == [("b", "chat", chat(KARI))]


async def test_a_deputy_who_waits_is_not_told_either(work: Work, queue: DeliveryQueue) -> None:
    await fill(work)
    await _stand_in(work, LISE)
    await tell(work, notice(KARI))
    await _give_up(queue)
    await _give_up(queue)
    await remember(work, KARI, chat(KARI))
    await remember(work, LISE, chat(LISE))
    assert who(await claim(queue)) == [KARI]


async def test_word_that_the_deputy_has_stays_sent(work: Work, queue: DeliveryQueue) -> None:
    await fill(work, reached=[LISE])
    await _stand_in(work, LISE)
    await tell(work, notice(KARI))
    await _give_up(queue)
    (stand_in,) = await claim(queue)
    await queue.sent(stand_in, None, NOW)
    await remember(work, KARI, chat(KARI))
    await forget(work, chat(KARI))
    await _give_up(queue)
    assert await claim(queue, later(60)) == []


@pytest.mark.parametrize("way", ["chat", "email"])
async def test_who_is_heard_of_between_claim_and_end_of_the_ladder_is_written_to(
    work: Work, queue: DeliveryQueue, way: Way
) -> None:
    await fill(work)
    await _stand_in(work, LISE)
    await tell(work, notice(KARI))
    (due,) = await claim(queue)
    if way == "email":
        await queue.reroute(due, way, "no address", NOW)
        (due,) = await claim(queue)
    await remember(work, KARI, chat(KARI))
    assert await claim(queue) == []
    await queue.unreached(due, "no way", NOW)
    assert [(d.person, d.way, d.address) for d in await claim(queue)] == [(KARI, "chat", chat(KARI))]


async def test_who_is_heard_of_between_claim_and_rerouting_is_written_to(work: Work, queue: DeliveryQueue) -> None:
    await fill(work)
    await tell(work, notice(KARI))
    (due,) = await claim(queue)
    await remember(work, KARI, chat(KARI))
    await queue.reroute(due, "email", "no address", NOW)
    assert [(d.way, d.address) for d in await claim(queue)] == [("chat", chat(KARI))]


async def test_a_mail_put_off_while_its_reader_wrote_goes_by_chat(work: Work, queue: DeliveryQueue) -> None:
    await fill(work)
    await tell(work, notice(KARI))
    (due,) = await claim(queue)
    await queue.reroute(due, "email", "no address", NOW)
    (due,) = await claim(queue)
    await remember(work, KARI, chat(KARI))
    await queue.later(due, later(5), spend_attempt=True, error="greylisted")
    assert await claim(queue, later(4)) == []
    assert [(d.way, d.address) for d in await claim(queue, later(5))] == [("chat", chat(KARI))]


async def test_a_chat_that_failed_for_good_is_not_tried_in_a_circle(work: Work, queue: DeliveryQueue) -> None:
    """The address is known and in use, and every way has failed: it waits, and goes when the person writes."""
    await fill(work, reached=[KARI])
    await tell(work, notice(KARI))
    await _give_up(queue)
    assert await claim(queue, later(60)) == []
    assert not await remember(work, KARI, chat(KARI), later(60))
    assert [(d.way, d.attempts) for d in await claim(queue, later(60))] == [("chat", 0)]


async def test_late_word_of_failure_does_not_bring_back_what_was_sent(work: Work, queue: DeliveryQueue) -> None:
    await fill(work)
    await _stand_in(work, LISE)
    await tell(work, notice(KARI))
    (due,) = await claim(queue)
    await queue.sent(due, None, NOW)
    await queue.unreached(due, "late", NOW)
    await queue.reroute(due, "email", "late", NOW)
    await queue.unreachable(due, "late", NOW)
    assert await claim(queue, later(60)) == []


async def test_of_many_who_give_up_at_once_each_deputy_hears_once(work: Work, queue: DeliveryQueue) -> None:
    await fill(work, reached=[LISE, OLA])
    await _stand_in(work, LISE, OLA)
    await tell(work, notice(KARI))
    (due,) = await claim(queue)
    await asyncio.gather(*(queue.unreached(due, "no way", NOW) for _ in range(6)))
    stand_ins = await claim(queue)
    assert who(stand_ins) == [LISE, OLA]
    for one in stand_ins:
        await queue.sent(one, None, NOW)
    assert await claim(queue, later(60)) == []
