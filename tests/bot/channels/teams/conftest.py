"""The local platform for tests of the Teams edge."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.bot.channels.teams.support import Edge, local_edge
from tests.fakes.connector import FakeConnector
from tests.fakes.entra import FakeEntra, Key, new_key


@pytest.fixture(scope="session")
def keys() -> dict[str, Key]:
    """Key pairs, made once: each takes a tenth of a second."""
    return {
        "good": new_key("key-1"),
        "stranger": new_key("key-1"),
        "slack": new_key("key-slack", endorsements=("slack",)),
        "unendorsed": new_key("key-bare", endorsements=()),
        "next": new_key("key-2"),
    }


@pytest.fixture
async def platform() -> AsyncIterator[FakeConnector]:
    async with FakeConnector() as running:
        yield running


@pytest.fixture
async def entra(keys: dict[str, Key]) -> AsyncIterator[FakeEntra]:
    async with FakeEntra(keys=[keys["good"], keys["slack"], keys["unendorsed"]]) as running:
        yield running


@pytest.fixture
async def edge(platform: FakeConnector) -> AsyncIterator[Edge]:
    async with local_edge(platform) as running:
        yield running
