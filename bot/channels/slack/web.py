"""Slack's Web API, on one pooled session. A call returns what happened; it does not throw.

slack_sdk builds the requests. It tries nothing again, follows no redirect and writes no log: what it would log are the
bodies, which are what people wrote. A call above the published rates is not made.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import aiohttp
import orjson
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.base import Retry
from bot.channels.rates import REAL_TIME, Tempo
from bot.channels.running_time import within
from bot.channels.slack.config import SlackConfig
from bot.channels.slack.limits import Paces
from bot.channels.slack.outcomes import SET_UP, Called, Failed, Ok, read_answer, text_of

TRIES: Final = 4
"""How often an answer is sent in all. What must arrive whatever happens goes through the outbox instead."""
ANSWERED_WITHIN: Final = 20.0
"""Seconds that a person's answer is tried for."""

_CONNECT: Final = 5.0
_FORMS: Final = frozenset(
    {"auth.test", "apps.connections.open", "conversations.info", "users.info", "users.lookupByEmail"}
)
"""These read no JSON."""
_POINTER: Final = re.compile(r"json-pointer:((?:/\w{1,40}){1,12})")

_log = structlog.get_logger()


def open_session(config: SlackConfig, connector: aiohttp.BaseConnector | None = None) -> aiohttp.ClientSession:
    """The pooled session of this process. The caller closes it. Needs a running loop."""
    return aiohttp.ClientSession(
        connector=connector or aiohttp.TCPConnector(limit=100, keepalive_timeout=30.0),
        timeout=aiohttp.ClientTimeout(total=None, sock_connect=_CONNECT),  # for the answer: `within`
        cookie_jar=aiohttp.DummyCookieJar(),
        json_serialize=lambda body: orjson.dumps(body).decode(),
        trust_env=not config.local,  # a hospital's way out is a proxy; local mode never leaves the machine
    )


class _Client(AsyncWebClient):
    """The SDK's client without redirects: the token and what people wrote go to the API and nowhere else."""

    async def _request(self, *, http_verb: str, api_url: str, req_args: dict[str, Any]) -> dict[str, Any]:
        bounded = req_args | {"allow_redirects": False}
        return await super()._request(http_verb=http_verb, api_url=api_url, req_args=bounded)


def open_client(config: SlackConfig, session: aiohttp.ClientSession, token: str | None = None) -> AsyncWebClient:
    """slack_sdk's client, quiet and without second tries. ``token`` in place of the bot's own."""
    client = _Client(
        token=config.bot_token if token is None else token,
        base_url=config.api_url,
        session=session,
        logger=logging.Logger("slack", logging.CRITICAL + 1),  # noqa: LOG001  # known to nobody: no setting wakes it
        retry_handlers=[],
    )
    client.proxy = None  # the session knows the proxy, and which hosts go without it
    return client


@dataclass(frozen=True, slots=True)
class Me:
    """Who the bot is in its workspace: ``user`` is its own account there."""

    team: str
    user: str


