"""What went wrong with a mail, and whether trying again helps."""

from __future__ import annotations

import re
from typing import Final

from aiosmtplib import SMTPDataError, SMTPRecipientRefused, SMTPResponseException

from bot.channels.base import Halted, Outcome, Retry
from bot.channels.email.line import NoServer

THROTTLED_SECONDS: Final = 60.0
"""A server that says «too much» or «not yet» names no time."""

_POLICY: Final = re.compile(r"4\.7\.\d")
_BUSY: Final = 421


def read_failure(error: Exception) -> Outcome:
    """The outcome of a mail that was not taken over. No detail holds an address or the server's own words."""
    match error:
        case SMTPRecipientRefused() | SMTPDataError():
            return _read_reply(error.code, error.message)
        case SMTPResponseException() if 400 <= error.code < 500:
            return _read_reply(error.code, error.message)
        case SMTPResponseException():  # of the sender or the session: the settings' fault, not the recipient's
            return Retry(None, throttled=False, detail=f"smtp {error.code}, not about the recipient")
        case NoServer():
            busy = error.code == _BUSY
            detail = f"{error.reason} (smtp {error.code})" if error.code else error.reason
            return Retry(THROTTLED_SECONDS if busy else None, throttled=busy, detail=detail)
        case TimeoutError():
            return Retry(None, throttled=False, detail="the mail server does not answer")
        case OSError():
            return Retry(None, throttled=False, detail="the connection to the mail server was lost")
        case _:
            return Retry(None, throttled=False, detail=type(error).__name__)


def _read_reply(code: int, words: str) -> Outcome:
    if 500 <= code < 600:
        return Halted("refused", f"smtp {code}")
    throttled = code == _BUSY or _POLICY.match(words) is not None
    return Retry(THROTTLED_SECONDS if throttled else None, throttled=throttled, detail=f"smtp {code}")
