"""What the back-plans of meetings will do, step by step, and whose turn it is to do it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Boolean, Select, bindparam, column, select, text

from board.ids import MeetingId
from board.planned import Does, PlannedState, PlannedStep
from storage import records as r
from storage.statements import LIMIT, NOW, listed, one_of, size_for
from storage.transaction import Params, Row, Tx
from storage.unit import Unit
from storage.upsert import upsert

p, d = r.planned.c, r.duties.c
_ONE_PLANNER = 7_265_835
"""The number of the advisory lock of whoever plans."""

_TURN = text(f"SELECT pg_try_advisory_xact_lock({_ONE_PLANNER}) AS mine").columns(column("mine", Boolean))

# The states are spelled as the partial indexes have them, or those would not be used.
_COLUMNS = tuple(c for c in r.planned.columns if c.name != "key")
_STEP_NEXT = select(p.at).where(text("state = 'open'")).order_by(p.at).limit(1)
_REMINDER_NEXT = select(d.next_at).where(text("next_at IS NOT NULL")).order_by(d.next_at).limit(1)
_NEXT = select(_STEP_NEXT.scalar_subquery().label("step"), _REMINDER_NEXT.scalar_subquery().label("reminder"))
_DUE = select(*_COLUMNS).where(p.at <= NOW, text("state = 'open'")).order_by(p.at, p.key).limit(LIMIT)
_DUE_LOCKED = _DUE.with_for_update(skip_locked=True)
_EXPIRED = (
    select(*_COLUMNS)
    .where(p.done_at >= bindparam("since", type_=p.done_at.type), text("state = 'expired'"))
    .order_by(p.done_at.desc(), p.key)
    .limit(LIMIT)
)
_PUT = upsert(r.planned)


@lru_cache
def _of_meetings(size: int) -> Select[Any]:
    return select(*_COLUMNS).where(one_of(p.meeting_id, "meeting", size)).order_by(p.key)


@lru_cache
def _of_meetings_locked(size: int) -> Select[Any]:
    return _of_meetings(size).with_for_update()


class Planned:
    """Implements ``board.planning_ports.PlannedRepository``."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    async def take_turn(self) -> bool:
        """SQLite: one process, one writer at a time, so it is always this one's.

        PostgreSQL: a planner that was stopped in the middle loses its turn (``storage.postgres``, ``STOPPED_CLIENT``).
        """

        def step(tx: Tx) -> bool:
            if not tx.many_processes:
                return True
            row = tx.first(_TURN)
            return row is not None and bool(row[0])

        return await self._unit.write(step)

    async def next_at(self) -> datetime | None:
        row = await self._unit.ask(lambda tx: tx.first(_NEXT))
        return min((at for at in row or () if at is not None), default=None)

    async def due(self, now: datetime, limit: int) -> Sequence[PlannedStep]:
        return await self._all(_DUE_LOCKED if self._unit.writable else _DUE, {"now": now, "limit": limit})

    async def of_meetings(self, meetings: Sequence[MeetingId]) -> Sequence[PlannedStep]:
        wanted = sorted(set(meetings))
        if not wanted:
            return ()
        size = size_for(len(wanted))
        statement = _of_meetings_locked(size) if self._unit.writable else _of_meetings(size)
        return await self._all(statement, listed("meeting", wanted, size))

    async def put(self, steps: Sequence[PlannedStep]) -> None:
        if steps:
            self._unit.put(_PUT, [_values(step) for step in sorted(steps, key=lambda step: step.key)])

    async def expired(self, since: datetime, limit: int) -> Sequence[PlannedStep]:
        return await self._all(_EXPIRED, {"since": since, "limit": limit})

    async def _all(self, statement: Select[Any], params: Params) -> Sequence[PlannedStep]:
        return [_step_from(row) for row in await self._unit.ask(lambda tx: tx.all(statement, params))]


def _step_from(row: Row) -> PlannedStep:
    meeting, deadline, does, due, at, expires_at, state, done_at = row
    return PlannedStep(MeetingId(meeting), deadline, Does(does), due, at, expires_at, PlannedState(state), done_at)


def _values(step: PlannedStep) -> dict[str, Any]:
    return {
        "key": step.key,
        "meeting_id": step.meeting,
        "deadline": step.deadline,
        "does": step.does.value,
        "due": step.due,
        "at": step.at,
        "expires_at": step.expires_at,
        "state": step.state.value,
        "done_at": step.done_at,
    }
