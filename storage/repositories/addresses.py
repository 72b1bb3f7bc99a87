"""Where people and channels are reached."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Text, bindparam, case, exists, or_, select, text, tuple_, update

from board.delivery import Address, Copy
from board.ids import PersonId, is_channel
from storage import records as r
from storage import stand_ins
from storage.mapping import ADDRESS_FIELDS, address_from, address_values, lane_to
from storage.repositories.copies import keep_copy
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

_WAITS = exists().where(text("outbox.state = 'waiting'"), o.person_id == _PERSON, o.copy_id.is_(None))
_KNOWN = select(*ADDRESS_COLUMNS, a.person_id, a.in_use, a.latest, _WAITS).where(*_HERE)
_OF = select(*ADDRESS_COLUMNS).where(a.person_id == _PERSON, text("latest = 1"))
_EARLIER = update(r.addresses).where(a.person_id == _PERSON, text("latest = 1")).values(latest=0)
_KEEP = upsert(r.addresses)
_OUT_OF_USE = update(r.addresses).where(*_HERE).values(in_use=0, latest=0, at=NOW)
_other = r.addresses.alias("other")
_NEXT_BEST = (
    select(_other.c.channel, _other.c.conversation)
    .where(_other.c.person_id == _PERSON, text("other.in_use = 1 AND other.scope = 'personal'"))
    .order_by(_other.c.at.desc(), _other.c.channel, _other.c.conversation)
    .limit(1)
)
_NONE_LATEST = ~exists().where(_other.c.person_id == _PERSON, text("other.latest = 1"))
_USED_BEFORE = (
    update(r.addresses).where(tuple_(a.channel, a.conversation).in_(_NEXT_BEST), _NONE_LATEST).values(latest=1)
)
"""The chat that the person used before that one, and still has."""
_WHOSE = select(a.person_id).where(*_HERE)
_RELEASE = (
    update(r.outbox)
    .where(
        text("state = 'waiting'"),
        or_(o.copy_id.is_(None) & (o.person_id == _PERSON), o.copy_id.in_(_COPIES_HERE)),
    )
    .values(state="queued", open=1, due_at=NOW, way="chat", attempts=0)
)
_BACK_TO_CHAT = (
    update(r.outbox)
    .where(o.lane == bindparam("to_lane", type_=Text()), text("open = 1 AND way = 'email'"), o.copy_id.is_(None))
    .values(way="chat", attempts=0, due_at=case((o.state == "queued", NOW), else_=o.due_at))
)
"""Also one that is out just now: should it come back, it has another way (:meth:`storage.queue.Queue.unreached`)."""
_HOLD_REDRAWS = (
    update(r.outbox)
    .where(o.copy_id.in_(_COPIES_HERE), text("state = 'queued' AND open = 1"))
    .values(state="waiting", open=0)
)
_CHATS = 8_250_006
"""The space of the advisory locks of people's chats."""
_ONE_LATEST = text(f"SELECT pg_advisory_xact_lock({_CHATS}, hashtext(:chats_of))")
_LOCK_PERSON = select(r.people.c.id).where(r.people.c.id == _PERSON).with_for_update(key_share=True)


class Addresses:
    """Implements ``board.delivery.AddressBook``."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    async def remember(self, person: PersonId | None, address: Address, now: datetime) -> bool:
        as_known, waits = await self._unit.ask(lambda tx: _as_known(tx, person, address))
        if waits or not as_known:
            self._unit.later(lambda tx: _put_in_use(tx, person, address, now))
            # After all that the unit does with its objects: whoever has sent a row locks the object, then the row.
            self._unit.last(lambda tx: _free(tx, person, address, now))
            self._unit.puts_in_line()
        return not as_known

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


def put_out_of_use(tx: Tx, address: Address, now: datetime) -> None:
    """What is to be sent to the person stays in line, and finds the chat used before, or none; redrawings wait."""
    here = _place(address)
    row = tx.first(_WHOSE, here)
    person = PersonId(row[0]) if row and row[0] is not None else None
    if person is not None:
        lock_chats(tx, person)
    tx.run(_OUT_OF_USE, {**here, "now": now})
    tx.run(_HOLD_REDRAWS, here)
    if person is not None and address.scope == "personal":
        tx.run(_USED_BEFORE, {"person": person})


def lock_person(tx: Tx, person: PersonId) -> None:
    """Whoever finds that a person is not to be reached, and whoever hears of that person, take turns."""
    if tx.many_processes:
        tx.first(_LOCK_PERSON, {"person": person})


def lock_chats(tx: Tx, person: PersonId) -> None:
    """Of two chats used, or closed, at the same instant one is the latest, as the index of them demands.

    Not the person's row: that one is locked late, so that whoever gives a message up need not wait for a whole turn.
    """
    if tx.many_processes:
        tx.first(_ONE_LATEST, {"chats_of": person})


def is_reached(tx: Tx, person: PersonId) -> bool:
    return tx.first(_OF, {"person": person}) is not None


def _as_known(tx: Tx, person: PersonId | None, address: Address) -> tuple[bool, bool]:
    """Whether nothing of it is new, and whether something waits for the person all the same."""
    row = tx.first(_KNOWN, {**_place(address), "person": person})
    if row is None:
        return False, False
    *known, whose, in_use, latest, waits = row
    same = person is None or (whose == person and bool(latest))
    if person is None and whose is not None:
        same = is_channel(whose)
    return address_from(known) == address and same and bool(in_use), bool(waits)


def _put_in_use(tx: Tx, person: PersonId | None, address: Address, now: datetime) -> None:
    recipient = person or _channel_here(tx, address)
    if recipient is not None:
        lock_chats(tx, recipient)
        tx.run(_EARLIER, {"person": recipient})
    state: dict[str, Any] = {"person_id": recipient, "in_use": 1, "latest": int(recipient is not None), "at": now}
    tx.run(_KEEP, {**address_values(address), **state})


def _free(tx: Tx, person: PersonId | None, address: Address, now: datetime) -> None:
    """What waited for this is due, by chat; what is to go by mail goes by chat too."""
    recipient = person or _channel_here(tx, address)
    if recipient is not None:
        _heard(tx, recipient, now)
    tx.run(_RELEASE, {**_place(address), "person": recipient, "now": now})


def _heard(tx: Tx, recipient: PersonId, now: datetime) -> None:
    lock_person(tx, recipient)
    stand_ins.drop(tx, recipient)
    tx.run(_BACK_TO_CHAT, {"to_lane": lane_to(recipient), "now": now})


def free(tx: Tx, person: PersonId, now: datetime) -> None:
    """:func:`_free` for a person who has another chat than before, whichever that is."""
    row = tx.first(_OF, {"person": person})
    address = address_from(row) if row else None
    if address is not None:
        _heard(tx, person, now)
        tx.run(_RELEASE, {**_place(address), "person": person, "now": now})


def _channel_here(tx: Tx, address: Address) -> PersonId | None:
    """The channel that is told milestones in this conversation: it stays so, whoever is heard of there."""
    row = tx.first(_WHOSE, _place(address))
    return PersonId(row[0]) if row and row[0] is not None and is_channel(row[0]) else None


def _place(address: Address) -> dict[str, Any]:
    return {"to_channel": address.channel, "to_conversation": address.conversation}
