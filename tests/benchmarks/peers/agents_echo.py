"""The echo bot of the Microsoft 365 Agents SDK: ``ActivityHandler`` on its aiohttp adapter, anonymous. ``--port N``.

Its quickstart's ``AgentApplication`` gives the same echo at a lower rate: the faster of the two is the one to beat.
"""

from __future__ import annotations

import argparse
from typing import Any

from aiohttp import web
from microsoft_agents.hosting.aiohttp import CloudAdapter, jwt_authorization_middleware
from microsoft_agents.hosting.core import ActivityHandler
from microsoft_agents.hosting.core.authorization import (
    AgentAuthConfiguration,
    AnonymousTokenProvider,
)


class Anonymous:
    """The SDK's ``Connections``, all of them without a token."""

    def __init__(self) -> None:
        self._provider = AnonymousTokenProvider()

    def get_connection(self, _connection_name: str) -> AnonymousTokenProvider:
        return self._provider

    def get_default_connection(self) -> AnonymousTokenProvider:
        return self._provider

    def get_token_provider(self, _claims_identity: Any, _service_url: str) -> AnonymousTokenProvider:
        return self._provider

    def get_token_provider_from_activity(self, _claims_identity: Any, _activity: Any) -> AnonymousTokenProvider:
        return self._provider

    def get_default_connection_configuration(self) -> AgentAuthConfiguration:
        return AgentAuthConfiguration(anonymous_allowed=True)


class Echo(ActivityHandler):
    async def on_message_activity(self, turn_context: Any) -> None:
        await turn_context.send_activity(f"you said: {turn_context.activity.text}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    connections: Any = Anonymous()
    adapter, agent = CloudAdapter(connection_manager=connections), Echo()

    async def messages(request: web.Request) -> web.StreamResponse:
        return await adapter.process(request, agent) or web.Response(status=202)

    app = web.Application(middlewares=[jwt_authorization_middleware])
    app.router.add_post("/api/messages", messages)
    app["agent_configuration"] = connections.get_default_connection_configuration()
    web.run_app(app, host="127.0.0.1", port=parser.parse_args().port, access_log=None)


if __name__ == "__main__":
    main()
