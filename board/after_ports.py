"""What anchoring receipts and benefit checkpoints need from outside; part of every unit of work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from board.anchoring import Anchor
from board.benefits import BenefitReport
from board.ids import CaseId, MeetingId
from board.later import LaterStep


class LaterRepository(Protocol):
    async def put(self, steps: Sequence[LaterStep]) -> None:
        """Adds them; one whose key is known is left as it is."""
        ...

    async def due(self, now: datetime, limit: int) -> Sequence[LaterStep]:
        """Those not done whose time has come, the earliest first.

        In a writing unit of work they are locked, and those that somebody else holds are left for the next time.
        """
        ...

    async def done(self, steps: Sequence[LaterStep], now: datetime) -> None: ...

    async def of_object(self, object_id: str) -> Sequence[LaterStep]:
        """All steps about one object, also those done, by time."""
        ...


class AnchorRepository(Protocol):
    async def put(self, anchor: Anchor) -> None:
        """Adds, or replaces the one of the same decision and unit."""
        ...

    async def of_meeting(self, meeting: MeetingId) -> Sequence[Anchor]:
        """By item and unit; one query."""
        ...


class BenefitRepository(Protocol):
    async def add(self, report: BenefitReport) -> bool:
        """False, and nothing is changed, where that checkpoint of the case has been answered."""
        ...

    async def of_case(self, case: CaseId) -> Sequence[BenefitReport]:
        """The earliest checkpoint first."""
        ...

    async def of_cases(self, cases: Sequence[CaseId]) -> Mapping[CaseId, Sequence[BenefitReport]]:
        """As :meth:`of_case`, of several, in one query."""
        ...
