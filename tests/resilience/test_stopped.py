"""What went out is not sent again because the process was stopped, or the database broke off, before it was noted."""

from __future__ import annotations

import asyncio
import signal
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any, cast

import pytest

from board.clock import OSLO
from board.delivery import DeliveryQueue
from board.ids import MeetingId, PersonId
from board.meeting import Meeting
from board.notices import Notice, NoticeKind
from board.people import Body
from bot.channels.teams.config import TeamsConfig
from bot.demo import demo_id
from storage.engine import open_store
from storage.errors import StoreUnavailable
from tests.fakes.connector import FakeConnector
from tests.fakes.faults import Fault
from tests.resilience.boards import plan_board
from tests.resilience.crowd import all_sent, personas, settle, until
from tests.resilience.zygote import Zygote
from tests.scenarios.world import MEMBER, a_world

SATURDAY = datetime(2026, 3, 7, 6, tzinfo=OSLO)
MEETING = MeetingId("board-in-june")
LONGER = TeamsConfig("", "", None, local=True).send_timeout + 3.0
"""Seconds."""


@pytest.mark.slow
async def test_answers_that_came_while_it_was_stopped_count(sqlite_url: str, zygote: Zygote, tmp_path: Path) -> None:
    people = personas(8)
    async with FakeConnector() as platform:
        await settle(sqlite_url, people, None, platform.url, SATURDAY)
        async with await open_store(sqlite_url) as store, store.work.write() as unit:
            await unit.meetings.add(Meeting(MEETING, Body.BOARD, datetime(2026, 6, 11, 9, tzinfo=OSLO)))
            told = [Notice(NoticeKind.MEETING_WORD, MEETING, 1, PersonId(one.user), "call") for one in people]
            await unit.outbox.tell(told, SATURDAY)
            await unit.commit()
        platform.faults.add(*[Fault(delay=2.0)] * len(people))
        child = await zygote.serve(sqlite_url, SATURDAY.isoformat())
        await platform.wait_for(lambda _: platform.faults.played == len(people))
        child.signal(signal.SIGSTOP)
        await asyncio.sleep(LONGER)  # the fault itself
        assert len(platform.ledger.messages) == len(people)
        child.signal(signal.SIGCONT)
        await until(lambda: all_sent(sqlite_url), 20)
        assert len(platform.ledger.messages) == len(people)


class BreaksOff:
    """A queue whose database breaks off the first times that something is to be noted as sent."""

    def __init__(self, queue: DeliveryQueue, times: int) -> None:
        self._queue, self.left = queue, times

    def __getattr__(self, name: str) -> Any:
        return getattr(self._queue, name)

    async def sent(self, *what: Any) -> None:
        if self.left:
            self.left -= 1
            raise StoreUnavailable("the connection is closed")
        await self._queue.sent(*what)


async def test_a_database_that_breaks_off_doubles_nothing(sqlite_url: str, tmp_path: Path) -> None:
    async with a_world(sqlite_url, tmp_path) as world:
        assert world.bot is not None
        chats = [world.person(MEMBER + number) for number in range(4)]
        for chat in chats:
            await chat.join()
        before = len(world.platform.ledger.messages)
        meeting = await plan_board(world, "board-in-june", "2026-06-11 09:00")
        broken = BreaksOff(world.bot.store.queue, times=6)
        world.bot.pump.queue = cast(DeliveryQueue, broken)
        async with world.bot.store.work.write() as unit:
            told = [Notice(NoticeKind.MEETING_WORD, meeting, 1, demo_id(MEMBER + n), "call") for n in range(4)]
            await unit.outbox.tell(told, world.bot.clock.now())
            await unit.commit()
        await world.quiet()
        assert broken.left == 0
        came = Counter(call.conversation for call in world.platform.ledger.messages[before:])
        assert came == {chat.persona.chat: 1 for chat in chats}
