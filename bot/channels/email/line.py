"""Connections to the mail server, each kept for the next mail. Two at most, one mail at a time on each."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from typing import Final

import aiosmtplib
from aiosmtplib import SMTP, SMTPException, SMTPResponseException

from bot.channels.email.config import EmailConfig
from bot.channels.email.mailbox import domain_of

MOST_LINES: Final = 2
MOST_MAILS: Final = 50
"""On one connection: servers grow suspicious of more."""
IDLE_SECONDS: Final = 30.0
CONNECT_SECONDS: Final = 10.0
COMMAND_SECONDS: Final = 30.0
_FAREWELL_SECONDS: Final = 2.0


class NoServer(Exception):
    """There is no session with the server: not reached, not trusted, or it would not let us in.

    ``reason`` holds no name or address. ``code`` is the server's reply where there was one.
    """

    def __init__(self, reason: str, code: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.code = code


class Lines:
    """The connections of one server. Safe to use from many tasks at once."""

    def __init__(self, config: EmailConfig) -> None:
        self._all = [Line(config) for _ in range(MOST_LINES)]
        self._free: asyncio.LifoQueue[Line] = asyncio.LifoQueue()  # the last used is the one still warm
        for line in self._all:
            self._free.put_nowait(line)

    async def send(self, recipient: str, data: bytes) -> None:
        """Returns when the server has taken the mail over. Errors: those of :meth:`Line.send`."""
        line = await self._free.get()
        try:
            await line.send(recipient, data)
        finally:
            self._free.put_nowait(line)

    async def close(self) -> None:
        await asyncio.gather(*(line.hang_up() for line in self._all))


class Line:
    """One connection: made when it is needed, made anew when the server or time has ended it."""

    def __init__(self, config: EmailConfig) -> None:
        self._config = config
        self._smtp: SMTP | None = None
        self._carried = 0
        self._idle: asyncio.TimerHandle | None = None

    async def send(self, recipient: str, data: bytes) -> None:
        """Errors: :class:`NoServer`; ``SMTPException`` where the server refused; ``OSError`` where it fell silent.

        After a refusal the connection is kept; after anything else it is in an unknown state, and dropped.
        """
        try:
            smtp = await self._ready()
            await smtp.mail(self._config.sender)
            await smtp.rcpt(recipient)
            await smtp.data(data)
        except SMTPResponseException:
            raise
        except BaseException:
            self.drop()
            raise
        finally:
            self._rest()
        self._carried += 1

    async def hang_up(self) -> None:
        """Says goodbye, and does not wait long for the answer."""
        if self._smtp is not None and self._smtp.is_connected:
            with contextlib.suppress(SMTPException, OSError):  # the server may have gone already
                await self._smtp.quit(timeout=_FAREWELL_SECONDS)
        self.drop()

    def drop(self) -> None:
        if self._idle is not None:
            self._idle.cancel()
        if self._smtp is not None:
            self._smtp.close()
        self._smtp, self._idle, self._carried = None, None, 0

    def _rest(self) -> None:
        if self._smtp is not None:
            self._idle = asyncio.get_running_loop().call_later(IDLE_SECONDS, self.drop)

    async def _ready(self) -> SMTP:
        if self._idle is not None:
            self._idle.cancel()
        if self._smtp is not None and not await self._still_there(self._smtp):
            await self.hang_up()
        if self._smtp is None:
            self._smtp = await _connected(self._config)
        return self._smtp

    async def _still_there(self, smtp: SMTP) -> bool:
        """A reset asks the server whether it listens, and ends what was refused before."""
        if self._carried >= MOST_MAILS or not smtp.is_connected:
            return False
        try:
            await smtp.rset()
        except (SMTPException, OSError):
            return False
        return True


async def _connected(config: EmailConfig) -> SMTP:
    smtp = SMTP(
        hostname=config.host,
        port=config.port,
        username=config.user or None,
        password=config.password or None,
        local_hostname=domain_of(config.sender),  # else the machine's name is looked up, without a time limit
        timeout=COMMAND_SECONDS,
        use_tls=config.security == "tls",
        start_tls=config.security == "starttls",  # True insists: a server without it is refused
        tls_context=config.tls,
    )
    try:
        await smtp.connect(timeout=CONNECT_SECONDS)
    except (SMTPException, OSError) as error:
        raise _no_server(error) from error
    return smtp


def _no_server(error: Exception) -> NoServer:
    if isinstance(error, ssl.SSLError) or isinstance(error.__cause__, ssl.SSLError):
        return NoServer("the mail server's certificate is not trusted, or it speaks no TLS")
    match error:
        case aiosmtplib.SMTPAuthenticationError(code=code):
            return NoServer("the mail server refused SAKSGANG_SMTP_USER and SAKSGANG_SMTP_PASSWORD", code)
        case SMTPResponseException(code=code):
            return NoServer("the mail server turned us away", code)
        case TimeoutError():
            return NoServer("the mail server does not answer")
        case OSError():
            return NoServer("the mail server cannot be reached")
        case _:  # what the library itself found missing: STARTTLS or AUTH
            return NoServer("the mail server lacks STARTTLS or AUTH, which the settings ask for")
