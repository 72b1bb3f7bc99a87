"""The mail channel against a local server, and a message with a bit of everything."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from board.delivery import Address
from bot.channels.email.channel import EmailChannel
from bot.channels.email.config import EmailConfig
from cards.mail import to_mail
from cards.message import About, Act, Facts, Message, Paragraph
from tests.fakes.clock import SetClock

SENDER = "saksgang@styret.example"
PASSWORD = "hemmelig-passord-4711"
MESSAGE = Message(
    "Bekreft sak 012-2026",
    (Paragraph("Saken venter på deg."), Facts((("Frist", "torsdag 16. april"),))),
    (Act("case.confirm", "Bekreft", {"id": "x", "rev": 3}),),
    why="Du får denne fordi du er prosjekteier.",
    about=About("x", 3),
)


def to(mailbox: str) -> Address:
    return Address("email", "", "", mailbox, "personal", SENDER)


def config(port: int, **settings: Any) -> EmailConfig:
    plain: dict[str, Any] = {
        "host": "127.0.0.1",
        "port": port,
        "security": "none",
        "sender": SENDER,
        "sender_name": "Styret",
    }
    return EmailConfig(**(plain | settings))


@asynccontextmanager
async def channel_to(port: int, clock: SetClock | None = None, **settings: Any) -> AsyncIterator[EmailChannel]:
    channel = EmailChannel(config(port, **settings), to_mail, clock or SetClock())
    try:
        yield channel
    finally:
        await channel.close()
