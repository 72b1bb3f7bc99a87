"""*Skriv referat*: the first version, from what was recorded, once the meeting is closed (mandatet § 7)."""

from __future__ import annotations

from board.errors import Refusal, RefusalCode
from board.events import Happened
from board.ids import MeetingId
from board.minutes import Minutes, drafted, minutes_object, not_for
from board.minutes_commands import DraftMinutes
from board.people import Actor
from board.ports import Rules, UnitOfWork
from board.usecases._record import refuse
from board.usecases._task import task_done


async def draft_minutes(command: DraftMinutes, actor: Actor, work: UnitOfWork, rules: Rules) -> Minutes | Refusal:
    if refusal := await may_draft(command.meeting, actor, work, rules):
        return refusal
    meeting = await work.meetings.get(command.meeting)
    made = drafted(command.meeting, meeting.body, command.sections, actor, rules.clock.now()) if meeting else None
    if made is None or isinstance(made, Refusal):
        raise TypeError(f"the minutes of {command.meeting} could be drafted, locked, and cannot now")
    changed, version = made
    if not await work.minutes_book.add(changed.minutes, version):
        raise RuntimeError(f"{command.meeting} has minutes already, though its lock was held")
    await work.history.append(changed.events)
    await task_done("minutes", command.meeting, actor, work, rules)
    return changed.minutes


async def may_draft(meeting: MeetingId, actor: Actor, work: UnitOfWork, rules: Rules) -> Refusal | None:
    """What stands in the way, the right first. The meeting, its sitting and its minutes are locked then."""
    refusal = not_for(actor) or await _why_not(meeting, work)
    if refusal:
        await refuse(refusal, actor, minutes_object(meeting), work, rules)
    return refusal


async def _why_not(meeting_id: MeetingId, work: UnitOfWork) -> Refusal | None:
    meeting = await work.meetings.get(meeting_id)
    if meeting is None:
        return Refusal(RefusalCode.NOT_FOUND, {"act": "write_minutes"})
    sitting = await work.sittings.get(meeting_id)
    minutes = await work.minutes_book.get(meeting_id)
    if minutes is not None:
        return Refusal(RefusalCode.ALREADY, {"what": Happened.MINUTES_DRAFTED, "by": minutes.by, "at": minutes.at})
    if sitting is None:
        return Refusal(RefusalCode.NOT_STARTED)
    return Refusal(RefusalCode.NOT_CLOSED) if sitting.is_open else None
