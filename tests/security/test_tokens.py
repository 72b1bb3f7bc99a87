"""The token table against the running server: each forgery refused, nothing stored or sent; the real one works."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import aiohttp

from tests.bot.channels.teams.test_token import FORGERIES, activity, good
from tests.fakes.entra import SERVICE_URL
from tests.fakes.mutate import mutated
from tests.fakes.teams import Persona
from tests.scenarios.world import words
from tests.security.process import Server
from tests.security.public import Public, microsoft

UNAUTHENTICATED = 10_000


async def post(server: Server, session: aiohttp.ClientSession, payload: Any, header: str | None) -> tuple[int, bytes]:
    headers = {} if header is None else {"Authorization": header}
    async with session.post(f"{server.url}/api/messages", json=payload, headers=headers) as answer:
        return answer.status, await answer.read()


async def test_every_forgery_is_refused_and_leaves_no_trace(installed: Path) -> None:
    assert len(FORGERIES) >= 20
    async with (
        microsoft(installed) as public,
        aiohttp.ClientSession() as session,
        Server(installed, (), public.settings) as server,
    ):
        before = server.rows()
        wrong = []
        for forgery in FORGERIES:
            header = forgery.header(public.entra, public.keys)
            status, body = await post(server, session, activity(**forgery.activity), header)
            if (status, body) != (forgery.status, b""):
                wrong.append((forgery.name, status, body))
        assert wrong == []
        assert server.rows() == before
        assert public.platform.ledger.calls == []
        assert public.entra.token_requests == []
        assert "Traceback" not in server.words
        assert server.stderr.count("activity_refused") == len(FORGERIES)


async def test_a_real_token_goes_all_the_way_and_back(installed: Path) -> None:
    """In with a signed token, out with the bot's own from Entra, by MSAL, through the proxy, under TLS."""
    async with (
        microsoft(installed) as public,
        aiohttp.ClientSession() as session,
        Server(installed, (), public.settings) as server,
    ):
        persona = Persona(1, service_url=SERVICE_URL)
        status, _ = await post(server, session, persona.says("meld sak"), _header(public))
        assert status == 200
        await public.platform.wait_for(lambda ledger: bool(ledger.cards.get(persona.chat)))
        assert "Meld sak" in words(public.platform.ledger.latest_card(persona.chat))
        assert {call.authorization for call in public.platform.ledger.calls} == {"Bearer token-1"}
        assert len(public.entra.token_requests) == 1
        assert public.proxy.refused == []
        assert "Traceback" not in server.words


async def test_mutated_activities_without_a_token_store_nothing(installed: Path) -> None:
    async with (
        microsoft(installed) as public,
        aiohttp.ClientSession() as session,
        Server(installed, (), public.settings) as server,
    ):
        before = server.rows()
        people = [Persona(digits, service_url=SERVICE_URL) for digits in (1, 2, 3)]
        bodies = mutated(20261121, UNAUTHENTICATED, people)
        statuses: set[int] = set()

        async def deliver() -> None:
            for body in bodies:  # one iterator, shared: each takes the next
                headers = {"Content-Type": "application/json"}
                async with session.post(f"{server.url}/api/messages", data=body, headers=headers) as answer:
                    statuses.add(answer.status)

        await asyncio.gather(*(deliver() for _ in range(16)))
        assert statuses == {401}
        assert server.rows() == before
        assert public.platform.ledger.calls == []
        assert "Traceback" not in server.words


def _header(public: Public) -> str:
    return good(public.entra, public.keys)
