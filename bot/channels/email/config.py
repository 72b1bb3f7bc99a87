"""What the mail edge must be told. Values only: the settings read the environment, this never does."""

from __future__ import annotations

import ssl
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from bot.channels.email.mailbox import is_mailbox

Security: TypeAlias = Literal["starttls", "tls", "none"]


@dataclass(frozen=True, slots=True)
class EmailConfig:
    """One mail server and the mailbox that mails come from, with the name people see.

    ``starttls`` and ``tls`` are never downgraded. ``user`` empty: no login. ``chat_url`` opens the chat where a
    person can answer. ``tls`` replaces the machine's trusted authorities. Errors: ``ValueError`` where ``sender`` is
    no mail address.
    """

    host: str
    port: int
    security: Security
    sender: str
    sender_name: str = ""
    user: str = ""
    password: str = field(default="", repr=False)
    chat_url: str = ""
    tls: ssl.SSLContext | None = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not is_mailbox(self.sender):
            raise ValueError("the mail edge needs a plain mail address to send from")
