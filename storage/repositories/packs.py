"""The versions of each meeting's pack, the files made of them, and who has opened which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, bindparam, case, insert, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert as insert_or

from board.agenda_ports import Made
from board.ids import CaseId, MeetingId, PackId
from board.pack import Pack, PackFile, PackRead
from storage import pack_records as r
from storage.pack_mapping import PACK_COLUMNS, file_from, file_values, pack_from, pack_values, read_from, variant
from storage.statements import NOW, binds
from storage.transaction import Params, Row, Tx
from storage.types import Instant
from storage.unit import Unit
from storage.upsert import insert_once

p, f, o = r.packs.c, r.pack_files.c, r.pack_reads.c
_OF_MEETING = select(*PACK_COLUMNS).where(p.meeting_id == bindparam("meeting"))
_LATEST = _OF_MEETING.order_by(p.version.desc()).limit(1)
_LATEST_LOCKED = _LATEST.with_for_update()
_READY = _OF_MEETING.where(p.state == "ready").order_by(p.version.desc()).limit(1)
_VERSION = _OF_MEETING.where(p.version == bindparam("version"))
_FROZEN = select(p.frozen).where(p.id == bindparam("pack"))
_ADD = insert(r.packs).values(binds(r.packs, leave_out=("leased_until",)))
_MADE = (
    update(r.packs)
    .where(p.id == bindparam("pack"))
    .values(
        {
            name: bindparam(f"new_{name}", type_=p[name].type)
            for name in ("state", "pages", "reading_minutes", "ready_at")
        }
    )
)
_is_free = and_(text("state = 'waiting'"), or_(p.leased_until.is_(None), p.leased_until <= NOW))
_WAITS = select(p.id).where(_is_free).limit(1)
_FREE = (
    select(*PACK_COLUMNS, p.frozen).where(_is_free).order_by(p.sent_at, p.id).limit(1).with_for_update(skip_locked=True)
)
_LEASE = update(r.packs).where(p.id == bindparam("pack")).values(leased_until=bindparam("until", type_=Instant()))
_FILE = select(f.pack_id, f.case_id, f.sha256, f.pages, f.size, f.left_out).where(
    f.pack_id == bindparam("pack"), f.case_id == bindparam("case"), f.variant == bindparam("variant")
)
_PUT_FILE = insert_once(r.pack_files)
_READS = select(*r.pack_reads.columns).where(o.meeting_id == bindparam("meeting")).order_by(o.person_id)
_new = insert_or(r.pack_reads).values(binds(r.pack_reads))
_READ = _new.on_conflict_do_update(
    index_elements=["meeting_id", "person_id"],
    set_={
        name: case((_new.excluded[name] > o[name], _new.excluded[name]), else_=o[name]) for name in ("version", "at")
    },
)


class Packs:
    """Implements ``board.agenda_ports.PackRepository``."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    async def latest(self, meeting: MeetingId) -> Pack | None:
        return await self._one(_LATEST_LOCKED if self._unit.writable else _LATEST, {"meeting": meeting})

    async def ready(self, meeting: MeetingId) -> Pack | None:
        return await self._one(_READY, {"meeting": meeting})

    async def version(self, meeting: MeetingId, version: int) -> Pack | None:
        return await self._one(_VERSION, {"meeting": meeting, "version": version})

    async def add(self, pack: Pack, frozen: Mapping[str, Any]) -> None:
        """A version that is there raises the database's own ``IntegrityError``: look (``latest``) before."""
        self._unit.put(_ADD, {**pack_values(pack), "frozen": dict(frozen)})

    async def frozen(self, pack: PackId) -> Mapping[str, Any]:
        """Raises ``LookupError`` where there is no such version."""
        row = await self._unit.ask(lambda tx: tx.first(_FROZEN, {"pack": pack}))
        if row is None:
            raise LookupError(f"there is no pack {pack}")
        frozen: Mapping[str, Any] = row[0]
        return frozen

    async def made(self, pack: Pack) -> None:
        values = {
            "pack": pack.id,
            "new_state": pack.state.value,
            "new_pages": pack.pages,
            "new_reading_minutes": pack.reading_minutes,
            "new_ready_at": pack.ready_at,
        }
        self._unit.put(_MADE, values)

    async def waits(self, now: datetime) -> bool:
        return await self._unit.ask(lambda tx: tx.first(_WAITS, {"now": now})) is not None

    async def claim(self, now: datetime, lease: timedelta) -> Made | None:
        def step(tx: Tx) -> Row | None:
            row = tx.first(_FREE, {"now": now})
            if row is not None:
                tx.run(_LEASE, {"pack": row[0], "until": now + lease})
            return row

        row = await self._unit.write(step)
        return Made(pack_from(row[:-1]), row[-1]) if row else None

    async def file(self, pack: PackId, case: CaseId | None, left_out: Sequence[CaseId]) -> PackFile | None:
        params = {"pack": pack, "case": case or "", "variant": variant(left_out)}
        row = await self._unit.ask(lambda tx: tx.first(_FILE, params))
        return file_from(row) if row else None

    async def put_file(self, file: PackFile) -> None:
        self._unit.put(_PUT_FILE, file_values(file))

    async def reads(self, meeting: MeetingId) -> Sequence[PackRead]:
        """In the order of the people's ids."""
        return [read_from(row) for row in await self._unit.ask(lambda tx: tx.all(_READS, {"meeting": meeting}))]

    async def read(self, read: PackRead) -> None:
        values = {
            "meeting_id": read.meeting,
            "person_id": read.person,
            "version": read.version,
            "first_at": read.first_at,
            "at": read.at,
        }
        self._unit.put(_READ, values)

    async def _one(self, statement: Select[Any], params: Params) -> Pack | None:
        row = await self._unit.ask(lambda tx: tx.first(statement, params))
        return pack_from(row) if row else None
