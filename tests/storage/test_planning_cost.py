"""What must not grow with the number of duties and steps that are planned: the part of a table that a query reads."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Executable, text
from sqlalchemy.dialects import postgresql

from board.duty import DutyKind
from board.ids import CaseId, MeetingId
from board.states import CaseState
from storage.engine import Store
from storage.repositories import cases, duties, meetings, planned
from storage.sqlite_tx import Prepared
from storage.transaction import Tx
from tests.contracts.planning_samples import DUE, duty, step
from tests.contracts.samples import KARI, LISE, NOW, OLA, case, changed, event, fill
from tests.storage.test_cost import _counted

DUE_NOW = 100

_ADD = """
    {numbers} INSERT INTO duties
        (id, kind, object_id, person_id, asked_at, due, part, next_at, rung, deputy, ended_at, ended_by)
    SELECT 'd' || (1000000 + n), 'case.confirm', 'c' || (n / 200), 'p' || (n / 2000), {at}, {day}, '', {at}, 0,
        NULL, NULL, NULL FROM {source}"""
_BULK = {
    False: _ADD.format(
        numbers="WITH RECURSIVE k(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM k WHERE n < 999999)",
        source="k",
        at="strftime('%Y-%m-%dT%H:%M:%S', '2026-11-02 08:30:00', (n - 99) || ' seconds') || '.000000+00:00'",
        day="'2026-11-09'",
    ),
    True: _ADD.format(
        numbers="",
        source="generate_series(0, 999999) AS n",
        at="timestamptz '2026-11-02 08:30:00Z' + (n - 99) * interval '1 second'",
        day="date '2026-11-09'",
    ),
}
"""A reminder a second; the hundredth of a million falls due at ``NOW``."""


@pytest.fixture
async def crowded(store: Store) -> Store:
    def step(tx: Tx) -> None:
        tx.run(text(_BULK[tx.many_processes].replace(":", "\\:")), {})
        tx.run(text("ANALYZE duties"), {})

    await store._database.once(step)
    return store


@pytest.mark.slow
async def test_a_hundred_of_a_million_reminders_are_read_along_their_index(crowded: Store) -> None:
    now = NOW.replace(microsecond=0)
    async with crowded.work.read() as unit:
        found = await unit.duties.due(now, 500)
        assert [one.id for one in found] == [f"d{1_000_000 + n}" for n in range(DUE_NOW)]
        assert await unit.planned.next_at() == now - timedelta(seconds=DUE_NOW - 1)
    along: tuple[Executable, ...] = (duties._DUE, duties._DUE_LOCKED, planned._NEXT)
    for statement in along:
        plan = await _plan(crowded, statement, now=now, limit=500)
        assert any("duties_next" in line for line in plan), plan
        assert not _reads_all(plan, "duties"), plan
    for statement, index, values in (
        (duties._OPEN_OF, "duties_of_person", {"person": "p7"}),
        (duties._OPEN_OF, "duties_of_deputy", {"person": "p7"}),
        (duties._ENDED_OF, "duties_ended", {"person": "p7", "since": now}),
        (duties._OF_OBJECT, "duties_by_object", {"object": "c7"}),
        (duties._OVERDUE, "duties_open", {"before": DUE}),
        (duties._end(1, False), "duties_by_object", {"object": "c7", "kind_0": "case.confirm", "now": now, "by": "p1"}),
    ):
        plan = await _plan(crowded, statement, limit=20, **values)
        assert any(index in line for line in plan), (index, plan)
        assert not _reads_all(plan, "duties"), plan


_BY_INDEX: tuple[tuple[Executable, str], ...] = (
    (planned._DUE, "planned_next"),
    (planned._DUE_LOCKED, "planned_next"),
    (planned._EXPIRED, "planned_expired"),
    (planned._of_meetings(2), "planned_by_meeting"),
    (meetings._UPCOMING, "meetings_one_at_a_time"),
    (meetings._BETWEEN, "meetings_by_time"),
    (meetings._serving(2), "meetings_serving"),
    (cases._wanting(2), "cases_wanting"),
    (cases._LINES[False], "cases_of_owner_deputy"),
    (cases._LINES[True], "cases_of_submitter_deputy"),
)


@pytest.mark.parametrize(("statement", "index"), _BY_INDEX)
async def test_what_is_planned_is_read_along_an_index(store: Store, statement: Executable, index: str) -> None:
    listed = {f"{name}_{n}": name for name in ("meeting", "state") for n in range(2)}
    body = {"body": "board", "since": NOW, "until": NOW}
    plan = await _possible_plan(store, statement, **listed, **body, now=NOW, limit=20, me="kari")
    assert any(index in line for line in plan), plan


async def test_a_click_that_ends_and_begins_duties_is_a_fixed_number_of_statements(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await fill(store.work, [case("c1", state=CaseState.SUBMITTED)])
    async with store.work.write() as unit:
        await unit.duties.add([duty(f"d{n}", OLA, minute=n) for n in range(5)], NOW)
        await unit.commit()
    for n, people in enumerate((2, 7), start=1):
        with _counted(monkeypatch) as run:
            async with store.work.write() as unit:
                stored = await unit.cases.get(CaseId("c1"))
                assert stored is not None
                await unit.cases.save(changed(stored, title=stored.content.title))
                await unit.duties.end("c1", [DutyKind.CONFIRM, DutyKind.SUBMIT], KARI, NOW)
                await unit.duties.add([duty(f"new-{n}-{who}", LISE) for who in range(people)], NOW)
                await unit.history.append([event("c1")])
                await unit.commit()
        without_duties = (
            "SELECT cases",
            "UPDATE cases",
            "SELECT history_head",
            "INSERT INTO history",
            "UPDATE history",
        )
        of_duties = [one for one in run if not one.startswith(without_duties)]
        assert len(of_duties) == 4, run


async def test_planning_a_meeting_again_is_one_statement(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with _counted(monkeypatch) as run:
        async with store.work.write() as unit:
            await unit.planned.put([step("m1", f"s{n}", n) for n in range(12)])
            await unit.commit()
    assert len(run) == 1
    async with store.work.read() as unit:
        assert len(await unit.planned.of_meetings([MeetingId("m1")])) == 12


async def _plan(store: Store, statement: Executable, **values: Any) -> list[str]:
    """The plan of the statement, as the database chooses it with these values."""
    return await store._database.once(lambda tx: _explained(tx, statement, values))


async def _possible_plan(store: Store, statement: Executable, **values: Any) -> list[str]:
    """Where the tables are empty: which index can be used is asked, not whether it pays."""

    def step(tx: Tx) -> list[str]:
        if tx.many_processes:
            tx.run(text("SET LOCAL enable_seqscan = off"), {})
        return _explained(tx, statement, values)

    return await store._database.once(step)


def _explained(tx: Any, statement: Executable, values: dict[str, Any]) -> list[str]:
    if not tx.many_processes:
        prepared = Prepared(statement)
        rows = tx.connection.execute(f"EXPLAIN QUERY PLAN {prepared.sql}", prepared.bind(values))
        return [row[3] for row in rows]
    dialect: Any = postgresql.dialect
    compiled: Any = statement.compile(dialect=dialect(paramstyle="named"))  # type: ignore[attr-defined]  # as in Prepared
    params = {**compiled.params, **{k: v for k, v in values.items() if k in compiled.params}}
    spelled = compiled.string
    for name in sorted(params, key=len, reverse=True):
        spelled = spelled.replace(f":{name}", _literal(params[name]))
    return [row[0] for row in tx.all(text(f"EXPLAIN {spelled}".replace(":", "\\:")))]


def _literal(value: Any) -> str:
    if isinstance(value, datetime):
        return f"timestamptz '{value.isoformat()}'"
    return str(value) if isinstance(value, int) else f"'{value}'"


def _reads_all(plan: list[str], table: str) -> bool:
    return any(f"Seq Scan on {table}" in line or line == f"SCAN {table}" for line in plan)
