"""The demo board in one process whose clock is moved, whose process is away for a while, and what it has said."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from typing import NamedTuple

from board.clock import OSLO, local_day
from board.ids import MeetingId
from board.meeting import MeetingChanged
from board.meeting_commands import PlanMeeting
from board.notices import Notice
from board.people import Actor, Body, Person, Role
from board.ports import Rules
from board.usecases.plan_meeting import plan_meeting
from bot.clocks import MovableClock
from bot.demo import demo_id
from bot.rules import rules_for
from storage.engine import open_store
from tests.resilience.crowd import query
from tests.scenarios.world import LEAD, World

EVERYBODY = (*range(1, 8), *range(11, 22), 31, 41)
NOBODY = 99
"""A guest who moves the clock: what that is answered is no notice."""


class Told(NamedTuple):
    """One notice as the outbox has it. ``day`` is the local one on which it was put in line."""

    kind: str
    about: str
    part: str
    to: str
    day: date


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=OSLO)


def rules_at(world: World, now: datetime) -> Rules:
    return rules_for(world.settings, MovableClock(now))


async def everybody_joins(world: World) -> None:
    for digits in EVERYBODY:
        await world.person(digits).join()


async def plan_board(world: World, name: str, starts_at: str) -> MeetingId:
    assert world.bot is not None
    rules = rules_at(world, world.bot.clock.now())
    lead = Actor(Person(demo_id(LEAD), "Porteføljeansvarlig"), frozenset({Role.PORTFOLIO_LEAD}))
    async with world.bot.store.work.write() as unit:
        made = await plan_meeting(
            PlanMeeting(MeetingId(name), Body.BOARD, local(starts_at), 120, "Hamar"), lead, unit, rules
        )
        assert isinstance(made, MeetingChanged), made
        await unit.commit()
    return MeetingId(name)


async def move_clock(world: World, to: datetime) -> None:
    """All that falls due by then is planned and has gone out."""
    await world.person(NOBODY).say(f"tid {to.isoformat()}")
    await world.settled()
    await world.quiet()


async def starts_again(world: World, at: datetime) -> None:
    """After :meth:`World.stop`, at another time; what is due then is done."""
    world.now = at
    await world.start()
    await move_clock(world, at + timedelta(minutes=1))


async def told(world: World, since: datetime) -> Counter[Told]:
    """What was put in line from then on, and went out."""
    rows = await query(
        world.settings.database_url,
        "SELECT kind, object_id, part, person_id, created_at FROM outbox WHERE copy_id IS NULL AND state = 'sent'",
    )
    found: Counter[Told] = Counter()
    for kind, about, part, to, at in rows:
        when = datetime.fromisoformat(at) if isinstance(at, str) else at
        if when >= since:
            found[Told(kind, about, part, to, local_day(when))] += 1
    return found


def messages(world: World) -> Counter[str]:
    """New messages that nobody asked for, by chat."""
    theirs = {world.person(digits).persona.chat for digits in EVERYBODY}
    calls = world.platform.ledger.messages
    return Counter(call.conversation for call in calls if call.kind == "send" and call.conversation in theirs)


async def put_in_line(world: World, at: datetime, *notices: Notice) -> None:
    """As an act did whose process ended before it could send anything."""
    async with await open_store(world.settings.database_url) as store, store.work.write() as unit:
        await unit.outbox.tell(notices, at)
        await unit.commit()
