"""What is asked later, the anchoring receipts, and the benefit reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import Select, bindparam, select, text, update

from board.anchoring import Anchor, Anchored
from board.benefits import BenefitReport, BenefitStatus
from board.ids import CaseId, ItemId, MeetingId, PersonId
from board.later import LaterKind, LaterStep
from storage import after_records as r
from storage.statements import LIMIT, NOW, listed, one_of, size_for
from storage.transaction import Row
from storage.unit import Unit
from storage.upsert import insert_once, upsert

s, a, b = r.later_steps.c, r.anchors.c, r.benefit_reports.c
_STEP: Final = (s.kind, s.object_id, s.at, s.due, s.part, s.done_at)
_PUT_STEP = insert_once(r.later_steps)
_DUE = select(*_STEP).where(s.at <= NOW, text("done_at IS NULL")).order_by(s.at, s.key).limit(LIMIT)
_DUE_LOCKED = _DUE.with_for_update(skip_locked=True)
_DONE = update(r.later_steps).where(s.key == bindparam("of_key")).values(done_at=NOW)
_OF_OBJECT = select(*_STEP).where(s.object_id == bindparam("object")).order_by(s.at, s.key)
_PUT_ANCHOR = upsert(r.anchors)
_ANCHORS = select(*r.anchors.columns).where(a.meeting_id == bindparam("meeting")).order_by(a.item_id, a.unit)
_REPORT = insert_once(r.benefit_reports)


class Later:
    """Implements ``board.after_ports.LaterRepository``."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    async def put(self, steps: Sequence[LaterStep]) -> None:
        for step in steps:
            self._unit.put(_PUT_STEP, _step_values(step))

    async def due(self, now: datetime, limit: int) -> Sequence[LaterStep]:
        statement = _DUE_LOCKED if self._unit.writable else _DUE
        return await self._all(statement, {"now": now, "limit": limit})

    async def done(self, steps: Sequence[LaterStep], now: datetime) -> None:
        for step in steps:
            self._unit.put(_DONE, {"of_key": step.key, "now": now})

    async def of_object(self, object_id: str) -> Sequence[LaterStep]:
        return await self._all(_OF_OBJECT, {"object": object_id})

    async def _all(self, statement: Any, params: dict[str, Any]) -> Sequence[LaterStep]:
        return [_step_from(row) for row in await self._unit.ask(lambda tx: tx.all(statement, params))]


class Anchors:
    """Implements ``board.after_ports.AnchorRepository``."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    async def put(self, anchor: Anchor) -> None:
        values = {
            "meeting_id": anchor.meeting,
            "item_id": anchor.item,
            "unit": anchor.unit,
            "person_id": anchor.person,
            "answer": anchor.answer.value,
            "at": anchor.at,
            "note": anchor.note,
        }
        self._unit.put(_PUT_ANCHOR, values)

    async def of_meeting(self, meeting: MeetingId) -> Sequence[Anchor]:
        return [_anchor_from(row) for row in await self._unit.ask(lambda tx: tx.all(_ANCHORS, {"meeting": meeting}))]


class Benefits:
    """Implements ``board.after_ports.BenefitRepository``."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    async def add(self, report: BenefitReport) -> bool:
        return bool(await self._unit.write(lambda tx: tx.run(_REPORT, _report_values(report))))

    async def of_case(self, case: CaseId) -> Sequence[BenefitReport]:
        return (await self.of_cases([case])).get(case, ())

    async def of_cases(self, cases: Sequence[CaseId]) -> Mapping[CaseId, Sequence[BenefitReport]]:
        wanted = sorted(set(cases))
        if not wanted:
            return {}
        size = size_for(len(wanted))
        params = listed("case", wanted, size)
        found: dict[CaseId, list[BenefitReport]] = {}
        for row in await self._unit.ask(lambda tx: tx.all(_reports(size), params)):
            report = _report_from(row)
            found.setdefault(report.case, []).append(report)
        return found


@lru_cache
def _reports(size: int) -> Select[Any]:
    return select(*r.benefit_reports.columns).where(one_of(b.case_id, "case", size)).order_by(b.case_id, b.months)


def _step_values(step: LaterStep) -> dict[str, Any]:
    return {
        "key": step.key,
        "kind": step.kind.value,
        "object_id": step.object_id,
        "at": step.at,
        "due": step.due,
        "part": step.part,
        "done_at": step.done_at,
    }


def _step_from(row: Row) -> LaterStep:
    kind, object_id, at, due, part, done_at = row
    return LaterStep(LaterKind(kind), object_id, at, due, part, done_at)


def _anchor_from(row: Row) -> Anchor:
    meeting, item, unit, person, answer, at, note = row
    return Anchor(MeetingId(meeting), ItemId(item), unit, PersonId(person), Anchored(answer), at, note)


def _report_values(report: BenefitReport) -> dict[str, Any]:
    return {
        "case_id": report.case,
        "months": report.months,
        "person_id": report.person,
        "at": report.at,
        "status": report.status.value,
        "text": report.text,
        "expected": report.expected,
        "realised": report.realised,
        "made": report.made,
    }


def _report_from(row: Row) -> BenefitReport:
    case, months, person, at, status, words, expected, realised, made = row
    return BenefitReport(
        CaseId(case),
        months,
        PersonId(person),
        at,
        BenefitStatus(status),
        words,
        expected,
        realised,
        CaseId(made) if made else None,
    )
