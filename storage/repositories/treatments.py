"""What the working group said of each case, and the employee representatives' statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, insert, select

from board.ids import CaseId, MeetingId, PersonId
from board.treatment import Statement, Treatment, WgOutcome
from storage import case_records as r
from storage.statements import binds, listed, one_of, size_for
from storage.unit import Unit
from storage.upsert import upsert

t, s = r.treatments.c, r.statements.c
_ADD = insert(r.treatments).values(binds(r.treatments, leave_out=("no",)))
_STATE = upsert(r.statements)


@lru_cache
def _of_meetings(size: int) -> Select[Any]:
    rows = select(t.case_id, t.meeting_id, t.number, t.outcome, t.remarks, t.by, t.at)
    return rows.where(one_of(t.meeting_id, "meeting", size)).order_by(t.no)


@lru_cache
def _statements(size: int) -> Select[Any]:
    rows = select(s.case_id, s.person_id, s.text, s.at)
    return rows.where(one_of(s.case_id, "case", size)).order_by(s.at, s.person_id)


class Treatments:
    """Implements ``board.agenda_ports.TreatmentRepository``."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    async def add(self, treatment: Treatment) -> None:
        values = {
            "case_id": treatment.case,
            "meeting_id": treatment.meeting,
            "number": treatment.number,
            "outcome": treatment.outcome.value,
            "remarks": treatment.remarks,
            "by": treatment.by,
            "at": treatment.at,
        }
        self._unit.put(_ADD, values)

    async def of_meetings(self, meetings: Sequence[MeetingId]) -> Sequence[Treatment]:
        wanted = sorted(set(meetings))
        if not wanted:
            return ()
        size = size_for(len(wanted))
        params = listed("meeting", wanted, size)
        rows = await self._unit.ask(lambda tx: tx.all(_of_meetings(size), params))
        return [
            Treatment(CaseId(case), MeetingId(meeting), number, WgOutcome(outcome), remarks, PersonId(by), at)
            for case, meeting, number, outcome, remarks, by, at in rows
        ]

    async def state(self, statement: Statement) -> None:
        values = {
            "case_id": statement.case,
            "person_id": statement.person,
            "text": statement.text,
            "at": statement.at,
        }
        self._unit.put(_STATE, values)

    async def statements(self, cases: Sequence[CaseId]) -> Mapping[CaseId, Sequence[Statement]]:
        wanted = sorted(set(cases))
        if not wanted:
            return {}
        size = size_for(len(wanted))
        params = listed("case", wanted, size)
        found: dict[CaseId, list[Statement]] = {}
        for case, person, said, at in await self._unit.ask(lambda tx: tx.all(_statements(size), params)):
            found.setdefault(CaseId(case), []).append(Statement(CaseId(case), PersonId(person), said, at))
        return found
