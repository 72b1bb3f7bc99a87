"""PostgreSQL through SQLAlchemy and asyncpg: any number of processes, a pool of connections each."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any, TypeVar

from sqlalchemy import Connection, Executable, text
from sqlalchemy.exc import DBAPIError, InterfaceError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from storage.errors import StoreClashed, StoreUnavailable
from storage.transaction import Params, Row, Session, Step

T = TypeVar("T")
PATIENCE = 5.0
"""Seconds to wait for a connection."""
STOPPED_CLIENT = timedelta(seconds=10)
"""A process that was stopped in the middle of a transaction keeps its locks; others wait for them, those who plan and
those who deliver. After so long without a word PostgreSQL ends the transaction where it stands between two statements
(``idle_in_transaction_session_timeout``); where it stands within one, another process does (:data:`_END_STOPPED`)."""
OURS = "saksgang"
"""The ``application_name`` of all our sessions."""
_END_STOPPED = text("""
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND application_name = :ours AND pid <> pg_backend_pid()
AND state = 'active' AND state_change < clock_timestamp() - CAST(:patience AS interval)
AND (wait_event = 'ClientRead' OR wait_event = 'ClientWrite' AND backend_xid IS NOT NULL)
AND pg_has_role(usesysid, 'USAGE')
""")
"""To PostgreSQL a session is active from the first message of a statement to the Sync that follows the last, also while
it waits for its client: the driver prepares without a Sync, and sends many rows in pieces. No timeout of the server
counts then: not the one for idle transactions, and ``statement_timeout`` is held back while a message is awaited
(``transaction_timeout`` would count, from PostgreSQL 17 on, but ends long work as well as stopped work). One who reads
a long answer slowly waits for its client too, again and again, and is left alone unless it has written."""


_CLASHED = {"40001", "40P01"}
"""Serialisation failure, deadlock."""
_UNAVAILABLE = {"08", "25", "28", "3D", "40", "53", "55", "57", "58"}
"""SQLSTATE classes: connection, read-only, log-in, no database, deadlock, disk full, locked, shutdown, system."""


class PostgresTx:
    many_processes = True

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self, statement: Executable, params: Params | None = None) -> Sequence[Row]:
        return self._connection.execute(statement, dict(params or {})).all()

    def first(self, statement: Executable, params: Params | None = None) -> Row | None:
        return self._connection.execute(statement, dict(params or {})).first()

    def run(self, statement: Executable, params: Params | Sequence[Params]) -> int:
        bound: Any = [dict(p) for p in params] if isinstance(params, Sequence) else dict(params)
        return self._connection.execute(statement, bound).rowcount


class PostgresSession:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def run(self, step: Step[T]) -> T:
        with _Translation():
            return await self._connection.run_sync(lambda c: step(PostgresTx(c)))

    async def commit(self, step: Step[None]) -> None:
        with _Translation():
            await self._connection.run_sync(lambda c: step(PostgresTx(c)))
            await self._connection.commit()


class PostgresDatabase:
    """Implements ``storage.transaction.Database``."""

    def __init__(self, url: str, pool_size: int) -> None:
        self._engine = _engine(url, pool_size)
        self._snapshots = self._engine.execution_options(isolation_level="REPEATABLE READ")
        self._watch = _engine(url, 1)  # of its own: all the others may be waiting for the one that is to be ended

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Session]:
        async with self._connected(self._engine) as connection:
            yield PostgresSession(connection)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Session]:
        async with self._connected(self._snapshots) as connection:
            await connection.execution_options(postgresql_readonly=True)
            yield PostgresSession(connection)

    async def once(self, step: Step[T]) -> T:
        async with self._connected(self._engine) as connection:
            with _Translation():
                value = await connection.run_sync(lambda c: step(PostgresTx(c)))
                await connection.commit()
            return value

    async def ping(self) -> None:
        readonly = await self.once(lambda tx: tx.first(text("SHOW transaction_read_only")))
        if readonly and readonly[0] == "on":
            raise StoreUnavailable("the database takes no writes (it is a standby, or set read-only)")

    async def end_stopped(self, patience: timedelta = STOPPED_CLIENT) -> int:
        async with self._connected(self._watch) as connection:
            with _Translation():
                ended = await connection.execute(_END_STOPPED, {"ours": OURS, "patience": patience})
            return len(ended.all())

    async def close(self) -> None:
        await self._engine.dispose()
        await self._watch.dispose()

    @asynccontextmanager
    async def _connected(self, engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
        connection = engine.connect()
        with _Translation():
            await connection.start()
        try:
            yield connection
        finally:
            await asyncio.shield(connection.close())


def _engine(url: str, pool_size: int) -> AsyncEngine:
    silence = str(int(STOPPED_CLIENT.total_seconds() * 1000))
    return create_async_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=PATIENCE,
        pool_pre_ping=True,
        connect_args={
            "timeout": PATIENCE,
            "server_settings": {"application_name": OURS, "idle_in_transaction_session_timeout": silence},
        },
    )


class _Translation:
    """Turns what the driver says of a lost or refusing server into :class:`StoreUnavailable`, a clash into its own."""

    def __enter__(self) -> None: ...

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, DBAPIError) and _state_of(error) in _CLASHED:
            raise StoreClashed(f"two transactions waited for each other: {error}") from error
        lost = isinstance(error, DBAPIError) and (error.connection_invalidated or _state_of(error)[:2] in _UNAVAILABLE)
        if lost or isinstance(error, (InterfaceError, PoolTimeout, OSError)):
            raise StoreUnavailable(f"the database cannot be used now: {error}") from error


def _state_of(error: DBAPIError) -> str:
    return str(getattr(error.orig, "sqlstate", "") or "")
