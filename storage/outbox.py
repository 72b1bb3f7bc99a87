"""What is to be sent, as a unit of work sees it: notices are put in line, copies of a changed object redrawn.

Who may be told is decided before; here a row waits (``waiting``) where there is no address, and is in line otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Text,
    and_,
    bindparam,
    case,
    cast,
    exists,
    literal,
    not_,
    null,
    or_,
    select,
    text,
    update,
)

from board.notices import Notice
from storage import records as r
from storage.mapping import person_lane
from storage.statements import NOW
from storage.transaction import Tx
from storage.unit import Unit
from storage.upsert import add_once

o, k, a = r.outbox.c, r.copies.c, r.addresses.c
_COLUMNS = (
    "key", "kind", "object_id", "rev", "person_id", "copy_id", "lane", "state", "open", "due_at", "attempts",
    "last_error", "message_id", "created_at",
)  # fmt: skip
_PERSON = bindparam("person", type_=Text())
_OBJECT = bindparam("object", type_=Text())
_REV = bindparam("new_rev", type_=Integer())


def _row(
    key: ColumnElement[str],
    about: Sequence[ColumnElement[Any]],
    copy_id: ColumnElement[Any],
    lane: ColumnElement[str],
    reachable: ColumnElement[bool],
) -> Select[Any]:
    state = case((reachable, "queued"), else_="waiting")
    is_open = case((reachable, 1), else_=0)
    empty = literal("", Text())
    return select(key, *about, copy_id, lane, state, is_open, NOW, literal(0, Integer()), empty, empty, NOW)


_TELL = add_once(
    r.outbox,
    _COLUMNS,
    _row(
        bindparam("key", type_=Text()),
        (bindparam("kind", type_=Text()), _OBJECT, _REV, _PERSON),
        cast(null(), Integer),
        bindparam("lane", type_=Text()),
        exists().where(a.person_id == _PERSON, text("addresses.latest = 1")),
    ).where(literal(1, Integer()) == 1),  # without a WHERE SQLite takes ON CONFLICT for the ON of a join
    "key",
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
    _COLUMNS,
    _row(
        literal("redraw:") + cast(k.id, Text) + literal(":") + cast(_REV, Text),
        (k.kind, k.object_id, _REV, k.person_id),
        k.id,
        k.lane,
        not_(_out_of_use),
    )
    .where(and_(k.object_id == _OBJECT, k.rev < _REV, not_(_in_line)))
    .with_for_update(read=True, key_share=True),
    "key",
)


def redraw(tx: Tx, object_id: str, rev: int, now: datetime) -> bool:
    """Puts one redrawing a copy in line, to the newest revision. One that has not gone out yet is brought up to it."""
    params = {"object": object_id, "new_rev": rev}
    tx.run(_RAISE, params)
    return tx.run(_REDRAW, {**params, "now": now}) > 0


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
                "lane": person_lane(notice.to),
                "now": now,
            }
            for notice in notices
        ]
        if rows:
            self._unit.put(_TELL, rows)
            self._unit.puts_in_line()

    async def redraw(self, object_id: str, rev: int, now: datetime) -> None:
        def step(tx: Tx) -> None:
            redraw(tx, object_id, rev, now)

        self._unit.later(step)
        self._unit.puts_in_line()
