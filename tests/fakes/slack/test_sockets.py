"""Socket Mode, with the real SDK at the other end."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack.persona import Persona
from tests.fakes.slack.samples import field, modal
from tests.fakes.slack.server import FakeSlack
from tests.fakes.slack.workspace import APP_TOKEN


class Listener:
    """Acknowledges everything, with ``payload`` where there is one; the first ``deaf`` envelopes it does not."""

    def __init__(self) -> None:
        self.came: list[SocketModeRequest] = []
        self.payload: dict[str, object] | None = None
        self.deaf = 0

    async def __call__(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        self.came.append(request)
        if len(self.came) > self.deaf:
            await client.send_socket_mode_response(SocketModeResponse(request.envelope_id, self.payload))


@pytest.fixture
async def listener(slack: FakeSlack, app_client: AsyncWebClient) -> AsyncIterator[Listener]:
    here = Listener()
    client = SocketModeClient(APP_TOKEN, web_client=app_client, ping_interval=0.2)
    client.socket_mode_request_listeners.append(here)
    await client.connect()  # type: ignore[no-untyped-call]  # the SDK gives no type
    await slack.sockets.connected()
    yield here
    await client.close()  # type: ignore[no-untyped-call]  # the SDK gives no type


async def test_only_the_app_level_token_opens_a_connection(client: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError, match="not_allowed_token_type"):
        await client.api_call("apps.connections.open")


async def test_a_connection_address_is_good_for_once(
    slack: FakeSlack, app_client: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    url = (await app_client.api_call("apps.connections.open"))["url"]
    async with session.ws_connect(url) as socket:
        hello = await socket.receive_json()
        assert (hello["type"], hello["num_connections"]) == ("hello", 1)
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(url)
    await slack.sockets.connected(0)


async def test_an_event_comes_and_is_acknowledged(slack: FakeSlack, listener: Listener, kari: Persona) -> None:
    ack = await slack.sockets.deliver(kari.says("hei"))
    assert (ack.problems, ack.attempts) == ([], 1)
    [request] = listener.came
    assert (request.type, request.payload["event"]["text"]) == ("events_api", "hei")


async def test_what_is_not_acknowledged_comes_again(slack: FakeSlack, listener: Listener, kari: Persona) -> None:
    listener.deaf = 1
    slack.sockets.patience = 0.1
    ack = await slack.sockets.deliver(kari.says("hei"))
    assert (ack.attempts, ack.problems) == (2, ["timeout"])
    assert [(request.retry_attempt, request.retry_reason) for request in listener.came] == [(0, ""), (1, "timeout")]


async def test_a_submission_is_answered_within_the_acknowledgement(
    slack: FakeSlack, client: AsyncWebClient, listener: Listener, kari: Persona
) -> None:
    await client.views_open(trigger_id=kari.command("meld sak").trigger, view=modal(field("title")))
    listener.payload = {"response_action": "errors", "errors": {"title": "Skriv mer"}}
    await slack.sockets.deliver(kari.submits(kari.modal, {"title": "?"}))
    assert kari.modal is not None
    assert kari.modal.errors == {"title": "Skriv mer"}
    assert [request.accepts_response_payload for request in listener.came] == [True]


async def test_a_refresh_makes_the_app_connect_anew(slack: FakeSlack, listener: Listener, kari: Persona) -> None:
    before = list(slack.sockets.open)
    await slack.sockets.refresh()
    await slack.ledger.wait_for(lambda _: bool(slack.sockets.open) and slack.sockets.open != before)
    await slack.sockets.connected()
    assert (await slack.sockets.deliver(kari.says("fortsatt her"))).problems == []


async def test_nobody_listens(slack: FakeSlack, kari: Persona) -> None:
    ack = await slack.sockets.deliver(kari.command("hjelp"))
    assert ack.problems == ["connection_failed"]
