"""Short reads are done on the event loop, long ones in the connection's thread (``storage.sqlite``)."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.sqlite import SqliteDatabase
from storage.transaction import Tx

SHORT = text("SELECT 7")
LONG = text("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500000) SELECT count(*) FROM n")


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[SqliteDatabase]:
    opened = SqliteDatabase(tmp_path / "reads.db", readers=1)
    await opened.open()
    yield opened
    await opened.close()


class Asked:
    """A step that notes the threads it ran in; ``began`` is set once it is in another than the loop's."""

    def __init__(self, statement: object) -> None:
        self.statement, self.threads, self.began = statement, list[int](), threading.Event()

    def __call__(self, tx: Tx) -> int:
        self.threads.append(threading.get_ident())
        if len(self.threads) > 1:
            self.began.set()
        row = tx.first(self.statement)  # type: ignore[arg-type]  # the two texts above
        assert row is not None
        return int(row[0])


async def test_a_short_read_is_done_at_once(database: SqliteDatabase) -> None:
    asked = Asked(SHORT)
    async with database.read() as session:
        assert await session.run(asked) == 7
    assert asked.threads == [threading.get_ident()]


async def test_a_long_read_is_broken_off_and_done_in_the_thread(database: SqliteDatabase) -> None:
    asked, after = Asked(LONG), Asked(SHORT)
    async with database.read() as session:
        assert await session.run(asked) == 500_000
        assert await session.run(after) == 7
    assert [thread == threading.get_ident() for thread in asked.threads] == [True, False]
    assert after.threads == [threading.get_ident()]


async def test_a_long_read_that_nobody_waits_for_any_more_keeps_the_connection_until_it_ends(
    database: SqliteDatabase,
) -> None:
    asked, after = Asked(LONG), Asked(SHORT)

    async def read(step: Asked) -> int:
        async with database.read() as session:
            return await session.run(step)

    given_up = asyncio.create_task(read(asked))
    assert await asyncio.to_thread(asked.began.wait, 10)
    given_up.cancel()
    with pytest.raises(asyncio.CancelledError):
        await given_up
    assert await read(after) == 7
