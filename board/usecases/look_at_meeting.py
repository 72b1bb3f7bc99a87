"""A meeting, to somebody who may know of it. That somebody else asked for it is in the log."""

from __future__ import annotations

from typing import Final

from board.errors import Refusal, RefusalCode
from board.ids import MeetingId
from board.meeting import Meeting
from board.people import HANDLERS, Actor, Body, Role
from board.ports import Rules, UnitOfWork
from board.usecases._record import refuse

_KNOWN_TO: Final = {
    Body.WORKING_GROUP: frozenset({*HANDLERS, Role.WG_MEMBER, Role.EMPLOYEE_REP, Role.CHAIR}),
    Body.OFFICE: HANDLERS,
}
SEES_ANSWERS: Final = frozenset({*HANDLERS, Role.CHAIR})
"""Who sees which of the others come: those who arrange the meeting, and who leads it (mandatet § 7)."""


def may_know(meeting: Meeting, actor: Actor) -> bool:
    """When the board meets is no secret; the other bodies' meetings are their own."""
    return meeting.body is Body.BOARD or bool(actor.roles & _KNOWN_TO[meeting.body])


async def look_at_meeting(meeting_id: MeetingId, actor: Actor, work: UnitOfWork, rules: Rules) -> Meeting | Refusal:
    meeting = await work.meetings.get(meeting_id)
    if meeting is not None and may_know(meeting, actor):
        return meeting
    refusal = Refusal(RefusalCode.NOT_FOUND, {"act": "look"})
    await refuse(refusal, actor, meeting_id, work, rules)
    return refusal
