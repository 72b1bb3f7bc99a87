"""Ten thousand mutated activities against a running bot: no 500, no traceback, and it still works afterwards.

``SAKSGANG_FUZZ`` sets another number; the seed is fixed, so that a failure can be repeated.
"""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from pathlib import Path

import aiohttp
import pytest

from tests.fakes.connector import FakeConnector
from tests.fakes.mutate import mutated
from tests.fakes.teams import Persona
from tests.scenarios.world import words
from tests.security.process import Server

COUNT = int(os.environ.get("SAKSGANG_FUZZ", "10000"))
SEED = 20260302
AT_ONCE = 16


@pytest.mark.slow
async def test_no_mutation_is_an_error(local: Path) -> None:
    settings = {"SAKSGANG_ACTS_PER_MINUTE": "0"}
    async with (
        FakeConnector() as platform,
        Server(local, settings=settings) as server,
        aiohttp.ClientSession() as session,
    ):
        people = [Persona(digits, service_url=platform.url) for digits in (1, 2, 3)]
        bodies = mutated(SEED, COUNT, people)
        statuses: Counter[int] = Counter()

        async def deliver() -> None:
            for body in bodies:  # one iterator, shared: each takes the next
                headers = {"Content-Type": "application/json"}
                async with session.post(f"{server.url}/api/messages", data=body, headers=headers) as answer:
                    statuses[answer.status] += 1
                    if answer.content_type == "application/json":
                        assert (await answer.json())["statusCode"] < 500

        await asyncio.gather(*(deliver() for _ in range(AT_ONCE)))
        assert sum(statuses.values()) == COUNT
        assert set(statuses) <= {200, 202, 400, 403, 413}, statuses
        for trouble in ("Traceback", "turn_failed", "activity_failed", "delivery_failed", "copy_not_kept"):
            assert trouble not in server.words, server.words[-3000:]
        persona = Persona(5, "Leder Demo", platform.url)
        async with session.post(f"{server.url}/api/messages", json=persona.says("hjelp")) as answer:
            assert answer.status == 200
        assert "Dette kan jeg hjelpe deg med" in words(platform.ledger.latest_card(persona.chat))
