"""Meetings while they are held, one row each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, select, update

from board.ids import MeetingId
from board.sitting import Sitting
from storage import sitting_records as r
from storage.errors import StaleRevision
from storage.sitting_mapping import SITTING_COLUMNS, sitting_from, sitting_values
from storage.statements import binds, listed, one_of, size_for
from storage.transaction import Tx
from storage.unit import Unit
from storage.upsert import insert_once

s = r.sittings.c
_GET = select(*SITTING_COLUMNS).where(s.meeting_id == bindparam("meeting"))
_GET_LOCKED = _GET.with_for_update()
_ADD = insert_once(r.sittings)
_SAVE = (
    update(r.sittings)
    .where(s.meeting_id == bindparam("meeting"), s.rev == bindparam("rev_before"))
    .values(binds(r.sittings, leave_out=("meeting_id",)))
)


@lru_cache
def _named(size: int) -> Select[Any]:
    return select(*SITTING_COLUMNS).where(one_of(s.meeting_id, "meeting", size))


class Sittings:
    """Implements ``board.sitting_ports.SittingRepository``."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    async def get(self, meeting: MeetingId) -> Sitting | None:
        statement = _GET_LOCKED if self._unit.writable else _GET
        row = await self._unit.ask(lambda tx: tx.first(statement, {"meeting": meeting}))
        return sitting_from(row) if row else None

    async def add(self, sitting: Sitting) -> bool:
        """On PostgreSQL a second adder waits for the first to commit or give up."""
        values = {"meeting_id": sitting.meeting, **sitting_values(sitting)}
        return await self._unit.write(lambda tx: tx.run(_ADD, values)) == 1

    async def save(self, sitting: Sitting) -> None:
        """A wrong revision raises :class:`StaleRevision` when the unit of work next reads or commits."""
        values = {**sitting_values(sitting), "meeting": sitting.meeting, "rev_before": sitting.rev - 1}
        self._unit.later(lambda tx: _save(tx, sitting, values))

    async def named(self, meetings: Sequence[MeetingId]) -> Mapping[MeetingId, Sitting]:
        wanted = sorted(set(meetings))
        if not wanted:
            return {}
        size = size_for(len(wanted))
        params = listed("meeting", wanted, size)
        rows = await self._unit.ask(lambda tx: tx.all(_named(size), params))
        return {sitting.meeting: sitting for sitting in map(sitting_from, rows)}


def _save(tx: Tx, sitting: Sitting, values: dict[str, Any]) -> None:
    if tx.run(_SAVE, values) != 1:
        raise StaleRevision(f"the sitting of {sitting.meeting} is not at revision {sitting.rev - 1}")
