"""Minutes of a board meeting from before Saksgang's time, taken in as a PDF, so that they can be approved (§ 7)."""

from __future__ import annotations

from board.case_content import MAX_LINE
from board.errors import Refusal, RefusalCode
from board.events import Event, Happened
from board.ids import MeetingId
from board.meeting_commands import FileMinutes
from board.minutes import Minutes, MinutesState
from board.people import HANDLERS, Actor, Body
from board.ports import Rules, UnitOfWork
from board.usecases._record import refuse

SUFFIX = ".pdf"
FIRST = 1


async def file_minutes(command: FileMinutes, actor: Actor, work: UnitOfWork, rules: Rules) -> Minutes | Refusal:
    refusal = await may_file(command.meeting, actor, work, rules)
    if refusal is None and (not command.sha256 or not command.name.lower().endswith(SUFFIX)):
        return Refusal(RefusalCode.UNKNOWN_CHOICE, {"fields": ("file",)})
    if refusal is not None:
        return refusal
    now = rules.clock.now()
    minutes = Minutes(
        command.meeting, Body.BOARD, 1, MinutesState.FILED, FIRST, actor.id, now, sha256=command.sha256,
        name=command.name[:MAX_LINE],
    )  # fmt: skip
    await work.minutes_book.add(minutes, None)
    details = {"version": str(FIRST), "sha256": command.sha256}
    await work.history.append([Event(Happened.MINUTES_FILED, command.meeting, now, actor.id, details=details)])
    return minutes


async def may_file(meeting_id: MeetingId, actor: Actor, work: UnitOfWork, rules: Rules) -> Refusal | None:
    """What stands in the way: of a board meeting that has been, once. A refusal of the right goes to the log."""
    refusal = await _why_not(meeting_id, actor, work, rules)
    if refusal is not None:
        await refuse(refusal, actor, meeting_id, work, rules)
    return refusal


async def _why_not(meeting_id: MeetingId, actor: Actor, work: UnitOfWork, rules: Rules) -> Refusal | None:
    if not actor.is_handler:
        return Refusal(RefusalCode.NOT_ALLOWED, {"act": "file_minutes", "roles": tuple(sorted(HANDLERS))})
    meeting = await work.meetings.get(meeting_id)
    if meeting is None:
        return Refusal(RefusalCode.NOT_FOUND, {"act": "file_minutes"})
    if meeting.body is not Body.BOARD or not meeting.is_planned:
        return Refusal(RefusalCode.MEETING_UNFIT, {"fields": ("meeting",)})
    if rules.clock.now() < meeting.starts_at:
        return Refusal(RefusalCode.NOT_BEGUN, {"at": meeting.starts_at})
    if known := await work.minutes_book.get(meeting_id):
        return Refusal(RefusalCode.ALREADY, {"what": Happened.MINUTES_FILED, "by": known.by, "at": known.at})
    return None
