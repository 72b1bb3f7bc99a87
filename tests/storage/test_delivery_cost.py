"""What delivery reads and how often it asks, whatever the outbox holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Executable

from board.delivery import About
from board.ids import PersonId
from board.notices import Notice, NoticeKind, digest
from board.people import Body, Holding, Role
from storage import outbox, queue, stand_ins
from storage.engine import Store
from storage.repositories import addresses, copies, proof
from storage.retention import Purged, Retention
from tests.contracts.samples import KARI, LISE, NOW, ODD, OLA, TODAY, case, chat, copy, fill, later, notice
from tests.storage.test_cost import _counted
from tests.storage.test_planning_cost import _possible_plan, _reads_all

MINUTE = timedelta(minutes=1)
_VALUES: dict[str, Any] = {
    "now": NOW,
    "since": NOW,
    "before": NOW,
    "limit": 8,
    "row": 1,
    "person": "kari",
    "to_lane": "p:kari",
    "kind": "meeting.word",
    "object_id": "m1",
    "rev": 1,
    "part": "d10",
    "object": "c1",
    "new_rev": 2,
    "to_channel": "teams",
    "to_conversation": "19:a",
    "day": TODAY.isoformat(),
    "person_id": "kari",
    "channel": "teams",
    "conversation": "19:a",
    "message_id": "m1",
}
_BY_INDEX: tuple[tuple[Executable, str], ...] = (
    (queue._PAST, "outbox_expiring"),
    (queue._LEASE_OVER, "outbox_"),
    (queue._DUE, "outbox_open"),
    (queue._NEXT, "outbox_due"),
    (outbox._RAISE, "outbox_by_object"),
    (addresses._BACK_TO_CHAT, "outbox_lanes"),
    (addresses._KNOWN, "outbox_waiting"),
    (stand_ins._DROP, "outbox_"),
    (proof._OF, "outbox_by_object"),
    (proof._UNREACHED, "outbox_"),
    (proof._UNREACHED, "outbox_by_object"),
    (proof._EXPIRED, "outbox_by_object"),
    (proof._ANY, "outbox_"),
    (copies._DROP_EARLIER, "copies_by_"),
)


def _words(run: Sequence[object]) -> list[str]:
    return [str(one).split()[0] for one in run]


@pytest.mark.parametrize(("statement", "index"), _BY_INDEX)
async def test_delivery_reads_along_an_index(store: Store, statement: Executable, index: str) -> None:
    plan = await _possible_plan(store, statement, **_VALUES)
    assert any(index in line for line in plan), plan
    assert not _reads_all(plan, "outbox"), plan


@pytest.mark.parametrize("people", [1, 12])
async def test_proof_is_one_statement_however_many_were_told(
    store: Store, monkeypatch: pytest.MonkeyPatch, people: int
) -> None:
    await fill(store.work)
    async with store.work.write() as unit:
        await unit.outbox.tell([notice(PersonId(f"p{n}")) for n in range(people)], NOW)
        await unit.commit()
    for due in await store.queue.claim(NOW, 50, MINUTE):
        await store.queue.failed(due, "413", NOW)
    with _counted(monkeypatch) as run:
        async with store.work.read() as unit:
            assert len(await unit.proof.of(About("case.review_requested", "c1", 1), 50)) == people
            (missed,) = await unit.proof.unreached(NOW, 50)
            assert missed.missed == people
            assert await unit.proof.expired(NOW, 50) == []
            assert await unit.proof.unlisted(later(1))
    assert len(run) == 4


@pytest.mark.parametrize("deputies", [1, 3])
async def test_the_end_of_the_ladder_is_a_fixed_number_of_statements(
    store: Store, monkeypatch: pytest.MonkeyPatch, deputies: int
) -> None:
    await fill(store.work)
    async with store.work.write() as unit:
        for deputy in (LISE, OLA, ODD)[:deputies]:
            await unit.people.hold(Holding(deputy, Role.DEPUTY, Body.BOARD, TODAY, None, KARI))
        await unit.outbox.tell([notice(KARI)], NOW)
        await unit.commit()
    (due,) = await store.queue.claim(NOW, 9, MINUTE)
    with _counted(monkeypatch) as run:
        await store.queue.unreached(due, "no way", NOW)
    assert _words(run)[-3:] == ["SELECT", "UPDATE", "INSERT"]
    assert len(run) <= 4, "and the person's lock, where there are several processes"
    assert len(await store.queue.claim(NOW, 9, MINUTE)) == deputies


async def test_a_case_is_locked_with_one_statement(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    await fill(store.work, [case("c1")], reached=[KARI])
    async with store.work.write() as unit:
        await unit.outbox.tell([notice(KARI)], NOW)
        await unit.commit()
    (due,) = await store.queue.claim(NOW, 9, MINUTE)
    with _counted(monkeypatch) as run:
        await store.queue.sent(due, copy(KARI), NOW)
    assert _words(run) == ["SELECT", "UPDATE", "INSERT"]


async def test_redrawings_and_reminders_go_before_the_proof_of_what_was_sent(store: Store) -> None:
    await fill(store.work, reached=[KARI, OLA])
    async with store.work.write() as unit:
        await unit.outbox.tell([digest(KARI, NOW.date(), later(500)), notice(OLA)], NOW)
        await unit.commit()
    for due in await store.queue.claim(NOW, 9, MINUTE):
        await store.queue.sent(due, None, NOW)
    assert await store.purge(Retention(NOW, later(1), NOW, NOW)) == Purged(inbox=0, outbox=1, links=0)
    async with store.work.read() as unit:
        sent = notice(OLA)
        assert len(await unit.proof.of(About(sent.kind, sent.object_id, sent.rev, sent.part), 9)) == 1


async def test_told_and_expired_rows_go_after_their_time_and_failed_ones_stay(store: Store) -> None:
    await fill(store.work, reached=[KARI])
    async with store.work.write() as unit:
        expiring = Notice(NoticeKind.MEETING_WORD, "m1", 1, KARI, "d10", expires_at=later(5))
        await unit.outbox.tell([expiring, replace(expiring, to=OLA), notice(LISE), notice(ODD)], NOW)
        await unit.commit()
    due = {d.person: d for d in await store.queue.claim(NOW, 9, MINUTE)}
    await store.queue.sent(due[KARI], None, NOW)
    await store.queue.unreached(due[OLA], "no way", NOW)
    await store.queue.failed(due[LISE], "413", NOW)
    await store.queue.failed(due[ODD], "413", NOW)
    assert await store.queue.expire(later(5)) == 1
    async with store.work.write() as unit:
        assert await unit.proof.told(due[ODD].id, LISE, later(6))
        await unit.commit()
    outbox_rows = [(await store.purge(Retention(NOW, NOW, later(minute), NOW))).outbox for minute in (0, 1, 5.5, 7, 9)]
    assert outbox_rows == [0, 1, 1, 1, 0]
    assert await store.purge(Retention(NOW, NOW, later(9), NOW)) == Purged(inbox=0, outbox=0, links=0)
    async with store.work.write() as unit:
        await unit.addresses.remember(OLA, chat(OLA), later(9))
        await unit.commit()
    assert await store.queue.claim(later(9), 9, MINUTE) == []
