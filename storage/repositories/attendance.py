"""Who comes to each meeting."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, select

from board.attendance import Attendance, Coming
from board.ids import MeetingId, PersonId
from storage import records as r
from storage.transaction import Row
from storage.unit import Unit
from storage.upsert import upsert

a = r.attendance.c
_OF = select(*r.attendance.columns).where(a.meeting_id == bindparam("meeting")).order_by(a.person_id)
_PUT = upsert(r.attendance)
_CLEAR = delete(r.attendance).where(a.meeting_id == bindparam("meeting"))


class AttendanceList:
    """Implements ``board.planning_ports.AttendanceRepository``. In the order of the people's ids."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    async def of_meeting(self, meeting: MeetingId) -> Sequence[Attendance]:
        rows = await self._unit.ask(lambda tx: tx.all(_OF, {"meeting": meeting}))
        return [_attendance_from(row) for row in rows]

    async def put(self, attendance: Attendance) -> None:
        values = {
            "meeting_id": attendance.meeting,
            "person_id": attendance.person,
            "answer": attendance.answer.value,
            "by": attendance.by,
            "at": attendance.at,
            "deputy": attendance.deputy,
        }
        self._unit.put(_PUT, values)

    async def clear(self, meeting: MeetingId) -> None:
        self._unit.put(_CLEAR, {"meeting": meeting})


def _attendance_from(row: Row) -> Attendance:
    meeting, person, answer, by, at, deputy = row
    stands_in = PersonId(deputy) if deputy else None
    return Attendance(MeetingId(meeting), PersonId(person), Coming(answer), PersonId(by), at, stands_in)
