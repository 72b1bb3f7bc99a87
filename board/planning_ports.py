"""What the planning of meetings, duties and milestones needs from outside; part of every unit of work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from board.attendance import Attendance
from board.delivery import Address
from board.duty import Duty, DutyKind
from board.ids import DutyId, MeetingId, PersonId
from board.people import Body
from board.planned import PlannedStep


class DutyRepository(Protocol):
    """Whatever changes a person's list of duties also puts the redrawing of its copies in line."""

    async def get(self, duty: DutyId) -> Duty | None:
        """The duty, or None. In a writing unit of work it is locked."""
        ...

    async def due(self, now: datetime, limit: int) -> Sequence[Duty]:
        """Open duties whose reminder is due, the earliest first.

        In a writing unit of work they are locked, and those that somebody else is changing are left for the next time.
        """
        ...

    async def open_of(self, person: PersonId, limit: int) -> Sequence[Duty]:
        """What the person owes, or was asked and handed to a deputy; earliest day first."""
        ...

    async def ended_of(self, person: PersonId, since: datetime, limit: int) -> Sequence[Duty]:
        """What the person was asked, or stood in for, and what ended at or after ``since``; the latest first."""
        ...

    async def of_object(self, object_id: str) -> Sequence[Duty]:
        """All duties about one object, also ended ones, in the order they were asked; locked in a writing unit."""
        ...

    async def overdue(self, before: date, limit: int) -> Sequence[Duty]:
        """Open duties whose day is before ``before``, latest day first."""
        ...

    async def add(self, duties: Sequence[Duty], now: datetime) -> None:
        """Adds them; one whose id is known is left as it is."""
        ...

    async def save(self, duties: Sequence[Duty], now: datetime) -> None:
        """Stores changed duties, as they were read in this unit of work. One that is not there stays so."""
        ...

    async def remind(self, duties: Sequence[Duty]) -> None:
        """Stores only how far each has climbed (``rung``, ``next_at``): nothing that a list of duties shows."""
        ...

    async def end(
        self, object_id: str, kinds: Sequence[DutyKind], by: PersonId, now: datetime, part: str | None = None
    ) -> None:
        """Ends the open ones of these kinds about an object (``part``: only of this deadline), whoever owes them."""
        ...

    async def list_rev(self, person: PersonId) -> int:
        """The revision of a person's list of duties: what a card of it was drawn from."""
        ...


class PlannedRepository(Protocol):
    async def take_turn(self) -> bool:
        """In a writing unit of work: True for one planner at a time, until the end of the unit of work."""
        ...

    async def next_at(self) -> datetime | None:
        """When the next step or reminder falls due, or None."""
        ...

    async def due(self, now: datetime, limit: int) -> Sequence[PlannedStep]:
        """Open steps that are due, the earliest first; locked in a writing unit as :meth:`DutyRepository.due` does."""
        ...

    async def of_meetings(self, meetings: Sequence[MeetingId]) -> Sequence[PlannedStep]:
        """All steps of the meetings, by key; locked in a writing unit of work. Take the meetings' own locks first."""
        ...

    async def put(self, steps: Sequence[PlannedStep]) -> None:
        """Adds or replaces, by key."""
        ...

    async def expired(self, since: datetime, limit: int) -> Sequence[PlannedStep]:
        """Steps that expired at or after ``since``, latest first."""
        ...


class AttendanceRepository(Protocol):
    async def of_meeting(self, meeting: MeetingId) -> Sequence[Attendance]: ...

    async def put(self, attendance: Attendance) -> None:
        """Adds, or replaces the one of the same person and meeting."""
        ...

    async def clear(self, meeting: MeetingId) -> None:
        """Forgets the answers, as when the meeting moves: they are in the history."""
        ...


@dataclass(frozen=True, slots=True)
class ChannelPost:
    """A channel that gets the board's milestones, or the working group's cases to be treated (``body``).

    ``recipient`` is :func:`board.ids.channel_recipient`.
    """

    recipient: PersonId
    language: str
    by: PersonId
    since: datetime
    body: Body = Body.BOARD


class ChannelRepository(Protocol):
    async def open(self, channel: ChannelPost, address: Address) -> bool:
        """True where it was not open already."""
        ...

    async def close(self, recipient: PersonId) -> bool:
        """True where it was open."""
        ...

    async def get(self, recipient: PersonId) -> ChannelPost | None: ...

    async def all(self, body: Body = Body.BOARD) -> Sequence[ChannelPost]:
        """The channels opened for this body."""
        ...


class CalendarFeeds(Protocol):
    """Only a digest of each secret is kept: a copy of the database opens nobody's calendar."""

    async def replace(self, person: PersonId, secret_hash: str, now: datetime) -> None:
        """The person's one feed from now on; the one before is gone."""
        ...

    async def revoke(self, person: PersonId) -> bool:
        """True where there was one."""
        ...

    async def whose(self, secret_hash: str) -> PersonId | None: ...
