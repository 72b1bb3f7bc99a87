"""Socket Mode: for those behind a firewall, the bot calls Slack, and what happens comes over that connection.

What comes is trusted as the connection is: it was opened with the app's own token. All else is as over HTTP.
"""

from __future__ import annotations

import asyncio
import logging
import sys
from typing import Any, Final

import aiohttp
import orjson
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.payload import Unreadable, read_payload
from bot.channels.slack.config import SlackConfig
from bot.channels.slack.intake import Intake
from bot.channels.slack.reading import read_turn
from bot.channels.slack.turns import Arrived, Foreign

PING_EVERY: Final = 5.0
"""Seconds; a connection that is silent four times as long is replaced."""

_log = structlog.get_logger()


class SocketMode:
    """The connection, opened anew whenever it ends. ``client`` asks for its address."""

    def __init__(
        self,
        config: SlackConfig,
        session: aiohttp.ClientSession,
        client: AsyncWebClient,
        intake: Intake,
        ping_every: float = PING_EVERY,
    ) -> None:
        self._config, self._session, self._client = config, session, client
        self._intake, self._ping_every = intake, ping_every
        self._socket: Any = None  # the SDK's client: half of it has no types
        self._connecting: asyncio.Task[None] | None = None
        self._taking = True

    async def start(self) -> None:
        """Begins to connect; while Slack is not to be reached, it goes on trying."""
        socket: Any = SocketModeClient(
            self._config.app_token,
            logger=_logger(),
            web_client=self._client,
            ping_interval=self._ping_every,
        )
        await socket.aiohttp_client_session.close()  # its own, which knows nothing of the way out
        socket.proxy = None
        socket.aiohttp_client_session = _Dialer(socket, self._session)
        socket.socket_mode_request_listeners.append(self._hear)
        self._socket = socket
        self._connecting = asyncio.create_task(socket.connect(), name="slack-socket")

    def stop_taking(self) -> None:
        """What comes from now on is left to another process, or to Slack, which delivers it again."""
        self._taking = False

    async def close(self) -> None:
        if self._connecting is None:
            return
        self._connecting.cancel()
        await asyncio.wait([self._connecting])
        await self._socket.close()

    async def _hear(self, socket: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        if not self._taking:
            return
        answer = await self._answer(request.payload)
        if answer is not None:
            payload = {"payload": answer} if answer else {}
            await socket.send_socket_mode_response({"envelope_id": request.envelope_id, **payload})

    async def _answer(self, payload: dict[str, Any]) -> dict[str, Any] | None:
        """The acknowledgement's body; None: not kept, so that Slack delivers it again."""
        try:
            payload = read_payload(orjson.dumps(payload))
        except (Unreadable, TypeError):
            return {}
        read = read_turn(payload, self._config.team)
        if isinstance(read, Foreign):
            _log.warning("slack_refused", reason="team")
        if not isinstance(read, Arrived):
            return {}
        ack = await self._intake.receive(read, payload)
        return (ack.body or {}) if ack.status == 200 else None


class _Dialer:
    """In place of the client's own session. An address is good for one connection: after a failed one the client
    would try the same for ever."""

    def __init__(self, socket: Any, session: aiohttp.ClientSession) -> None:
        self._socket, self._session = socket, session

    @property
    def closed(self) -> bool:
        return False

    async def ws_connect(self, url: str, **options: Any) -> Any:
        self._socket.wss_uri = None
        return await self._session.ws_connect(url, **options)

    async def close(self) -> None:
        """The session is others' too."""


class _Told(logging.Handler):
    """The client's troubles as log lines of ours, each once until it changes: its own quote what people wrote."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._last = ""

    def emit(self, record: logging.LogRecord) -> None:
        error = sys.exc_info()[1]  # the client speaks of most errors while it handles them, without handing them on
        problem = str(error.response["error"]) if isinstance(error, SlackApiError) else type(error).__name__
        if error is not None and problem != self._last:
            self._last = problem
            _log.warning("slack_socket_failed", problem=problem)


def _logger() -> logging.Logger:
    logger = logging.Logger("slack-socket", logging.WARNING)  # noqa: LOG001  # known to nobody: no setting wakes it
    logger.addHandler(_Told())
    return logger
