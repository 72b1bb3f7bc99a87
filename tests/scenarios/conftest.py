"""The whole bot on a fresh, seeded database: ``world`` on both databases, ``lite`` where it does not matter which.

Each scenario is played twice: by people in Teams, and by the same people in Slack (on SQLite: the chat does not know
the database). Those of what only Teams has, or that send its payloads by hand, are marked ``teams``.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.scenarios.slack_town import a_town
from tests.scenarios.world import World


@pytest.fixture(params=["teams", "slack"])
def chat(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def world(url: str, chat: str, tmp_path: Path) -> AsyncIterator[World]:
    async with a_town(chat, url, tmp_path) as running:
        yield running


@pytest.fixture
async def lite(sqlite_url: str, chat: str, tmp_path: Path) -> AsyncIterator[World]:
    async with a_town(chat, sqlite_url, tmp_path) as running:
        yield running


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items[:] = [item for item in items if not _left_out(item)]


def _left_out(item: pytest.Item) -> bool:
    """In Slack: what is Teams' own, and the second database."""
    params = getattr(getattr(item, "callspec", None), "params", {})
    if params.get("chat") != "slack":
        return False
    is_second = bool({"postgres", "two"} & {params.get("url"), params.get("place")})
    return is_second or item.get_closest_marker("teams") is not None
