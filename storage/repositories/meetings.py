"""Meetings of the board, the working group and the office."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, select, text, update

from board.events import Happened
from board.ids import MeetingId, PersonId
from board.meeting import Meeting, MeetingState
from board.people import Body
from storage import records as r
from storage.errors import StaleRevision
from storage.statements import LIMIT, binds, listed, one_of, size_for
from storage.transaction import Params, Row, Tx
from storage.unit import Unit
from storage.upsert import insert_unless_there

m = r.meetings.c
_SINCE = bindparam("since", type_=m.starts_at.type)
_UNTIL = bindparam("until", type_=m.starts_at.type)
_COLUMNS = tuple(r.meetings.columns)

_GET = select(*_COLUMNS).where(m.id == bindparam("meeting"))
_GET_LOCKED = _GET.with_for_update()
_UPCOMING = (
    select(*_COLUMNS)
    # Spelled as the index has it, or it would not be used.
    .where(m.body == bindparam("body"), m.starts_at >= _SINCE, text("state = 'planned'"))
    .order_by(m.starts_at)
    .limit(LIMIT)
)
_BETWEEN = select(*_COLUMNS).where(m.starts_at >= _SINCE, m.starts_at < _UNTIL).order_by(m.starts_at, m.id).limit(LIMIT)
_PREVIOUS = (
    select(*_COLUMNS)
    .where(m.body == bindparam("body"), m.starts_at < _UNTIL, text("state = 'planned'"))
    .order_by(m.starts_at.desc())
    .limit(1)
)
_ADD = insert_unless_there(r.meetings)
_SAVE = (
    update(r.meetings)
    .where(m.id == bindparam("meeting"), m.rev == bindparam("rev_before"))
    .values(binds(r.meetings, leave_out=("id",)))
)


@lru_cache
def _named(size: int) -> Select[Any]:
    return select(*_COLUMNS).where(one_of(m.id, "meeting", size))


@lru_cache
def _serving(size: int) -> Select[Any]:
    prepares = one_of(m.serves, "meeting", size)
    return select(*_COLUMNS).where(prepares, m.state == MeetingState.PLANNED.value).order_by(m.starts_at, m.id)


class Meetings:
    """Implements ``board.ports.MeetingRepository``."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    async def upcoming(self, body: Body, since: datetime, limit: int) -> Sequence[Meeting]:
        return await self._all(_UPCOMING, {"body": body.value, "since": since, "limit": limit})

    async def between(self, since: datetime, until: datetime, limit: int) -> Sequence[Meeting]:
        return await self._all(_BETWEEN, {"since": since, "until": until, "limit": limit})

    async def get(self, meeting: MeetingId) -> Meeting | None:
        statement = _GET_LOCKED if self._unit.writable else _GET
        row = await self._unit.ask(lambda tx: tx.first(statement, {"meeting": meeting}))
        return _meeting_from(row) if row else None

    async def named(self, meetings: Sequence[MeetingId]) -> Mapping[MeetingId, Meeting]:
        return {meeting.id: meeting for meeting in await self._of(_named, meetings)}

    async def previous(self, body: Body, before: datetime) -> Meeting | None:
        found = await self._all(_PREVIOUS, {"body": body.value, "until": before})
        return found[0] if found else None

    async def serving(self, meetings: Sequence[MeetingId]) -> Sequence[Meeting]:
        return await self._of(_serving, meetings)

    async def add(self, meeting: Meeting) -> bool:
        """On PostgreSQL a second adder waits for the first to commit or give up: the indexes are the guard."""
        values = _values(meeting)
        return await self._unit.write(lambda tx: tx.run(_ADD, values)) == 1

    async def save(self, meeting: Meeting) -> None:
        """A wrong revision raises :class:`StaleRevision` when the unit of work next reads or commits.

        So does, as the database's own ``IntegrityError``, a time at which the body has another planned meeting.
        """
        values = {**_values(meeting), "meeting": meeting.id, "rev_before": meeting.rev - 1}
        del values["id"]
        self._unit.later(lambda tx: _save(tx, meeting, values))

    async def _of(self, statement: Any, meetings: Sequence[MeetingId]) -> Sequence[Meeting]:
        wanted = sorted(set(meetings))
        if not wanted:
            return ()
        size = size_for(len(wanted))
        return await self._all(statement(size), listed("meeting", wanted, size))

    async def _all(self, statement: Select[Any], params: Params) -> Sequence[Meeting]:
        rows = await self._unit.ask(lambda tx: tx.all(statement, params))
        return [_meeting_from(row) for row in rows]


def _save(tx: Tx, meeting: Meeting, values: dict[str, Any]) -> None:
    if tx.run(_SAVE, values) != 1:
        raise StaleRevision(
            f"meeting {meeting.id} is not at revision {meeting.rev - 1}: it cannot become {meeting.rev}"
        )


def _meeting_from(row: Row) -> Meeting:
    id_, body, starts_at, minutes, place, serves, rev, state, changed_at, changed_by, last = row
    return Meeting(
        MeetingId(id_),
        Body(body),
        starts_at,
        minutes,
        place,
        MeetingId(serves) if serves else None,
        rev,
        MeetingState(state),
        changed_at,
        PersonId(changed_by) if changed_by else None,
        Happened(last),
    )


def _values(meeting: Meeting) -> dict[str, Any]:
    return {
        "id": meeting.id,
        "body": meeting.body.value,
        "starts_at": meeting.starts_at,
        "minutes": meeting.minutes,
        "place": meeting.place,
        "serves": meeting.serves,
        "rev": meeting.rev,
        "state": meeting.state.value,
        "changed_at": meeting.changed_at,
        "changed_by": meeting.changed_by,
        "last_what": meeting.last.value,
    }
