"""One client's conversation with the local SMTP server."""

from __future__ import annotations

import asyncio
import base64
import email
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import default
from typing import TYPE_CHECKING

from tests.fakes.faults import Fault

if TYPE_CHECKING:
    from tests.fakes.smtp import FakeSmtp

_PATH = re.compile(r"(?:FROM|TO):<([^>]*)>(?: .*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Delivery:
    """A mail the server accepted. ``connection`` counts from 1; ``user`` is who was logged in."""

    sender: str
    recipients: tuple[str, ...]
    message: EmailMessage
    raw: bytes
    connection: int
    encrypted: bool
    user: str


class Ended(ConnectionError):
    """The session is over: said goodbye, or broken by script."""


class SmtpSession:
    """RFC 5321 as far as a client that sends mail needs it, with STARTTLS and AUTH PLAIN and LOGIN."""

    def __init__(
        self, server: FakeSmtp, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, number: int
    ) -> None:
        self._server, self._reader, self._writer, self._number = server, reader, writer, number
        self._encrypted = server.implicit
        self._greeted = False
        self._user = ""
        self._forget()

    def _forget(self) -> None:
        self._sender: str | None = None
        self._recipients: list[str] = []
        self._fault = Fault()

    async def run(self) -> None:
        """Until the client has gone. Raises ``ConnectionError`` or ``IncompleteReadError`` then."""
        await self._say(self._server.greeting)
        if not self._server.greeting.startswith("220"):
            return
        while True:
            line = await self._line()
            verb, _, rest = line.partition(" ")
            self._server.heard(verb.upper())
            handle = self._verbs().get(verb.upper())
            if handle is None:
                await self._say("502 5.5.1 what?")
            else:
                await handle(rest)

    def _verbs(self) -> dict[str, Callable[[str], Awaitable[None]]]:
        return {
            "EHLO": self._ehlo,
            "STARTTLS": self._starttls,
            "AUTH": self._auth,
            "MAIL": self._mail,
            "RCPT": self._rcpt,
            "DATA": self._data,
            "RSET": self._rset,
            "NOOP": self._noop,
            "QUIT": self._quit,
        }

    async def _line(self) -> str:
        return (await self._reader.readuntil(b"\r\n")).decode("ascii").removesuffix("\r\n")

    async def _say(self, *lines: str) -> None:
        for line in lines:
            self._writer.write(f"{line}\r\n".encode("ascii"))
        await self._writer.drain()

    async def _ehlo(self, _: str) -> None:
        self._greeted = True
        self._forget()
        offers = ["fake", "8BITMIME", "SIZE 10000000", "ENHANCEDSTATUSCODES"]
        if self._server.tls and not self._encrypted:
            offers.append("STARTTLS")
        elif self._server.users:
            offers.append("AUTH PLAIN LOGIN")
        await self._say(*(f"250-{offer}" for offer in offers[:-1]), f"250 {offers[-1]}")

    async def _starttls(self, _: str) -> None:
        if self._server.tls is None or self._encrypted:
            await self._say("502 5.5.1 not here")
            return
        await self._say("220 go ahead")
        await self._writer.start_tls(self._server.tls)
        self._encrypted, self._greeted = True, False
        self._forget()

    async def _auth(self, rest: str) -> None:
        method, _, initial = rest.partition(" ")
        if method.upper() == "PLAIN":
            _, user, password = _decoded(initial or await self._asked("")).split("\0")
        else:
            user = _decoded(initial or await self._asked("VXNlcm5hbWU6"))
            password = _decoded(await self._asked("UGFzc3dvcmQ6"))
        if self._server.users.get(user) != password:
            await self._say("535 5.7.8 no")
            return
        self._user = user
        await self._say("235 2.7.0 welcome")

    async def _asked(self, challenge: str) -> str:
        await self._say(f"334 {challenge}")
        return await self._line()

    async def _mail(self, rest: str) -> None:
        path = _PATH.fullmatch(rest)
        if not self._greeted or self._sender is not None or path is None:
            await self._say("503 5.5.1 not now")
        elif self._server.users and not self._user:
            await self._say("530 5.7.0 log in first")
        else:
            self._sender = path[1]
            await self._say("250 2.1.0 ok")

    async def _rcpt(self, rest: str) -> None:
        path = _PATH.fullmatch(rest)
        if self._sender is None or path is None:
            await self._say("503 5.5.1 not now")
            return
        refused = self._server.refused.get(path[1]) or self._server.refused.get("*")
        if refused is not None:
            await self._say(refused)
            return
        self._fault = self._server.faults.next(path[1]) or Fault()
        if self._fault.status:
            self._server.touch()
            await self._say(f"{self._fault.status} fault")
            return
        self._recipients.append(path[1])
        await self._say("250 2.1.5 ok")

    async def _data(self, _: str) -> None:
        if not self._recipients:
            await self._say("503 5.5.1 to whom?")
            return
        await self._say("354 go ahead")
        raw = await self._mail_data()
        self._server.heard(".")
        if self._fault.delay:
            await self._linger(self._fault.delay)
        if self._fault.reset == "before":
            raise Ended
        self._keep(raw)
        if self._fault.reset == "after":
            raise Ended
        self._forget()
        await self._say("250 2.0.0 accepted")

    async def _linger(self, seconds: float) -> None:
        """Says nothing for a while, or until the client has had enough of it."""
        try:
            await asyncio.wait_for(self._reader.read(1), seconds)
        except TimeoutError:
            return
        raise Ended

    async def _mail_data(self) -> bytes:
        lines = []
        while (line := await self._reader.readuntil(b"\r\n")) != b".\r\n":
            lines.append(line.removeprefix(b"."))
        return b"".join(lines)

    def _keep(self, raw: bytes) -> None:
        message = email.message_from_bytes(raw, policy=default)
        recipients = tuple(self._recipients)
        self._server.keep(
            Delivery(self._sender or "", recipients, message, raw, self._number, self._encrypted, self._user)
        )

    async def _rset(self, _: str) -> None:
        self._forget()
        await self._say("250 2.0.0 ok")

    async def _noop(self, _: str) -> None:
        await self._say("250 2.0.0 ok")

    async def _quit(self, _: str) -> None:
        await self._say("221 2.0.0 bye")
        raise Ended


def _decoded(text: str) -> str:
    return base64.b64decode(text).decode()
