"""The copies of cards that are out there, and the objects that they show."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BindParameter, Column, Select, Table, and_, bindparam, delete, or_, select
from sqlalchemy.dialects.postgresql import insert

from board.delivery import Copy
from board.notices import person_of_tasks
from board.pack import PackState, card_rev
from storage import records as r
from storage.case_records import agendas, cases, dispensations
from storage.mapping import copy_values
from storage.minutes_records import minutes_book
from storage.outbox import redraw
from storage.pack_records import packs
from storage.sitting_records import follow_ups, sittings
from storage.transaction import Row, Tx
from storage.upsert import upsert

k, o = r.copies.c, r.outbox.c
_KEEP = upsert(r.copies, leave_out=("id",), on=("channel", "conversation", "message_id"))


def _rev(table: Table, key: Column[str]) -> Select[tuple[int]]:
    return select(table.c.rev).where(key == bindparam("object")).with_for_update(read=True)


_CASE = _rev(cases, cases.c.id)
_MEETING = _rev(r.meetings, r.meetings.c.id)
_AGENDA = _rev(agendas, agendas.c.meeting_id)
_DISPENSATION = _rev(dispensations, dispensations.c.id)
_SITTING = _rev(sittings, sittings.c.meeting_id)
_MINUTES = _rev(minutes_book, minutes_book.c.meeting_id)
_FOLLOW_UP = _rev(follow_ups, follow_ups.c.id)
_PACK = (
    select(packs.c.version, packs.c.state)
    .where(packs.c.meeting_id == bindparam("object"))
    .order_by(packs.c.version.desc())
    .limit(1)
    .with_for_update(read=True)
)
_TASKS = _rev(r.task_lists, r.task_lists.c.person_id)
_BEGIN_LIST = insert(r.task_lists).values(person_id=bindparam("object"), rev=0).on_conflict_do_nothing()
"""So that there is a row to lock also before the first duty."""

_one = r.outbox.alias("one")
_ROW: BindParameter[int] = bindparam("row", type_=o.id.type)
_REDRAWS_BESIDE = (
    delete(r.outbox).where(o.copy_id.in_(select(_one.c.copy_id).where(_one.c.id == _ROW))).returning(o.copy_id)
)
_DROP = delete(r.copies).where(k.id == bindparam("copy"))
_EARLIER = and_(
    k.object_id == bindparam("object_id"),
    k.person_id == bindparam("person_id"),
    or_(
        k.channel != bindparam("channel"),
        k.conversation != bindparam("conversation"),
        k.message_id != bindparam("message_id"),
    ),
)
_DROP_REDRAWS = delete(r.outbox).where(o.copy_id.in_(select(k.id).where(_EARLIER)))
_DROP_EARLIER = delete(r.copies).where(_EARLIER)


def keep_copy(tx: Tx, copy: Copy, now: datetime) -> bool:
    """Keeps the copy; True where a redrawing was put in line because its object has changed since."""
    return keep_locked(tx, copy, lock_object(tx, copy.object_id), now)


def keep_locked(tx: Tx, copy: Copy, newest: int | None, now: datetime) -> bool:
    """:func:`keep_copy` after :func:`lock_object`, which gives ``newest``.

    Of a person's list of duties only the newest copy is kept: a list of yesterday is not brought up to date.
    """
    values = copy_values(copy, now)
    tx.run(_KEEP, values)
    if person_of_tasks(copy.object_id) is not None:
        which = {c: values[c] for c in ("object_id", "person_id", "channel", "conversation", "message_id")}
        tx.run(_DROP_REDRAWS, which)
        tx.run(_DROP_EARLIER, which)
    return redraw_if_changed(tx, copy.object_id, copy.rev, newest, now)


def drop_copy(tx: Tx, row: int) -> None:
    """Drops the copy that this row redraws, with all its redrawings: these first, as a redrawing locks them."""
    dropped = tx.first(_REDRAWS_BESIDE, {"row": row})
    if dropped is not None:
        tx.run(_DROP, {"copy": dropped[0]})


def lock_object(tx: Tx, object_id: str) -> int | None:
    """The object's newest revision, its row locked against writers: they and the copies' keepers see each other.

    Comes before any lock on the outbox, in the order that an act takes them; the other way round the two deadlock.
    """
    person = person_of_tasks(object_id)
    if person is not None:
        tx.run(_BEGIN_LIST, {"object": person})
        row = tx.first(_TASKS, {"object": person})
    else:
        row = _of_object(tx, object_id)
    return None if row is None else int(row[0])


def _of_object(tx: Tx, object_id: str) -> Row | None:
    """A case, a meeting or a follow-up by its id; what belongs to a meeting has a word before the meeting's."""
    word, _colon, about = object_id.partition(":")
    match word if about else "":
        case "agenda":
            return tx.first(_AGENDA, {"object": about})
        case "dispensation":
            return tx.first(_DISPENSATION, {"object": about})
        case "sitting":
            return tx.first(_SITTING, {"object": about})
        case "minutes":
            return tx.first(_MINUTES, {"object": about})
        case "pack":
            row = tx.first(_PACK, {"object": about})
            return row and (card_rev(row[0], PackState(row[1])),)
        case _:
            whole = (tx.first(statement, {"object": object_id}) for statement in (_CASE, _MEETING, _FOLLOW_UP))
            return next((row for row in whole if row is not None), None)


def redraw_if_changed(tx: Tx, object_id: str, rev: int, newest: int | None, now: datetime) -> bool:
    """``newest`` comes from :func:`lock_object`."""
    return newest is not None and newest > rev and redraw(tx, object_id, newest, now)
