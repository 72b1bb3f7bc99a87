"""Socket Mode: the app calls, and what happens reaches it over that connection."""

from __future__ import annotations

import asyncio
import json
import uuid
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from tests.fakes.slack.acks import Ack
from tests.fakes.slack.blocks import Json
from tests.fakes.slack.delivery import Answered, Send, deliver
from tests.fakes.slack.requests import Retry, SlackRequest
from tests.fakes.slack.state import State
from tests.fakes.slack.workspace import APP


@dataclass
class Sockets:
    """The open connections, the newest last; and the envelopes that wait to be acknowledged."""

    state: State
    patience: float
    open: list[web.WebSocketResponse] = field(default_factory=list)
    _tickets: set[str] = field(default_factory=set)
    _waiting: dict[str, asyncio.Future[bytes]] = field(default_factory=dict)

    def connection_url(self) -> Json:
        """``apps.connections.open``: good for one connection."""
        ticket = uuid.uuid4().hex
        self._tickets.add(ticket)
        root = self.state.root.replace("http", "ws", 1)
        return {"ok": True, "url": f"{root}/link/?ticket={ticket}&app_id={APP}"}

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """One connection, until either side ends it."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=403)
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.open.append(socket)
        try:
            await socket.send_json(self._hello())
            self.state.ledger.touch()
            async for message in socket:
                if message.type == WSMsgType.TEXT:
                    self._acknowledged(message.data)
        finally:
            self.open.remove(socket)
            self.state.ledger.touch()
        return socket

    async def deliver(self, request: SlackRequest) -> Ack:
        """As :func:`tests.fakes.slack.delivery.deliver`, over the newest connection."""
        return await deliver(self.state, request, self._over_socket(request))

    async def connected(self, count: int = 1, seconds: float = 10.0) -> None:
        """Returns once so many connections are open. Raises ``TimeoutError``."""
        await self.state.ledger.until(lambda: len(self.open) == count, seconds, lambda: f"{len(self.open)} connections")

    async def refresh(self, reason: str = "refresh_requested") -> None:
        """Slack ends the newest connection soon: the app must open another. ``warning``, ``link_disabled`` too."""
        debug = {"host": "applink-local"}
        await self.open[-1].send_json({"type": "disconnect", "reason": reason, "debug_info": debug})

    async def drop(self) -> None:
        """Every connection breaks."""
        for socket in list(self.open):
            await socket.close()

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self.open),
            "debug_info": {"host": "applink-local", "build_number": 1, "approximate_connection_time": 18060},
            "connection_info": {"app_id": APP},
        }

    def _over_socket(self, request: SlackRequest) -> Send:
        async def send(retry: Retry | None) -> Answered:
            if not self.open:
                return Answered(failure="connection_failed")
            id_ = str(uuid.uuid4())
            waiting = self._waiting[id_] = asyncio.get_running_loop().create_future()
            try:
                await self.open[-1].send_json(request.envelope(id_, retry))
                return Answered(200, await asyncio.wait_for(waiting, self.patience))
            except TimeoutError:
                return Answered(failure="timeout")
            except ConnectionError:
                return Answered(failure="connection_failed")
            finally:
                del self._waiting[id_]

        return send

    def _acknowledged(self, text: str) -> None:
        answer = json.loads(text)
        waiting = self._waiting.get(answer.get("envelope_id", ""))
        if waiting is None or waiting.done():
            self.state.violated(f"acknowledgement of an envelope that nobody waits for: {text[:200]}")
            return
        payload = answer.get("payload")
        waiting.set_result(json.dumps(payload).encode() if payload else b"")
