"""Words beside a slash command go to Slack's own address and nowhere else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace

import pytest
from aiohttp import ClientSession, web

from bot.channels.slack.config import SlackConfig
from bot.channels.slack.responder import Responder
from tests.fakes.serving import Served


@dataclass
class Hooks:
    """A server that keeps what is posted to it. ``leads_to``: it answers with a redirect."""

    bodies: list[dict[str, str]] = field(default_factory=list)
    leads_to: str = ""
    status: int = 200
    url: str = ""

    async def take(self, request: web.Request) -> web.Response:
        self.bodies.append(await request.json())
        if self.leads_to:
            return web.Response(status=307, headers={"Location": self.leads_to})
        return web.Response(status=self.status)


async def _serve() -> tuple[Hooks, Served]:
    hooks, app = Hooks(), web.Application()
    app.router.add_post("/hook", hooks.take)
    served = Served(app)
    await served.start()
    hooks.url = served.url
    return hooks, served


@pytest.fixture
async def hooks() -> AsyncIterator[Hooks]:
    found, served = await _serve()
    yield found
    await served.stop()


@pytest.fixture
async def elsewhere() -> AsyncIterator[Hooks]:
    found, served = await _serve()
    yield found
    await served.stop()


def config(hooks: Hooks) -> SlackConfig:
    return SlackConfig("T1", "xoxb-1", "secret", api_url=f"{hooks.url}/api/", local=True, timeout=2.0)


async def test_only_the_one_who_typed_sees_them_and_nothing_in_them_is_parsed(hooks: Hooks) -> None:
    async with ClientSession() as session:
        await Responder(session, config(hooks)).tell(f"{hooks.url}/hook", "Til <@U1> & alle")
    assert hooks.bodies == [{"response_type": "ephemeral", "text": "Til &lt;@U1&gt; &amp; alle"}]


async def test_no_other_host_is_written_to(hooks: Hooks, elsewhere: Hooks) -> None:
    async with ClientSession() as session:
        here = Responder(session, config(hooks))
        for address in (f"{elsewhere.url}/hook", "", "hook", "http://", "file:///etc/passwd", "https://[", "::"):
            await here.tell(address, "Hei")
        real = Responder(session, replace(config(hooks), local=False))
        await real.tell(f"{hooks.url}/hook", "Hei")
    assert hooks.bodies == elsewhere.bodies == []


async def test_a_redirect_is_not_followed(hooks: Hooks, elsewhere: Hooks) -> None:
    hooks.leads_to = f"{elsewhere.url}/hook"
    async with ClientSession() as session:
        await Responder(session, config(hooks)).tell(f"{hooks.url}/hook", "Hei")
    assert (len(hooks.bodies), elsewhere.bodies) == (1, [])


async def test_a_refusal_and_a_closed_door_raise_nothing(hooks: Hooks) -> None:
    hooks.status = 404
    async with ClientSession() as session:
        here = Responder(session, config(hooks))
        await here.tell(f"{hooks.url}/hook", "Hei")
    closed = replace(config(hooks), api_url="http://127.0.0.1:9/api/")
    async with ClientSession() as session:
        await Responder(session, closed).tell("http://127.0.0.1:9/hook", "Hei")
    assert len(hooks.bodies) == 1
