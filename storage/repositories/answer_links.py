"""The one-time links of e-mails, and the key they are signed with."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, delete, select, update

from board.answer_link import AnswerLink
from board.ids import PersonId
from storage import channel_records as r
from storage.statements import NOW
from storage.transaction import Row
from storage.unit import Unit
from storage.upsert import insert_once

a, s = r.answer_links.c, r.signing_keys.c
_NAME: Final = "answer_links"
_COLUMNS: Final = tuple(r.answer_links.columns)
_LINK = bindparam("link", type_=a.id.type)
_ADD = insert_once(r.answer_links)
_GET = select(*_COLUMNS).where(a.id == _LINK)
_GET_LOCKED = _GET.with_for_update()
_USE = update(r.answer_links).where(a.id == _LINK, a.used_at.is_(None)).values(used_at=NOW, used_for=bindparam("verb"))
_FORGET = delete(r.answer_links).where(a.id == _LINK, a.used_at.is_(None))
_KEY = select(s.key).where(s.name == bindparam("name"))
_KEEP_KEY = insert_once(r.signing_keys)


class AnswerLinks:
    """Implements ``board.answer_ports.AnswerLinks``."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    async def key(self) -> str:
        row = await self._unit.ask(lambda tx: tx.first(_KEY, {"name": _NAME}))
        return str(row[0]) if row else ""

    async def keep_key(self, key: str) -> None:
        self._unit.put(_KEEP_KEY, {"name": _NAME, "key": key})

    async def add(self, link: AnswerLink) -> None:
        values = {
            "id": link.id,
            "person_id": link.person,
            "kind": link.kind,
            "object_id": link.object_id,
            "part": link.part,
            "rev": link.rev,
            "at": link.at,
            "expires_at": link.expires_at,
            "used_at": link.used_at,
            "used_for": link.used_for,
        }
        self._unit.put(_ADD, values)

    async def get(self, link: str) -> AnswerLink | None:
        statement = _GET_LOCKED if self._unit.writable else _GET
        row = await self._unit.ask(lambda tx: tx.first(statement, {"link": link}))
        return _link_from(row) if row else None

    async def use(self, link: str, verb: str, now: datetime) -> bool:
        params = {"link": link, "verb": verb, "now": now}
        return await self._unit.write(lambda tx: tx.run(_USE, params)) == 1

    async def forget(self, link: str) -> bool:
        return await self._unit.write(lambda tx: tx.run(_FORGET, {"link": link})) == 1


def _link_from(row: Row) -> AnswerLink:
    id_, person, kind, object_id, part, rev, at, expires_at, used_at, used_for = row
    return AnswerLink(id_, PersonId(person), kind, object_id, part, rev, at, expires_at, used_at, used_for)
