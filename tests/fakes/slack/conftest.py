"""A workspace with a few people in it, the real SDK as a client, and an app that answers what it is told to."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import aiohttp
import pytest
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.serving import Served
from tests.fakes.slack.acks import Ack
from tests.fakes.slack.persona import Persona
from tests.fakes.slack.requests import SlackRequest
from tests.fakes.slack.server import FakeSlack
from tests.fakes.slack.workspace import APP_TOKEN, BOT_TOKEN


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as server:
        yield server


@pytest.fixture
def kari(slack: FakeSlack) -> Persona:
    return slack.persona("kari", "Kari Nordmann", email="kari@example.org")


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as client:
        yield client


def client_of(slack: FakeSlack, session: aiohttp.ClientSession, token: str = BOT_TOKEN) -> AsyncWebClient:
    """The real SDK, against this server."""
    return AsyncWebClient(token=token, base_url=slack.base_url, session=session, retry_handlers=[])


@pytest.fixture
def client(slack: FakeSlack, session: aiohttp.ClientSession) -> AsyncWebClient:
    return client_of(slack, session)


@pytest.fixture
def app_client(slack: FakeSlack, session: aiohttp.ClientSession) -> AsyncWebClient:
    return client_of(slack, session, APP_TOKEN)


@dataclass
class App:
    """Answers every request in the same way, and keeps what came."""

    slack: FakeSlack
    session: aiohttp.ClientSession
    answer: web.Response | None = None
    url: str = ""
    came: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.Response:
        self.came.append((dict(request.headers), await request.read()))
        answer, self.answer = self.answer, None
        return answer or web.Response()

    async def gets(self, request: SlackRequest | None, answer: web.Response | None = None) -> Ack:
        """Slack delivers it; the app gives this answer to the first attempt, and an empty 200 to any other."""
        assert request is not None
        self.answer = answer
        return await self.slack.deliver(self.session, self.url, request)


@pytest.fixture
async def app(slack: FakeSlack, session: aiohttp.ClientSession) -> AsyncIterator[App]:
    here = App(slack, session)
    application = web.Application()
    application.router.add_post("/slack/events", here.take)
    served = Served(application)
    await served.start()
    here.url = f"{served.url}/slack/events"
    yield here
    await served.stop()
