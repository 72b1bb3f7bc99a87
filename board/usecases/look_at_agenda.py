"""An agenda, as much of it as a person may see. That somebody else asked for the working group's is in the log."""

from __future__ import annotations

from dataclasses import dataclass

from board.agenda import Agenda, Sight, sight
from board.errors import Refusal, RefusalCode
from board.ids import MeetingId
from board.meeting import Meeting
from board.people import Actor, Body
from board.ports import Rules, UnitOfWork
from board.usecases._record import refuse
from board.usecases.look_at_meeting import may_know


@dataclass(frozen=True, slots=True)
class Seen:
    """``agenda`` is None where there is none for this person yet; ``sent``: its pack is out."""

    meeting: Meeting
    agenda: Agenda | None = None
    sight: Sight = Sight.OPEN
    sent: bool = False


async def look_at_agenda(meeting_id: MeetingId, actor: Actor, work: UnitOfWork, rules: Rules) -> Seen | Refusal:
    meeting = await work.meetings.get(meeting_id)
    if meeting is None or meeting.body is Body.OFFICE or not may_know(meeting, actor):
        refusal = Refusal(RefusalCode.NOT_FOUND, {"act": "look"})
        await refuse(refusal, actor, meeting_id, work, rules)
        return refusal
    return await seen(meeting, actor, work)


async def seen(meeting: Meeting, actor: Actor, work: UnitOfWork) -> Seen:
    """What this person sees of the agenda of a meeting that he or she may know of."""
    agenda = await work.agendas.get(meeting.id)
    sent = await work.packs.ready(meeting.id) is not None
    how = sight(meeting.body, agenda, actor, sent=sent) if agenda else None
    return Seen(meeting, agenda, how, sent) if how else Seen(meeting, sent=sent)
