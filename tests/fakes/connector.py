"""A Bot Connector on 127.0.0.1: keeps a ledger, plays fault scripts, holds the published rates.

In a test: ``async with FakeConnector() as platform``. As a program: ``python -m tests.fakes.connector --port N``, with
``GET /_ledger``, ``GET /_cards/{conversation}``, ``GET /_violations``, ``POST /_faults`` and ``POST /_reset``.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import ssl
import time
from collections.abc import Callable
from typing import Any

from aiohttp import web

from tests.fakes.faults import Fault, FaultScript
from tests.fakes.ledger import Call, Kind, Ledger
from tests.fakes.rates import Rates
from tests.fakes.serving import Served, run_as_program

_Respond = Callable[[str], web.Response]


class FakeConnector:
    """The server. With ``enforce_rates`` a call above the published rates is a violation and gets 429.

    Every call that arrives counts, also one that a fault then makes fail. ``now`` gives monotonic seconds.
    """

    def __init__(
        self,
        *,
        enforce_rates: bool = False,
        tls: ssl.SSLContext | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self.ledger = Ledger()
        self.faults = FaultScript()
        self.rates = Rates()
        self.members: dict[str, list[dict[str, Any]]] = {}
        self.unauthorized: set[str] = set()
        self._enforce = enforce_rates
        self._now = now
        self._ids = itertools.count(1)
        self._served = Served(self.build_app(), tls)

    async def __aenter__(self) -> FakeConnector:
        await self._served.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._served.stop()

    @property
    def url(self) -> str:
        """The service URL of this platform."""
        return self._served.url

    @property
    def port(self) -> int:
        return self._served.port

    async def wait_for(self, predicate: Callable[[Ledger], bool], seconds: float = 10.0) -> None:
        """See :meth:`Ledger.wait_for`."""
        await self.ledger.wait_for(predicate, seconds)

    def build_app(self) -> web.Application:
        """The routes, also with a path before them as Teams has (``/emea``)."""
        app = web.Application(client_max_size=4 * 2**20)
        for prefix in ("", "/{region:[a-z_]+}"):
            base = f"{prefix}/v3/conversations"
            one = f"{base}/{{conversation}}"
            app.router.add_post(base, self._create)
            app.router.add_post(f"{one}/activities", self._send)
            app.router.add_post(f"{one}/activities/{{activity}}", self._reply)
            app.router.add_put(f"{one}/activities/{{activity}}", self._update)
            app.router.add_delete(f"{one}/activities/{{activity}}", self._delete)
            app.router.add_get(f"{one}/members", self._members)
            app.router.add_get(f"{one}/members/{{member}}", self._member)
        app.router.add_get("/_ledger", self._show_ledger)
        app.router.add_get("/_cards/{conversation}", self._show_cards)
        app.router.add_get("/_violations", self._show_violations)
        app.router.add_post("/_faults", self._add_faults)
        app.router.add_post("/_reset", self._reset)
        return app

    async def _create(self, request: web.Request) -> web.Response:
        payload = await request.json()
        members = "+".join(sorted(member["id"] for member in payload.get("members", [])))
        conversation = f"a:{members}" if members else f"19:{next(self._ids)}@thread.tacv2"
        activity = payload.get("activity") or {}

        def respond(message_id: str) -> web.Response:
            return web.json_response({"id": conversation, "activityId": message_id}, status=201)

        return await self._accept(request, "create", conversation, payload | activity, respond)

    async def _send(self, request: web.Request) -> web.Response:
        return await self._accept(request, "send", _conversation(request), await request.json(), _created)

    async def _reply(self, request: web.Request) -> web.Response:
        return await self._accept(request, "reply", _conversation(request), await request.json(), _created)

    async def _update(self, request: web.Request) -> web.Response:
        message_id = request.match_info["activity"]
        if message_id not in self.ledger.cards.get(_conversation(request), {}):
            return web.json_response({"error": {"code": "ActivityNotFoundInConversation"}}, status=404)
        payload = await request.json()
        return await self._accept(request, "update", _conversation(request), payload, _ok, message_id)

    async def _delete(self, request: web.Request) -> web.Response:
        message_id = request.match_info["activity"]
        return await self._accept(request, "delete", _conversation(request), {}, _ok, message_id)

    async def _members(self, request: web.Request) -> web.Response:
        members = self.members.get(_conversation(request), [])
        return await self._accept(request, "members", _conversation(request), {}, lambda _: web.json_response(members))

    async def _member(self, request: web.Request) -> web.Response:
        wanted = request.match_info["member"]
        for member in self.members.get(_conversation(request), []):
            if wanted in (member.get("id"), member.get("aadObjectId")):
                return web.json_response(member)
        return web.json_response({"error": {"code": "MemberNotFoundInConversation"}}, status=404)

    async def _accept(
        self,
        request: web.Request,
        kind: Kind,
        conversation: str,
        payload: dict[str, Any],
        respond: _Respond,
        message_id: str = "",
    ) -> web.Response:
        """Play the fault that is due, else write the call down and answer it."""
        authorization = request.headers.get("Authorization", "")
        if authorization in self.unauthorized:
            return web.Response(status=401)
        too_much = self.rates.exceeded(conversation, self._now()) if self._enforce else None
        if too_much is not None:
            return web.Response(status=429, headers={"Retry-After": f"{too_much:.1f}"})
        fault = self.faults.next(conversation) or Fault()
        if fault.delay:
            self.ledger.touch()
            await asyncio.sleep(fault.delay)
        if fault.reset == "before":
            return _broken(request)
        if fault.status:
            headers = {"Retry-After": fault.retry_after} if fault.retry_after is not None else {}
            self.ledger.touch()
            return web.json_response({"error": {"code": "Fault"}}, status=fault.status, headers=headers)
        message_id = message_id or f"m{next(self._ids)}"
        self.ledger.add(Call(kind, conversation, message_id, payload, authorization, self._now()))
        return _broken(request) if fault.reset == "after" else respond(message_id)

    async def _show_ledger(self, _: web.Request) -> web.Response:
        return web.json_response(self.ledger.as_json())

    async def _show_cards(self, request: web.Request) -> web.Response:
        return web.json_response(self.ledger.cards.get(_conversation(request), {}))

    async def _show_violations(self, _: web.Request) -> web.Response:
        return web.json_response(self.rates.violations)

    async def _add_faults(self, request: web.Request) -> web.Response:
        script = json.loads(await request.text())
        faults = [Fault(**fault) for fault in script["faults"]]
        self.faults.add(*faults, conversation=script.get("conversation", "*"))
        return web.Response(status=204)

    async def _reset(self, _: web.Request) -> web.Response:
        self.ledger.calls.clear()
        self.ledger.cards.clear()
        self.faults.clear()
        self.rates = Rates()
        return web.Response(status=204)


def _conversation(request: web.Request) -> str:
    return request.match_info["conversation"]


def _created(message_id: str) -> web.Response:
    return web.json_response({"id": message_id}, status=201)


def _ok(message_id: str) -> web.Response:
    return web.json_response({"id": message_id})


def _broken(request: web.Request) -> web.Response:
    """The connection breaks without an answer."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)


def _build(options: argparse.Namespace) -> web.Application:
    return FakeConnector(enforce_rates=options.enforce_rates).build_app()


if __name__ == "__main__":
    run_as_program(__doc__ or "", _build)
