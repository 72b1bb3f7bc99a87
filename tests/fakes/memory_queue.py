"""The double's queue: the rules of ``storage.queue``, over dicts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from board.delivery import Copy, Due, Way
from board.ids import PersonId, is_channel
from board.notices import NoticeKind
from tests.fakes.memory_delivery import drop_copy, keep_copy, out_of_use, reach, redraw_if_changed, stand_in
from tests.fakes.memory_state import State, Waiting


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
        for row in [r for r in self._state.outbox.values() if r.state == "leased" and r.due_at <= now]:
            self._state.outbox[row.id] = replace(row, state="queued")
        for row in list(self._heads(now)):
            if row.due_at <= now and len(claimed) < limit:
                self._state.outbox[row.id] = replace(row, state="leased", due_at=now + lease)
                claimed.append(self._due(row))
        return claimed

    async def sent(self, due: Due, copy: Copy | None, now: datetime) -> None:
        row = self._change(due, state="sent", last_error="", way=due.way, done_at=now)
        if due.copy is None:
            if copy is not None:
                keep_copy(self._state, copy, now)
            return
        rev = copy.rev if copy else due.rev
        if row is not None and row.copy in self._state.copies:
            self._state.copies[row.copy] = replace(self._state.copies[row.copy], rev=rev)
        redraw_if_changed(self._state, due.object_id, rev, now)

    async def dropped(self, due: Due, now: datetime) -> None:
        self._change(due, state="dropped", last_error="", done_at=now)

    async def later(self, due: Due, not_before: datetime, *, spend_attempt: bool, error: str) -> None:
        row = self._state.outbox.get(due.id)
        if row is not None and row.state == "leased":
            spent = row.attempts + int(spend_attempt)
            self._change(due, state="queued", due_at=not_before, attempts=spent, last_error=error)

    async def failed(self, due: Due, error: str, now: datetime) -> None:
        self._change(due, state="failed", last_error=error, done_at=now)

    async def unreachable(self, due: Due, error: str, now: datetime) -> None:
        if address := due.copy.address if due.copy else due.address:
            out_of_use(self._state, address, now)
        if self._out(due):
            again = {"state": "waiting"} if due.copy else {"state": "queued", "due_at": now}
            self._change(due, last_error=error, **again)

    async def reroute(self, due: Due, way: Way, error: str, now: datetime) -> None:
        if row := self._out(due):
            by = "chat" if self._heard_of(due, row) else way
            self._change(due, state="queued", due_at=now, way=by, attempts=0, last_error=error)

    async def unreached(self, due: Due, error: str, now: datetime) -> None:
        row = self._out(due)
        if row is None:
            return
        if self._heard_of(due, row):
            await self.reroute(due, "chat", error, now)
            return
        self._change(due, state="waiting", last_error=error)
        says_so = row.kind in (NoticeKind.STANDS_IN, NoticeKind.DIGEST)
        if not (row.copy or says_so or is_channel(PersonId(row.person))):
            stand_in(self._state, row, now)

    async def expire(self, now: datetime) -> int:
        past = [r for r in self._state.outbox.values() if not r.of_use(now) and r.state in ("queued", "waiting")]
        for row in past:
            self._state.outbox[row.id] = replace(row, state="expired", done_at=now)
        return len(past)

    async def gone(self, due: Due, now: datetime) -> None:
        row = self._state.outbox.get(due.id)
        if row is not None and row.copy is not None:
            drop_copy(self._state, row.copy)

    async def next_due(self, now: datetime) -> datetime | None:
        return min((row.due_at for row in self._heads(now)), default=None)

    def _heads(self, now: datetime) -> Iterator[Waiting]:
        """The first open row of each conversation; what is past its end counts only while it is out."""
        seen = set()
        for row in sorted(self._state.outbox.values(), key=lambda r: (r.state != "leased", r.id)):
            in_line = row.state == "leased" or (row.state == "queued" and row.of_use(now))
            if in_line and row.lane not in seen:
                seen.add(row.lane)
                yield row

    def _out(self, due: Due) -> Waiting | None:
        row = self._state.outbox.get(due.id)
        return row if row is not None and row.state == "leased" else None

    def _heard_of(self, due: Due, row: Waiting) -> bool:
        if due.copy is not None or due.address is not None:
            return False
        return reach(self._state, due.person) is not None if due.way == "chat" else row.way == "chat"

    def _change(self, due: Due, **values: Any) -> Waiting | None:
        row = self._state.outbox.get(due.id)
        if row is not None:
            self._state.outbox[due.id] = replace(row, **values)
        return row

    def _due(self, row: Waiting) -> Due:
        copy = self._state.copies[row.copy] if row.copy else None
        address = reach(self._state, row.person) if row.way == "chat" else None
        about = (row.id, row.kind, row.object_id, row.rev, PersonId(row.person), row.attempts)
        return Due(*about, address, copy, row.part, row.way)
