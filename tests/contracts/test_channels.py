"""``board.planning_ports.ChannelRepository`` and ``CalendarFeeds``, kept by every implementation."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

from board.delivery import Address, DeliveryQueue
from board.ids import PersonId, channel_recipient
from board.people import Body
from board.planning_ports import ChannelPost
from board.ports import Work
from tests.contracts.samples import KARI, LISE, NOW, OLA, channel_place, later, notice

PLACE = channel_place()
RECIPIENT = channel_recipient(PLACE.channel, PLACE.conversation)
POST = ChannelPost(RECIPIENT, "nn", LISE, NOW)


async def _open(work: Work, post: ChannelPost = POST, place: Address = PLACE) -> bool:
    async with work.write() as unit:
        new = await unit.channels.open(post, place)
        await unit.commit()
    return new


async def _close(work: Work) -> bool:
    async with work.write() as unit:
        closed = await unit.channels.close(RECIPIENT)
        await unit.commit()
    return closed


async def _where(work: Work, queue: DeliveryQueue, rev: int) -> list[Address | None]:
    """Where something that is told to the channel would be sent."""
    async with work.write() as unit:
        await unit.outbox.tell([notice(RECIPIENT, "m1", rev)], NOW)
        await unit.commit()
    rows = await queue.claim(later(rev), 9, timedelta(minutes=1))
    for row in rows:
        await queue.failed(row, "", NOW)
    return [row.address for row in rows]


async def test_an_open_channel_comes_back_as_it_was(work: Work) -> None:
    other = replace(POST, recipient=channel_recipient("teams", "19:other"), since=later(1), language="nb")
    assert await _open(work, other, channel_place("other"))
    assert await _open(work)
    async with work.read() as unit:
        assert await unit.channels.get(RECIPIENT) == POST
        assert await unit.channels.get(PersonId("channel:teams:none")) is None
        assert await unit.channels.all() == [POST, other]
        assert await unit.addresses.of(RECIPIENT) == PLACE


async def test_a_channel_is_opened_once(work: Work) -> None:
    assert await _open(work)
    moved = replace(PLACE, service_url="https://two.example.org")
    assert not await _open(work, replace(POST, language="en", since=later(1)), moved)
    async with work.read() as unit:
        assert await unit.channels.all() == [POST]
        assert await unit.addresses.of(RECIPIENT) == moved


async def test_channels_are_of_the_body_they_were_opened_for(work: Work) -> None:
    recipient = channel_recipient("teams", "19:group")
    group = replace(POST, recipient=recipient, body=Body.WORKING_GROUP)
    assert [await _open(work), await _open(work, group, channel_place("group"))] == [True, True]
    assert not await _open(work, replace(group, body=Body.BOARD), channel_place("group"))
    async with work.read() as unit:
        assert await unit.channels.get(recipient) == group
        assert await unit.channels.all(Body.WORKING_GROUP) == [group]
        assert await unit.channels.all() == [POST]


async def test_of_ten_that_open_it_at_once_one_does(work: Work) -> None:
    assert sorted(await asyncio.gather(*(_open(work) for _ in range(10)))) == [False] * 9 + [True]


async def test_what_is_told_to_an_open_channel_goes_there(work: Work, queue: DeliveryQueue) -> None:
    async with work.write() as unit:
        await unit.addresses.remember(None, PLACE, NOW)
        await unit.commit()
    await _open(work)
    assert await _where(work, queue, 1) == [PLACE]


async def test_a_closed_channel_is_told_nothing_until_it_opens_again(work: Work, queue: DeliveryQueue) -> None:
    assert not await _close(work)
    await _open(work)
    assert await _close(work)
    assert not await _close(work)
    async with work.read() as unit:
        assert await unit.channels.get(RECIPIENT) is None
        assert await unit.addresses.of(RECIPIENT) is None
    assert PLACE not in await _where(work, queue, 1)
    assert await _open(work, replace(POST, since=later(2)))
    assert PLACE in await _where(work, queue, 3)


async def test_the_same_conversation_stays_known_when_it_is_closed(work: Work) -> None:
    await _open(work)
    await _close(work)
    async with work.write() as unit:
        assert not await unit.addresses.remember(None, PLACE, later(1))


async def test_each_person_has_one_calendar_feed(work: Work) -> None:
    async with work.write() as unit:
        await unit.calendars.replace(KARI, "digest-1", NOW)
        await unit.calendars.replace(OLA, "digest-2", NOW)
        assert await unit.calendars.whose("digest-1") == KARI
        await unit.calendars.replace(KARI, "digest-3", later(1))
        await unit.commit()
    async with work.write() as unit:
        assert [await unit.calendars.whose(f"digest-{n}") for n in (1, 2, 3)] == [None, OLA, KARI]
        assert await unit.calendars.revoke(KARI)
        assert not await unit.calendars.revoke(KARI)
        assert [await unit.calendars.whose(f"digest-{n}") for n in (1, 2, 3)] == [None, OLA, None]
