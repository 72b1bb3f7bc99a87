"""E-mail as one way to reach people: where the chat does not."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Final

import structlog

from board.clock import Clock
from board.delivery import Address
from bot.channels.base import Halted, Outcome, Retry, Sent
from bot.channels.email.compose import compose
from bot.channels.email.config import EmailConfig
from bot.channels.email.line import Lines, NoServer
from bot.channels.email.mailbox import is_mailbox
from bot.channels.email.outcomes import read_failure
from cards.mail import Mail
from cards.message import Message

NAME: Final = "email"
WHOLE_SEND_SECONDS: Final = 45.0
"""Less than the outbox's lease, so that nobody else sends what is still under way here."""
PAUSE: Final = timedelta(seconds=5)
"""After a server that is not there: what comes meanwhile is answered at once, and holds nobody else up."""

_log = structlog.get_logger()


class EmailChannel:
    """Implements ``bot.channels.base.Channel``. One try a call: trying again is the outbox's business.

    ``draw`` gives the mail in the language that the message carries.
    """

    name = NAME

    def __init__(self, config: EmailConfig, draw: Callable[[Message], Mail], clock: Clock) -> None:
        self._config = config
        self._draw = draw
        self._clock = clock
        self._lines = Lines(config)
        self._away: Retry | None = None
        self._away_since = clock.now()

    def address_of(self, mailbox: str) -> Address:
        """Where mail to this mailbox goes."""
        return Address(NAME, "", "", mailbox, "personal", self._config.sender)

    async def send(self, address: Address, message: Message) -> Outcome:
        """Sent means that the server has taken it over, which is all that mail ever says."""
        if not is_mailbox(address.conversation):
            return Halted("refused", "not a plain mail address")
        if self._away is not None and timedelta(0) <= self._clock.now() - self._away_since < PAUSE:
            return self._away
        composed = compose(self._draw(message), message, address.conversation, self._config, self._clock.now())
        try:
            async with asyncio.timeout(WHOLE_SEND_SECONDS):
                await self._lines.send(address.conversation, composed.data)
        except Exception as error:  # whatever the library or the network say: a send does not throw
            return self._failed(error)
        self._away = None
        return Sent(composed.message_id)

    async def update(self, address: Address, message_id: str, message: Message) -> Outcome:
        """A mail that is sent cannot be redrawn."""
        return Halted("gone", "a mail cannot be redrawn")

    async def open(self, tenant: str, user: str, service_url: str) -> Address | Outcome:
        """A directory id is no mail address."""
        return Halted("refused", "a mail address is needed")

    async def close(self) -> None:
        await self._lines.close()

    def _failed(self, error: Exception) -> Outcome:
        outcome = read_failure(error)
        if isinstance(error, NoServer) and isinstance(outcome, Retry):
            # what is answered without having been tried spends no attempt
            self._away = Retry(PAUSE.total_seconds(), throttled=True, detail=outcome.detail)
            self._away_since = self._clock.now()
        if isinstance(outcome, Retry):
            _log.warning("mail_not_sent", problem=outcome.detail)
        return outcome
