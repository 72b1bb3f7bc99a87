"""«ettersending» in words: those who handle cases choose which one; everybody else learns what to do."""

from __future__ import annotations

from typing import Final

from board.people import Body
from board.states import WITH_OFFICE, CaseState
from cards.templates import late_cards
from dialogs.present import MOST_MEETINGS
from dialogs.room import Reply, Room, say

MOST_CASES: Final = 50


async def late(room: Room, words: str) -> Reply:
    """``words``: what the case is called, where that was said."""
    if not room.actor.is_handler:
        return say(late_cards.how_late(room.mandate))
    work, actor = room.work, room.actor
    named = work.cases.find(actor, words, MOST_CASES) if words else work.cases.lines_for(actor, MOST_CASES)
    lines = await named
    fitting = [line for line in lines if CaseState(line.state) in WITH_OFFICE]
    meetings = await work.meetings.upcoming(Body.BOARD, room.now, MOST_MEETINGS)
    return say(late_cards.which_late(fitting, meetings))
