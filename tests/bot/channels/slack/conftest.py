"""A workspace, and a whole bot in it over a fresh SQLite file."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.bot.channels.slack.talking import Talking, talking
from tests.cards.conftest import locales, texts
from tests.fakes.slack.server import FakeSlack
from tests.storage.databases import migrated_file, sqlite_url

__all__ = ["locales", "migrated_file", "sqlite_url", "texts"]


@pytest.fixture
async def here(sqlite_url: str) -> AsyncIterator[Talking]:
    """Every call and acknowledgement of a test must have been as Slack wants it."""
    async with FakeSlack() as slack, talking(slack, sqlite_url) as bot:
        yield bot
        assert slack.violations == []
