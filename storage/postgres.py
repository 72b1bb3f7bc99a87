"""PostgreSQL through SQLAlchemy and asyncpg: any number of processes, a pool of connections each."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
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
STOPPED_CLIENT = "10s"
"""A process that was stopped in the middle of a transaction keeps its locks; others wait for them, those who plan and
those who deliver. After so long without a word PostgreSQL ends the transaction."""


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
        self._engine: AsyncEngine = create_async_engine(
            url,
            pool_size=pool_size,
            max_overflow=0,
            pool_timeout=PATIENCE,
            pool_pre_ping=True,
            connect_args={
                "timeout": PATIENCE,
                "server_settings": {"idle_in_transaction_session_timeout": STOPPED_CLIENT},
            },
        )
        self._snapshots = self._engine.execution_options(isolation_level="REPEATABLE READ")

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

    async def close(self) -> None:
        await self._engine.dispose()

    @asynccontextmanager
    async def _connected(self, engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
        connection = engine.connect()
        with _Translation():
            await connection.start()
        try:
            yield connection
        finally:
            await asyncio.shield(connection.close())


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
