"""Opening the store: the one thing that the composition root needs to know of this package."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType

from sqlalchemy import URL, make_url

from board.delivery import DeliveryQueue
from board.minutes_ports import Locked
from board.ports import Work
from storage import audit, retention, schema
from storage.arrivals import Arrivals
from storage.locked_files import locked_files
from storage.queue import Queue
from storage.repositories.evaluations import destroy_old_keys
from storage.shelf import Shelf
from storage.sqlite import SqliteDatabase
from storage.transaction import Database
from storage.uow import SqlWork
from storage.urn import UrnKeys


class Store:
    """An open store. ``on_due``, where set, is called after each commit that put something in line."""

    def __init__(self, database: Database, keys: UrnKeys, on_due: Callable[[], None] | None = None) -> None:
        self._database, self._keys = database, keys
        self.on_due = on_due
        self.work: Work = SqlWork(database, self._tell, keys)
        self.queue: DeliveryQueue = Queue(database, self._tell)
        self.shelf = Shelf(database)
        self.arrivals = Arrivals(database, "slack")

    async def ping(self) -> None:
        """Raises ``StoreUnavailable`` where nothing could be written now: readiness."""
        await self._database.ping()

    async def schema_problem(self) -> str | None:
        """What is wrong with the schema and what to do, or None."""
        async with self._database.read() as session:
            return await session.run(schema.problem)

    async def verify_history(self) -> audit.Verdict:
        """Reads the whole log and says whether anybody has changed it."""
        return await audit.verify(self._database)

    async def locked_files(self) -> Sequence[Locked]:
        """The files of approved minutes, as the log and the book of minutes have them."""
        return await locked_files(self._database)

    async def purge(self, keep: retention.Retention) -> retention.Purged:
        """Removes what has been kept long enough."""
        await self._database.once(lambda tx: destroy_old_keys(tx, self._keys))
        return await retention.purge(self._database, keep)

    async def end_stopped(self) -> int:
        """Ends the transactions of processes that were stopped in the middle of one, and says how many there were."""
        return await self._database.end_stopped()

    async def close(self) -> None:
        await self._database.close()

    async def __aenter__(self) -> Store:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    def _tell(self) -> None:
        if self.on_due is not None:
            self.on_due()


async def open_store(
    url: str,
    *,
    pool_size: int = 10,
    readers: int = 2,
    only_reading: bool = False,
    on_due: Callable[[], None] | None = None,
    urn_keys: Path | None = None,
) -> Store:
    """Opens ``sqlite:///path`` or ``postgresql://…``; does not look at the schema (``Store.schema_problem``).

    ``pool_size`` is PostgreSQL's number of connections, ``readers`` SQLite's. ``only_reading``: beside a process that
    has the SQLite file, and writing nothing. ``urn_keys``: the folder of the evaluations' keys, by default beside the
    SQLite file, or ``var/urn``; leave it out of backups (``storage.urn``). Raises ``AlreadyOpen`` where another
    process has the SQLite file, ``ValueError`` for another kind of database.
    """
    where = driver_url(url)
    if where.get_backend_name() == "postgresql":
        from storage.postgres import PostgresDatabase  # noqa: PLC0415  # a third of the start-up, not for SQLite's

        postgres = PostgresDatabase(where.render_as_string(hide_password=False), pool_size)
        return Store(postgres, UrnKeys(urn_keys or Path("var/urn")), on_due)
    path = Path(where.database or "")
    database = SqliteDatabase(path, readers, only_reading=only_reading)
    await database.open()
    return Store(database, UrnKeys(urn_keys or path.with_name(f"{path.name}.urn")), on_due)


def driver_url(url: str) -> URL:
    """The address with the driver that we use. Raises ``ValueError`` for what is neither of the two."""
    where = make_url(url)
    if where.get_backend_name() == "postgresql":
        return where.set(drivername="postgresql+asyncpg")
    if where.get_backend_name() != "sqlite" or where.database in (None, "", ":memory:"):
        raise ValueError(f"the database is to be sqlite:///path/to/file or postgresql://…, not {where!r}")
    return where.set(drivername="sqlite+aiosqlite")
