"""What the meeting, its decisions and their follow-ups need from outside; part of every unit of work.

In a writing unit of work a ``get`` locks. Take a meeting's lock before its sitting's, that before its agenda's, that
before its decisions', then those of minutes, and cases last, in the order of their ids.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from board.decision import Decision
from board.follow_up import FollowUp
from board.ids import CaseId, FollowUpId, ItemId, MeetingId, PersonId
from board.sitting import Sitting


class SittingRepository(Protocol):
    async def get(self, meeting: MeetingId) -> Sitting | None: ...

    async def add(self, sitting: Sitting) -> bool:
        """False, and nothing is changed, where the meeting was opened before."""
        ...

    async def save(self, sitting: Sitting) -> None:
        """Its ``rev`` is one above the stored one; anything else is a bug and raises."""
        ...

    async def named(self, meetings: Sequence[MeetingId]) -> Mapping[MeetingId, Sitting]:
        """Those of the meetings that were opened, in one query; not locked."""
        ...


class DecisionRepository(Protocol):
    async def get(self, meeting: MeetingId, item: ItemId) -> Decision | None: ...

    async def put(self, decision: Decision) -> None:
        """Adds it at ``rev`` 1, else replaces the one with ``rev`` one below; anything else is a bug and raises.

        So does a second decision on the same case at the same meeting.
        """
        ...

    async def of_meeting(self, meeting: MeetingId) -> Sequence[Decision]:
        """In the order they were first recorded; one query. Locked in a writing unit."""
        ...

    async def of_cases(self, cases: Sequence[CaseId]) -> Mapping[CaseId, Sequence[Decision]]:
        """Earliest first; one query; not locked."""
        ...


class FollowUpRepository(Protocol):
    async def get(self, follow_up: FollowUpId) -> FollowUp | None: ...

    async def add(self, follow_ups: Sequence[FollowUp]) -> None:
        """Those that are there already (same id) stay as they are."""
        ...

    async def save(self, follow_up: FollowUp) -> None:
        """Its ``rev`` is one above the stored one; anything else is a bug and raises."""
        ...

    async def open(self, limit: int) -> Sequence[FollowUp]:
        """Those not done, the earliest due first; not locked."""
        ...

    async def of_owner(self, owner: PersonId, limit: int) -> Sequence[FollowUp]:
        """That person's that are open, the earliest due first."""
        ...

    async def of_cases(self, cases: Sequence[CaseId]) -> Mapping[CaseId, Sequence[FollowUp]]:
        """All of them, in the order they were opened; one query."""
        ...
