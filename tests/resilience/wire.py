"""A wire between a bot and PostgreSQL, held at a chosen message: what a process that is stopped there leaves behind."""

from __future__ import annotations

import asyncio
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

SOCKET = ".s.PGSQL.5432"
ROWS = 3
"""Of many bound to one statement."""


@dataclass
class Place:
    """Where a connection stands, by the messages that its client sent: after ``words`` was run, in one transaction."""

    words: bytes
    _statements: set[bytes] = field(default_factory=set)
    run: bool = False
    rows: int = 0
    prepares: bool = False

    def see(self, kind: bytes, body: bytes) -> None:
        """Takes one message in. See the protocol's message formats in PostgreSQL's manual."""
        self.prepares = kind == b"H"  # Flush: the driver's end of preparing
        first, _, rest = body.partition(b"\0")
        if kind == b"P" and self.words in rest:
            self._statements.add(first)
        elif kind == b"B":
            self.run = self.run or rest.partition(b"\0")[0] in self._statements
        elif kind == b"E":
            self.rows += 1
        elif kind == b"S":
            self.rows = 0
        elif kind == b"Q" and first.startswith((b"COMMIT", b"ROLLBACK")):
            self.run = False


Here = Callable[[Place], bool]
BETWEEN_MESSAGES: dict[str, Here] = {
    "it prepares a statement": lambda place: place.run and place.prepares,
    "it sends many rows": lambda place: place.run and place.rows == ROWS,
}
"""Places within a statement: the server waits for the client and calls the session active."""


@dataclass
class Wire:
    """Listens in ``folder``. Where a connection has run ``words`` and stands ``here``, ``stop`` is called, once.

    Then that message goes through, and no other one on this connection until :meth:`release`.
    """

    server: Path
    folder: Path
    words: bytes
    here: Here
    stop: Callable[[], None]
    held: asyncio.Event = field(default_factory=asyncio.Event)
    _free: asyncio.Event = field(default_factory=asyncio.Event)

    def url(self, server_url: str) -> str:
        """The same database by way of the wire."""
        return server_url.replace(str(self.server), str(self.folder))

    def release(self) -> None:
        self._free.set()

    async def connected(self, client: StreamReader, answer: StreamWriter) -> None:
        answers, server = await asyncio.open_unix_connection(str(self.server / SOCKET))
        both = [asyncio.create_task(self._forward(client, server)), asyncio.create_task(_pass(answers, answer))]
        try:
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for one in both:
                one.cancel()
            server.close()
            answer.close()

    async def _forward(self, client: StreamReader, server: StreamWriter) -> None:
        place = Place(self.words)
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            server.write(await _message(client, b""))
            while True:
                kind = await client.readexactly(1)
                message = await _message(client, kind)
                place.see(kind, message[5:])
                stops = not self.held.is_set() and self.here(place)
                if stops:
                    self.stop()
                server.write(message)
                await server.drain()
                if stops:
                    self.held.set()
                    await self._free.wait()


async def _message(client: StreamReader, kind: bytes) -> bytes:
    length = await client.readexactly(4)
    return kind + length + await client.readexactly(int.from_bytes(length, "big") - 4)


async def _pass(reader: StreamReader, writer: StreamWriter) -> None:
    with suppress(ConnectionError):
        while chunk := await reader.read(65_536):
            writer.write(chunk)
            await writer.drain()


@asynccontextmanager
async def a_wire(server: Path, words: bytes, here: Here, stop: Callable[[], None]) -> AsyncIterator[Wire]:
    tasks: set[asyncio.Task[None]] = set()

    def accept(client: StreamReader, answer: StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(wire.connected(client, answer))
        tasks.add(task)

    with TemporaryDirectory(prefix="wire-") as folder:  # a socket's path must be short
        wire = Wire(server, Path(folder), words, here, stop)
        listener = await asyncio.start_unix_server(accept, str(wire.folder / SOCKET))
        try:
            yield wire
        finally:
            listener.close()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
