"""The key document: what is damaged is left out, and a refresh never holds up those who can be served."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import pytest

from bot.channels.teams.jwks import Missing, SigningKey, SigningKeys, read_keys
from tests.bot.channels.teams.support import MovableClock
from tests.fakes.entra import Key, new_key


def test_a_damaged_or_weak_key_does_not_take_the_others_with_it(keys: dict[str, Key]) -> None:
    weak = new_key("weak", bits=1024).as_jwk()
    good = keys["good"].as_jwk()
    damaged = [
        None,
        1,
        {},
        {"kty": "RSA"},
        good | {"kid": 5},
        good | {"kid": "a", "n": "!"},
        good | {"kid": "b", "e": 1},
    ]
    read = read_keys({"keys": [*damaged, weak, {"kty": "EC", "kid": "ec"}, good]})
    assert set(read) == {"key-1"}
    assert read["key-1"].endorsements == {"msteams"}


@pytest.mark.parametrize("document", [{}, {"keys": None}, {"keys": "x"}, {"keys": []}, {"keys": [{}]}])
def test_a_document_without_keys_is_an_error(document: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="no usable key"):
        read_keys(document)


async def test_a_daily_refresh_runs_in_the_background(keys: dict[str, Key]) -> None:
    document = read_keys({"keys": [keys["good"].as_jwk()]})
    gate = asyncio.Event()
    gate.set()
    fetches = 0

    async def fetch() -> Mapping[str, SigningKey]:
        nonlocal fetches
        fetches += 1
        await gate.wait()
        return document

    clock = MovableClock()
    signing = SigningKeys(fetch, clock)
    assert await signing.find("key-1") is document["key-1"]
    gate.clear()
    clock.forward(hours=25)
    assert await signing.find("key-1") is document["key-1"]  # the gate is shut, and yet there is an answer
    await asyncio.gather(*(signing.find("key-1") for _ in range(20)))
    assert fetches == 2
    gate.set()
    await signing.close()


async def test_a_key_server_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.channels.teams.jwks.FETCH_SECONDS", 0.01)

    async def fetch() -> Mapping[str, SigningKey]:
        await asyncio.Event().wait()
        return {}

    signing = SigningKeys(fetch, MovableClock())
    assert await signing.find("key-1") is Missing.UNAVAILABLE
