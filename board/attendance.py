"""Who comes to a meeting. The member's own answer wins, whenever it comes; others' answers can be replaced."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from board.errors import Refusal, RefusalCode
from board.events import Event, Happened
from board.ids import MeetingId, PersonId
from board.meeting import Meeting
from board.people import Actor, Role

INVITED = frozenset({Role.CHAIR, Role.MEMBER})
"""The members of the board: those whose coming is counted (mandatet § 5)."""


class Coming(StrEnum):
    YES = "yes"
    NO = "no"
    DEPUTY = "deputy"
    """The deputy comes, and has said so."""


@dataclass(frozen=True, slots=True)
class Attendance:
    """``person``'s answer; ``by`` gave it: the person, the deputy, or the office on the person's behalf."""

    meeting: MeetingId
    person: PersonId
    answer: Coming
    by: PersonId
    at: datetime
    deputy: PersonId | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    attendance: Attendance
    events: tuple[Event, ...]
    """None where the same answer stood there already."""


def answer(
    meeting: Meeting,
    actor: Actor,
    person: PersonId,
    coming: Coming,
    *,
    current: Attendance | None,
    stands_in: bool,
    now: datetime,
) -> Answered | Refusal:
    """``actor`` answers for ``person``: oneself, as the deputy (``stands_in``), or as the office on somebody's behalf.

    A deputy says that the deputy comes, whichever word the button had; ``Coming.NO`` of a deputy is no answer of the
    member's and is handled where the duty is given back.
    """
    own = actor.id == person and bool(actor.roles & INVITED)
    if not (own or stands_in or actor.is_handler):
        return Refusal(RefusalCode.NOT_ALLOWED, {"act": "attend", "roles": tuple(sorted(INVITED))})
    if not meeting.is_planned or meeting.ends_at <= now:
        by, at = meeting.changed_by, meeting.changed_at
        return Refusal(RefusalCode.ALREADY, {"what": meeting.last, "by": by, "at": at})
    if current is not None and stands_in and not own and current.by == person:
        return Refusal(RefusalCode.ALREADY, {"what": Happened.ATTENDANCE_ANSWERED, "by": current.by, "at": current.at})
    deputy = actor.id if stands_in and not own else None
    new = Attendance(meeting.id, person, Coming.DEPUTY if deputy else coming, actor.id, now, deputy)
    if current is not None and (current.answer, current.by) == (new.answer, new.by):
        return Answered(current, ())
    details = {"person": person, "answer": str(new.answer)}
    event = Event(Happened.ATTENDANCE_ANSWERED, meeting.id, now, actor.id, meeting.rev, details=details)
    return Answered(new, (event,))


@dataclass(frozen=True, slots=True)
class Quorum:
    """``coming`` of the ``invited``, themselves or by a deputy; the board can decide from ``needed`` on."""

    invited: int
    coming: int
    needed: int

    @property
    def is_reached(self) -> bool:
        return self.coming >= self.needed


def quorum(invited: int, coming: int, share: float) -> Quorum:
    """More than ``share`` of the invited must come (a setting, ``process.md``); never more than all of them.

    The share counts as it is written: 0.29 of 100 is 29, not the 28.999… that a machine makes of it.
    """
    part = Fraction(str(share)) * invited
    return Quorum(invited, coming, min(invited, int(part) + 1))
