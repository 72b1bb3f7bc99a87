"""A platform that answers 429 to one conversation: that one waits, others do not, and no published rate is exceeded."""

from __future__ import annotations

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
from tests.scenarios.world import OFFICE, Chat, World, a_world

pytestmark = pytest.mark.teams  # the Connector's rates and 429; Slack: test_slack_throttled

PEOPLE = (*range(3, 8), *range(11, 22))
HELD_UP = 21
EACH = 4
MEETING = MeetingId("m")


@pytest.fixture
async def town(sqlite_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """A board with a meeting whose word goes out; the platform holds the published rates, the bot keeps its share."""
    async with a_world(sqlite_url, tmp_path, enforce_rates=True, outgoing_share=0.75) as world:
        for digits in PEOPLE:
            await _chat(world, digits).join()
        assert world.bot is not None
        rules = rules_for(world.settings, world.bot.clock)
        office = Actor(Person(demo_id(OFFICE), "Kontor"), frozenset({Role.OFFICE}))
        start = rules.hours.opening(world.bot.clock.now().date().replace(year=2027))
        async with world.bot.store.work.write() as unit:
            result = await plan_meeting(PlanMeeting(MEETING, Body.BOARD, start, 120), office, unit, rules)
            assert isinstance(result, MeetingChanged)
            await unit.commit()
        yield world


async def test_others_are_not_delayed_by_more_than_a_second(town: World) -> None:
    usual = await _delivered(town, "usual", [n for n in PEOPLE if n != HELD_UP])
    held = _chat(town, HELD_UP).persona.chat
    town.platform.faults.add(*[Fault(429, retry_after="1")] * 1000, conversation=held)
    before = _words(town, HELD_UP)
    others = await _delivered(town, "beside", PEOPLE, leaving_out=HELD_UP)
    assert others <= usual + 1.0, (usual, others)
    assert _words(town, HELD_UP) == before
    town.platform.faults.clear()
    await town.platform.wait_for(lambda _: _words(town, HELD_UP) == before + EACH, 30)
    assert town.platform.rates.violations == []


async def _delivered(world: World, round_: str, people: Sequence[int], leaving_out: int = 0) -> float:
    """Seconds until everybody but one has all words of this round."""
    assert world.bot is not None
    now = world.bot.clock.now()
    wanted = {person: _words(world, person) + EACH for person in people if person != leaving_out}
    async with world.bot.store.work.write() as unit:
        await unit.outbox.tell([_word(demo_id(n), f"{round_}-{k}") for k in range(EACH) for n in people], now)
        await unit.commit()
    began = monotonic()
    await world.platform.wait_for(lambda _: all(_words(world, n) == count for n, count in wanted.items()), 60)
    return monotonic() - began


def _word(to: PersonId, once: str) -> Notice:
    return Notice(NoticeKind.MEETING_WORD, MEETING, 1, to, "pack", once)


def _words(world: World, person: int) -> int:
    """How many notices have come."""
    return sum(call.kind == "send" for call in world.platform.ledger.of(_chat(world, person).persona.chat))


def _chat(world: World, digits: int) -> Chat:
    return world.person(digits, f"Person {digits}")
