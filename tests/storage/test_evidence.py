"""Versions of minutes, approvals and locked files cannot be changed or removed, by whomever."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine

from storage.engine import driver_url, open_store
from tests.contracts.agenda_samples import M1, M2
from tests.contracts.sitting_samples import approval, locked, minutes, version

TABLES = ("minutes_versions", "minutes_approvals", "minutes_files")
_CHANGES = [
    *(f"UPDATE {table} SET version = 9" for table in TABLES),  # noqa: S608  # names of our own tables
    *(f"DELETE FROM {table} WHERE version = 1" for table in TABLES),  # noqa: S608  # the same
    *(f"DELETE FROM {table}" for table in TABLES),  # noqa: S608  # the same
]
_COPY = {
    "minutes_versions": "meeting_id, version, 'other', at, source, reason, corrects, sections",
    "minutes_approvals": "no, meeting_id, held, version, digest, member, 'other', said, at, note",
    "minutes_files": "meeting_id, version, 'other', pages, size, at",
}
_OTHER_ROW = {
    "minutes_versions": "rowid, meeting_id, version) SELECT rowid, 'm9', version",
    "minutes_approvals": "no, meeting_id) SELECT no, 'm9'",
    "minutes_files": "rowid, meeting_id, version) SELECT rowid, 'm9', version",
}


async def _fill(url: str) -> None:
    async with await open_store(url) as store, store.work.write() as unit:
        assert await unit.minutes_book.add(minutes(), version())
        assert await unit.minutes_book.approve(approval())
        assert await unit.minutes_book.put_file(locked())
        await unit.commit()


async def _is_whole(url: str) -> None:
    async with await open_store(url) as store, store.work.read() as unit:
        assert list(await unit.minutes_book.versions(M1)) == [version()]
        assert list(await unit.minutes_book.approvals(M1, M2)) == [approval()]
        assert await unit.minutes_book.file(M1, 1) == locked()


async def _run(url: str, statements: Sequence[str]) -> None:
    """As somebody would who has the database's own password."""
    engine = create_async_engine(driver_url(url))
    try:
        async with engine.begin() as connection:
            for statement in statements:
                await connection.execute(text(statement))
    finally:
        await engine.dispose()


@pytest.mark.parametrize("statement", _CHANGES)
async def test_evidence_is_neither_changed_nor_removed(url: str, statement: str) -> None:
    await _fill(url)
    with pytest.raises(DBAPIError, match="is evidence"):
        await _run(url, [statement])
    await _is_whole(url)


@pytest.mark.postgres
@pytest.mark.parametrize("table", TABLES)
async def test_evidence_is_not_emptied(postgres_url: str, table: str) -> None:
    await _fill(postgres_url)
    with pytest.raises(DBAPIError, match="is evidence"):
        await _run(postgres_url, [f"TRUNCATE {table}"])
    await _is_whole(postgres_url)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("act", ["REPLACE INTO", "INSERT OR REPLACE INTO"])
async def test_evidence_is_not_replaced_on_sqlite(sqlite_url: str, act: str, table: str) -> None:
    """Nor by the number of its row, under another key: ``REPLACE`` removes what is in its way without a word."""
    await _fill(sqlite_url)
    same_key = f"{act} {table} SELECT {_COPY[table]} FROM {table}"  # noqa: S608  # names of our own tables
    same_row = f"{act} {table} ({_OTHER_ROW[table]} FROM {table}"  # the same
    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as connection:
        for statement in (same_key, same_row):
            try:
                assert connection.execute(statement).rowcount == 0
            except sqlite3.IntegrityError as error:
                assert "is evidence" in str(error)  # noqa: PT017  # one table refuses, the others leave the row out
    connection.close()
    await _is_whole(sqlite_url)


@pytest.mark.postgres
async def test_an_upsert_does_not_change_evidence_on_postgresql(postgres_url: str) -> None:
    await _fill(postgres_url)
    upsert = (
        "INSERT INTO minutes_files SELECT meeting_id, version, 'other', pages, size, at FROM minutes_files "
        "ON CONFLICT (meeting_id, version) DO UPDATE SET sha256 = excluded.sha256"
    )
    with pytest.raises(DBAPIError, match="is evidence"):
        await _run(postgres_url, [upsert])
    await _is_whole(postgres_url)
