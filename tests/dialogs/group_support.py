"""A house with meetings of the working group, and titled cases on their way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from board.case import Case
from board.ids import CaseId, MeetingId
from board.meeting import Meeting
from board.people import Actor, Body
from board.states import CaseState
from cards import actions
from cards.message import Json, Message
from dialogs import conversation
from tests.board.support import LEAD, case_in
from tests.dialogs.meeting_support import APRIL
from tests.dialogs.support import Chat, House

ID: Final = "case-1"
WG: Final = Meeting(MeetingId("wg-march"), Body.WORKING_GROUP, datetime(2026, 3, 26, 8, tzinfo=UTC), serves=APRIL)
EARLIER_WG: Final = Meeting(MeetingId("wg-early"), Body.WORKING_GROUP, datetime(2026, 3, 5, 8, tzinfo=UTC))
TITLE: Final = "Felles kurve"
OTHER_TITLE: Final = "Vaktplan på tvers"


def titled(state: CaseState, title: str = TITLE, name: str = ID) -> Case:
    case = case_in(state)
    return replace(case, id=CaseId(name), content=replace(case.content, title=title, wanted_meeting=APRIL))


async def prepare(house: House, *cases: Case, meetings: tuple[Meeting, ...] = (EARLIER_WG, WG)) -> None:
    async with house.work.write() as work:
        for meeting in meetings:
            await work.meetings.add(meeting)
        for case in cases:
            await work.cases.add(case)
        await work.commit()


async def opened(house: House, who: Actor, name: str = ID) -> Message:
    return await house.chat(who).press(actions.CASE_OPEN, {"id": name})


async def scheduled(house: House, name: str = ID) -> None:
    card = await opened(house, LEAD, name)
    await house.chat(LEAD).click(card, actions.WG_SCHEDULE, meeting=WG.id)


async def pressed(chat: Chat, verb: str, data: Mapping[str, Json]) -> Message:
    """A press that is answered with a message of its own, and leaves the pressed card as it is."""
    async with chat.house.work.write() as work:
        room = chat._room(await chat._actor(work), work)
        reply = await conversation.press(room, verb, data)
        await work.commit()
    return reply.messages[0]
