"""The log cannot be rewritten, and where somebody managed to, the first broken row is named."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.engine import Store, driver_url
from tests.contracts.samples import event

ROWS = 6
_TRIGGERS = {
    "sqlite": (
        "DROP TRIGGER history_no_update",
        "DROP TRIGGER history_no_delete",
        "DROP TRIGGER history_head_no_delete",
        "DROP TRIGGER history_head_forward",
    ),
    "postgresql": ("ALTER TABLE history DISABLE TRIGGER ALL", "ALTER TABLE history_head DISABLE TRIGGER ALL"),
}


async def _write(store: Store) -> None:
    async with store.work.write() as unit:
        for n in range(1, ROWS + 1):
            await unit.history.append([event(f"c{n % 2}", rev=n, minute=n)])
        await unit.commit()


async def past_the_store(url: str, statements: Sequence[str], *, unguarded: bool = False) -> None:
    """As somebody would who has the database's own password."""
    engine: AsyncEngine = create_async_engine(driver_url(url))
    try:
        async with engine.begin() as connection:
            guards = _TRIGGERS[engine.dialect.name] if unguarded else ()
            for statement in (*guards, *statements):
                await connection.execute(text(statement))
    finally:
        await engine.dispose()


async def test_a_log_that_nobody_touched_is_whole(store: Store) -> None:
    assert (await store.verify_history()).seq is None
    await _write(store)
    verdict = await store.verify_history()
    assert (verdict.seq, verdict.what, verdict.rows) == (None, "", ROWS)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE history SET reason = 'x' WHERE seq = 3",
        "DELETE FROM history WHERE seq = 6",
        "DELETE FROM history",
        "DELETE FROM history_head",
        "UPDATE history_head SET seq = 3",
        "UPDATE history_head SET hash = 'x'",
    ],
)
async def test_the_database_refuses_to_rewrite_it(url: str, store: Store, statement: str) -> None:
    await _write(store)
    with pytest.raises(DBAPIError, match="log"):
        await past_the_store(url, [statement])
    assert (await store.verify_history()).seq is None


async def test_postgresql_refuses_to_empty_it(postgres_url: str) -> None:
    for table in ("history", "history_head"):
        with pytest.raises(DBAPIError, match="append-only"):
            await past_the_store(postgres_url, [f"TRUNCATE {table}"])


_SWAP = (
    "UPDATE history SET seq = 99 WHERE seq = 3",
    "UPDATE history SET seq = 3 WHERE seq = 4",
    "UPDATE history SET seq = 4 WHERE seq = 99",
)


@pytest.mark.parametrize(
    ("statements", "seq", "said"),
    [
        (["UPDATE history SET reason = 'x' WHERE seq = 3"], 3, "not what was written"),
        (["UPDATE history SET rev = 7 WHERE seq = 1"], 1, "not what was written"),
        (["UPDATE history SET details = '{}' WHERE seq = 5"], 5, "not what was written"),
        (["UPDATE history SET prev_hash = hash WHERE seq = 2"], 2, "does not follow"),
        (["DELETE FROM history WHERE seq = 1"], 1, "not there"),
        (["DELETE FROM history WHERE seq = 4"], 4, "not there"),
        (_SWAP, 3, "does not follow"),
        (["DELETE FROM history WHERE seq > 4"], 5, "ends at row 4"),
        (["DELETE FROM history"], 1, "ends at row 0"),
        (["DELETE FROM history_head"], 7, "head row is not there"),
        (["UPDATE history_head SET seq = 5"], 6, "not that of the last row"),
        (["UPDATE history_head SET hash = 'x'"], 6, "not that of the last row"),
    ],
)
async def test_the_first_broken_row_is_named(
    url: str, store: Store, statements: Sequence[str], seq: int, said: str
) -> None:
    await _write(store)
    await past_the_store(url, statements, unguarded=True)
    verdict = await store.verify_history()
    assert verdict.seq == seq
    assert said in verdict.what
