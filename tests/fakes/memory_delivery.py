"""The double's outbox and address book: the rules of ``storage.outbox`` and its repositories, over dicts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from board.clock import local_day
from board.delivery import Address, Copy
from board.ids import PersonId, is_channel
from board.notices import Notice, NoticeKind, person_of_tasks
from board.people import Role
from tests.fakes.memory_state import Known, State, Waiting


def place(address: Address) -> tuple[str, str]:
    return address.channel, address.conversation


def reach(state: State, person: str) -> Address | None:
    found = [k.address for k in state.addresses.values() if k.person == person and k.latest]
    return found[0] if found else None


def put(kept: State, now: datetime, /, **values: Any) -> None:
    if all(row.key != values["key"] for row in kept.outbox.values()):
        kept.last_id[0] += 1
        row = Waiting(id=kept.last_id[0], due_at=now, created_at=now, **values)
        kept.outbox[row.id] = row


def lane_to(recipient: str) -> str:
    return f"c:{recipient.removeprefix('channel:')}" if is_channel(PersonId(recipient)) else f"p:{recipient}"


def tell(state: State, notices: Sequence[Notice], now: datetime) -> None:
    for n in notices:
        put(
            state,
            now,
            key=n.key,
            kind=n.kind.value,
            object_id=n.object_id,
            rev=n.rev,
            person=n.to,
            lane=lane_to(n.to),
            state="queued",
            part=n.part,
            expires_at=n.expires_at,
        )


def redraw(state: State, object_id: str, rev: int, now: datetime) -> None:
    for row in list(state.outbox.values()):
        if row.copy and row.object_id == object_id and row.state in ("queued", "waiting") and row.rev < rev:
            state.outbox[row.id] = replace(row, rev=rev)
    for key, copy in state.copies.items():
        if copy.object_id == object_id and copy.rev < rev and not _in_line(state, key, rev):
            _put_redraw(state, key, copy, rev, now)


def redraw_for(state: State, person: str, objects: Sequence[str], once: str, now: datetime) -> None:
    for key, copy in state.copies.items():
        waits = any(row.copy == key and row.state in ("queued", "waiting") for row in state.outbox.values())
        if copy.object_id in objects and copy.person == person and not waits:
            _put_redraw(state, key, copy, copy.rev, now, f"for:{once}")


def _in_line(state: State, key: tuple[str, str, str], rev: int) -> bool:
    rows = [row for row in state.outbox.values() if row.copy == key]
    return any(row.state in ("queued", "waiting") or (row.state == "leased" and row.rev >= rev) for row in rows)


def _put_redraw(state: State, key: tuple[str, str, str], copy: Copy, rev: int, now: datetime, once: str = "") -> None:
    known = state.addresses.get(place(copy.address))
    personal = copy.address.scope == "personal"
    put(
        state,
        now,
        key=f"redraw:{key}:{once or rev}",
        kind=copy.kind,
        object_id=copy.object_id,
        rev=rev,
        person=copy.person,
        lane=lane_to(copy.person) if personal else f"c:{':'.join(place(copy.address))}",
        state="waiting" if known and not known.in_use else "queued",
        copy=key,
        part=copy.part,
    )


def keep_copy(state: State, copy: Copy, now: datetime) -> None:
    kept = (*place(copy.address), copy.message_id)
    state.copies[kept] = copy
    if person_of_tasks(copy.object_id) is not None:
        of_same = [k for k, c in state.copies.items() if (c.object_id, c.person) == (copy.object_id, copy.person)]
        for key in of_same:
            if key != kept:
                drop_copy(state, key)
    redraw_if_changed(state, copy.object_id, copy.rev, now)


def drop_copy(state: State, key: tuple[str, str, str]) -> None:
    del state.copies[key]
    for row in [row for row in state.outbox.values() if row.copy == key]:
        del state.outbox[row.id]


def redraw_if_changed(state: State, object_id: str, rev: int, now: datetime) -> None:
    newest = _newest(state, object_id)
    if newest > rev:
        redraw(state, object_id, newest, now)


def _newest(state: State, object_id: str) -> int:
    word, _colon, about = object_id.partition(":")
    match word if about else "":
        case "tasks":
            return state.task_lists.get(about, 0)
        case "agenda":
            agenda = state.agendas.get(about)
            return agenda.rev if agenda else 0
        case "dispensation":
            asked = state.dispensations.get(about)
            return asked.rev if asked else 0
        case "sitting":
            sitting = state.sittings.get(about)
            return sitting.rev if sitting else 0
        case "minutes":
            minutes = state.minutes_book.get(about)
            return minutes.rev if minutes else 0
        case "pack":
            return max((pack.card_rev for pack in state.packs.values() if pack.meeting == about), default=0)
        case _:
            shown = state.cases.get(object_id) or state.meetings.get(object_id) or state.follow_ups.get(object_id)
            return shown.rev if shown else 0


def out_of_use(state: State, address: Address, now: datetime) -> None:
    known = state.addresses.get(place(address))
    if known is None:
        return
    state.addresses[place(address)] = replace(known, in_use=False, latest=False, at=now)
    _use_the_one_before(state, known.person)
    for row in list(state.outbox.values()):
        if row.state == "queued" and row.copy is not None and row.copy[:2] == place(address):
            state.outbox[row.id] = replace(row, state="waiting")


def _use_the_one_before(state: State, person: str | None) -> None:
    """The chat that the person used before, and still has."""
    chats = [(k, v) for k, v in state.addresses.items() if v.person == person and v.address.scope == "personal"]
    usable = sorted(((v.at, k) for k, v in chats if v.in_use and v.at), reverse=True)
    if person is not None and usable and not any(v.latest for _, v in chats):
        state.addresses[usable[0][1]] = replace(state.addresses[usable[0][1]], latest=True)


def stand_in_key(row: Waiting, deputy: str) -> str:
    return f"stands_in:{row.key}:{deputy}"


def stand_in(state: State, row: Waiting, now: datetime) -> None:
    day = local_day(now)
    held = [h for h in state.holdings.values() if h.deputy_for == row.person and h.role is Role.DEPUTY]
    for deputy in sorted({h.person for h in held if h.holds_on(day)}):
        put(
            state,
            now,
            key=stand_in_key(row, deputy),
            kind=NoticeKind.STANDS_IN.value,
            object_id=row.object_id,
            rev=row.rev,
            person=deputy,
            lane=lane_to(deputy),
            state="queued",
            part=f"{row.kind}|{row.person}|{row.part}",
            expires_at=row.expires_at,
        )


def drop_stand_ins(state: State, person: str) -> None:
    deputies = [h.person for h in state.holdings.values() if h.deputy_for == person and h.role is Role.DEPUTY]
    missed = [row for row in state.outbox.values() if row.state == "waiting" and not row.copy and row.person == person]
    keys = {stand_in_key(row, deputy) for row in missed for deputy in deputies}
    for row in list(state.outbox.values()):
        if row.state in ("queued", "waiting") and row.key in keys:
            del state.outbox[row.id]


def heard(state: State, person: PersonId | None, where: tuple[str, str], now: datetime) -> None:
    """What waited is due, by chat; what is to go by mail goes by chat too."""
    if person is not None:
        drop_stand_ins(state, person)
    for row in list(state.outbox.values()):
        here = row.copy is not None and row.copy[:2] == where
        theirs = row.copy is None and row.person == person
        if row.state == "waiting" and (here or theirs):
            state.outbox[row.id] = replace(row, state="queued", due_at=now, way="chat", attempts=0)
        elif row.open and theirs and row.way == "email":
            when = now if row.state == "queued" else row.due_at
            state.outbox[row.id] = replace(row, way="chat", attempts=0, due_at=when)


class MemoryAddresses:
    def __init__(self, state: State) -> None:
        self._state = state

    async def remember(self, person: PersonId | None, address: Address, now: datetime) -> bool:
        known = self._state.addresses.get(place(address))
        if person is None and known and known.person and is_channel(PersonId(known.person)):
            person = PersonId(known.person)
        new = Known(address, person, latest=person is not None, at=now)
        waits = any(r.state == "waiting" and not r.copy and r.person == person for r in self._state.outbox.values())
        if known == new and not waits:
            return False
        for key, other in list(self._state.addresses.items()):
            if person is not None and other.person == person:
                self._state.addresses[key] = replace(other, latest=False)
        self._state.addresses[place(address)] = new
        heard(self._state, person, place(address), now)
        return known != new

    async def forget(self, address: Address, now: datetime) -> None:
        out_of_use(self._state, address, now)

    async def of(self, person: PersonId) -> Address | None:
        return reach(self._state, person)

    async def keep_copy(self, copy: Copy, now: datetime) -> None:
        keep_copy(self._state, copy, now)
