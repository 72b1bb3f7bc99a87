"""The digests of the secrets under which people open their papers."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select

from board.agenda_ports import Link
from board.ids import CaseId, MeetingId, PersonId
from storage import pack_records as r
from storage.statements import NOW, binds
from storage.unit import Unit

k = r.links.c
_ADD = insert(r.links).values(binds(r.links))
_WHOSE = select(k.person_id, k.meeting_id, k.case_id, k.expires_at).where(
    k.secret_hash == bindparam("digest"), k.expires_at > NOW
)
_PURGE = delete(r.links).where(k.expires_at <= NOW)


class Links:
    """Implements ``board.agenda_ports.LinkRepository``."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    async def add(self, secret_hash: str, link: Link) -> None:
        """A digest that is there raises the database's own ``IntegrityError``."""
        values = {
            "secret_hash": secret_hash,
            "person_id": link.person,
            "meeting_id": link.meeting,
            "case_id": link.case,
            "expires_at": link.expires_at,
        }
        self._unit.put(_ADD, values)

    async def whose(self, secret_hash: str, now: datetime) -> Link | None:
        row = await self._unit.ask(lambda tx: tx.first(_WHOSE, {"digest": secret_hash, "now": now}))
        if row is None:
            return None
        person, meeting, case, expires_at = row
        return Link(PersonId(person), MeetingId(meeting), CaseId(case) if case else None, expires_at)

    async def purge(self, now: datetime) -> None:
        self._unit.put(_PURGE, {"now": now})
