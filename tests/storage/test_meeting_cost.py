"""What must not grow with the number of meetings, decisions and minutes: statements, and what a query reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Executable

from board.ids import CaseId, ItemId, MeetingId, PersonId, RemarkId
from board.ports import Work
from storage.engine import Store, open_store
from storage.repositories import cases, decisions, follow_ups, minutes_book, sittings
from storage.sqlite_tx import Prepared
from tests.contracts.agenda_samples import M1
from tests.contracts.samples import NOW, OLA, TODAY
from tests.contracts.sitting_samples import (
    ANSWER,
    LEASE,
    REMARK,
    approval,
    approved,
    circulated,
    decision,
    follow_up,
    sitting,
    version,
)
from tests.storage.test_cost import _counted


async def _fill(work: Work, rows: int, prefix: str = "") -> None:
    """So many of everything: meetings with minutes, and decisions, follow-ups, remarks and answers of one of them."""
    decided = MeetingId(f"{prefix}meeting-0")
    async with work.write() as unit:
        for n in range(rows):
            meeting, sealed, case = MeetingId(f"{prefix}meeting-{n}"), MeetingId(f"{prefix}sealed-{n}"), CaseId(f"c{n}")
            await unit.sittings.add(sitting(meeting))
            await unit.minutes_book.add(circulated(meeting, due=TODAY - timedelta(days=1)), version(1, meeting))
            await unit.minutes_book.add(approved(sealed), version(1, sealed))
            await unit.decisions.put(decision(ItemId(f"i{n}"), case, decided))
            await unit.follow_ups.add([follow_up(f"{prefix}f{n}", case=case)])
            await unit.minutes_book.put_remark(replace(REMARK, id=RemarkId(f"{prefix}r{n}")))
            await unit.minutes_book.answer(replace(ANSWER, person=PersonId(f"{prefix}p{n}")))
            await unit.minutes_book.approve(approval(OLA, held=meeting))
        await unit.commit()


@pytest.mark.parametrize("rows", [1, 30])
async def test_each_reading_is_one_statement(store: Store, monkeypatch: pytest.MonkeyPatch, rows: int) -> None:
    await _fill(store.work, rows)
    meetings, about = [MeetingId(f"meeting-{n}") for n in range(rows)], [CaseId(f"c{n}") for n in range(rows)]
    with _counted(monkeypatch) as run:
        async with store.work.read() as unit:
            found = [
                await unit.sittings.named(meetings),
                await unit.decisions.of_meeting(meetings[0]),
                await unit.decisions.of_cases(about),
                await unit.follow_ups.open(50),
                await unit.follow_ups.of_owner(OLA, 50),
                await unit.follow_ups.of_cases(about),
                await unit.minutes_book.named(meetings),
                await unit.minutes_book.finished(meetings),
                await unit.minutes_book.rounds_over(TODAY, 50),
                await unit.minutes_book.remarks(M1),
                await unit.minutes_book.answers(M1),
            ]
    assert [len(those) for those in found] == [rows] * len(found)
    assert len(run) == len(found)


async def test_an_act_takes_as_many_statements_whatever_there_is(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    run: list[list[str]] = []
    for before, count in ((1, 1), (30, 20)):
        await _fill(store.work, before, f"{before}-")
        one, more = MeetingId(f"{before}-meeting-0"), [follow_up(f"{before}-more-{n}") for n in range(count)]
        after = replace(circulated(one), rev=2, version=2)
        with _counted(monkeypatch) as counted:
            async with store.work.write() as unit:
                assert await unit.minutes_book.claim(NOW, LEASE)  # looks, takes, reads the text
                assert await unit.minutes_book.approve(approval(held=one))
                await unit.follow_ups.add(more)
                await unit.decisions.put(replace(decision(ItemId("i0"), CaseId("c0"), one), rev=2))
                await unit.sittings.save(replace(sitting(one), rev=2))
                await unit.minutes_book.save(after, version(2, one))
                await unit.commit()
        run.append(counted)
    assert len(run[0]) == len(run[1]), run


@pytest.mark.parametrize(
    ("statement", "index"),
    [
        (sittings._named(2), "sqlite_autoindex_sittings_1"),
        (decisions._OF_MEETING, "decisions_by_item"),
        (decisions._GET, "decisions_by_item"),
        (decisions._of_cases(2), "decisions_by_case"),
        (follow_ups._OPEN, "follow_ups_open"),
        (follow_ups._OF_OWNER, "follow_ups_of_owner"),
        (follow_ups._of_cases(2), "follow_ups_by_case"),
        (minutes_book._named(2, finished=True), "sqlite_autoindex_minutes_book_1"),
        (minutes_book._ROUNDS_OVER, "minutes_in_round"),
        (minutes_book._UNSEALED, "minutes_unsealed"),
        (minutes_book._FREE, "minutes_unsealed"),
        (minutes_book._REMARKS, "minutes_remarks_by_meeting"),
        (minutes_book._ANSWERS, "sqlite_autoindex_minutes_answers_1"),
        (minutes_book._APPROVALS, "minutes_approvals_by_seat"),
        (minutes_book._VERSIONS, "sqlite_autoindex_minutes_versions_1"),
    ],
)
async def test_everything_is_read_along_an_index(sqlite_url: str, statement: Executable, index: str) -> None:
    plan = await _plan(sqlite_url, statement)
    assert f"INDEX {index}" in plan[0], plan


@pytest.mark.parametrize("statement", [follow_ups._OPEN, follow_ups._OF_OWNER, minutes_book._ROUNDS_OVER])
async def test_what_is_limited_is_not_sorted_first(sqlite_url: str, statement: Executable) -> None:
    assert not [step for step in await _plan(sqlite_url, statement) if "B-TREE" in step]


async def test_cases_of_an_agenda_are_found_along_indexes(sqlite_url: str) -> None:
    plan = await _plan(sqlite_url, cases._ON_AGENDA)
    assert any("decisions_by_item" in step for step in plan)
    assert [step for step in plan if step.startswith("SCAN")] == []


async def _plan(url: str, statement: Executable) -> list[str]:
    values = {"meeting": "m1", "item": "i1", "owner": "ola", "today": TODAY, "now": NOW, "limit": 20, "held": "m2"}

    def steps(tx: Any) -> list[str]:
        prepared = Prepared(statement)
        bound = prepared.bind({**values, **{f"{name}_{n}": "x" for name in ("meeting", "case") for n in range(2)}})
        return [row[3] for row in tx.connection.execute(f"EXPLAIN QUERY PLAN {prepared.sql}", bound)]

    async with await open_store(url) as store:
        return await store._database.once(steps)
