"""What is to be sent, as a unit of work sees it: notices are put in line, copies of a changed object redrawn.

Who may be told is decided before; by which way it arrives, and whether there is one, the pump finds out.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    Integer,
    Select,
    Text,
    and_,
    bindparam,
    case,
    cast,
    exists,
    literal,
    null,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from board.ids import PersonId
from board.notices import Notice
from storage import records as r
from storage.mapping import lane_to
from storage.statements import NOW, listed, one_of, size_for
from storage.transaction import Tx
from storage.types import Instant
from storage.unit import Unit
from storage.upsert import add_once

o, k, a = r.outbox.c, r.copies.c, r.addresses.c
OUTBOX_COLUMNS = (
    "key", "kind", "object_id", "rev", "person_id", "copy_id", "lane", "state", "open", "due_at", "attempts",
    "last_error", "message_id", "created_at", "part", "way", "expires_at",
)  # fmt: skip
"""What a query gives that adds rows."""
EMPTY, ZERO = literal("", Text()), literal(0, Integer())
NO_COPY = cast(null(), Integer)
_OBJECT = bindparam("object", type_=Text())
_REV = bindparam("new_rev", type_=Integer())

_IN_LINE = {"state": "queued", "open": 1, "due_at": NOW, "attempts": 0, "last_error": "", "created_at": NOW}
_TELL = (
    insert(r.outbox)
    .values(
        **{name: bindparam(name, type_=o[name].type) for name in ("key", "kind", "lane", "part", "expires_at")},
        object_id=_OBJECT,
        rev=_REV,
        person_id=bindparam("person", type_=Text()),
        message_id="",
        way="chat",
        **_IN_LINE,
    )
    .on_conflict_do_nothing(index_elements=["key"])
)
_RAISE = (
    update(r.outbox)
    .where(o.object_id == _OBJECT, o.copy_id.is_not(None), text("state IN ('queued', 'waiting')"), o.rev < _REV)
    .values(rev=_REV)
)
_out = r.outbox.alias("out_already")
_out_of_use = exists().where(a.channel == k.channel, a.conversation == k.conversation, text("addresses.in_use = 0"))
_in_line = exists().where(
    _out.c.copy_id == k.id,
    or_(_out.c.state == "queued", _out.c.state == "waiting", and_(_out.c.state == "leased", _out.c.rev >= _REV)),
)
_REDRAW = add_once(
    r.outbox,
    OUTBOX_COLUMNS,
    select(
        literal("redraw:") + cast(k.id, Text) + literal(":") + cast(_REV, Text),
        *(k.kind, k.object_id, _REV, k.person_id, k.id, k.lane),
        case((_out_of_use, "waiting"), else_="queued"),
        case((_out_of_use, 0), else_=1),
        *(NOW, ZERO, EMPTY, EMPTY, NOW, k.part, literal("chat", Text()), cast(null(), Instant)),
    )
    .where(and_(k.object_id == _OBJECT, k.rev < _REV, ~_in_line))
    .with_for_update(read=True, key_share=True),
    "key",
)
_waits = exists().where(_out.c.copy_id == k.id, or_(_out.c.state == "queued", _out.c.state == "waiting"))


@lru_cache
def _redraw_for(size: int) -> Any:
    """As it is drawn when it goes out, one that waits already will do."""
    key = literal("redraw:") + cast(k.id, Text) + literal(":for:") + bindparam("once", type_=Text())
    rows = select(
        *(key, k.kind, k.object_id, k.rev, k.person_id, k.id, k.lane),
        case((_out_of_use, "waiting"), else_="queued"),
        case((_out_of_use, 0), else_=1),
        *(NOW, ZERO, EMPTY, EMPTY, NOW, k.part, literal("chat", Text()), cast(null(), Instant)),
    ).where(one_of(k.object_id, "object", size), k.person_id == bindparam("person", type_=Text()), ~_waits)
    in_order = rows.order_by(k.id).with_for_update(read=True, key_share=True)
    return add_once(r.outbox, OUTBOX_COLUMNS, in_order, "key")


def redraw(tx: Tx, object_id: str, rev: int, now: datetime) -> bool:
    """Puts one redrawing a copy in line, to the newest revision. One that has not gone out yet is brought up to it."""
    params = {"object": object_id, "new_rev": rev}
    tx.run(_RAISE, params)
    return tx.run(_REDRAW, {**params, "now": now}) > 0


@lru_cache
def _known(size: int) -> Select[Any]:
    return select(o.key).where(one_of(o.key, "key", size))


class Outbox:
    """Implements ``board.ports.Outbox``."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    async def tell(self, notices: Sequence[Notice], now: datetime) -> None:
        rows = [
            {
                "key": notice.key,
                "kind": notice.kind.value,
                "object": notice.object_id,
                "new_rev": notice.rev,
                "person": notice.to,
                "lane": lane_to(notice.to),
                "part": notice.part,
                "expires_at": notice.expires_at,
                "now": now,
            }
            for notice in notices
        ]
        if rows:
            self._unit.put(_TELL, rows)
            self._unit.puts_in_line()

    async def knows(self, keys: Sequence[str]) -> frozenset[str]:
        if not keys:
            return frozenset()
        size = size_for(len(keys))
        params = listed("key", keys, size)
        rows = await self._unit.ask(lambda tx: tx.all(_known(size), params))
        return frozenset(row[0] for row in rows)

    async def redraw(self, object_id: str, rev: int, now: datetime) -> None:
        def step(tx: Tx) -> None:
            redraw(tx, object_id, rev, now)

        self._unit.later(step)
        self._unit.puts_in_line()

    async def redraw_for(self, person: PersonId, objects: Sequence[str], once: str, now: datetime) -> None:
        if not objects:
            return
        size = size_for(len(objects))
        params = {**listed("object", list(objects), size), "person": person, "once": once, "now": now}

        def step(tx: Tx) -> None:
            tx.run(_redraw_for(size), params)

        self._unit.later(step)
        self._unit.puts_in_line()
