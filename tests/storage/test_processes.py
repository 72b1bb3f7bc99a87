"""Several processes, restarts, and a database that cannot be used."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from board.ids import CaseId, PersonId
from board.states import CaseState
from storage.engine import Store, open_store
from storage.errors import AlreadyOpen, StoreUnavailable
from storage.migrate import upgrade
from tests.contracts.samples import KARI, NOW, case, changed, chat, copy, event, fill, later, notice
from tests.storage.server import Server

_HOLD = """
import asyncio, sys
from storage.engine import open_store

async def main():
    async with await open_store(sys.argv[1]):
        print("open", flush=True)
        sys.stdin.read()

asyncio.run(main())
"""


async def test_a_second_process_is_refused_and_told_who_has_it(sqlite_url: str) -> None:
    other = subprocess.Popen(
        [sys.executable, "-c", _HOLD, sqlite_url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert other.stdout is not None
        assert await asyncio.to_thread(other.stdout.readline) == "open\n"
        with pytest.raises(AlreadyOpen, match=f"process {other.pid}"):
            await open_store(sqlite_url)
        with pytest.raises(AlreadyOpen, match=f"process {other.pid}"):
            await upgrade(sqlite_url)
    finally:
        other.kill()
        other.communicate()
    async with await open_store(sqlite_url) as store:
        assert await store.schema_problem() is None


async def test_the_same_process_cannot_open_it_twice_either(sqlite_url: str) -> None:
    async with await open_store(sqlite_url):
        with pytest.raises(AlreadyOpen, match=str(os.getpid())):
            await open_store(sqlite_url)


@pytest.mark.parametrize("wrong", ["mysql://localhost/x", "sqlite://", "sqlite:///:memory:"])
async def test_another_database_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="postgresql"):
        await open_store(wrong)


async def test_a_restart_keeps_everything(url: str) -> None:
    async with await open_store(url) as store:
        await fill(store.work, [case("c1", state=CaseState.SUBMITTED)], reached=[KARI])
        async with store.work.write() as unit:
            await unit.history.append([event("c1")])
            await unit.outbox.tell([notice(KARI)], NOW)
            await unit.inbox.take("teams", "a1", NOW)
            await unit.addresses.keep_copy(copy(KARI), NOW)
            await unit.commit()
    async with await open_store(url) as store:
        async with store.work.write() as unit:
            assert await unit.cases.get(CaseId("c1")) == case("c1", state=CaseState.SUBMITTED)
            assert await unit.history.of("c1") == [event("c1")]
            assert not await unit.inbox.take("teams", "a1", NOW)
            assert await unit.addresses.of(KARI) == chat(KARI)
        assert [d.person for d in await store.queue.claim(NOW, 5, timedelta(minutes=1))] == [KARI]
        assert (await store.verify_history()).rows == 1


@pytest.mark.postgres
async def test_replicas_take_each_activity_and_each_row_once(postgres_url: str) -> None:
    people = [PersonId(f"p{n}") for n in range(20)]
    async with await open_store(postgres_url) as one, await open_store(postgres_url) as two:
        async with one.work.write() as unit:
            for person in people:
                await unit.addresses.remember(person, chat(person), NOW)
            await unit.outbox.tell([notice(person, about) for about in ("a", "b") for person in people], NOW)
            await unit.commit()
        taken = await asyncio.gather(*(_take(store) for store in (one, two) * 5))
        assert taken.count(True) == 1
        sent: Counter[tuple[str, str]] = Counter()
        async with asyncio.timeout(20):
            await asyncio.gather(*(_pump(store, sent) for store in (one, two, one, two)))
    assert len(sent) == 40
    assert set(sent.values()) == {1}


@pytest.mark.postgres
async def test_replicas_never_lease_two_rows_of_one_conversation(postgres_url: str) -> None:
    """A row with a lower number can be committed after one with a higher number was claimed."""
    async with await open_store(postgres_url) as one, await open_store(postgres_url) as two:
        await fill(one.work, reached=[KARI])
        async with one.work.write() as slow:
            await slow.outbox.tell([notice(KARI, "first")], NOW)
            await slow.people.get([KARI])  # sends the row, which takes the lower number
            async with two.work.write() as quick:
                await quick.outbox.tell([notice(KARI, "second")], NOW)
                await quick.commit()
            assert [d.object_id for d in await two.queue.claim(NOW, 5, timedelta(minutes=1))] == ["second"]
            await slow.commit()
        assert await one.queue.claim(NOW, 5, timedelta(minutes=1)) == []
        assert [d.object_id for d in await one.queue.claim(later(2), 5, timedelta(minutes=1))] == ["first"]


@pytest.mark.postgres
async def test_a_card_sent_while_its_case_changes_in_another_process_is_redrawn(postgres_url: str) -> None:
    async with await open_store(postgres_url) as one, await open_store(postgres_url) as two:
        await fill(one.work, [case("c1")], reached=[KARI])
        async with one.work.write() as unit:
            await unit.outbox.tell([notice(KARI)], NOW)
            await unit.commit()
        (due,) = await two.queue.claim(NOW, 5, timedelta(minutes=1))
        async with one.work.write() as unit:
            stored = await unit.cases.get(CaseId("c1"))
            assert stored is not None
            await unit.cases.save(changed(stored))
            await unit.outbox.redraw("c1", 2, NOW)
            await unit.people.get([KARI])  # all is sent, nothing committed: the copy below was not there to redraw
            sending = asyncio.create_task(two.queue.sent(due, copy(KARI), NOW))
            await unit.commit()
        await sending
        assert [(d.copy, d.rev) for d in await one.queue.claim(NOW, 5, timedelta(minutes=1))] == [(copy(KARI), 2)]


async def test_a_locked_file_is_said_so_and_recovers(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.sqlite_tx._PRAGMAS", ("PRAGMA journal_mode = WAL", "PRAGMA busy_timeout = 20"))
    async with await open_store(sqlite_url) as store:
        with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(StoreUnavailable, match="locked"):
                await store.ping()
            with pytest.raises(StoreUnavailable, match="locked"):
                await fill(store.work, [case("c1")])
            other.execute("ROLLBACK")
        await store.ping()
        await fill(store.work, [case("c1")])


async def test_a_full_disk_takes_the_whole_unit_back(sqlite_url: str) -> None:
    async with await open_store(sqlite_url) as store:
        await fill(store.work)
        await _limit(store, 1)
        with pytest.raises(StoreUnavailable, match="full"):
            await fill(store.work, [case(f"c{n}", title="x" * 4000) for n in range(200)])
        await _limit(store, 10_000_000)
        async with store.work.read() as unit:
            assert await unit.cases.get(CaseId("c0")) is None
        await fill(store.work, [case("c0")])


async def test_a_server_that_is_not_there_is_said_so(tmp_path: Path, postgres_server: Server) -> None:
    async with await open_store(f"postgresql://postgres@/nothing?host={tmp_path}") as store:
        with pytest.raises(StoreUnavailable, match="cannot be used"):
            await store.ping()
    async with await open_store(postgres_server.url("no_such_database")) as store:
        with pytest.raises(StoreUnavailable, match="cannot be used"):
            await store.ping()


@pytest.mark.postgres
async def test_a_server_that_takes_no_writes_is_said_so(postgres_server: Server, postgres_url: str) -> None:
    name = postgres_url.partition("@/")[2].partition("?")[0]
    await postgres_server.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    async with await open_store(postgres_url) as store:
        with pytest.raises(StoreUnavailable, match="takes no writes"):
            await store.ping()


@pytest.mark.postgres
async def test_connections_that_were_cut_are_replaced(postgres_server: Server, postgres_url: str) -> None:
    name = postgres_url.partition("@/")[2].partition("?")[0]
    cut = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"  # noqa: S608  # ours
    async with await open_store(postgres_url) as store:
        async with store.work.write() as unit:
            assert await unit.cases.get(CaseId("c1")) is None
            await postgres_server.execute(cut)
            with pytest.raises(StoreUnavailable):
                await unit.cases.get(CaseId("c1"))
        await store.ping()


async def _limit(store: Store, pages: int) -> None:
    """SQLite's own limit stands in for a full disk: never below what is there, and then refusing to grow."""
    database = store._database
    limit = f"PRAGMA max_page_count = {pages}"
    await database.once(lambda tx: tx.connection.execute(limit).fetchall())  # type: ignore[attr-defined]  # SQLite's own


async def _take(store: Store) -> bool:
    async with store.work.write() as unit:
        first = await unit.inbox.take("teams", "a1", NOW)
        await unit.commit()
        return first


async def _pump(store: Store, sent: Counter[tuple[str, str]]) -> None:
    while await store.queue.next_due(NOW) == NOW:
        for due in await store.queue.claim(NOW, 4, timedelta(minutes=1)):
            sent[due.person, due.object_id] += 1
            await store.queue.sent(due, None, NOW)
