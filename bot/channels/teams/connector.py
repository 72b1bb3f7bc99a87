"""The Connector REST calls, on one pooled session. A call returns what happened; it does not throw.

The bot's token goes to allowed hosts only and follows no redirect. A call above the published rates is not made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias
from urllib.parse import quote

import aiohttp
import orjson
from yarl import URL

from board.clock import Clock
from bot.channels.base import Halted, Outcome, Retry, Sent
from bot.channels.rates import Gate
from bot.channels.running_time import within
from bot.channels.teams.auth import Tokens, TokenUnavailable
from bot.channels.teams.config import TeamsConfig
from bot.channels.teams.hosts import is_connector
from bot.channels.teams.outcomes import read_outcome

Payload: TypeAlias = Mapping[str, Any]
_LARGEST_ANSWER = 1_000_000
_CONNECT = aiohttp.ClientTimeout(total=None, sock_connect=5.0)
"""For the answer there is another limit: :func:`within`."""


def open_session(config: TeamsConfig, connector: aiohttp.BaseConnector | None = None) -> aiohttp.ClientSession:
    """The pooled session of this process. The caller closes it. Needs a running loop."""
    return aiohttp.ClientSession(
        connector=connector or aiohttp.TCPConnector(limit=100, keepalive_timeout=30.0),
        timeout=aiohttp.ClientTimeout(total=config.send_timeout, sock_connect=5.0),
        cookie_jar=aiohttp.DummyCookieJar(),
        trust_env=not config.local,  # a hospital's way out is a proxy; local mode never leaves the machine
    )


@dataclass(frozen=True, slots=True)
class Response:
    """A successful answer: its JSON, or None where it had none."""

    body: Any


@dataclass(frozen=True, slots=True)
class Opened:
    """A conversation that was created, and where it lives."""

    conversation: str
    service_url: str


class Connector:
    """Speaks to whichever Connector a service address names. Every method gives an outcome.

    Its calls are deliveries, which wait for nobody: above the rates they come back as ``Retry``, detail ``pace``.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        config: TeamsConfig,
        clock: Clock,
        tokens: Tokens | None = None,
        gate: Gate | None = None,
    ) -> None:
        if tokens is None and not config.local:
            raise ValueError("outside local mode the connector needs tokens")
        self._session = session
        self._config = config
        self._clock = clock
        self._tokens = None if config.local else tokens
        self._gate = gate or Gate()

    def for_answers(self) -> Connector:
        """The same, for what a person waits for: it goes before deliveries, and waits a while for room."""
        return Connector(self._session, self._config, self._clock, self._tokens, replace(self._gate, urgent=True))

    async def send(self, service_url: str, conversation: str, activity: Payload) -> Outcome:
        """A new message at the end of a conversation."""
        return _as_sent(await self._call("POST", service_url, conversation, _activities(conversation), activity))

    async def reply(self, service_url: str, conversation: str, to: str, activity: Payload) -> Outcome:
        """A new message in answer to another one."""
        return _as_sent(await self._call("POST", service_url, conversation, _activity(conversation, to), activity))

    async def update(self, service_url: str, conversation: str, message_id: str, activity: Payload) -> Outcome:
        """Redraw a message."""
        sent = _as_sent(
            await self._call("PUT", service_url, conversation, _activity(conversation, message_id), activity)
        )
        return Sent(message_id) if isinstance(sent, Sent) else sent

    async def delete(self, service_url: str, conversation: str, message_id: str) -> Outcome:
        """Take a message away."""
        sent = _as_sent(await self._call("DELETE", service_url, conversation, _activity(conversation, message_id)))
        return Sent(message_id) if isinstance(sent, Sent) else sent

    async def typing(self, service_url: str, conversation: str, bot: str) -> Outcome:
        """Show that the bot is at work, for a few seconds. Not done where there is no room for it just now."""
        activity = {"type": "typing", "from": {"id": bot}, "conversation": {"id": conversation}}
        return _as_sent(
            await self._call("POST", service_url, conversation, _activities(conversation), activity, patient=False)
        )

    async def create(self, service_url: str, parameters: Payload) -> Opened | Halted | Retry:
        """Open a conversation: a personal chat, or a post in a channel."""
        answer = await self._call("POST", service_url, _room_of(parameters), "/v3/conversations", parameters)
        if not isinstance(answer, Response):
            return answer
        conversation = _text(answer.body, "id")
        if not conversation:
            return Retry(None, throttled=False, detail="the answer names no conversation")
        return Opened(conversation, _text(answer.body, "serviceUrl") or service_url)

    async def members(self, service_url: str, conversation: str) -> Response | Halted | Retry:
        """The members of a conversation, as the platform lists them."""
        return await self._call("GET", service_url, conversation, f"{_conversation(conversation)}/members")

    async def member(self, service_url: str, conversation: str, user: str) -> Response | Halted | Retry:
        """One member of a conversation."""
        path = f"{_conversation(conversation)}/members/{_quoted(user)}"
        return await self._call("GET", service_url, conversation, path)

    async def _call(
        self,
        method: str,
        service_url: str,
        conversation: str,
        path: str,
        body: Payload | None = None,
        *,
        patient: bool = True,
    ) -> Response | Halted | Retry:
        if not is_connector(service_url, self._config):
            return Halted("refused", "the service address is not an allowed host")
        url = URL(service_url.rstrip("/") + path, encoded=True)
        data = orjson.dumps(body) if body is not None else None
        room = conversation.partition(";")[0]  # the posts of a channel share its rates
        outcome = await self._once(method, url, data, room, patient=patient)
        if isinstance(outcome, Retry) and outcome.detail == "http 401" and self._tokens is not None:
            # the refused token was dropped: once more with a new one
            outcome = await self._once(method, url, data, room, patient=patient)
        return outcome

    async def _once(
        self, method: str, url: URL, data: bytes | None, room: str, *, patient: bool
    ) -> Response | Halted | Retry:
        try:
            token = "" if self._tokens is None else await self._tokens.get()
        except TokenUnavailable as error:
            return Retry(None, throttled=False, detail=f"token: {error.code}")
        held = await self._gate.enter(room, patient=patient)
        if held is not None:
            return held
        outcome: Response | Halted | Retry | None = None
        try:
            outcome = await self._exchange(method, url, data, token)
        finally:
            self._gate.leave(room, outcome if isinstance(outcome, Retry) and outcome.throttled else None)
        return outcome

    async def _exchange(self, method: str, url: URL, data: bytes | None, token: str) -> Response | Halted | Retry:
        headers = {"Content-Type": "application/json; charset=utf-8"} if data is not None else {}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        try:
            async with (
                within(self._config.send_timeout),
                self._session.request(
                    method, url, data=data, headers=headers, allow_redirects=False, timeout=_CONNECT
                ) as response,
            ):
                return await self._read(response, token)
        except TimeoutError:
            return Retry(None, throttled=False, detail="timeout")
        except (aiohttp.ClientError, OSError, ValueError) as error:
            return Retry(None, throttled=False, detail=type(error).__name__)

    async def _read(self, response: aiohttp.ClientResponse, token: str) -> Response | Halted | Retry:
        content = await _content(response)
        if response.status == 401 and self._tokens is not None:
            self._tokens.drop(token)
        retry_after = response.headers.get("Retry-After")
        outcome = read_outcome(response.status, "", retry_after, self._clock.now())
        return Response(_json(content)) if isinstance(outcome, Sent) else outcome


