"""Finished minutes, every version of each meeting's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, select

from board.ids import MeetingId, PersonId
from board.pack import Minutes
from storage import pack_records as r
from storage.statements import listed, one_of, size_for
from storage.transaction import Row
from storage.unit import Unit
from storage.upsert import insert_once

m = r.minutes.c
_ADD = insert_once(r.minutes)


@lru_cache
def _finished(size: int) -> Select[Any]:
    return select(*r.minutes.columns).where(one_of(m.meeting_id, "meeting", size)).order_by(m.meeting_id, m.version)


class FinishedMinutes:
    """Implements ``board.agenda_ports.MinutesRepository``."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    async def finished(self, meetings: Sequence[MeetingId]) -> Mapping[MeetingId, Minutes]:
        wanted = sorted(set(meetings))
        if not wanted:
            return {}
        size = size_for(len(wanted))
        params = listed("meeting", wanted, size)
        rows = await self._unit.ask(lambda tx: tx.all(_finished(size), params))
        versions = (_minutes_from(row) for row in rows)
        return {minutes.meeting: minutes for minutes in versions}

    async def add(self, minutes: Minutes) -> bool:
        """On PostgreSQL a second adder waits for the first to commit or give up."""
        values = {
            "meeting_id": minutes.meeting,
            "version": minutes.version,
            "by": minutes.by,
            "at": minutes.at,
            "sha256": minutes.sha256,
            "name": minutes.name,
            "present": list(minutes.present),
            "remarks": minutes.remarks,
        }
        return await self._unit.write(lambda tx: tx.run(_ADD, values)) == 1


def _minutes_from(row: Row) -> Minutes:
    meeting, version, by, at, sha256, name, present, remarks = row
    people = tuple(PersonId(person) for person in present)
    return Minutes(MeetingId(meeting), version, PersonId(by), at, remarks, people, sha256, name)
