"""SQLite: one connection that writes, a few that read, each with its own thread; one process (``storage.lock``).

What can wait for a lock or the disk (the begin of a write, its commit) is done in the thread. What cannot is done at
once: a short read costs 0.05 ms, handing it to a thread and back 0.2 ms, and a turn has five to ten of them. A read
that turns out to be long is broken off and done again in the thread.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from storage.errors import StoreUnavailable
from storage.lock import FileLock
from storage.sqlite_tx import SqliteTx, TookLong
from storage.transaction import Session, Step
from storage.worker import Worker

T = TypeVar("T")

_UNAVAILABLE = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_NOTADB,
}
"""What the machine does to us; anything else is a bug of ours."""


class _Lane:
    """A connection with its thread."""

    def __init__(self, name: str) -> None:
        self.worker = Worker(name)
        self.tx: SqliteTx

    async def open(self, path: Path, *, readonly: bool) -> None:
        self.tx = await self.call(lambda: SqliteTx(path, readonly=readonly))

    def call(self, job: Callable[[], T]) -> asyncio.Future[T]:
        return self.worker.call(lambda: _translated(job))

    async def close(self) -> None:
        if hasattr(self, "tx"):
            await self.call(self.tx.connection.close)
        await self.worker.stop()


class ReadSession:
    """One view of the database. Its steps only look, so a long one can be broken off and done again in the thread."""

    def __init__(self, lane: _Lane) -> None:
        self._lane = lane
        self._handed_over: asyncio.Future[Any] | None = None

    async def run(self, step: Step[T]) -> T:
        tx = self._lane.tx

        def job() -> T:
            tx.begin("BEGIN")
            return step(tx)

        try:
            return _translated(lambda: tx.briefly(job))
        except TookLong:
            self._handed_over = answer = self._lane.call(job)
            return await answer

    async def commit(self, step: Step[None]) -> None:
        await self.run(step)

    def leave(self, done: Callable[[], None]) -> None:
        """Calls ``done`` when the connection is free: at once, unless its thread may still be at work."""
        tx = self._lane.tx
        if self._handed_over is None:
            with suppress(sqlite3.Error):  # nothing was written: there is nothing that can be lost
                tx.end("ROLLBACK")
            done()
            return

        def ended(answer: asyncio.Future[None]) -> None:
            _seen(answer)
            done()

        self._lane.call(lambda: tx.end("ROLLBACK")).add_done_callback(ended)


class WriteSession:
    """One writing transaction. Once it has the write lock, its statements wait for nobody."""

    def __init__(self, lane: _Lane) -> None:
        self._lane = lane
        self._begun = False

    async def run(self, step: Step[T]) -> T:
        tx = self._lane.tx
        if self._begun and tx.connection.in_transaction:
            return _translated(lambda: step(tx))

        def job() -> T:
            tx.begin("BEGIN IMMEDIATE")
            return step(tx)

        answer = await self._lane.call(job)
        self._begun = True
        return answer

    async def commit(self, step: Step[None]) -> None:
        tx = self._lane.tx

        def job() -> None:
            tx.begin("BEGIN IMMEDIATE")
            step(tx)
            tx.end("COMMIT")

        self._begun = False
        # Once handed over it is done, whoever gives up waiting for it.
        await asyncio.shield(self._lane.call(job))

    def leave(self) -> None:
        """Takes back what was not committed. Nobody waits: the next one's work is in line behind it."""
        tx = self._lane.tx
        self._lane.call(lambda: tx.end("ROLLBACK")).add_done_callback(_seen)


class SqliteDatabase:
    """Implements ``storage.transaction.Database``."""

    def __init__(self, path: Path, readers: int, *, only_reading: bool = False) -> None:
        self._path = path
        self._only_reading = only_reading
        self._lock = FileLock(path)
        self._turn = asyncio.Lock()
        self._writer = _Lane("store-writer")
        self._readers = [_Lane(f"store-reader-{n}") for n in range(readers)]
        self._idle: asyncio.LifoQueue[_Lane] = asyncio.LifoQueue()

    async def open(self) -> None:
        try:
            if not self._only_reading:
                self._lock.acquire()
            await self._writer.open(self._path, readonly=self._only_reading)
            for lane in self._readers:
                await lane.open(self._path, readonly=True)
                self._idle.put_nowait(lane)
        except BaseException:
            await self.close()
            raise

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Session]:
        async with self._turn:
            session = WriteSession(self._writer)
            try:
                yield session
            finally:
                session.leave()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Session]:
        lane = await self._idle.get()
        session = ReadSession(lane)
        try:
            yield session
        finally:
            session.leave(lambda: self._idle.put_nowait(lane))

    async def once(self, step: Step[T]) -> T:
        tx = self._writer.tx
        async with self._turn:
            return await asyncio.shield(self._writer.call(lambda: _whole(tx, step)))

    async def ping(self) -> None:
        await self.once(lambda tx: None)

    async def end_stopped(self) -> int:
        """There is one process."""
        return 0

    async def close(self) -> None:
        for lane in (*self._readers, self._writer):
            await lane.close()
        self._lock.release()


def _whole(tx: SqliteTx, step: Step[T]) -> T:
    tx.begin("BEGIN IMMEDIATE")
    try:
        value = step(tx)
        tx.end("COMMIT")
        return value
    finally:
        tx.end("ROLLBACK")


def _translated(job: Callable[[], T]) -> T:
    try:
        return job()
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _UNAVAILABLE:
            raise
        raise StoreUnavailable(f"the database file cannot be used now: {error}") from error


def _seen(answer: asyncio.Future[None]) -> None:
    if not answer.cancelled():
        answer.exception()
