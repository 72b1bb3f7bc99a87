"""The whole bot on a fresh, seeded database: ``world`` on both databases, ``lite`` where it does not matter which."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.scenarios.world import World, a_world


@pytest.fixture
async def world(url: str, tmp_path: Path) -> AsyncIterator[World]:
    async with a_world(url, tmp_path) as running:
        yield running


@pytest.fixture
async def lite(sqlite_url: str, tmp_path: Path) -> AsyncIterator[World]:
    async with a_world(sqlite_url, tmp_path) as running:
        yield running
