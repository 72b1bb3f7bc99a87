"""The shape that acts on a meeting share: read it again, refuse an old button, act."""

from __future__ import annotations

from collections.abc import Callable

from board.errors import Refusal, RefusalCode
from board.ids import MeetingId
from board.meeting import Meeting, MeetingResult, not_for
from board.people import Actor
from board.ports import UnitOfWork
from board.usecases._sitting import unless_started


async def on_meeting(
    meeting_id: MeetingId, rev: int | None, actor: Actor, work: UnitOfWork, act: Callable[[Meeting], MeetingResult]
) -> MeetingResult:
    """``rev`` is the revision that the button showed, or None where the act does not depend on one."""
    if refusal := not_for(actor):
        return refusal
    meeting = await work.meetings.get(meeting_id)
    if meeting is None:
        return Refusal(RefusalCode.NOT_FOUND)
    if refusal := await unless_started(meeting.id, work):
        return refusal
    if rev is not None and rev != meeting.rev:
        return Refusal(RefusalCode.STALE, {"what": meeting.last, "by": meeting.changed_by, "at": meeting.changed_at})
    return act(meeting)
