"""Word to the deputies of somebody who could not be reached: put in line with that, dropped where it is not needed.

One row a notice and deputy. ``part`` says what it stands for: the notice's kind, whom it was for, and its part.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Text, and_, bindparam, delete, literal, or_, select, text

from board.clock import local_day
from board.ids import PersonId
from board.notices import NoticeKind
from board.people import Role
from storage import records as r
from storage.outbox import EMPTY, NO_COPY, OUTBOX_COLUMNS, ZERO
from storage.statements import NOW
from storage.transaction import Tx
from storage.upsert import add_once

o, h = r.outbox.c, r.holdings.c
_missed = r.outbox.alias("missed")
m = _missed.c
_DAY = bindparam("day", type_=h.since.type)
_KEY: ColumnElement[str] = literal("stands_in:", Text()) + m.key + literal(":") + h.person_id
_DEPUTIES = and_(h.deputy_for == m.person_id, h.role == Role.DEPUTY.value)

_PUT = add_once(
    r.outbox,
    OUTBOX_COLUMNS,
    select(
        *(_KEY, literal(NoticeKind.STANDS_IN.value), m.object_id, m.rev, h.person_id, NO_COPY),
        *(literal("p:") + h.person_id, literal("queued"), literal(1), NOW, ZERO, EMPTY, EMPTY, NOW),
        m.kind + literal("|") + m.person_id + literal("|") + m.part,
        *(literal("chat"), m.expires_at),
    )
    .join(r.holdings, _DEPUTIES)
    .where(m.id == bindparam("row", type_=o.id.type), h.since <= _DAY, or_(h.until.is_(None), h.until >= _DAY))
    .order_by(h.person_id),
    "key",
)
_DROP = delete(r.outbox).where(
    or_(o.state == "queued", o.state == "waiting"),
    o.key.in_(
        select(_KEY)
        .join(r.holdings, _DEPUTIES)
        .where(text("missed.state = 'waiting'"), m.person_id == bindparam("person", type_=Text()), m.copy_id.is_(None))
    ),
)


def put(tx: Tx, row: int, now: datetime) -> int:
    """Tells those who are registered as deputies on this day; once each, however often it is asked."""
    return tx.run(_PUT, {"row": row, "day": local_day(now), "now": now})


def drop(tx: Tx, person: PersonId) -> None:
    """The person is reached after all: takes back what has not gone out. Comes before what waits is freed."""
    tx.run(_DROP, {"person": person})
