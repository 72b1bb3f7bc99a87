"""The digests of the codes that join accounts to people."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import bindparam, delete, or_, select, text, update

from board.ids import PersonId
from board.joining import JoinCode
from storage.channel_records import join_codes
from storage.statements import NOW
from storage.unit import Unit
from storage.upsert import upsert

KEPT: Final = timedelta(days=30)
"""After it expired: for so long it is said of a code that it was used, or is too old."""

j = join_codes.c
_DIGEST = j.code_hash == bindparam("digest")
_GET = select(j.person_id, j.by, j.at, j.expires_at, j.used_at).where(_DIGEST)
_GET_LOCKED = _GET.with_for_update()
_OTHERS = delete(join_codes).where(
    or_(
        (j.person_id == bindparam("person")) & text("used_at IS NULL"),
        j.expires_at < bindparam("before", type_=j.expires_at.type),
    )
)
_GIVE = upsert(join_codes)
_USE = update(join_codes).where(_DIGEST).values(used_at=NOW)


class Codes:
    """Implements ``board.joining_ports.JoinCodes``."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    async def give(self, digest: str, code: JoinCode) -> None:
        values = {
            "code_hash": digest,
            "person_id": code.person,
            "by": code.by,
            "at": code.at,
            "expires_at": code.expires_at,
            "used_at": code.used_at,
        }
        self._unit.put(_OTHERS, {"person": code.person, "before": code.at - KEPT})
        self._unit.put(_GIVE, values)

    async def get(self, digest: str) -> JoinCode | None:
        statement = _GET_LOCKED if self._unit.writable else _GET
        row = await self._unit.ask(lambda tx: tx.first(statement, {"digest": digest}))
        if row is None:
            return None
        person, by, at, expires_at, used_at = row
        return JoinCode(PersonId(person), PersonId(by), at, expires_at, used_at)

    async def use(self, digest: str, now: datetime) -> None:
        self._unit.put(_USE, {"digest": digest, "now": now})
