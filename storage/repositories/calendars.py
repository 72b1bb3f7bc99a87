"""The digests of the secrets under which people subscribe to their calendars."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, delete, select

from board.ids import PersonId
from storage import records as r
from storage.unit import Unit
from storage.upsert import upsert

f = r.calendars.c
_REPLACE = upsert(r.calendars)
_REVOKE = delete(r.calendars).where(f.person_id == bindparam("person"))
_WHOSE = select(f.person_id).where(f.secret_hash == bindparam("digest"))


class Calendars:
    """Implements ``board.planning_ports.CalendarFeeds``."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    async def replace(self, person: PersonId, secret_hash: str, now: datetime) -> None:
        self._unit.put(_REPLACE, {"person_id": person, "secret_hash": secret_hash, "since": now})

    async def revoke(self, person: PersonId) -> bool:
        return await self._unit.write(lambda tx: tx.run(_REVOKE, {"person": person})) == 1

    async def whose(self, secret_hash: str) -> PersonId | None:
        row = await self._unit.ask(lambda tx: tx.first(_WHOSE, {"digest": secret_hash}))
        return PersonId(row[0]) if row else None