async def _content(response: aiohttp.ClientResponse) -> bytes:
    try:
        return await _limited(response)
    except (aiohttp.ClientError, OSError, TimeoutError):
        # the status says it was accepted: sending again because the rest got lost would double the message
        if response.status < 300:
            return b""
        raise


async def _limited(response: aiohttp.ClientResponse) -> bytes:
    """The answer's body, up to a size no honest answer reaches."""
    content = b""
    async for chunk in response.content.iter_any():
        content += chunk
        if len(content) > _LARGEST_ANSWER:
            response.close()
            break
    return content


def _json(content: bytes) -> Any:
    try:
        return orjson.loads(content) if content else None
    except orjson.JSONDecodeError:
        return None


def _as_sent(answer: Response | Halted | Retry) -> Outcome:
    return Sent(_text(answer.body, "id")) if isinstance(answer, Response) else answer


def _text(body: object, name: str) -> str:
    value = body.get(name) if isinstance(body, dict) else None
    return value if isinstance(value, str) else ""


def _quoted(part: str) -> str:
    return quote(part, safe="")


def _conversation(conversation: str) -> str:
    return f"/v3/conversations/{_quoted(conversation)}"


def _activities(conversation: str) -> str:
    return f"{_conversation(conversation)}/activities"


def _activity(conversation: str, message_id: str) -> str:
    return f"{_activities(conversation)}/{_quoted(message_id)}"


def _room_of(parameters: Payload) -> str:
    """What the rates of a new conversation are counted by: the channel it is a post in, else whom it is with."""
    channel = _part(_part(parameters, "channelData"), "channel")
    members = parameters.get("members") or [None]
    return _text(channel, "id") or _text(members[0], "id")


def _part(body: object, name: str) -> object:
    return body.get(name) if isinstance(body, dict) else None