class SlackWeb:
    """Calls methods by name. Deliveries get one try and wait for nobody; ``urgent`` calls, which a person waits for,
    go before them, wait a while for room, and are tried a few times within seconds."""

    def __init__(
        self,
        client: AsyncWebClient,
        config: SlackConfig,
        paces: Paces | None = None,
        tempo: Tempo = REAL_TIME,
    ) -> None:
        self._client = client
        self._config = config
        self._paces = paces or Paces(config.rate_share, config.replicas, tempo)
        self._tempo = tempo
        self._me: Me | None = None

    async def call(self, method: str, *, conversation: str = "", urgent: bool = False, **arguments: Any) -> Called:
        """``conversation``: where a message goes, whose rate it is counted by; an argument that is None is left out.

        A call with a ``trigger_id`` is made at once or not at all: the trigger lives three seconds.
        """
        given = {name: value for name, value in arguments.items() if value is not None}
        room, fleeting = Paces.room(method, conversation), "trigger_id" in given

        async def once() -> Called:
            return await self._paced(method, room, given, urgent=urgent, patient=not fleeting)

        return await (self._patiently(once) if urgent and not fleeting else once())

    async def me(self) -> Me | Failed:
        """Asked once. The token of another workspace is the operators' matter, as every trouble with it is."""
        if self._me is None:
            called = await self.call("auth.test", urgent=True)
            if not isinstance(called, Ok):
                return called
            me = Me(text_of(called.data, "team_id"), text_of(called.data, "user_id"))
            if me.team != self._config.team or not me.user:
                _log.error("slack_not_set_up", problem="the bot token belongs to another workspace")
                return Retry(None, throttled=False, detail="wrong_team")
            self._me = me
        return self._me

    async def _patiently(self, once: Callable[[], Awaitable[Called]]) -> Called:
        until = self._tempo.now() + ANSWERED_WITHIN
        for attempt in range(TRIES - 1):
            called = await once()
            if not isinstance(called, Retry) or called.detail in SET_UP:
                return called
            pause = called.after if called.after is not None else 2.0**attempt
            if self._tempo.now() + pause > until:
                return called
            await self._tempo.sleep(pause)
        return await once()

    async def _paced(
        self, method: str, room: str, arguments: Mapping[str, Any], *, urgent: bool, patient: bool
    ) -> Called:
        gate = self._paces.gate(method, urgent=urgent)
        held = await gate.enter(room, patient=patient)
        if held is not None:
            return held
        called: Called | None = None
        try:
            called = await self._exchange(method, arguments)
        finally:
            gate.leave(room, called if isinstance(called, Retry) and called.throttled else None)
        return called

    async def _exchange(self, method: str, arguments: Mapping[str, Any]) -> Called:
        try:
            async with within(self._config.timeout):
                if method in _FORMS:
                    answer = await self._client.api_call(method, data=_as_form(arguments))
                else:
                    answer = await self._client.api_call(method, json=dict(arguments))
            return read_answer(method, answer.status_code, answer.data)
        except SlackApiError as error:
            return _read_refusal(method, error)
        except TimeoutError:
            return Retry(None, throttled=False, detail="timeout")
        except (aiohttp.ClientError, OSError, ValueError, AttributeError) as error:
            # the SDK takes an answer that is no JSON object for one, and stumbles
            return Retry(None, throttled=False, detail=type(error).__name__)


def _read_refusal(method: str, error: SlackApiError) -> Failed:
    """``error.response`` is the SDK's own where it could read the answer, else that of aiohttp."""
    answer: Any = error.response
    status: int = answer.status if isinstance(answer, aiohttp.ClientResponse) else answer.status_code
    data = getattr(answer, "data", None)
    called = read_answer(method, status, data, answer.headers.get("Retry-After"))
    if isinstance(called, Ok):
        return Retry(None, throttled=False, detail="unreadable_answer")
    _report(method, called, data)
    return called


def _report(method: str, failed: Failed, data: object) -> None:
    """For operators: what they can mend, and what is a fault of ours. Words of the API alone, nothing that was sent."""
    if failed.detail in SET_UP:
        _log.error("slack_not_set_up", method=method, problem=failed.detail, needed=text_of(data, "needed")[:200])
    elif not isinstance(failed, Retry) and failed.reason == "refused":
        _log.warning("slack_refused", method=method, problem=failed.detail, at=_places(data))


def _places(data: object) -> list[str]:
    """Which parts of a message or view Slack did not take."""
    metadata = data.get("response_metadata") if isinstance(data, Mapping) else None
    messages = metadata.get("messages") if isinstance(metadata, Mapping) else None
    texts = messages if isinstance(messages, list) else []
    found = (_POINTER.search(text) for text in texts if isinstance(text, str))
    return [place.group(1) for place in found if place][:5]


def _as_form(arguments: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in arguments.items()}
