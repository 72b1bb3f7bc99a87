"""What people owe, one row a duty, and the revision of each person's list of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Executable, Select, bindparam, null, select, text, union, update
from sqlalchemy.dialects.postgresql import Insert, insert

from board.duty import Duty, DutyKind, Rung
from board.ids import DutyId, PersonId
from storage import records as r
from storage.lists import Lists
from storage.statements import LIMIT, NOW, binds, listed, one_of, size_for
from storage.transaction import Params, Row, Tx
from storage.unit import Unit
from storage.upsert import several

d = r.duties.c
_PERSON = bindparam("person", type_=d.person_id.type)
_COLUMNS = tuple(c for c in r.duties.columns if c.name != "no")
_NAMES = tuple(c.name for c in _COLUMNS)
MANY = 16
"""Rows that one statement adds: a statement is compiled once for each size."""

# The conditions on NULL are spelled out as the partial indexes have them.
_OPEN = text("ended_at IS NULL")
_GET = select(*_COLUMNS).where(d.id == bindparam("duty"))
_GET_LOCKED = _GET.with_for_update()
_DUE = select(*_COLUMNS).where(d.next_at <= NOW, text("next_at IS NOT NULL")).order_by(d.next_at, d.no).limit(LIMIT)
_DUE_LOCKED = _DUE.with_for_update(skip_locked=True)
_OF_OBJECT = select(*_COLUMNS).where(d.object_id == bindparam("object")).order_by(d.no)
_OF_OBJECT_LOCKED = _OF_OBJECT.with_for_update()
_OVERDUE = (
    select(*_COLUMNS)
    .where(d.due < bindparam("before", type_=d.due.type), _OPEN)
    .order_by(d.due.desc(), d.no.desc())
    .limit(LIMIT)
)
_SAVE = update(r.duties).where(d.id == bindparam("duty")).values(binds(r.duties, leave_out=("no", "id")))

# Of its own, as SQLite writes every index of a column that is set, also to the value it had.
_REMIND = (
    update(r.duties)
    .where(d.id == bindparam("duty"), _OPEN)
    .values(rung=bindparam("at_rung"), next_at=bindparam("then", type_=d.next_at.type))
)


def _branch(*where: ColumnElement[bool]) -> Select[Any]:
    """One reason to owe a duty, read along its own index and no further than the limit."""
    rows = select(d.due, d.no).where(*where, _OPEN).order_by(d.due, d.no).limit(LIMIT).subquery()
    return select(*rows.c)


def _open_of() -> Select[Any]:
    both = union(_branch(d.person_id == _PERSON), _branch(d.deputy == _PERSON, d.deputy.is_not(None))).subquery().c
    chosen = select(both.no).order_by(both.due, both.no).limit(LIMIT)
    return select(*_COLUMNS).where(d.no.in_(chosen)).order_by(d.due, d.no)


_OPEN_OF = _open_of()


def _ended_branch(*where: ColumnElement[bool]) -> Select[Any]:
    was = (text("ended_at IS NOT NULL"), d.ended_at >= bindparam("since", type_=d.ended_at.type))
    rows = select(d.ended_at, d.no).where(*where, *was).order_by(d.ended_at.desc(), d.no.desc()).limit(LIMIT).subquery()
    return select(*rows.c)


def _ended_of() -> Select[Any]:
    asked, stood_in = _ended_branch(d.person_id == _PERSON), _ended_branch(d.deputy == _PERSON, d.deputy.is_not(None))
    both = union(asked, stood_in).subquery().c
    chosen = select(both.no).order_by(both.ended_at.desc(), both.no.desc()).limit(LIMIT)
    return select(*_COLUMNS).where(d.no.in_(chosen)).order_by(d.ended_at.desc(), d.no.desc())


_ENDED_OF = _ended_of()


@lru_cache
def _add(size: int) -> Executable:
    new: Insert = insert(r.duties).from_select(_NAMES, several(_COLUMNS, size))
    return new.on_conflict_do_nothing(index_elements=["id"]).returning(d.person_id, d.deputy)


@lru_cache
def _deputies(size: int) -> Select[Any]:
    return select(d.deputy).where(one_of(d.id, "duty", size), d.deputy.is_not(None)).distinct()


@lru_cache
def _end(size: int, with_part: bool) -> Executable:
    about = [d.object_id == bindparam("object"), one_of(d.kind, "kind", size)]
    if with_part:
        about.append(d.part == bindparam("of_part"))
    ended = {"next_at": null(), "ended_at": NOW, "ended_by": bindparam("by")}
    return update(r.duties).where(*about, _OPEN).values(ended).returning(d.person_id, d.deputy)


class Duties:
    """Implements ``board.planning_ports.DutyRepository``.

    Locks are taken in the order meeting or case, its duties, lists; of several duties in the order they were asked.
    """

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._lists = Lists(unit)

    async def get(self, duty: DutyId) -> Duty | None:
        found = await self._all(_GET, _GET_LOCKED, {"duty": duty})
        return found[0] if found else None

    async def due(self, now: datetime, limit: int) -> Sequence[Duty]:
        return await self._all(_DUE, _DUE_LOCKED, {"now": now, "limit": limit})

    async def open_of(self, person: PersonId, limit: int) -> Sequence[Duty]:
        return await self._all(_OPEN_OF, _OPEN_OF, {"person": person, "limit": limit})

    async def ended_of(self, person: PersonId, since: datetime, limit: int) -> Sequence[Duty]:
        return await self._all(_ENDED_OF, _ENDED_OF, {"person": person, "since": since, "limit": limit})

    async def of_object(self, object_id: str) -> Sequence[Duty]:
        return await self._all(_OF_OBJECT, _OF_OBJECT_LOCKED, {"object": object_id})

    async def overdue(self, before: date, limit: int) -> Sequence[Duty]:
        return await self._all(_OVERDUE, _OVERDUE, {"before": before, "limit": limit})

    async def add(self, duties: Sequence[Duty], now: datetime) -> None:
        for start in range(0, len(duties), MANY):
            self._change(_adding(duties[start : start + MANY]), now)

    async def save(self, duties: Sequence[Duty], now: datetime) -> None:
        if duties:
            self._change(_saving(duties), now)

    async def remind(self, duties: Sequence[Duty]) -> None:
        if duties:
            rows = [{"duty": duty.id, "at_rung": int(duty.rung), "then": duty.next_at} for duty in duties]
            self._unit.put(_REMIND, rows)

    async def end(
        self, object_id: str, kinds: Sequence[DutyKind], by: PersonId, now: datetime, part: str | None = None
    ) -> None:
        if not kinds:
            return
        size = size_for(len(kinds))
        params: dict[str, Any] = {"object": object_id, "by": by, "now": now}
        if part is not None:
            params["of_part"] = part
        params |= listed("kind", sorted(kind.value for kind in kinds), size)
        statement = _end(size, part is not None)
        self._change(lambda tx: tx.all(statement, params), now)

    async def list_rev(self, person: PersonId) -> int:
        return await self._lists.rev(person)

    def _change(self, step: Any, now: datetime) -> None:
        """``step`` answers with rows of people whose lists it changes."""

        def run(tx: Tx) -> None:
            self._lists.changed(somebody for row in step(tx) for somebody in row)

        self._unit.later(run)
        self._lists.settle(now)

    async def _all(self, plain: Select[Any], locked: Select[Any], params: Params) -> Sequence[Duty]:
        statement = locked if self._unit.writable else plain
        return [_duty_from(row) for row in await self._unit.ask(lambda tx: tx.all(statement, params))]


def _adding(duties: Sequence[Duty]) -> Any:
    size = size_for(len(duties))
    filled = [*duties, *[duties[-1]] * (size - len(duties))]
    params = {f"{name}_{n}": value for n, duty in enumerate(filled) for name, value in _values(duty).items()}
    return lambda tx: tx.all(_add(size), params)


def _saving(duties: Sequence[Duty]) -> Any:
    """The lists of those who were deputies until now change too."""
    ids = [duty.id for duty in duties]
    rows = []
    for duty in duties:
        row = {**_values(duty), "duty": duty.id}
        del row["id"]
        rows.append(row)
    now_concerned = [(duty.person, duty.deputy) for duty in duties]

    def step(tx: Tx) -> Iterable[Row]:
        size = size_for(len(ids))
        before = tx.all(_deputies(size), listed("duty", ids, size))
        tx.run(_SAVE, rows)
        return [*before, *now_concerned]

    return step


def _duty_from(row: Row) -> Duty:
    id_, kind, object_id, person, asked_at, due, part, next_at, rung, deputy, ended_at, ended_by = row
    return Duty(
        DutyId(id_),
        DutyKind(kind),
        object_id,
        PersonId(person),
        asked_at,
        due,
        part,
        next_at,
        Rung(rung),
        PersonId(deputy) if deputy else None,
        ended_at,
        PersonId(ended_by) if ended_by else None,
    )


def _values(duty: Duty) -> dict[str, Any]:
    return {
        "id": duty.id,
        "kind": duty.kind.value,
        "object_id": duty.object_id,
        "person_id": duty.person,
        "asked_at": duty.asked_at,
        "due": duty.due,
        "part": duty.part,
        "next_at": duty.next_at,
        "rung": int(duty.rung),
        "deputy": duty.deputy,
        "ended_at": duty.ended_at,
        "ended_by": duty.ended_by,
    }
