"""Mutated activities: never a 500, never a turn that was not read whole.

``SAKSGANG_FUZZ`` sets how many; the seed is fixed, so a failure can be repeated.
"""

from __future__ import annotations

import asyncio
import os
from collections import Counter

from bot.channels.teams.routes import PATH
from tests.bot.channels.teams.support import Edge, edge_for, guarded_config
from tests.fakes.connector import FakeConnector
from tests.fakes.entra import FakeEntra
from tests.fakes.mutate import mutated

COUNT = int(os.environ.get("SAKSGANG_FUZZ", "2000"))
SEED = 20260302
AT_ONCE = 20


async def deliver(edge: Edge, count: int, **headers: str) -> Counter[int]:
    """Every mutated body to the route, some at a time; the statuses counted."""
    statuses: Counter[int] = Counter()
    bodies = mutated(SEED, count, [edge.persona(digits) for digits in (1, 2, 3)])

    async def work() -> None:
        for body in bodies:  # one iterator, shared: each takes the next
            sent = {"Content-Type": "application/json"} | headers
            async with edge.session.post(edge.url + PATH, data=body, headers=sent) as response:
                statuses[response.status] += 1

    await asyncio.gather(*(work() for _ in range(AT_ONCE)))
    await edge.settled()
    return statuses


async def test_no_mutation_is_an_error(edge: Edge) -> None:
    statuses = await deliver(edge, COUNT)
    assert sum(statuses.values()) == COUNT
    assert set(statuses) <= {200, 400, 403, 413}
    assert statuses[200] > COUNT / 4, "the mutations are too wild to reach the conversation"
    assert statuses[400] > COUNT / 20, "the mutations are too tame"
    assert edge.receiver.turns
    for turn in edge.receiver.turns:
        assert turn.sender.user
        assert turn.address.conversation


async def test_no_mutation_gets_in_without_a_token(platform: FakeConnector, entra: FakeEntra) -> None:
    async with edge_for(guarded_config(entra.metadata_url), platform) as edge:
        statuses = await deliver(edge, COUNT // 10, Authorization="Bearer x.y.z")
        assert set(statuses) <= {400, 401, 403}
        assert edge.receiver.turns == []
        assert platform.ledger.calls == []


async def test_the_same_seed_gives_the_same_bodies(edge: Edge) -> None:
    people = [edge.persona()]
    assert list(mutated(7, 50, people)) == list(mutated(7, 50, people))
    assert list(mutated(7, 50, people)) != list(mutated(8, 50, people))
