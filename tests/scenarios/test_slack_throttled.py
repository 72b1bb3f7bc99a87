"""Slack that answers 429 to one chat, or to everybody: those wait, others do not; nothing is lost or comes twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from time import monotonic

import pytest

from board.ids import MeetingId, PersonId
from board.meeting import MeetingChanged
from board.meeting_commands import PlanMeeting
from board.notices import Notice, NoticeKind
from board.people import Actor, Body, Person, Role
from board.usecases.plan_meeting import plan_meeting
from bot.demo import demo_id
from bot.rules import rules_for
from tests.fakes.faults import Fault
from tests.scenarios.slack_town import SlackTown, a_slack_world
from tests.scenarios.world import OFFICE

PEOPLE = (*range(3, 8), *range(11, 22))
HELD_UP = 21
EACH = 4
SPEED = 20.0
MEETING = MeetingId("m")


@pytest.fixture
async def town(sqlite_url: str, tmp_path: Path) -> AsyncIterator[SlackTown]:
    """A board with a meeting whose word goes out; Slack holds the published rates, the bot keeps its share."""
    async with a_slack_world(sqlite_url, tmp_path, speed=SPEED) as world:
        for digits in PEOPLE:
            await world.person(digits, f"Person {digits}").join()
        assert world.bot is not None
        rules = rules_for(world.settings, world.bot.clock)
        office = Actor(Person(demo_id(OFFICE), "Kontor"), frozenset({Role.OFFICE}))
        start = rules.hours.opening(world.bot.clock.now().date().replace(year=2027))
        async with world.bot.store.work.write() as unit:
            result = await plan_meeting(PlanMeeting(MEETING, Body.BOARD, start, 120), office, unit, rules)
            assert isinstance(result, MeetingChanged)
            await unit.commit()
        yield world
        assert world.slack.violations == []


def chat_of(world: SlackTown, digits: int) -> str:
    return world.slack.workspace.users[f"U0P{digits}"].dm


def came(world: SlackTown) -> Counter[str]:
    """How many messages have come to each chat."""
    return Counter(call.channel for call in world.slack.ledger.of("chat.postMessage"))


async def tell(world: SlackTown, round_: str, people: Sequence[int], each: int = EACH) -> None:
    assert world.bot is not None
    async with world.bot.store.work.write() as unit:
        told = [_word(demo_id(n), f"{round_}-{k}") for k in range(each) for n in people]
        await unit.outbox.tell(told, world.bot.clock.now())
        await unit.commit()


def _word(to: PersonId, once: str) -> Notice:
    return Notice(NoticeKind.MEETING_WORD, MEETING, 1, to, "pack", once)


async def arrived(world: SlackTown, before: Counter[str], people: Sequence[int], each: int = EACH) -> float:
    """Seconds until everybody has got all of it."""
    began = monotonic()
    wanted = {chat_of(world, n): before[chat_of(world, n)] + each for n in people}
    await world.slack.wait_for(lambda _: all(came(world)[chat] >= count for chat, count in wanted.items()), 60)
    return monotonic() - began


async def test_others_are_not_delayed_by_more_than_a_second(town: SlackTown) -> None:
    others = [n for n in PEOPLE if n != HELD_UP]
    before = came(town)
    await tell(town, "usual", others)
    usual = await arrived(town, before, others)
    town.slack.faults.add(*[Fault(429, retry_after="1")] * 1000, conversation=chat_of(town, HELD_UP))
    before = came(town)
    await tell(town, "beside", PEOPLE)
    assert await arrived(town, before, others) <= usual + 1.0
    assert came(town)[chat_of(town, HELD_UP)] == before[chat_of(town, HELD_UP)]
    town.slack.faults.clear()
    await arrived(town, before, PEOPLE)
    await town.quiet()
    assert came(town) - before == Counter({chat_of(town, n): EACH for n in PEOPLE})


async def test_when_all_of_it_is_throttled_or_broken_everything_comes_once(town: SlackTown) -> None:
    faults = [Fault(429, retry_after="1"), Fault(503), Fault(error="internal_error"), Fault(reset="before")]
    town.slack.faults.add(*faults * 3, conversation="chat.postMessage")
    before = came(town)
    await tell(town, "hard", PEOPLE, each=2)
    await arrived(town, before, PEOPLE, each=2)
    await town.quiet()
    assert came(town) - before == Counter({chat_of(town, n): 2 for n in PEOPLE})


async def test_many_to_one_person_come_at_the_published_pace(town: SlackTown) -> None:
    """What Slack would refuse is never tried: nothing above the rates is among its complaints."""
    before, chat = came(town), chat_of(town, HELD_UP)
    await tell(town, "many", [HELD_UP], each=7)
    await arrived(town, before, [HELD_UP], each=7)
    posts = [call.at for call in town.slack.ledger.of("chat.postMessage") if call.channel == chat][-7:]
    assert posts[-1] - posts[0] > 5.0, "seven at once would be two too many"
