"""A zygote a test: its processes end with it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.resilience.zygote import Zygote


@pytest.fixture
async def zygote(tmp_path: Path) -> AsyncIterator[Zygote]:
    async with Zygote(tmp_path) as started:
        yield started
