"""The double's outbox, address book and queue: the rules of ``storage.outbox`` and ``storage.queue``, over lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from board.delivery import Address, Copy, Due
from board.ids import PersonId
from board.notices import Notice
from tests.fakes.memory_state import Known, State, Waiting


def place(address: Address) -> tuple[str, str]:
    return address.channel, address.conversation


def reach(state: State, person: str) -> Address | None:
    found = [k.address for k in state.addresses.values() if k.person == person and k.latest]
    return found[0] if found else None


def put(kept: State, /, **values: Any) -> None:
    if all(row.key != values["key"] for row in kept.outbox.values()):
        kept.last_id[0] += 1
        kept.outbox[kept.last_id[0]] = Waiting(id=kept.last_id[0], **values)


def tell(state: State, notices: Sequence[Notice], now: datetime) -> None:
    for n in notices:
        put(
            state,
            key=n.key,
            kind=n.kind.value,
            object_id=n.object_id,
            rev=n.rev,
            person=n.to,
            lane=f"p:{n.to}",
            state="queued" if reach(state, n.to) else "waiting",
            due_at=now,
        )


def redraw(state: State, object_id: str, rev: int, now: datetime) -> None:
    for row in list(state.outbox.values()):
        if row.copy and row.object_id == object_id and row.state in ("queued", "waiting") and row.rev < rev:
            state.outbox[row.id] = replace(row, rev=rev)
    for key, copy in state.copies.items():
        if copy.object_id == object_id and copy.rev < rev and not _in_line(state, key, rev):
            _put_redraw(state, key, copy, rev, now)


def _in_line(state: State, key: tuple[str, str, str], rev: int) -> bool:
    rows = [row for row in state.outbox.values() if row.copy == key]
    return any(row.state in ("queued", "waiting") or (row.state == "leased" and row.rev >= rev) for row in rows)


def _put_redraw(state: State, key: tuple[str, str, str], copy: Copy, rev: int, now: datetime) -> None:
    known = state.addresses.get(place(copy.address))
    personal = copy.address.scope == "personal"
    put(
        state,
        key=f"redraw:{key}:{rev}",
        kind=copy.kind,
        object_id=copy.object_id,
        rev=rev,
        person=copy.person,
        lane=f"p:{copy.person}" if personal else f"c:{place(copy.address)}",
        state="waiting" if known and not known.in_use else "queued",
        due_at=now,
        copy=key,
    )


def keep_copy(state: State, copy: Copy, now: datetime) -> None:
    state.copies[(*place(copy.address), copy.message_id)] = copy
    redraw_if_changed(state, copy.object_id, copy.rev, now)


def redraw_if_changed(state: State, object_id: str, rev: int, now: datetime) -> None:
    case = state.cases.get(object_id)
    if case is not None and case.rev > rev:
        redraw(state, object_id, case.rev, now)


def out_of_use(state: State, address: Address) -> None:
    known = state.addresses.get(place(address))
    if known is None:
        return
    state.addresses[place(address)] = replace(known, in_use=False, latest=False)
    for row in list(state.outbox.values()):
        here = row.copy is not None and row.copy[:2] == place(address)
        theirs = row.copy is None and row.person == known.person and reach(state, row.person) is None
        if row.state == "queued" and (here or theirs):
            state.outbox[row.id] = replace(row, state="waiting")


class MemoryAddresses:
    def __init__(self, state: State) -> None:
        self._state = state

    async def remember(self, person: PersonId | None, address: Address, now: datetime) -> bool:
        known = self._state.addresses.get(place(address))
        new = Known(address, person, latest=person is not None)
        if known == new:
            return False
        for key, other in list(self._state.addresses.items()):
            if person is not None and other.person == person:
                self._state.addresses[key] = replace(other, latest=False)
        self._state.addresses[place(address)] = new
        for row in list(self._state.outbox.values()):
            here = row.copy is not None and row.copy[:2] == place(address)
            if row.state == "waiting" and (here or (row.copy is None and row.person == person)):
                self._state.outbox[row.id] = replace(row, state="queued", due_at=now)
        return True

    async def forget(self, address: Address, now: datetime) -> None:
        out_of_use(self._state, address)

    async def of(self, person: PersonId) -> Address | None:
        return reach(self._state, person)

    async def keep_copy(self, copy: Copy, now: datetime) -> None:
        keep_copy(self._state, copy, now)


class MemoryQueue:
    """Implements ``board.delivery.DeliveryQueue``. One thing at a time, so each call is its own transaction."""

    def __init__(self, memory: Any) -> None:
        self._memory = memory

    @property
    def _state(self) -> State:
        state: State = self._memory.state
        return state

    async def claim(self, now: datetime, limit: int, lease: timedelta) -> Sequence[Due]:
        claimed: list[Due] = []
        for row in list(self._heads()):
            if row.due_at <= now and len(claimed) < limit:
                self._state.outbox[row.id] = replace(row, state="leased", due_at=now + lease)
                claimed.append(self._due(row))
        return claimed

    async def sent(self, due: Due, copy: Copy | None, now: datetime) -> None:
        row = self._change(due, state="sent", last_error="")
        if due.copy is None:
            if copy is not None:
                keep_copy(self._state, copy, now)
            return
        rev = copy.rev if copy else due.rev
        if row is not None and row.copy in self._state.copies:
            self._state.copies[row.copy] = replace(self._state.copies[row.copy], rev=rev)
        redraw_if_changed(self._state, due.object_id, rev, now)

    async def later(self, due: Due, not_before: datetime, *, spend_attempt: bool, error: str) -> None:
        row = self._state.outbox.get(due.id)
        if row is not None and row.state == "leased":
            spent = row.attempts + int(spend_attempt)
            self._change(due, state="queued", due_at=not_before, attempts=spent, last_error=error)

    async def failed(self, due: Due, error: str, now: datetime) -> None:
        self._change(due, state="failed", last_error=error)

    async def unreachable(self, due: Due, error: str, now: datetime) -> None:
        self._change(due, state="waiting", last_error=error)
        if address := due.copy.address if due.copy else due.address:
            out_of_use(self._state, address)

    async def gone(self, due: Due, now: datetime) -> None:
        key = self._state.outbox[due.id].copy
        if key is not None:
            del self._state.copies[key]
            for row in [row for row in self._state.outbox.values() if row.copy == key]:
                del self._state.outbox[row.id]

    async def next_due(self, now: datetime) -> datetime | None:
        return min((row.due_at for row in self._heads()), default=None)

    def _heads(self) -> Iterator[Waiting]:
        """The first open row of each conversation."""
        seen = set()
        for row in sorted(self._state.outbox.values(), key=lambda r: r.id):
            if row.open and row.lane not in seen:
                seen.add(row.lane)
                yield row

    def _change(self, due: Due, **values: Any) -> Waiting | None:
        row = self._state.outbox.get(due.id)
        if row is not None:
            self._state.outbox[due.id] = replace(row, **values)
        return row

    def _due(self, row: Waiting) -> Due:
        copy = self._state.copies[row.copy] if row.copy else None
        address = reach(self._state, row.person)
        return Due(row.id, row.kind, row.object_id, row.rev, PersonId(row.person), row.attempts, address, copy)
