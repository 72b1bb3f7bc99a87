"""The whole bot, once and twice over one database: what Slack delivers again and again has one effect, one answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest

from bot.app import Running, running
from bot.channels.slack.routes import PATH
from bot.clocks import SystemClock
from bot.demo import seed
from bot.rules import rules_for
from bot.settings import Settings
from bot.teams_settings import LOCAL_TENANT
from storage.engine import open_store
from tests.cards.conftest import locales, texts
from tests.fakes.serving import Served
from tests.fakes.slack.requests import Retry, SlackRequest
from tests.fakes.slack.server import FakeSlack
from tests.fakes.slack.workspace import BOT_TOKEN, SIGNING_SECRET, TEAM
from tests.storage.databases import migrated_file, postgres_server, postgres_url, sqlite_url, url

__all__ = ["locales", "migrated_file", "postgres_server", "postgres_url", "sqlite_url", "texts", "url"]

pytestmark = pytest.mark.usefixtures("texts")


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as server:
        yield server
        assert server.violations == []


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as client:
        yield client


@asynccontextmanager
async def bots(slack: FakeSlack, url: str, folder: Path, count: int = 1) -> AsyncIterator[list[tuple[Running, str]]]:
    """So many replicas over one seeded database, each with its address."""
    given = Settings(
        database_url=url,
        files=folder / "files",
        acts_per_minute=0,
        slack_team=TEAM,
        slack_bot_token=BOT_TOKEN,
        slack_signing_secret=SIGNING_SECRET,
        slack_api_url=slack.base_url,
        _env_file=None,
    )
    async with await open_store(url) as store:
        await seed(store.work, rules_for(given, SystemClock()), LOCAL_TENANT, empty=True)
    async with AsyncExitStack() as stack:
        started = []
        for _ in range(count):
            bot = await stack.enter_async_context(running(given, local=True))
            served = Served(bot.web_app)
            await served.start()
            stack.push_async_callback(served.stop)
            started.append((bot, served.url + PATH))
        yield started


async def send(session: aiohttp.ClientSession, address: str, request: SlackRequest, retry: int = 0) -> int:
    headers = request.headers(retry=Retry(retry) if retry else None)
    async with session.post(address, data=request.body(), headers=headers) as response:
        await response.read()
        return response.status


async def settled(*started: tuple[Running, str]) -> None:
    async with asyncio.timeout(20):
        while any(bot.turns_under_way() for bot, _ in started):  # noqa: ASYNC110  # nothing tells of it
            await asyncio.sleep(0.01)


async def test_an_event_delivered_ten_times_at_once_is_answered_once(
    slack: FakeSlack, session: aiohttp.ClientSession, url: str, tmp_path: Path
) -> None:
    kari = slack.persona("kari", "Kari Nordmann")
    async with bots(slack, url, tmp_path) as (started,):
        request = kari.says("meld sak")
        statuses = await asyncio.gather(*(send(session, started[1], request, retry) for retry in range(10)))
        assert set(statuses) == {200}
        await settled(started)
        assert await send(session, started[1], request, 3) == 200
        await settled(started)
        assert len(kari.messages) == 1
        assert slack.ledger.doubled() == []


async def test_also_at_two_replicas(
    slack: FakeSlack, session: aiohttp.ClientSession, postgres_url: str, tmp_path: Path
) -> None:
    kari = slack.persona("kari", "Kari Nordmann")
    async with bots(slack, postgres_url, tmp_path, 2) as (one, other):
        for said in ("meld sak", "hjelp", "frister"):
            request = kari.says(said)
            addresses = [one[1], other[1]] * 5
            statuses = await asyncio.gather(*(send(session, address, request) for address in addresses))
            assert set(statuses) == {200}
            await settled(one, other)
        assert len(kari.messages) == 3
        assert slack.ledger.doubled() == []


async def test_what_was_acknowledged_before_a_crash_is_answered_after_it(
    slack: FakeSlack, session: aiohttp.ClientSession, url: str, tmp_path: Path
) -> None:
    kari = slack.persona("kari", "Kari Nordmann")
    request = kari.says("frister")
    then = datetime.now(UTC) - timedelta(minutes=1)
    async with await open_store(url) as store:
        key = f"event:{request.payload['event_id']}"
        assert await store.arrivals.take(key, request.body().decode(), then, timedelta(seconds=30))
    async with bots(slack, url, tmp_path) as (started,):
        await slack.wait_for(lambda _: bool(kari.messages))
        await settled(started)
        assert len(kari.messages) == 1
        assert await send(session, started[1], request, 1) == 200
        await settled(started)
        assert len(kari.messages) == 1
