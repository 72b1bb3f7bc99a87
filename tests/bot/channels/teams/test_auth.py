"""The bot's own token, by the real MSAL against a local Entra: one request at a time, renewed before its end."""

from __future__ import annotations

import asyncio
import threading
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization

from bot.channels.teams.auth import OutboundTokens, TokenUnavailable, msal_acquire
from bot.channels.teams.config import Certificate, Credential, Secret, TeamsConfig
from tests.bot.channels.teams.support import MovableClock
from tests.fakes.entra import APP_ID, TENANT, FakeEntra, Key


class Answered:
    """The part of an HTTP response that MSAL reads."""

    def __init__(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.status_code = status
        self.text = body.decode()
        self.headers = headers

    def raise_for_status(self) -> None:
        if self.status_code >= 400:
            raise OSError(f"http {self.status_code}")


class ToLocalEntra:
    """MSAL's transport, going to the local server under whatever public name MSAL asks for."""

    def __init__(self, url: str) -> None:
        self._url = url
        self.threads: set[int] = set()

    def get(self, url: str, **options: Any) -> Answered:
        return self._fetch(url, None, **options)

    def post(self, url: str, data: Any = None, **options: Any) -> Answered:
        form = data if isinstance(data, str) else urllib.parse.urlencode(data or {})
        return self._fetch(url, form.encode(), **options)

    def close(self) -> None:
        """Nothing is kept open."""

    def _fetch(self, url: str, body: bytes | None, params: Any = None, **_: Any) -> Answered:
        self.threads.add(threading.get_ident())
        parts = urllib.parse.urlsplit(url)
        query = urllib.parse.urlencode(params or {}) or parts.query
        request = urllib.request.Request(f"{self._url}{parts.path}?{query}", data=body)
        try:
            with urllib.request.urlopen(request, timeout=5) as response:
                return Answered(response.status, response.read(), dict(response.headers))
        except urllib.error.HTTPError as error:
            return Answered(error.code, error.read(), dict(error.headers))


def tokens_for(
    entra: FakeEntra, clock: MovableClock, credential: Credential | None = None
) -> tuple[OutboundTokens, ToLocalEntra]:
    transport = ToLocalEntra(entra.url)
    config = TeamsConfig(APP_ID, TENANT, credential or Secret("s3cret"))
    return OutboundTokens(msal_acquire(config, transport), clock), transport


async def test_however_many_wait_one_asks_and_never_on_the_loop(entra: FakeEntra) -> None:
    tokens, transport = tokens_for(entra, MovableClock())
    assert await asyncio.gather(*(tokens.get() for _ in range(50))) == ["token-1"] * 50
    assert len(entra.token_requests) == 1
    assert entra.token_requests[0]["client_secret"] == "s3cret"
    assert entra.token_requests[0]["scope"] == "https://api.botframework.com/.default"
    assert threading.get_ident() not in transport.threads


async def test_it_is_renewed_ten_minutes_before_its_end_while_the_old_one_serves(entra: FakeEntra) -> None:
    clock = MovableClock()
    tokens, _ = tokens_for(entra, clock)
    assert await tokens.get() == "token-1"
    clock.forward(minutes=49)
    assert await tokens.get() == "token-1"
    assert len(entra.token_requests) == 1
    clock.forward(minutes=1, seconds=1)
    assert await asyncio.gather(*(tokens.get() for _ in range(20))) == ["token-1"] * 20
    await tokens.close()
    assert await tokens.get() == "token-2"
    assert len(entra.token_requests) == 2


async def test_a_failed_renewal_costs_nothing_until_the_end(entra: FakeEntra) -> None:
    clock = MovableClock()
    tokens, _ = tokens_for(entra, clock)
    await tokens.get()
    entra.broken = True
    clock.forward(minutes=55)
    for _ in range(5):
        assert await tokens.get() == "token-1"
        await tokens.close()
    assert len(entra.token_requests) == 2
    clock.forward(minutes=6)
    with pytest.raises(TokenUnavailable, match="MsalServiceError"):
        await tokens.get()


async def test_after_a_failure_the_next_who_needs_one_asks_again() -> None:
    # without MSAL, which repeats a 5xx from its own memory for a minute of real time
    answers: list[dict[str, Any]] = [{"error": "x"}, {"access_token": "t", "expires_in": 3600}]
    tokens = OutboundTokens(lambda: answers.pop(0), MovableClock())
    with pytest.raises(TokenUnavailable, match="x"):
        await tokens.get()
    assert await tokens.get() == "t"


async def test_operators_get_the_reason_entra_gives(entra: FakeEntra) -> None:
    entra.refusal = "invalid_client"
    tokens, _ = tokens_for(entra, MovableClock())
    with pytest.raises(TokenUnavailable, match="invalid_client"):
        await tokens.get()


async def test_a_refused_token_is_dropped_once(entra: FakeEntra) -> None:
    tokens, _ = tokens_for(entra, MovableClock())
    first = await tokens.get()
    tokens.drop(first)
    assert await tokens.get() == "token-2"
    tokens.drop(first)
    assert await tokens.get() == "token-2"


async def test_a_certificate_signs_instead_of_a_secret(entra: FakeEntra, keys: dict[str, Key], tmp_path: Path) -> None:
    path = tmp_path / "bot.pem"
    path.write_bytes(
        keys["good"].private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    tokens, _ = tokens_for(entra, MovableClock(), Certificate(path, "A1B2C3D4E5F60718293A4B5C6D7E8F9001122334"))
    assert await tokens.get() == "token-1"
    assert "client_secret" not in entra.token_requests[0]
    assert entra.token_requests[0]["client_assertion"].count(".") == 2


async def test_a_certificate_that_is_not_there_is_named(entra: FakeEntra, tmp_path: Path) -> None:
    tokens, _ = tokens_for(entra, MovableClock(), Certificate(tmp_path / "none.pem", "A1"))
    with pytest.raises(TokenUnavailable, match="FileNotFoundError"):
        await tokens.get()


def test_a_secret_is_not_printed() -> None:
    config = TeamsConfig(APP_ID, TENANT, Secret("s3cret"))
    assert "s3cret" not in repr(config)


@pytest.mark.parametrize("result", [{}, {"error": "x"}, {"access_token": ""}, {"access_token": 5}])
async def test_a_strange_answer_is_no_token(result: dict[str, Any]) -> None:
    with pytest.raises(TokenUnavailable):
        await OutboundTokens(lambda: result, MovableClock()).get()
