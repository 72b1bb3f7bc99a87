"""The echo bot of botbuilder's samples: ``CloudAdapter`` without credentials. ``--port N``."""

from __future__ import annotations

import argparse
from types import SimpleNamespace
from typing import Any

from aiohttp import web
from botbuilder.core import ActivityHandler
from botbuilder.core.integration import aiohttp_error_middleware
from botbuilder.integration.aiohttp import CloudAdapter, ConfigurationBotFrameworkAuthentication

NO_CREDENTIALS = SimpleNamespace(APP_ID="", APP_PASSWORD="", APP_TYPE="MultiTenant", APP_TENANTID="")


class Echo(ActivityHandler):  # type: ignore[misc]  # the SDK ships no types
    async def on_message_activity(self, turn_context: Any) -> None:
        await turn_context.send_activity(f"Echo: {turn_context.activity.text}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    adapter, bot = CloudAdapter(ConfigurationBotFrameworkAuthentication(NO_CREDENTIALS)), Echo()

    async def messages(request: web.Request) -> web.Response:
        answer: web.Response = await adapter.process(request, bot)
        return answer

    app = web.Application(middlewares=[aiohttp_error_middleware])
    app.router.add_post("/api/messages", messages)
    web.run_app(app, host="127.0.0.1", port=parser.parse_args().port, access_log=None)


if __name__ == "__main__":
    main()
