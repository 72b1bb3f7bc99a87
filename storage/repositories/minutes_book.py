"""The book of minutes: where each meeting's stand, every version, what was remarked and answered, the locked files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, insert, null, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert as insert_or

from board.approval import Approval
from board.ids import MeetingId, RemarkId
from board.minutes import Minutes
from board.minutes_ports import LockedFile, Sealing
from board.minutes_text import Version
from board.remarks import Remark, RoundAnswer
from storage import minutes_mapping as m
from storage import minutes_records as r
from storage.errors import StaleRevision
from storage.register_keeping import Keeping
from storage.statements import LIMIT, NOW, binds, listed, one_of, size_for
from storage.transaction import Row, Tx
from storage.types import Day, Instant
from storage.unit import Unit
from storage.upsert import insert_once, upsert

b, v, k = r.minutes_book.c, r.minutes_versions.c, r.minutes_remarks.c
a, p, f = r.minutes_answers.c, r.minutes_approvals.c, r.minutes_files.c
_MEETING = bindparam("meeting", type_=b.meeting_id.type)
_GET = select(*m.MINUTES_COLUMNS).where(b.meeting_id == _MEETING)
_GET_LOCKED = _GET.with_for_update()
_ADD = (
    insert_or(r.minutes_book)
    .values(binds(r.minutes_book, leave_out=("leased_until",)))
    .on_conflict_do_nothing(index_elements=["meeting_id"])
)  # fmt: skip
_SAVE = (
    update(r.minutes_book)
    .where(b.meeting_id == _MEETING, b.rev == bindparam("rev_before"))
    .values(**binds(r.minutes_book, leave_out=("meeting_id", "leased_until")), leased_until=null())
)
_WRITE = insert(r.minutes_versions).values(binds(r.minutes_versions))
_VERSIONS = select(*m.VERSION_COLUMNS).where(v.meeting_id == _MEETING).order_by(v.version)
_VERSION = _VERSIONS.where(v.version == bindparam("version"))
# Spelled as the indexes have it, here and below: as parameters they would not be used.
_ROUNDS_OVER = (
    select(*m.MINUTES_COLUMNS)
    .where(text(r.IN_ROUND), b.remarks_due < bindparam("today", type_=Day()))
    .order_by(b.remarks_due, b.meeting_id)
    .limit(LIMIT)
)
_is_free = and_(text(r.UNSEALED), or_(b.leased_until.is_(None), b.leased_until <= NOW))
_UNSEALED = select(b.meeting_id).where(_is_free).limit(1)
_FREE = (
    select(*m.MINUTES_COLUMNS)
    .where(_is_free)
    .order_by(b.approved_at, b.meeting_id)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_LEASE = update(r.minutes_book).where(b.meeting_id == _MEETING).values(leased_until=bindparam("until", type_=Instant()))
_ANSWERS = select(*m.ANSWER_COLUMNS).where(a.meeting_id == _MEETING).order_by(a.at, a.person_id)
_ANSWER = upsert(r.minutes_answers)
_REMARKS = select(*m.REMARK_COLUMNS).where(k.meeting_id == _MEETING).order_by(k.no)
_REMARK = select(*m.REMARK_COLUMNS).where(k.id == bindparam("remark"))
_PUT_REMARK = upsert(r.minutes_remarks, leave_out=("no",), on=("id",))
_APPROVALS = (
    select(*m.APPROVAL_COLUMNS).where(p.meeting_id == _MEETING, p.held == bindparam("held")).order_by(p.no)
)  # fmt: skip
_APPROVE = (
    insert_or(r.minutes_approvals)
    .values(binds(r.minutes_approvals, leave_out=("no",)))
    .on_conflict_do_nothing(index_elements=["meeting_id", "held", "digest", "member"])
)
_FILE = select(*m.FILE_COLUMNS).where(f.meeting_id == _MEETING, f.version == bindparam("version"))
_PUT_FILE = insert_once(r.minutes_files)


@lru_cache
def _named(size: int, *, finished: bool) -> Select[Any]:
    rows = select(*m.MINUTES_COLUMNS).where(one_of(b.meeting_id, "meeting", size))
    return rows.where(b.state != "draft") if finished else rows


class MinutesRegister:
    """Implements ``board.minutes_ports.MinutesBook``."""

    def __init__(self, unit: Unit, register: Keeping) -> None:
        self._unit, self._register = unit, register

    async def get(self, meeting: MeetingId) -> Minutes | None:
        statement = _GET_LOCKED if self._unit.writable else _GET
        row = await self._unit.ask(lambda tx: tx.first(statement, {"meeting": meeting}))
        return m.minutes_from(row) if row else None

    async def add(self, minutes: Minutes, version: Version | None) -> bool:
        """On PostgreSQL a second adder waits for the first to commit or give up."""
        values = {"meeting_id": minutes.meeting, **m.minutes_values(minutes)}

        def step(tx: Tx) -> bool:
            new = tx.run(_ADD, values) == 1
            if new:
                _write(tx, version)
            return new

        return await self._unit.write(step)

    async def save(self, minutes: Minutes, version: Version | None = None) -> None:
        """A wrong revision raises :class:`StaleRevision` when the unit of work next reads or commits, a version that
        is there already the database's own ``IntegrityError``. Whoever was making its file is not waited for."""
        values = {**m.minutes_values(minutes), "meeting": minutes.meeting, "rev_before": minutes.rev - 1}

        def step(tx: Tx) -> None:
            if tx.run(_SAVE, values) != 1:
                raise StaleRevision(f"the minutes of {minutes.meeting} are not at revision {minutes.rev - 1}")
            _write(tx, version)

        self._unit.later(step)
        if minutes.is_approved:
            self._register.minutes_of(minutes.meeting)

    async def version(self, meeting: MeetingId, version: int) -> Version | None:
        row = await self._unit.ask(lambda tx: tx.first(_VERSION, {"meeting": meeting, "version": version}))
        return m.version_from(row) if row else None

    async def versions(self, meeting: MeetingId) -> Sequence[Version]:
        return [m.version_from(row) for row in await self._all(_VERSIONS, {"meeting": meeting})]

    async def named(self, meetings: Sequence[MeetingId]) -> Mapping[MeetingId, Minutes]:
        return await self._of(meetings, finished=False)

    async def finished(self, meetings: Sequence[MeetingId]) -> Mapping[MeetingId, Minutes]:
        return await self._of(meetings, finished=True)

    async def rounds_over(self, today: date, limit: int) -> Sequence[Minutes]:
        return [m.minutes_from(row) for row in await self._all(_ROUNDS_OVER, {"today": today, "limit": limit})]

    async def answers(self, meeting: MeetingId) -> Sequence[RoundAnswer]:
        return [m.answer_from(row) for row in await self._all(_ANSWERS, {"meeting": meeting})]

    async def answer(self, answer: RoundAnswer) -> None:
        self._unit.put(_ANSWER, m.answer_values(answer))

    async def remarks(self, meeting: MeetingId) -> Sequence[Remark]:
        return [m.remark_from(row) for row in await self._all(_REMARKS, {"meeting": meeting})]

    async def remark(self, remark: RemarkId) -> Remark | None:
        row = await self._unit.ask(lambda tx: tx.first(_REMARK, {"remark": remark}))
        return m.remark_from(row) if row else None

    async def put_remark(self, remark: Remark) -> None:
        self._unit.put(_PUT_REMARK, m.remark_values(remark))

    async def approvals(self, meeting: MeetingId, held: MeetingId) -> Sequence[Approval]:
        return [m.approval_from(row) for row in await self._all(_APPROVALS, {"meeting": meeting, "held": held})]

    async def approve(self, approval: Approval) -> bool:
        """On PostgreSQL the same seat's second answer waits for the first to commit or give up."""
        values = m.approval_values(approval)
        return await self._unit.write(lambda tx: tx.run(_APPROVE, values)) == 1

    async def unsealed(self, now: datetime) -> bool:
        return await self._unit.ask(lambda tx: tx.first(_UNSEALED, {"now": now})) is not None

    async def claim(self, now: datetime, lease: timedelta) -> Sealing | None:
        """Raises ``LookupError`` where the approved version has no text."""

        def step(tx: Tx) -> tuple[Minutes, Row | None] | None:
            row = tx.first(_FREE, {"now": now})
            if row is None:
                return None
            minutes = m.minutes_from(row)
            tx.run(_LEASE, {"meeting": minutes.meeting, "until": now + lease})
            return minutes, tx.first(_VERSION, {"meeting": minutes.meeting, "version": minutes.approved_version})

        found = await self._unit.write(step)
        if found is None:
            return None
        minutes, version = found
        if version is None:
            raise LookupError(f"the minutes of {minutes.meeting} have no version {minutes.approved_version}")
        return Sealing(minutes, m.version_from(version))

    async def file(self, meeting: MeetingId, version: int) -> LockedFile | None:
        row = await self._unit.ask(lambda tx: tx.first(_FILE, {"meeting": meeting, "version": version}))
        return m.file_from(row) if row else None

    async def put_file(self, file: LockedFile) -> bool:
        values = m.file_values(file)
        return await self._unit.write(lambda tx: tx.run(_PUT_FILE, values)) == 1

    async def _of(self, meetings: Sequence[MeetingId], *, finished: bool) -> Mapping[MeetingId, Minutes]:
        wanted = sorted(set(meetings))
        if not wanted:
            return {}
        size = size_for(len(wanted))
        rows = await self._all(_named(size, finished=finished), listed("meeting", wanted, size))
        return {minutes.meeting: minutes for minutes in map(m.minutes_from, rows)}

    async def _all(self, statement: Select[Any], params: Mapping[str, Any]) -> Sequence[Row]:
        return await self._unit.ask(lambda tx: tx.all(statement, params))


def _write(tx: Tx, version: Version | None) -> None:
    if version is not None:
        tx.run(_WRITE, m.version_values(version))
