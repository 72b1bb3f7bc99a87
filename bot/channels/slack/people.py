"""People, as Slack knows them: who stands behind an account, and which chat they have with the bot."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from typing import Any, Final

import structlog

from board.delivery import Address
from bot.channels.base import Introduced, Outcome, Sender
from bot.channels.slack.channel import SlackChannel
from bot.channels.slack.config import SlackConfig
from bot.channels.slack.outcomes import Ok, text_of
from bot.channels.slack.web import SlackWeb
from cards.safe import cut, one_line

MOST_CHATS: Final = 20_000
LONGEST_NAME: Final = 100
LONGEST_EMAIL: Final = 254

_OUTSIDE: Final = ("is_bot", "is_workflow_bot", "is_restricted", "is_ultra_restricted", "is_stranger")
"""Programs, guests of the workspace, and people of another one."""

_log = structlog.get_logger()


class SlackPeople:
    """Asks Slack about people. ``introduce`` is a ``bot.channels.base.Introduce``."""

    def __init__(self, web: SlackWeb, channel: SlackChannel, config: SlackConfig) -> None:
        self._web = web
        self._channel = channel
        self._team = config.team
        self._chats: OrderedDict[str, Address] = OrderedDict()

    async def introduce(self, sender: Sender) -> Introduced:
        """The e-mail only where Slack has confirmed it and the account is a full member of our own workspace."""
        if sender.tenant != self._team:
            return Introduced()
        called = await self._web.call("users.info", urgent=True, user=sender.user, include_locale=True)
        user = called.data.get("user") if isinstance(called, Ok) else None
        if not isinstance(user, Mapping) or user.get("id") != sender.user:
            _log.warning("slack_account_unknown", problem="no such user" if isinstance(called, Ok) else called.detail)
            return Introduced()
        email = text_of(user, "profile", "email").strip() if self._is_member(user) else ""
        return Introduced(_name(user), email if len(email) <= LONGEST_EMAIL else "", text_of(user, "locale"))

    async def chat_with(self, user: str) -> Address | Outcome:
        """Where the bot writes to this person, wherever they spoke to it. Opened once, and remembered."""
        known = self._chats.get(user)
        if known is not None:
            self._chats.move_to_end(user)
            return known
        opened = await self._channel.open(self._team, user, "", urgent=True)
        if isinstance(opened, Address):
            self._chats[user] = opened
            if len(self._chats) > MOST_CHATS:
                self._chats.popitem(last=False)
        return opened

    def _is_member(self, user: Mapping[str, Any]) -> bool:
        """What must be said plainly is: Slack leaves out more of an account that is deleted."""
        confirmed = user.get("is_email_confirmed") is True and user.get("deleted") is False
        return confirmed and user.get("team_id") == self._team and not any(user.get(name) for name in _OUTSIDE)


def _name(user: Mapping[str, Any]) -> str:
    names = (
        text_of(user, "real_name"),
        text_of(user, "profile", "real_name"),
        text_of(user, "profile", "display_name"),
    )
    return cut(one_line(next((name for name in names if name.strip()), text_of(user, "name"))), LONGEST_NAME)
