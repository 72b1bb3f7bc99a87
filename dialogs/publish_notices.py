"""What the channels are told of decisions, drawn as things are now; the people's own card is the case's."""

from __future__ import annotations

from board.case import Case
from board.ids import MeetingId, is_channel
from board.notices import meeting_behind
from cards.message import Message
from cards.templates.agenda_texts import public_title
from cards.templates.published_card import milestone_card
from dialogs.room import Room, Wanted


async def milestone(room: Room, wanted: Wanted) -> Message | None:
    """None for anybody but a channel, and where no decision may be told there (any more)."""
    if not is_channel(room.actor.id):
        return None
    meeting = await room.work.meetings.get(MeetingId(meeting_behind(wanted.object_id)))
    if meeting is None:
        return None
    decisions = [one for one in await room.work.decisions.of_meeting(meeting.id) if one.case and one.is_published]
    cases = {case.id: case for case in await room.work.cases.on_agenda(meeting.id) if _is_told(case)}
    told = [(one, public_title(cases[one.case])) for one in decisions if one.case in cases]
    if not told:
        return None
    minutes = (await room.work.minutes_book.named([meeting.id])).get(meeting.id)
    return milestone_card(meeting, told, approved=minutes is not None and minutes.is_approved)


def _is_told(case: Case) -> bool:
    """Open, and nobody who may read the channel is inhabil for it."""
    return case.content.classification != "exempt" and not case.excluded
