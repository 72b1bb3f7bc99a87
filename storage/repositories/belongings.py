"""What stands in a person's name, handed over to the person that somebody turns out to be."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Text, and_, bindparam, case, delete, exists, or_, select, text, update

from board.ids import PersonId
from board.notices import tasks_of
from storage import records as r
from storage.channel_records import answer_links
from storage.mapping import lane_to
from storage.pack_records import links
from storage.repositories.addresses import free, lock_chats
from storage.transaction import Tx
from storage.unit import Unit

a, k, o, f = r.addresses.c, r.copies.c, r.outbox.c, r.calendars.c
_GUEST, _PERSON = bindparam("guest", type_=Text()), bindparam("person", type_=Text())
_LANE, _NEW_LANE = bindparam("lane_now", type_=Text()), bindparam("lane_then", type_=Text())
_LIST = bindparam("tasks", type_=Text())

_OF_LIST = select(k.id).where(k.object_id == _LIST)
_NOT_OUT = text("state <> 'leased'")
_DROP_LIST_ROWS = delete(r.outbox).where(
    or_(o.copy_id.in_(_OF_LIST), and_(o.object_id == _LIST, or_(o.state == "queued", o.state == "waiting")))
)
_DROP_LIST = delete(r.copies).where(k.object_id == _LIST)
_COPIES = (
    update(r.copies)
    .where(k.person_id == _GUEST)
    .values(person_id=_PERSON, lane=case((k.lane == _LANE, _NEW_LANE), else_=k.lane))
)
_IN_LINE = (
    update(r.outbox)
    .where(o.person_id == _GUEST, or_(o.state == "queued", o.state == "waiting", o.state == "leased"))
    .values(
        person_id=_PERSON,
        lane=case((and_(o.lane == _LANE, _NOT_OUT), _NEW_LANE), else_=o.lane),
    )
)
"""One that is out keeps its lane: at most one of a lane is, and the person may have one out as well."""
_theirs = r.addresses.alias("theirs")
_STEP_BACK = (
    update(r.addresses)
    .where(
        a.person_id == _PERSON,
        text("addresses.latest = 1"),
        exists().where(_theirs.c.person_id == _GUEST, text("theirs.latest = 1")),
    )
    .values(latest=0)
)
_ADDRESSES = update(r.addresses).where(a.person_id == _GUEST).values(person_id=_PERSON)
_mine = r.calendars.alias("mine")
_CALENDAR = (
    update(r.calendars)
    .where(f.person_id == _GUEST, ~exists().where(_mine.c.person_id == _PERSON))
    .values(person_id=_PERSON)
)
_NO_CALENDAR = delete(r.calendars).where(f.person_id == _GUEST)
_LINKS = tuple(
    update(table).where(table.c.person_id == _GUEST).values(person_id=_PERSON) for table in (links, answer_links)
)


class PersonalThings:
    """Implements ``board.joining_ports.Belongings``."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    async def hand_over(self, guest: PersonId, person: PersonId, now: datetime) -> None:
        self._unit.later(lambda tx: _hand_over(tx, guest, person))
        self._unit.last(lambda tx: free(tx, person, now))
        self._unit.puts_in_line()


def _hand_over(tx: Tx, guest: PersonId, person: PersonId) -> None:
    who = {"guest": guest, "person": person}
    lanes = {"lane_now": lane_to(guest), "lane_then": lane_to(person)}
    tasks: dict[str, Any] = {"tasks": tasks_of(guest)}
    lock_chats(tx, person)
    tx.run(_DROP_LIST_ROWS, tasks)
    tx.run(_DROP_LIST, tasks)
    tx.run(_COPIES, {**who, **lanes})
    tx.run(_IN_LINE, {**who, **lanes})
    tx.run(_STEP_BACK, who)
    tx.run(_ADDRESSES, who)
    for statement in (_CALENDAR, *_LINKS):
        tx.run(statement, who)
    tx.run(_NO_CALENDAR, {"guest": guest})
