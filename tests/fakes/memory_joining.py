"""The double's codes, and what is handed over to the person that a guest turns out to be."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from board.ids import PersonId
from board.joining import JoinCode
from board.notices import tasks_of
from tests.fakes.memory_delivery import drop_copy, heard, lane_to, reach
from tests.fakes.memory_state import State


class MemoryJoinCodes:
    def __init__(self, state: State) -> None:
        self._codes = state.join_codes

    async def give(self, digest: str, code: JoinCode) -> None:
        for key in [k for k, one in self._codes.items() if one.person == code.person and one.used_at is None]:
            del self._codes[key]
        self._codes[digest] = code

    async def get(self, digest: str) -> JoinCode | None:
        return self._codes.get(digest)

    async def use(self, digest: str, now: datetime) -> None:
        if known := self._codes.get(digest):
            self._codes[digest] = replace(known, used_at=now)


class MemoryBelongings:
    def __init__(self, state: State) -> None:
        self._state = state

    async def hand_over(self, guest: PersonId, person: PersonId, now: datetime) -> None:
        self._drop_list(guest)
        self._in_line(guest, person)
        self._chats(guest, person)
        state = self._state
        state.links.update({k: replace(v, person=person) for k, v in state.links.items() if v.person == guest})
        calendar = state.calendars.pop(guest, None)
        if calendar is not None:
            state.calendars.setdefault(person, calendar)
        if place := reach(state, person):
            heard(state, person, (place.channel, place.conversation), now)

    def _drop_list(self, guest: PersonId) -> None:
        state, tasks = self._state, tasks_of(guest)
        for key in [key for key, copy in state.copies.items() if copy.object_id == tasks]:
            drop_copy(state, key)
        for row in [r for r in state.outbox.values() if r.object_id == tasks and r.state in ("queued", "waiting")]:
            del state.outbox[row.id]

    def _in_line(self, guest: PersonId, person: PersonId) -> None:
        state = self._state
        state.copies.update({k: replace(c, person=person) for k, c in state.copies.items() if c.person == guest})
        for row in list(state.outbox.values()):
            if row.person == guest and row.state in ("queued", "waiting", "leased"):
                lane = lane_to(person) if row.lane == lane_to(guest) and row.state != "leased" else row.lane
                state.outbox[row.id] = replace(row, person=person, lane=lane)

    def _chats(self, guest: PersonId, person: PersonId) -> None:
        known = self._state.addresses
        if any(one.person == guest and one.latest for one in known.values()):
            known.update({k: replace(v, latest=False) for k, v in known.items() if v.person == person})
        known.update({k: replace(v, person=person) for k, v in known.items() if v.person == guest})
