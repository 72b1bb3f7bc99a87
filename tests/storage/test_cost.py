"""What must not grow with the number of rows: statements, and the part of a table that a query reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Executable

from board.agenda_ports import Link
from board.ids import CaseId, MeetingId
from board.people import Role
from board.states import CaseState
from storage.engine import Store, open_store
from storage.postgres import PostgresTx
from storage.repositories import cases
from storage.retention import Purged, Retention
from storage.sqlite_tx import Prepared, SqliteTx
from tests.contracts.samples import (
    KARI,
    LISE,
    NOW,
    OLA,
    TODAY,
    account,
    actor,
    case,
    changed,
    copy,
    event,
    fill,
    later,
    notice,
)


@contextmanager
def _counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The statements that are run meanwhile, whichever database runs them: spelled out when it is over."""
    seen: list[Executable] = []
    run: list[str] = []

    def counting(original: Any) -> Any:
        def counted(self: Any, statement: Executable, *rest: Any) -> Any:
            seen.append(statement)  # spelling it out here would take longer than a short read may
            return original(self, statement, *rest)

        return counted

    with monkeypatch.context() as patch:
        for kind in (SqliteTx, PostgresTx):
            for name in ("all", "run") if kind is SqliteTx else ("all", "first", "run"):
                patch.setattr(kind, name, counting(getattr(kind, name)))
        yield run
    run += [str(statement).split("\n")[0] for statement in seen]


async def test_an_actor_is_one_statement(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    await fill(store.work)
    with _counted(monkeypatch) as run:
        async with store.work.read() as unit:
            await unit.people.actor(account(KARI), TODAY)
    assert len(run) == 1


@pytest.mark.parametrize("rows", [1, 30])
async def test_lists_are_one_statement(store: Store, monkeypatch: pytest.MonkeyPatch, rows: int) -> None:
    await fill(store.work, [case(f"c{n}", state=CaseState.SUBMITTED) for n in range(rows)])
    with _counted(monkeypatch) as run:
        async with store.work.read() as unit:
            assert len(await unit.cases.lines_for(actor(KARI), 50)) == rows
            assert len(await unit.cases.drafts_of(KARI, 50)) == 0
            assert len(await unit.people.holders(list(Role), TODAY)) == len(Role)
            assert len(await unit.people.get([KARI, OLA, LISE])) == 3
    assert len(run) == 4


@pytest.mark.parametrize("people", [1, 12])
async def test_a_committing_click_is_a_fixed_number_of_statements(
    store: Store, monkeypatch: pytest.MonkeyPatch, people: int
) -> None:
    await fill(store.work, [case("c1", state=CaseState.SUBMITTED)], reached=[KARI])
    async with store.work.write() as unit:
        for n in range(people):
            await unit.addresses.keep_copy(copy(KARI, f"m{n}"), NOW)
        await unit.commit()
    with _counted(monkeypatch) as run:
        async with store.work.write() as unit:
            await unit.inbox.take("teams", "a1", NOW)
            await unit.people.actor(account(LISE), TODAY)
            stored = await unit.cases.get(CaseId("c1"))
            assert stored is not None
            await unit.cases.save(replace(changed(stored, title=stored.content.title)))
            await unit.history.append([event("c1"), event("c1")])
            await unit.people.holders([Role.OFFICE], TODAY)
            await unit.outbox.tell([notice(KARI, f"c{n}") for n in range(people)], NOW)
            await unit.outbox.redraw("c1", 2, NOW)
            await unit.commit()
    assert len(run) == 12, run


async def test_a_claim_is_a_fixed_number_of_statements(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    await fill(store.work, reached=[KARI, OLA, LISE])
    async with store.work.write() as unit:
        await unit.outbox.tell([notice(p) for p in (KARI, OLA, LISE)], NOW)
        await unit.commit()
    with _counted(monkeypatch) as run:
        assert len(await store.queue.claim(NOW, 9, timedelta(minutes=1))) == 3
    assert len(run) == 3


OWN = {"cases_by_submitter", "cases_by_owner", "cases_of_owner_deputy", "cases_of_submitter_deputy"}


@pytest.mark.parametrize(
    ("statement", "indexes"),
    [
        (cases._LINES[False], OWN),
        (cases._LINES[True], {*OWN, "cases_by_state"}),
        (cases._DRAFTS, {"cases_drafts"}),
        (cases._find_near(1, (0,)), {*OWN, "cases_received"}),
        (cases._find_near(1, (1, 2, 3)), {*OWN, "cases_accepted", "cases_for_chair", "cases_dispatched"}),
        (cases._in_state(CaseState.READY_FOR_WG), {"cases_underway"}),
    ],
)
async def test_lists_are_read_along_an_index(sqlite_url: str, statement: Executable, indexes: set[str]) -> None:
    async with await open_store(sqlite_url) as store:
        plan = await store._database.once(lambda tx: _plan(tx, statement))
    assert {step.split("INDEX ")[1].split(" ")[0] for step in plan if "INDEX cases_" in step} == indexes
    reads = [step for step in plan if step.startswith(("SCAN cases", "SEARCH cases"))]
    assert all("INDEX" in step or "PRIMARY KEY" in step for step in reads), plan
    assert len([step for step in plan if "TEMP B-TREE FOR ORDER BY" in step]) <= 2


def _plan(tx: Any, statement: Executable) -> Sequence[str]:
    prepared = Prepared(statement)
    values = prepared.bind({"me": "kari", "limit": 20, "word_0": "%a%"})
    return [row[3] for row in tx.connection.execute(f"EXPLAIN QUERY PLAN {prepared.sql}", values)]


async def test_what_was_kept_long_enough_goes(store: Store) -> None:
    await fill(store.work, reached=[KARI, OLA, LISE])
    async with store.work.write() as unit:
        for n in range(5):
            await unit.inbox.take("teams", f"a{n}", later(n))
            await unit.links.add(f"digest-{n}", Link(KARI, MeetingId("m1"), None, later(n)))
        await unit.outbox.tell([notice(p) for p in (KARI, OLA, LISE)], NOW)
        await unit.commit()
    kari, ola, lise = await store.queue.claim(NOW, 9, timedelta(minutes=1))
    await store.queue.sent(kari, None, NOW)
    await store.queue.sent(ola, None, later(10))
    await store.queue.failed(lise, "refused", NOW)
    keep = Retention(later(3), later(5), later(5), later(2))
    assert await store.purge(keep) == Purged(inbox=3, outbox=1, links=2)
    assert await store.purge(keep) == Purged(inbox=0, outbox=0, links=0)
    async with store.work.write() as unit:
        assert await unit.inbox.take("teams", "a2", NOW)
        assert not await unit.inbox.take("teams", "a3", NOW)
