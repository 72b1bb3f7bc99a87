"""Shows that the bot is at work, but only when a turn takes long, and never after it ended."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from bot.channels.teams.connector import Connector


class TypingIndicator:
    """Middleware. ``after`` is in seconds. Presses show their own progress, so only messages get it."""

    def __init__(self, connector: Connector, after: float) -> None:
        self._connector = connector
        self._after = after

    async def on_turn(self, context: Any, logic: Callable[[], Awaitable[Any]]) -> Any:
        if context.activity.type != "message":
            return await logic()
        shown: list[asyncio.Task[Any]] = []
        timer = asyncio.get_running_loop().call_later(self._after, self._show, context.activity, shown)
        try:
            return await logic()
        finally:
            timer.cancel()
            for task in shown:
                task.cancel()

    def _show(self, activity: Any, shown: list[asyncio.Task[Any]]) -> None:
        call = self._connector.typing(activity.service_url, activity.conversation.id, activity.recipient.id)
        shown.append(asyncio.create_task(call, name="teams-typing"))
