"""An SMTP server on 127.0.0.1: keeps every mail it accepted, refuses whom it was told to, plays fault scripts.

In a test: ``async with FakeSmtp() as smtp``; then ``smtp.port``, ``smtp.mails`` and ``await smtp.wait_for(…)``.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable
from email.message import EmailMessage

from tests.fakes.faults import FaultScript
from tests.fakes.smtp_session import Delivery, SmtpSession


class FakeSmtp:
    """The server. ``tls`` makes it offer STARTTLS, and ``implicit`` speak TLS from the first byte instead.

    ``users`` (name → password) makes a login necessary. ``faults`` are scripted by recipient (or ``*``): a status
    answers RCPT, a delay comes before the answer to the mail itself, and ``reset`` breaks the connection before or
    after that mail is kept. ``greeting`` other than 220 turns everybody away.
    """

    def __init__(
        self,
        *,
        tls: ssl.SSLContext | None = None,
        implicit: bool = False,
        users: dict[str, str] | None = None,
        greeting: str = "220 fake ESMTP",
    ) -> None:
        self.tls, self.implicit, self.users, self.greeting = tls, implicit, users or {}, greeting
        self.deliveries: list[Delivery] = []
        self.refused: dict[str, str] = {}
        self.faults = FaultScript()
        self.connections = 0
        self.most_at_once = 0
        self.commands: list[str] = []
        self._sessions: dict[asyncio.StreamWriter, asyncio.Task[None]] = {}
        self._changed = asyncio.Event()
        self._server: asyncio.Server | None = None
        self.port = 0

    async def __aenter__(self) -> FakeSmtp:
        context = self.tls if self.implicit else None
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=context)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def stop(self) -> None:
        """Listens no more, and breaks every connection."""
        if self._server is not None:
            self._server.close()
            await self.break_all()
            await self._server.wait_closed()

    async def break_all(self) -> None:
        """Breaks every connection, and returns when none is left."""
        open_now = dict(self._sessions)
        for writer in open_now:
            writer.transport.abort()
        await asyncio.gather(*open_now.values())

    @property
    def mails(self) -> list[EmailMessage]:
        """The accepted mails, parsed, in order."""
        return [delivery.message for delivery in self.deliveries]

    def to(self, recipient: str) -> list[EmailMessage]:
        """The accepted mails to one mailbox."""
        return [delivery.message for delivery in self.deliveries if recipient in delivery.recipients]

    def refuse(self, recipient: str, code: int, words: str = "refused") -> None:
        """From now on RCPT for this mailbox is answered so (``*`` for every mailbox); ``code`` 0 ends that."""
        if code:
            self.refused[recipient] = f"{code} {words}"
        else:
            self.refused.pop(recipient, None)

    def keep(self, delivery: Delivery) -> None:
        self.deliveries.append(delivery)
        self.touch()

    def heard(self, verb: str) -> None:
        """Notes a command, without what follows it: that may be a password."""
        self.commands.append(verb)
        self.touch()

    def touch(self) -> None:
        """Something happened: whoever waits looks again."""
        self._changed.set()
        self._changed = asyncio.Event()

    async def wait_for(self, predicate: Callable[[FakeSmtp], bool], seconds: float = 10.0) -> None:
        """Return when the predicate holds. Raises ``TimeoutError`` with what there was instead."""
        try:
            async with asyncio.timeout(seconds):
                while not predicate(self):
                    await self._changed.wait()
        except TimeoutError as error:
            subjects = [mail["Subject"] for mail in self.mails[-5:]]
            raise TimeoutError(f"not seen in {seconds} s; {len(self.deliveries)} mails: {subjects}") from error

    @property
    def open_now(self) -> int:
        """How many connections there are at this moment."""
        return len(self._sessions)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self.connections += 1
        self._sessions[writer] = task
        self.most_at_once = max(self.most_at_once, len(self._sessions))
        try:
            await SmtpSession(self, reader, writer, self.connections).run()
        except (ConnectionError, asyncio.IncompleteReadError, ssl.SSLError):
            pass  # the client went away, or did not like the certificate
        finally:
            writer.transport.abort()
            del self._sessions[writer]
            self.touch()
