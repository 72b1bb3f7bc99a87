"""The SDK's adapter over our connector: what a turn sends goes out here, patient with a busy platform."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from botbuilder.core import BotAdapter
from botbuilder.schema import ResourceResponse

from bot.channels.base import Halted, Outcome, Retry, Sent
from bot.channels.teams.activity import to_payload
from bot.channels.teams.connector import Connector

Pause = Callable[[float], Awaitable[None]]

TRIES = 4
"""How often an answer is sent in all. What must arrive whatever happens goes through the outbox instead."""

LONGEST_PAUSE = 30.0


class Delivered(ResourceResponse):  # type: ignore[misc]  # the SDK ships no types
    """The SDK's answer to a send, with what really happened."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(id=outcome.message_id if isinstance(outcome, Sent) else "")
        self.outcome = outcome


class TeamsAdapter(BotAdapter):  # type: ignore[misc]  # the SDK ships no types
    """Sends, updates and deletes for a ``TurnContext``. Errors come back as :class:`Delivered`, not raised."""

    def __init__(self, connector: Connector, pause: Pause = asyncio.sleep) -> None:
        super().__init__()
        self._connector = connector
        self._pause = pause

    async def send_activities(self, context: Any, activities: list[Any]) -> list[Delivered]:
        return [Delivered(await self._patiently(self._sending(activity))) for activity in activities]

    async def update_activity(self, context: Any, activity: Any) -> Delivered:
        payload, message_id = to_payload(activity), activity.id
        url, conversation = activity.service_url, activity.conversation.id

        async def once() -> Outcome:
            return await self._connector.update(url, conversation, message_id, payload)

        return Delivered(await self._patiently(once))

    async def delete_activity(self, context: Any, reference: Any) -> Delivered:
        async def once() -> Outcome:
            return await self._connector.delete(reference.service_url, reference.conversation.id, reference.activity_id)

        return Delivered(await self._patiently(once))

    def _sending(self, activity: Any) -> Callable[[], Awaitable[Outcome]]:
        payload = to_payload(activity)
        url, conversation, to = activity.service_url, activity.conversation.id, activity.reply_to_id

        async def once() -> Outcome:
            if to:
                return await self._connector.reply(url, conversation, to, payload)
            return await self._connector.send(url, conversation, payload)

        return once

    async def _patiently(self, once: Callable[[], Awaitable[Outcome]]) -> Outcome:
        outcome: Outcome = Halted("refused")
        for attempt in range(TRIES):
            outcome = await once()
            if not isinstance(outcome, Retry) or attempt == TRIES - 1:
                break
            seconds = outcome.after if outcome.after is not None else 2.0**attempt
            await self._pause(min(seconds, LONGEST_PAUSE))
        return outcome
