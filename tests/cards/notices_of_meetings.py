"""Where notices of an agenda, a pack, a meeting and its decisions are due."""

from __future__ import annotations

from board.agenda import agenda_object
from board.ids import MeetingId
from board.notices import NoticeKind
from board.sitting import sitting_object
from board.states import CaseState
from cards import actions
from tests.board.pack_support import CHAIR as PACK_CHAIR
from tests.board.pack_support import DAY, attach
from tests.board.pack_support import MEMBER as READER
from tests.board.pack_support import at as at_time
from tests.board.sitting_support import MEMBER as SITTER
from tests.board.support import BOARD_MEETING, LEAD, OFFICE, OWNER, SUBMITTER
from tests.cards.notice_stages import (
    Example,
    at,
    decided,
    empty_house,
    with_case,
)
from tests.dialogs.agenda_support import approved, drafted
from tests.dialogs.group_support import ID, WG
from tests.dialogs.meeting_support import APRIL, IN_CHANNEL
from tests.dialogs.pack_support import papers
from tests.dialogs.sitting_support import meeting
from tests.dialogs.support import CHAIR, REP

K, S = NoticeKind, CaseState


async def agenda_ready() -> Example:
    house = await empty_house()
    await drafted(house)
    return Example(house, CHAIR, agenda_object(APRIL))


async def agenda_approved() -> Example:
    house = await empty_house()
    await approved(house)
    return Example(house, OFFICE, agenda_object(APRIL), 2)


async def dispensation_asked() -> Example:
    room = await papers()
    room.desk.clock.set(at_time(DAY.replace(day=7)))
    office = room.chat(OFFICE)
    card = await office.say("send pakke")
    await office.click(card, actions.PACK_ASK_DISPENSATION, reason="Leverandøren ble forsinket.")
    (asked,) = room.desk.memory.state.dispensations.values()
    return Example(room.house, PACK_CHAIR, BOARD_MEETING, 1, asked.id)


async def dispensation_ruled() -> Example:
    asked = await dispensation_asked()
    chair = asked.house.chat(PACK_CHAIR)
    card = await chair.drawn(K.DISPENSATION_ASKED, BOARD_MEETING, 1, asked.part)
    assert card is not None
    await chair.click(card, actions.PACK_GRANT, reason="Saken haster for pasientene.")
    return Example(asked.house, OFFICE, BOARD_MEETING, 2, asked.part)


async def pack_sent() -> Example:
    room = await papers()
    await room.send()
    return Example(room.house, READER, BOARD_MEETING)


async def pack_milestone() -> Example:
    return Example((await pack_sent()).house, IN_CHANNEL, BOARD_MEETING)


async def pack_changed() -> Example:
    room = await papers()
    await room.send()
    await room.chat(READER).press(actions.PACK_READ, {"id": BOARD_MEETING})
    await attach(room.desk)
    office = room.chat(OFFICE)
    await office.click(await office.say("sakspapirer"), actions.PACK_SEND)
    assert await room.packing.round()
    return Example(room.house, READER, BOARD_MEETING, 2, "1")


async def pack_failed() -> Example:
    room = await papers()
    room.press.fails = True
    await room.send()
    rows = room.desk.memory.state.outbox.values()
    part = next(row.part for row in rows if (row.kind, row.person) == (K.PACK_FAILED, OFFICE.id))
    return Example(room.house, OFFICE, BOARD_MEETING, 1, part)


async def wg_minutes() -> Example:
    house = await with_case(S.READY_FOR_WG)
    lead = house.chat(LEAD)
    card = await lead.press(actions.CASE_OPEN, {"id": ID})
    await lead.click(card, actions.WG_SCHEDULE, meeting=WG.id)
    house.clock.set(WG.starts_at)
    card = await lead.press(actions.CASE_OPEN, {"id": ID})
    await lead.click(card, actions.WG_TREAT, outcome="recommended_with_remarks", remarks="Vis drift for seg.")
    (record,) = lead.all
    await lead.click(record, actions.WG_MINUTES, present="Per\nLise", remarks="Neste møte i april.")
    return Example(house, REP, WG.id)


async def meeting_started() -> Example:
    room = await meeting()
    await room.started()
    return Example(room.house, SITTER, sitting_object(MeetingId(BOARD_MEETING)))


async def decision_published() -> Example:
    board = await decided()
    return Example(at(board.desk), SUBMITTER, "a", board.desk.case("a").rev, BOARD_MEETING)


async def decision_milestone() -> Example:
    return Example(at((await decided()).desk), IN_CHANNEL, sitting_object(BOARD_MEETING), 2)


async def follow_up_opened() -> Example:
    board = await decided()
    (one,) = await board.follow_ups("a")
    return Example(at(board.desk), OWNER, one.id)


async def follow_up_reported() -> Example:
    board = await decided()
    (one,) = await board.follow_ups("a")
    await board.report(one.id)
    return Example(at(board.desk), OFFICE, one.id, 2)
