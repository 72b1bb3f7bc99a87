"""Teams as one way to reach people: what delivery and redrawing use, outside any turn."""

from __future__ import annotations

from board.delivery import Address
from bot.channels.base import Outcome
from bot.channels.teams.activity import message_payload
from bot.channels.teams.config import TeamsConfig
from bot.channels.teams.connector import Connector, Opened
from bot.channels.teams.render import Renderer
from bot.channels.teams.turns import NAME
from cards.message import Message


class TeamsChannel:
    """Implements ``bot.channels.base.Channel``. One try a call: trying again is the outbox's business."""

    name = NAME

    def __init__(self, connector: Connector, renderer: Renderer, config: TeamsConfig) -> None:
        self._connector = connector
        self._renderer = renderer
        self._config = config

    async def send(self, address: Address, message: Message) -> Outcome:
        payload = await self._payload(address, message)
        return await self._connector.send(address.service_url, address.conversation, payload)

    async def update(self, address: Address, message_id: str, message: Message) -> Outcome:
        payload = await self._payload(address, message)
        return await self._connector.update(address.service_url, address.conversation, message_id, payload)

    async def open(self, tenant: str, user: str, service_url: str) -> Address | Outcome:
        bot = self._config.bot_account
        parameters = {
            "bot": {"id": bot},
            "members": [{"id": user}],
            "isGroup": False,
            "tenantId": tenant,
            "channelData": {"tenant": {"id": tenant}},
        }
        opened = await self._connector.create(service_url, parameters)
        if not isinstance(opened, Opened):
            return opened
        return Address(NAME, tenant, opened.service_url, opened.conversation, "personal", bot)

    async def _payload(self, address: Address, message: Message) -> dict[str, object]:
        attachment = await self._renderer.attachment(message)
        return message_payload(attachment, self._renderer.summary(message), address.bot, address.conversation)
