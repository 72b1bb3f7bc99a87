"""The papers of a meeting, to somebody they are for. That somebody else asked for them is in the log."""

from __future__ import annotations

from board.errors import Refusal, RefusalCode
from board.ids import MeetingId
from board.meeting import Meeting
from board.people import Actor
from board.ports import Rules, UnitOfWork
from board.usecases._record import refuse
from board.usecases.pack_readers import may_read


async def look_at_pack(meeting_id: MeetingId, actor: Actor, work: UnitOfWork, rules: Rules) -> Meeting | Refusal:
    meeting = await work.meetings.get(meeting_id)
    if meeting is not None and await may_read(actor, meeting, work):
        return meeting
    refusal = Refusal(RefusalCode.NOT_FOUND, {"act": "look"})
    await refuse(refusal, actor, meeting_id, work, rules)
    return refusal
