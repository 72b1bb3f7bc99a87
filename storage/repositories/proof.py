"""What went out to whom, read from the outbox: for the office, which tells by mouth those whom nothing reached."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, not_, or_, select, text, update
from sqlalchemy.sql.functions import count, func
from sqlalchemy.sql.functions import max as most
from sqlalchemy.sql.functions import sum as total

from board.delivery import NEWEST, About, Missed, Proof, ProofState, SentRow
from board.ids import PersonId
from board.notices import NoticeKind
from storage import records as r
from storage.statements import LIMIT, NOW, listed, one_of, size_for
from storage.transaction import Row
from storage.types import Instant
from storage.unit import Unit

o = r.outbox.c
_GROUP = ("kind", "object_id", "rev", "part")
_SINCE, _BEFORE = bindparam("since", type_=Instant()), bindparam("before", type_=Instant())
_MISSED = text("outbox.copy_id IS NULL AND outbox.state IN ('waiting', 'failed', 'expired')")
_UNLISTED = text("outbox.listed_at IS NULL")
_TO_PEOPLE = and_(o.copy_id.is_(None), not_(o.person_id.startswith("channel:")))
_COUNTS = and_(_TO_PEOPLE, o.kind != NoticeKind.STANDS_IN.value, o.kind != NoticeKind.DIGEST.value)
"""What the office is to know of: not what says so itself, and no digest, which the next day repeats."""


def _newest_of_each(*columns: ColumnElement[Any]) -> Select[Any]:
    """The columns of a group's rows, with ``nth`` 1 for the newest one of each person."""
    newest = func.row_number().over(partition_by=[*[o[name] for name in _GROUP], o.person_id], order_by=o.id.desc())
    return select(*columns, newest.label("nth")).where(_TO_PEOPLE)


_rows = (
    _newest_of_each(o.id, o.person_id, o.state, o.way, o.created_at, o.done_at, o.last_error)
    .where(*[o[name] == bindparam(name, type_=o[name].type) for name in _GROUP])
    .subquery("rows")
)
_RANK = case(
    (or_(*[_rows.c.state == state for state in ("waiting", "failed", "expired")]), 0),
    (or_(_rows.c.state == "queued", _rows.c.state == "leased"), 1),
    else_=2,
)
_OF = select(*[c for c in _rows.c if c.name != "nth"]).where(_rows.c.nth == 1).order_by(_RANK, _rows.c.id).limit(LIMIT)


def _groups(missed: Sequence[str], since: ColumnElement[bool], when: str) -> Select[Any]:
    """Groups with a row that was missed since then, counted over all their people; the latest ``when`` first."""
    is_missed = or_(*[o.state == state for state in missed])
    some = select(*[o[name] for name in _GROUP]).where(_MISSED, is_missed, since, _COUNTS).distinct().subquery("some")
    same = and_(*[some.c[name] == o[name] for name in _GROUP])
    of = (
        _newest_of_each(
            *[o[name] for name in _GROUP],
            *(o.id, case((is_missed, o[when])).label("at"), case((is_missed, 1), else_=0).label("missed")),
        )
        .join(some, same)
        .subquery("of")
    ).c
    group = [of[name] for name in _GROUP]
    return (
        select(*group, total(of.missed), count())
        .where(of.nth == 1)
        .group_by(*group)
        .having(total(of.missed) > 0)
        .order_by(most(of.at).desc(), most(of.id).desc())
        .limit(LIMIT)
    )


_UNREACHED = _groups(("waiting", "failed"), o.created_at >= _SINCE, "created_at")
_EXPIRED = _groups(("expired",), o.done_at >= _SINCE, "done_at")
_TO_LIST = and_(_UNLISTED, _MISSED, o.created_at < _BEFORE, _COUNTS)
_ANY = select(o.id).where(_TO_LIST).limit(1)
_LIST = update(r.outbox).where(_TO_LIST).values(listed_at=NOW)
_TOLD = (
    update(r.outbox)
    .where(o.id == bindparam("row"), o.copy_id.is_(None), or_(o.state == "waiting", o.state == "failed"))
    .values(state="told", way="spoken", told_by=bindparam("by"), done_at=NOW, open=0)
)


@lru_cache
def _page(objects: int, kinds: int) -> Select[Any]:
    where = [one_of(o.object_id, "object", objects), o.id < bindparam("before"), _TO_PEOPLE]
    where += [one_of(o.kind, "kind", kinds)] if kinds else []
    columns = (o.id, o.person_id, o.state, o.way, o.created_at, o.done_at, o.last_error)
    return select(*columns, *[o[name] for name in _GROUP]).where(*where).order_by(o.id.desc()).limit(LIMIT)


class Proofs:
    """Implements ``board.delivery.ProofOfDelivery``. Channels are no people: they are never named or counted."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    async def of(self, about: About, limit: int) -> Sequence[Proof]:
        group = {"kind": about.kind, "object_id": about.object_id, "rev": about.rev, "part": about.part}
        return [_proof_from(row) for row in await self._all(_OF, {**group, "limit": limit})]

    async def page(
        self, objects: Sequence[str], limit: int, before: int = NEWEST, only: Sequence[str] = ()
    ) -> Sequence[SentRow]:
        about, kinds = sorted(set(objects)), sorted(set(only))
        if not about:
            return ()
        sizes = size_for(len(about)), size_for(len(kinds)) if kinds else 0
        params = {**listed("object", about, sizes[0]), "before": before, "limit": limit}
        params |= listed("kind", kinds, sizes[1]) if kinds else {}
        return [_sent_from(row) for row in await self._all(_page(*sizes), params)]

    async def unreached(self, since: datetime, limit: int) -> Sequence[Missed]:
        return [_missed_from(row) for row in await self._all(_UNREACHED, {"since": since, "limit": limit})]

    async def expired(self, since: datetime, limit: int) -> Sequence[Missed]:
        return [_missed_from(row) for row in await self._all(_EXPIRED, {"since": since, "limit": limit})]

    async def unlisted(self, before: datetime) -> bool:
        return bool(await self._all(_ANY, {"before": before}))

    async def list_all(self, before: datetime, now: datetime) -> None:
        self._unit.put(_LIST, {"before": before, "now": now})

    async def told(self, row: int, by: PersonId, now: datetime) -> bool:
        return await self._unit.write(lambda tx: tx.run(_TOLD, {"row": row, "by": by, "now": now})) == 1

    async def _all(self, statement: Select[Any], params: dict[str, Any]) -> Sequence[Row]:
        return await self._unit.ask(lambda tx: tx.all(statement, params))


def _sent_from(row: Row) -> SentRow:
    *proof, kind, object_id, rev, part = row
    return SentRow(proof[4], About(kind, object_id, rev, part), _proof_from(proof))


def _proof_from(row: Sequence[Any]) -> Proof:
    id_, person, state, way, created_at, done_at, error = row
    return Proof(id_, PersonId(person), _state(state, way), way, done_at or created_at, error)


def _state(state: str, way: str) -> ProofState:
    if state == "leased":
        return "queued"
    if state == "sent" and way == "chat":
        return "delivered"
    return state  # type: ignore[return-value]  # the outbox's other states are called the same


def _missed_from(row: Row) -> Missed:
    *about, missed, all_ = row
    return Missed(About(*about), missed, all_)
