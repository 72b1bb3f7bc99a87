"""Where people and channels are reached, and the copies of cards that are out there."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, bindparam, or_, select, text, update

from board.delivery import Address, Copy
from board.ids import PersonId
from storage import records as r
from storage.mapping import ADDRESS_FIELDS, address_from, address_values, copy_values
from storage.outbox import redraw
from storage.statements import NOW
from storage.transaction import Tx
from storage.unit import Unit
from storage.upsert import upsert

a, k, o = r.addresses.c, r.copies.c, r.outbox.c
ADDRESS_COLUMNS = tuple(a[name] for name in ADDRESS_FIELDS)
_CHANNEL: BindParameter[str] = bindparam("to_channel", type_=a.channel.type)
_CONVERSATION: BindParameter[str] = bindparam("to_conversation", type_=a.conversation.type)
_PERSON = bindparam("person", type_=a.person_id.type)
_HERE = (a.channel == _CHANNEL, a.conversation == _CONVERSATION)
_COPIES_HERE = select(k.id).where(k.channel == _CHANNEL, k.conversation == _CONVERSATION)

_KNOWN = select(*ADDRESS_COLUMNS, a.person_id, a.in_use, a.latest).where(*_HERE)
_OF = select(*ADDRESS_COLUMNS).where(a.person_id == _PERSON, text("latest = 1"))
_EARLIER = update(r.addresses).where(a.person_id == _PERSON, text("latest = 1")).values(latest=0)
_KEEP = upsert(r.addresses)
_OUT_OF_USE = update(r.addresses).where(*_HERE).values(in_use=0, latest=0, at=NOW)
_WHOSE = select(a.person_id).where(*_HERE)
_RELEASE = (
    update(r.outbox)
    .where(
        text("state = 'waiting'"),
        or_(o.copy_id.is_(None) & (o.person_id == _PERSON), o.copy_id.in_(_COPIES_HERE)),
    )
    .values(state="queued", open=1, due_at=NOW)
)
_HOLD_SENDS = (
    update(r.outbox)
    .where(o.person_id == _PERSON, o.copy_id.is_(None), text("state = 'queued' AND open = 1"))
    .values(state="waiting", open=0)
)
_HOLD_REDRAWS = (
    update(r.outbox)
    .where(o.copy_id.in_(_COPIES_HERE), text("state = 'queued' AND open = 1"))
    .values(state="waiting", open=0)
)
_KEEP_COPY = upsert(r.copies, leave_out=("id",), on=("channel", "conversation", "message_id"))
_REV = select(r.cases.c.rev).where(r.cases.c.id == bindparam("object")).with_for_update(read=True)


class Addresses:
    """Implements ``board.delivery.AddressBook``."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    async def remember(self, person: PersonId | None, address: Address, now: datetime) -> bool:
        changed = await self._unit.ask(lambda tx: not _as_known(tx, person, address))
        if changed:
            self._unit.later(lambda tx: _remember(tx, person, address, now))
            self._unit.puts_in_line()
        return changed

    async def forget(self, address: Address, now: datetime) -> None:
        self._unit.later(lambda tx: put_out_of_use(tx, address, now))

    async def of(self, person: PersonId) -> Address | None:
        row = await self._unit.ask(lambda tx: tx.first(_OF, {"person": person}))
        return address_from(row) if row else None

    async def keep_copy(self, copy: Copy, now: datetime) -> None:
        def step(tx: Tx) -> None:
            keep_copy(tx, copy, now)

        self._unit.later(step)
        self._unit.puts_in_line()


def keep_copy(tx: Tx, copy: Copy, now: datetime) -> bool:
    """Keeps the copy; True where a redrawing was put in line because its object has changed since."""
    newest = lock_object(tx, copy.object_id)
    tx.run(_KEEP_COPY, copy_values(copy, now))
    return redraw_if_changed(tx, copy.object_id, copy.rev, newest, now)


def lock_object(tx: Tx, object_id: str) -> int | None:
    """The object's newest revision, its row locked against writers: they and the copies' keepers see each other.

    Comes before any lock on the outbox, in the order that an act takes them; the other way round the two deadlock.
    """
    row = tx.first(_REV, {"object": object_id})
    return None if row is None else int(row[0])


def redraw_if_changed(tx: Tx, object_id: str, rev: int, newest: int | None, now: datetime) -> bool:
    """``newest`` comes from :func:`lock_object`."""
    return newest is not None and newest > rev and redraw(tx, object_id, newest, now)


def put_out_of_use(tx: Tx, address: Address, now: datetime) -> None:
    here = _place(address)
    whose = tx.first(_WHOSE, here)
    tx.run(_OUT_OF_USE, {**here, "now": now})
    tx.run(_HOLD_REDRAWS, here)
    if whose is not None and whose[0] is not None and tx.first(_OF, {"person": whose[0]}) is None:
        tx.run(_HOLD_SENDS, {"person": whose[0]})


def _as_known(tx: Tx, person: PersonId | None, address: Address) -> bool:
    row = tx.first(_KNOWN, _place(address))
    if row is None:
        return False
    *known, whose, in_use, latest = row
    latest_matters = person is not None and not latest
    return address_from(known) == address and whose == person and bool(in_use) and not latest_matters


def _remember(tx: Tx, person: PersonId | None, address: Address, now: datetime) -> None:
    here = _place(address)
    if person is not None:
        tx.run(_EARLIER, {"person": person})
    state: dict[str, Any] = {"person_id": person, "in_use": 1, "latest": int(person is not None), "at": now}
    tx.run(_KEEP, {**address_values(address), **state})
    tx.run(_RELEASE, {**here, "person": person, "now": now})


def _place(address: Address) -> dict[str, Any]:
    return {"to_channel": address.channel, "to_conversation": address.conversation}
