"""The approval of minutes (mandatet § 7): each seat's answer, and what a conclusion rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from typing import Final

from board.ids import MeetingId, PersonId
from board.people import Body, Role


class Conclusion(StrEnum):
    APPROVED = "approved"
    WITH_CORRECTIONS = "approved_with_corrections"
    POSTPONED = "postponed"


class Said(StrEnum):
    APPROVE = "approve"
    REMARK = "remark"


@dataclass(frozen=True, slots=True)
class Approval:
    """One seat's answer at the meeting that approves; one a seat and calling. ``digest`` is that of the version shown.

    ``held`` is the meeting it was given at, ``member`` whose seat it was, ``person`` who answered.
    """

    meeting: MeetingId
    held: MeetingId
    version: int
    digest: str
    member: PersonId
    person: PersonId
    said: Said
    at: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class Ground:
    """What a conclusion rests on: who concludes, the seats in the room and what they answered about this text.

    ``staged``: remarks that the meeting takes in. ``share``: more than this part of those in the room must approve.
    """

    leader: Role
    seats: int
    approved: int
    staged: int
    share: float

    @property
    def needed(self) -> int:
        """Silence never approves: answers are counted, not those who said nothing."""
        return max(1, min(self.seats, int(Fraction(str(self.share)) * self.seats) + 1))

    @property
    def carries(self) -> bool:
        return self.approved >= self.needed


LEADER: Final = {Body.BOARD: Role.CHAIR, Body.WORKING_GROUP: Role.PORTFOLIO_LEAD}
"""Who concludes in each body (mandatet § 5)."""
