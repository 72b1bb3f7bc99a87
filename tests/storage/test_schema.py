"""The migrations build what the code expects, and a database that is not so is named."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine

from board.case_ports import WantingCase
from board.documents import Document
from board.ids import CaseId, DocumentId, MeetingId
from board.meeting import Meeting
from board.people import Body, Role
from board.states import CaseState
from storage import migrate, schema
from storage.columns import metadata
from storage.engine import driver_url, open_store
from tests.contracts.samples import KARI, LISE, OLA, actor


def test_the_constant_names_the_newest_migration() -> None:
    assert migrate.revisions() == schema.REVISIONS
    assert migrate.head() == schema.HEAD


async def test_migrations_build_the_tables(url: str) -> None:
    engine = create_async_engine(driver_url(url))
    async with engine.connect() as connection:
        differences = await connection.run_sync(_differences)
    await engine.dispose()
    assert differences == []


async def test_a_migrated_database_is_right(url: str) -> None:
    assert await migrate.current(url) == schema.HEAD
    async with await open_store(url) as store:
        assert await store.schema_problem() is None
        await store.ping()


async def test_an_empty_database_is_named(tmp_path: Path) -> None:
    async with await open_store(f"sqlite:///{tmp_path / 'new.db'}") as store:
        assert "empty" in str(await store.schema_problem())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE alembic_version SET version_num = '9999'", "newer"),
        ("DELETE FROM alembic_version", "half done"),
        ("INSERT INTO alembic_version VALUES ('0000')", "several revisions"),
        ("DROP TABLE talks", "no table talks"),
    ],
)
async def test_a_wrong_schema_is_named(sqlite_url: str, change: str, said: str) -> None:
    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as connection:
        connection.execute(change)
    connection.close()
    async with await open_store(sqlite_url) as store:
        assert said in str(await store.schema_problem())


async def test_a_newer_schema_is_named_on_postgresql(url: str) -> None:
    engine = create_async_engine(driver_url(url))
    async with engine.begin() as connection:
        await connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    await engine.dispose()
    async with await open_store(url) as store:
        assert "9999, which is newer" in str(await store.schema_problem())


async def test_a_failing_migration_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "half.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE outbox (in_the_way TEXT)")
    connection.close()
    with pytest.raises(Exception, match="outbox"):
        await migrate.upgrade(f"sqlite:///{path}")
    with sqlite3.connect(path) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    connection.close()
    assert tables == ["outbox"]


async def test_migrating_twice_changes_nothing(url: str) -> None:
    await migrate.upgrade(url)
    assert await migrate.current(url) == schema.HEAD


_OLD_ROWS = Path(__file__).with_name("revision_0001.sql").read_text(encoding="utf-8")
"""What a database of the first revision held, as it was written then."""
_AT = datetime(2026, 11, 2, 8, 30, tzinfo=UTC)


async def test_a_database_of_the_first_revision_keeps_everything(empty_url: str) -> None:
    await migrate.upgrade(empty_url, "0001")
    engine = create_async_engine(driver_url(empty_url))
    async with engine.begin() as connection:
        for statement in _OLD_ROWS.split(";\n"):
            await connection.exec_driver_sql(statement)
    await engine.dispose()
    await migrate.upgrade(empty_url)
    async with await open_store(empty_url) as store:
        assert await store.schema_problem() is None
        async with store.work.read() as unit:
            wanting = await unit.cases.wanting([MeetingId("m1")])
            assert wanting == [WantingCase(CaseId("c1"), MeetingId("m1"), CaseState.SUBMITTED, KARI, OLA)]
            cases = [await unit.cases.get(CaseId(name)) for name in ("c1", "c2", "c3")]
            assert [c and (c.rev, c.content.wanted_meeting) for c in cases] == [(3, "m1"), (3, "m1"), (3, None)]
            old = Meeting(MeetingId("m1"), Body.BOARD, _AT, 90, "Rom", rev=2)
            assert await unit.meetings.upcoming(Body.BOARD, _AT, 9) == [old]
            owed = [d for case in ("c1", "c2", "c3", "c4") for d in await unit.duties.of_object(case)]
            assert [(d.id, d.person, d.due, d.next_at) for d in owed] == [
                ("case.review:c1:3:lise", "lise", date(2026, 11, 9), _AT),
                ("case.confirm:c4:5:ola", "ola", date(2026, 11, 9), _AT),
            ]
            accepted = [await unit.cases.get(CaseId(name)) for name in ("c4", "c5", "c6")]
            assert [one and one.accepted_at for one in accepted] == [None, _AT + timedelta(hours=1), _AT]
            assert accepted[1] is not None
            document = Document(DocumentId("d1"), "mandate", "M.pdf", KARI, _AT, sha256="ab", size=7)
            assert accepted[1].documents == (document,)
            assert list(await unit.cases.in_state(CaseState.READY_FOR_WG, 9)) == [accepted[1]]
            group = actor(LISE, Role.WG_MEMBER)
            assert list(await unit.cases.titles(group, [CaseId(f"c{n}") for n in range(1, 7)])) == ["c5", "c6"]
        (due,) = await store.queue.claim(_AT, 9, timedelta(minutes=1))
        assert (due.part, due.way, due.person, due.rev) == ("", "chat", KARI, 4)
        assert due.copy is not None
        assert (due.copy.message_id, due.copy.part) == ("msg", "")


def test_serving_does_not_load_alembic() -> None:
    code = "import sys, storage.engine; sys.exit('alembic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def _differences(connection: Connection) -> list[Any]:
    def ours(thing: Any, name: str | None, kind: str, reflected: bool, other: Any) -> bool:
        return not str(name).startswith(("case_search", "alembic"))

    context = MigrationContext.configure(connection, opts={"include_object": ours, "compare_type": True})
    return list(compare_metadata(context, metadata))
