"""Each contract test runs against the real store on both databases and against the double that the rules' tests use."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from board.delivery import DeliveryQueue
from board.ports import Work
from storage.engine import Store, open_store
from tests.fakes.memory import Memory


@pytest.fixture(params=["memory", "sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def place(request: pytest.FixtureRequest) -> str:
    """A database's address, or nothing for the double."""
    return "" if request.param == "memory" else str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
async def kept(place: str, tmp_path: Path) -> AsyncIterator[Store | Memory]:
    """A place to keep things, empty."""
    if not place:
        yield Memory()
        return
    async with await open_store(place, pool_size=12, urn_keys=tmp_path / "urn") as store:
        yield store


@pytest.fixture
def work(kept: Store | Memory) -> Work:
    return kept.work


@pytest.fixture
def queue(kept: Store | Memory) -> DeliveryQueue:
    return kept.queue
