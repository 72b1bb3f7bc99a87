"""Meetings of the board and the working group."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, insert, select

from board.ids import MeetingId
from board.meeting import Meeting
from board.people import Body
from storage import records as r
from storage.mapping import meeting_from
from storage.statements import LIMIT, binds
from storage.unit import Unit

m = r.meetings.c
_COLUMNS = (m.id, m.body, m.starts_at, m.minutes, m.place, m.serves, m.rev)
_GET = select(*_COLUMNS).where(m.id == bindparam("meeting"))
_UPCOMING = (
    select(*_COLUMNS)
    .where(m.body == bindparam("body"), m.starts_at >= bindparam("since", type_=m.starts_at.type))
    .order_by(m.starts_at, m.id)
    .limit(LIMIT)
)
_ADD = insert(r.meetings).values(binds(r.meetings))


class Meetings:
    """Implements ``board.ports.MeetingRepository``."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    async def upcoming(self, body: Body, since: datetime, limit: int) -> Sequence[Meeting]:
        params = {"body": body.value, "since": since, "limit": limit}
        rows = await self._unit.ask(lambda tx: tx.all(_UPCOMING, params))
        return [meeting_from(row) for row in rows]

    async def get(self, meeting: MeetingId) -> Meeting | None:
        row = await self._unit.ask(lambda tx: tx.first(_GET, {"meeting": meeting}))
        return meeting_from(row) if row else None

    async def add(self, meeting: Meeting) -> None:
        values = {
            "id": meeting.id,
            "body": meeting.body.value,
            "starts_at": meeting.starts_at,
            "minutes": meeting.minutes,
            "place": meeting.place,
            "serves": meeting.serves,
            "rev": meeting.rev,
        }
        self._unit.put(_ADD, values)
