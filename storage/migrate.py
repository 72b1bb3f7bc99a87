"""Bringing the database to the newest schema. Loads Alembic, so serving does not import it."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, event, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.engine import driver_url
from storage.lock import FileLock

_ONE_AT_A_TIME = 7_265_834
"""The number of the advisory lock that makes replicas that start together migrate in turn."""


async def upgrade(url: str, revision: str = "head") -> None:
    """All or nothing: one transaction. Raises ``AlreadyOpen`` while the bot runs on the SQLite file."""
    where = driver_url(url)
    sqlite = where.get_backend_name() == "sqlite"
    lock = FileLock(Path(where.database or "")) if sqlite else None
    if lock:
        lock.acquire()
    engine = create_async_engine(where)
    try:
        if sqlite:
            _own_transactions(engine)
        async with engine.begin() as connection:
            if not sqlite:
                await connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _ONE_AT_A_TIME})
            await connection.run_sync(_upgrade, revision)
    finally:
        await engine.dispose()
        if lock:
            lock.release()


async def current(url: str) -> str | None:
    """The database's revision, or None where it has none."""
    engine = create_async_engine(driver_url(url))
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(lambda c: MigrationContext.configure(c).get_current_revision())
    finally:
        await engine.dispose()


def head() -> str | None:
    """The newest revision there is."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def revisions() -> tuple[str, ...]:
    """All revisions, oldest first."""
    return tuple(reversed([s.revision for s in ScriptDirectory.from_config(_config()).walk_revisions()]))


def _upgrade(connection: Connection, revision: str) -> None:
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    return config


def _own_transactions(engine: AsyncEngine) -> None:
    """sqlite3 would commit before each CREATE TABLE; told to leave transactions alone, it takes all or nothing."""

    @event.listens_for(engine.sync_engine, "connect")
    def leave_alone(connection: object, record: object) -> None:
        connection.isolation_level = None  # type: ignore[attr-defined]  # sqlite3's own attribute

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
