"""A drawn mail as the bytes that go over the line."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.headerregistry import Address as Mailbox
from email.message import EmailMessage
from email.policy import SMTP
from typing import Final

from board.clock import local_day
from bot.channels.email.config import EmailConfig
from bot.channels.email.mailbox import domain_of
from cards.mail import Mail
from cards.message import Message
from cards.safe import one_line

_SIMPLE: Final = re.compile(r"[A-Za-z0-9 -]{0,60}")
_WORD_LENGTH: Final = 75


@dataclass(frozen=True, slots=True)
class Composed:
    """``message_id`` is with its angle brackets, as in the header."""

    message_id: str
    data: bytes


def compose(mail: Mail, message: Message, recipient: str, config: EmailConfig, now: datetime) -> Composed:
    """The whole mail, in ASCII only, so that every server takes it as it is.

    The Message-ID is the same when the same delivery is made again, so that a mail that was sent twice (the process
    was killed before it could note the first) is known as one. It differs from one day to the next: readers drop the
    second of two with one id, and a reminder may say today what it said yesterday.
    """
    message_id = _message_id(mail, message, recipient, config, now)
    written = EmailMessage(policy=SMTP)
    written["To"] = Mailbox(addr_spec=recipient)
    written["Date"] = now
    written["Message-ID"] = message_id
    written["Auto-Submitted"] = "auto-generated"  # RFC 3834: no absence notice in return
    written["X-Auto-Response-Suppress"] = "All"  # the same for Exchange
    written.set_content(mail.text, cte="quoted-printable")
    written.add_alternative(mail.html, subtype="html", cte="quoted-printable")
    written["Content-Language"] = message.language  # last: what begins with «Content-» follows the content
    return Composed(message_id, _head(mail.subject, config) + written.as_bytes())


def _head(subject: str, config: EmailConfig) -> bytes:
    """The headers with free text, written here: the standard library's newer folding loses blanks in long ones."""
    name = _words("From", config.sender_name)
    sender = f"{name}\r\n <{config.sender}>" if name else f"<{config.sender}>"
    return f"From: {sender}\r\nSubject: {_words('Subject', subject)}\r\n".encode("ascii")


def _words(header: str, text: str) -> str:
    """Simple words as they are, everything else as encoded words (RFC 2047), where nothing has a meaning."""
    text = one_line(text)
    if _SIMPLE.fullmatch(text):
        return text
    return Header(text, "utf-8", maxlinelen=_WORD_LENGTH, header_name=header).encode(linesep="\r\n")


def _message_id(mail: Mail, message: Message, recipient: str, config: EmailConfig, now: datetime) -> str:
    about = (message.about.object_id, str(message.about.rev)) if message.about else ("", "")
    parts = (recipient, mail.subject, *about, mail.text, local_day(now).isoformat())
    digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:40]
    return f"<{digest}@{domain_of(config.sender)}>"
