"""The double's meetings, duties, plans, answers, channels and calendars: the rules of their repositories."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from board.attendance import Attendance
from board.delivery import Address
from board.duty import Duty, DutyKind
from board.ids import DutyId, MeetingId, PersonId
from board.meeting import Meeting
from board.notices import tasks_of
from board.people import Body
from board.planned import PlannedState, PlannedStep
from board.planning_ports import ChannelPost
from tests.fakes.memory_delivery import MemoryAddresses, redraw
from tests.fakes.memory_state import State


class MemoryMeetings:
    def __init__(self, state: State) -> None:
        self._meetings = state.meetings

    async def upcoming(self, body: Body, since: datetime, limit: int) -> Sequence[Meeting]:
        return self._found(lambda m: m.body is body and m.is_planned and m.starts_at >= since)[:limit]

    async def between(self, since: datetime, until: datetime, limit: int) -> Sequence[Meeting]:
        return self._found(lambda m: since <= m.starts_at < until)[:limit]

    async def get(self, meeting: MeetingId) -> Meeting | None:
        return self._meetings.get(meeting)

    async def named(self, meetings: Sequence[MeetingId]) -> Mapping[MeetingId, Meeting]:
        return {meeting: self._meetings[meeting] for meeting in meetings if meeting in self._meetings}

    async def previous(self, body: Body, before: datetime) -> Meeting | None:
        found = self._found(lambda m: m.body is body and m.is_planned and m.starts_at < before)
        return found[-1] if found else None

    async def serving(self, meetings: Sequence[MeetingId]) -> Sequence[Meeting]:
        return self._found(lambda m: m.serves in meetings and m.is_planned)

    async def add(self, meeting: Meeting) -> bool:
        if meeting.id in self._meetings or self._taken(meeting):
            return False
        self._meetings[meeting.id] = meeting
        return True

    async def save(self, meeting: Meeting) -> None:
        if meeting.id not in self._meetings or self._meetings[meeting.id].rev != meeting.rev - 1:
            raise ValueError(f"meeting {meeting.id} is not at revision {meeting.rev - 1}")
        if self._taken(meeting):
            raise ValueError(f"unique: the {meeting.body} has another meeting at {meeting.starts_at}")
        self._meetings[meeting.id] = meeting

    def _taken(self, meeting: Meeting) -> bool:
        others = (m for m in self._meetings.values() if m.id != meeting.id and m.is_planned and m.body is meeting.body)
        return meeting.is_planned and any(m.starts_at == meeting.starts_at for m in others)

    def _found(self, chosen: Callable[[Meeting], bool]) -> list[Meeting]:
        return sorted(filter(chosen, self._meetings.values()), key=lambda m: (m.starts_at, m.id))


class MemoryDuties:
    def __init__(self, state: State) -> None:
        self._state = state
        self._duties = state.duties
        self._changed: dict[PersonId, datetime] = {}

    async def get(self, duty: DutyId) -> Duty | None:
        return self._duties.get(duty)

    async def due(self, now: datetime, limit: int) -> Sequence[Duty]:
        found = [(duty.next_at, duty) for duty in self._duties.values() if duty.next_at and duty.next_at <= now]
        return [duty for _, duty in sorted(found, key=lambda one: one[0])][:limit]

    async def open_of(self, person: PersonId, limit: int) -> Sequence[Duty]:
        found = [duty for duty in self._duties.values() if duty.is_open and duty.concerns(person)]
        return sorted(found, key=lambda duty: duty.due)[:limit]

    async def ended_of(self, person: PersonId, since: datetime, limit: int) -> Sequence[Duty]:
        of_person = [d for d in self._duties.values() if d.concerns(person)]
        found = [(d.ended_at, n, d) for n, d in enumerate(of_person) if d.ended_at and d.ended_at >= since]
        return [duty for *_, duty in sorted(found, key=lambda one: one[:2], reverse=True)][:limit]

    async def of_object(self, object_id: str) -> Sequence[Duty]:
        return [duty for duty in self._duties.values() if duty.object_id == object_id]

    async def overdue(self, before: date, limit: int) -> Sequence[Duty]:
        found = [(d.due, n, d) for n, d in enumerate(self._duties.values()) if d.is_open and d.due < before]
        return [duty for *_, duty in sorted(found, key=lambda one: one[:2], reverse=True)][:limit]

    async def add(self, duties: Sequence[Duty], now: datetime) -> None:
        for duty in duties:
            if duty.id not in self._duties:
                self._duties[duty.id] = duty
                self._concerns(duty, now)

    async def save(self, duties: Sequence[Duty], now: datetime) -> None:
        for duty in duties:
            if before := self._duties.get(duty.id):
                self._duties[duty.id] = duty
                self._concerns(before, now)
                self._concerns(duty, now)

    async def remind(self, duties: Sequence[Duty]) -> None:
        for duty in duties:
            if (before := self._duties.get(duty.id)) and before.is_open:
                self._duties[duty.id] = replace(before, rung=duty.rung, next_at=duty.next_at)

    async def end(
        self, object_id: str, kinds: Sequence[DutyKind], by: PersonId, now: datetime, part: str | None = None
    ) -> None:
        for duty in list(self._duties.values()):
            meant = duty.object_id == object_id and duty.kind in kinds and part in (None, duty.part)
            if meant and duty.is_open:
                self._duties[duty.id] = duty.ended(by, now)
                self._concerns(duty, now)

    async def list_rev(self, person: PersonId) -> int:
        return self._state.task_lists.get(person, 0) + int(person in self._changed)

    def settle(self) -> None:
        """What a commit does for the lists that have changed."""
        for person, now in self._changed.items():
            rev = self._state.task_lists[person] = self._state.task_lists.get(person, 0) + 1
            redraw(self._state, tasks_of(person), rev, now)
        self._changed.clear()

    def _concerns(self, duty: Duty, now: datetime) -> None:
        self._changed |= {person: now for person in (duty.person, duty.deputy) if person is not None}


class MemoryPlanned:
    def __init__(self, state: State) -> None:
        self._steps, self._duties = state.planned, state.duties

    async def take_turn(self) -> bool:
        return True

    async def next_at(self) -> datetime | None:
        steps = [step.at for step in self._steps.values() if step.state is PlannedState.OPEN]
        return min([*steps, *(duty.next_at for duty in self._duties.values() if duty.next_at)], default=None)

    async def due(self, now: datetime, limit: int) -> Sequence[PlannedStep]:
        found = [step for step in self._steps.values() if step.state is PlannedState.OPEN and step.at <= now]
        return sorted(found, key=lambda step: (step.at, step.key))[:limit]

    async def of_meetings(self, meetings: Sequence[MeetingId]) -> Sequence[PlannedStep]:
        return [step for _, step in sorted(self._steps.items()) if step.meeting in meetings]

    async def put(self, steps: Sequence[PlannedStep]) -> None:
        self._steps |= {step.key: step for step in steps}

    async def expired(self, since: datetime, limit: int) -> Sequence[PlannedStep]:
        expired = [step for _, step in sorted(self._steps.items()) if step.state is PlannedState.EXPIRED]
        found = [(step.done_at, step) for step in expired if step.done_at is not None and step.done_at >= since]
        return [step for _, step in sorted(found, key=lambda one: one[0], reverse=True)][:limit]


class MemoryAttendance:
    def __init__(self, state: State) -> None:
        self._answers = state.attendance

    async def of_meeting(self, meeting: MeetingId) -> Sequence[Attendance]:
        return [answer for (about, _), answer in sorted(self._answers.items()) if about == meeting]

    async def put(self, attendance: Attendance) -> None:
        self._answers[attendance.meeting, attendance.person] = attendance

    async def clear(self, meeting: MeetingId) -> None:
        for key in [key for key in self._answers if key[0] == meeting]:
            del self._answers[key]


class MemoryChannels:
    def __init__(self, state: State) -> None:
        self._state, self._channels = state, state.channels

    async def open(self, channel: ChannelPost, address: Address) -> bool:
        new = channel.recipient not in self._channels
        self._channels.setdefault(channel.recipient, channel)
        await MemoryAddresses(self._state).remember(channel.recipient, address, channel.since)
        return new

    async def close(self, recipient: PersonId) -> bool:
        for key, known in self._state.addresses.items():
            if known.person == recipient and known.latest:
                self._state.addresses[key] = replace(known, person=None, latest=False)
        return self._channels.pop(recipient, None) is not None

    async def get(self, recipient: PersonId) -> ChannelPost | None:
        return self._channels.get(recipient)

    async def all(self, body: Body = Body.BOARD) -> Sequence[ChannelPost]:
        found = [channel for channel in self._channels.values() if channel.body is body]
        return sorted(found, key=lambda channel: (channel.since, channel.recipient))


class MemoryCalendars:
    def __init__(self, state: State) -> None:
        self._digests = state.calendars

    async def replace(self, person: PersonId, secret_hash: str, now: datetime) -> None:
        self._digests[person] = secret_hash

    async def revoke(self, person: PersonId) -> bool:
        return self._digests.pop(person, None) is not None

    async def whose(self, secret_hash: str) -> PersonId | None:
        return next((person for person, digest in self._digests.items() if digest == secret_hash), None)
