"""Many people with an address at the fake Connector, put into a store in one go; and a look into any database."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date, datetime
from time import monotonic
from typing import Any, Final

import aiohttp
from sqlalchemy import insert, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from board.delivery import Address
from board.people import BODY_OF, Role
from bot.teams_settings import LOCAL_TENANT
from storage import records as r
from storage.engine import driver_url
from storage.mapping import address_values
from storage.words import name_key
from tests.fakes.teams import BOT, Persona

FIRST: Final = 100_000
"""The number of the first of a crowd: none of the demo board's."""
SINCE: Final = date(2022, 1, 1)


def personas(count: int) -> list[Persona]:
    return [Persona(FIRST + number, f"Person {number}") for number in range(count)]


async def settle(url: str, people: Sequence[Persona], role: Role | None, platform: str, now: datetime) -> None:
    """Adds the people, as holders of the role where one is given, each with a personal chat.

    Into the tables at once: by the unit of work it takes PostgreSQL half a minute for 5,000.
    """
    names = [{"id": one.user, "name": one.name, "name_key": name_key(one.name)} for one in people]
    held = {"role": role.value, "body": BODY_OF[role].value, "since": SINCE} if role else {}
    chats = [
        {**address_values(address_of(one, platform)), "person_id": one.user, "in_use": 1, "latest": 1, "at": now}
        for one in people
    ]
    engine = create_async_engine(driver_url(url), poolclass=NullPool)
    try:
        async with engine.begin() as connection:
            await connection.execute(insert(r.people), [{"email": "", "language": "nb", **one} for one in names])
            await connection.execute(insert(r.addresses), chats)
            if held:
                await connection.execute(insert(r.holdings), [{"person_id": one.user, **held} for one in people])
    finally:
        await engine.dispose()


def address_of(persona: Persona, platform: str) -> Address:
    return Address("teams", LOCAL_TENANT, platform, persona.chat, "personal", BOT)


async def query(url: str, statement: str, **params: Any) -> list[tuple[Any, ...]]:
    """Rows of any database, also one that a process has open."""
    engine = create_async_engine(driver_url(url), poolclass=NullPool)
    try:
        async with engine.connect() as connection:
            return [tuple(row) for row in await connection.execute(text(statement), params)]
    finally:
        await engine.dispose()


async def states(url: str) -> Mapping[str, int]:
    """How many rows of the outbox are in each state."""
    rows = await query(url, "SELECT state, count(*) FROM outbox GROUP BY state")
    return {str(state): int(count) for state, count in rows}


async def until(holds: Callable[[], Awaitable[bool]], seconds: float) -> None:
    """Asks again and again. Raises ``AssertionError`` where it does not hold in time."""
    end = monotonic() + seconds
    while not await holds():
        assert monotonic() < end, f"not so after {seconds} s"
        await asyncio.sleep(0.1)  # between two questions, not instead of them


async def all_sent(url: str) -> bool:
    return set(await states(url)) <= {"sent"}


async def say(session: aiohttp.ClientSession, bot: str, persona: Persona, words: str) -> None:
    """A message in somebody's personal chat."""
    async with session.post(f"{bot}/api/messages", json=persona.says(words)) as answer:
        assert answer.status in (200, 202), await answer.text()
