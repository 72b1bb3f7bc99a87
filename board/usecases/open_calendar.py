"""A person's own calendar address: a secret that is told once, and kept as a digest only."""

from __future__ import annotations

import hashlib

from board.events import Event, Happened
from board.people import Actor
from board.ports import Rules, UnitOfWork


def secret_hash(secret: str) -> str:
    """What is kept of a secret. It is long and random, so that a plain digest gives nothing away."""
    return hashlib.sha256(secret.encode()).hexdigest()


async def open_calendar(secret: str, actor: Actor, work: UnitOfWork, rules: Rules) -> None:
    """From now on ``secret`` opens the person's calendar, and the one before it does not."""
    now = rules.clock.now()
    await work.calendars.replace(actor.id, secret_hash(secret), now)
    await work.history.append([Event(Happened.CALENDAR_OPENED, actor.id, now, actor.id)])


async def close_calendar(actor: Actor, work: UnitOfWork, rules: Rules) -> bool:
    """True where there was one."""
    closed = await work.calendars.revoke(actor.id)
    if closed:
        await work.history.append([Event(Happened.CALENDAR_CLOSED, actor.id, rules.clock.now(), actor.id)])
    return closed
