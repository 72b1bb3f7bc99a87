"""Opening a meeting, item by item, who is there, going on without a quorum, and closing it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from board.agenda import AgendaChanged, AgendaState, ItemKind
from board.attendance import Attendance, Coming
from board.decision import Outcome
from board.errors import RefusalCode
from board.events import Happened
from board.ids import ItemId, MeetingId
from board.meeting import Meeting
from board.meeting_commands import (
    ApproveAgenda,
    AskApproval,
    BuildAgenda,
    CancelMeeting,
    EditItem,
    MoveItem,
    MoveMeeting,
    ShiftItem,
)
from board.people import Body
from board.sitting import Seat, SittingState
from board.sitting_commands import GoOnWithoutQuorum
from board.states import CaseState
from board.usecases.approve_agenda import approve_agenda
from board.usecases.ask_approval import ask_approval
from board.usecases.build_agenda import build_agenda
from board.usecases.cancel_meeting import cancel_meeting
from board.usecases.edit_item import edit_item
from board.usecases.go_on_without_quorum import go_on_without_quorum
from board.usecases.move_item import move_item
from board.usecases.move_meeting import move_meeting
from board.usecases.shift_item import shift_item
from board.usecases.start_meeting import Started
from tests.board.pack_support import OBSERVER, sent
from tests.board.sitting_support import (
    BOARD_MEETING,
    CHAIR,
    DEPUTY,
    FIRST,
    LEAD,
    MEMBER,
    OFFICE,
    ONE,
    OTHER,
    SECOND,
    STARTS,
    TWO,
    call,
    close,
    did,
    empty,
    later,
    ready,
    record,
    seat,
    sitting,
    start,
    under_way,
    with_kinds,
)
from tests.board.support import Desk, refused

# -- opening -----------------------------------------------------------------------------------------------------------


async def test_it_begins_with_the_first_item_and_those_who_said_that_they_come() -> None:
    made = await ready()
    result = await start(made)
    assert isinstance(result, Started)
    assert result.is_new
    opened = sitting(made)
    assert (opened.current, opened.rev, opened.started_by) == (FIRST, 1, LEAD.id)
    assert set(opened.seats) == {Seat(CHAIR.id), Seat(SECOND.id), Seat(DEPUTY.id, MEMBER.id)}
    assert ("meeting.started", BOARD_MEETING, LEAD.id) in made.log


async def test_everybody_in_the_room_is_told_and_not_the_one_who_opened_it() -> None:
    made = await ready()
    await start(made, OFFICE)
    told = {person for kind, person in made.told if kind == "meeting.started"}
    assert told == {CHAIR.id, SECOND.id, DEPUTY.id, LEAD.id}


async def test_started_twice_is_started_once() -> None:
    made = await under_way()
    rows = len(made.log)
    result = await start(made, OFFICE)
    assert isinstance(result, Started)
    assert not result.is_new
    assert result.sitting == sitting(made)
    assert len(made.log) == rows


async def test_who_is_silent_or_said_no_has_no_seat_and_nobody_has_two() -> None:
    made = await ready()
    async with made.memory.work.write() as work:
        await work.attendance.put(Attendance(BOARD_MEETING, CHAIR.id, Coming.NO, CHAIR.id, STARTS))
        await work.attendance.put(Attendance(BOARD_MEETING, SECOND.id, Coming.DEPUTY, DEPUTY.id, STARTS, DEPUTY.id))
        await work.commit()
    await start(made)
    assert sitting(made).present == (DEPUTY.id,)


async def test_not_before_its_time_not_without_approval_not_without_papers() -> None:
    made = await ready()
    made.clock.set(STARTS - timedelta(minutes=16))
    assert refused(await start(made), RefusalCode.NOT_BEGUN).params["at"] == STARTS
    made.clock.set(STARTS - timedelta(minutes=15))
    approved = made.memory.state.agendas[BOARD_MEETING]
    made.memory.state.agendas[BOARD_MEETING] = replace(approved, state=AgendaState.DRAFT)
    assert refused(await start(made), RefusalCode.AGENDA_APPROVAL).params["missing"] is False
    del made.memory.state.agendas[BOARD_MEETING]
    assert refused(await start(made), RefusalCode.AGENDA_APPROVAL).params["missing"] is True
    made.memory.state.agendas[BOARD_MEETING] = approved
    kept = dict(made.memory.state.packs)
    made.memory.state.packs.clear()
    refused(await start(made), RefusalCode.NOT_SENT)
    made.memory.state.packs.update(kept)
    assert isinstance(await start(made), Started)


async def test_an_approval_taken_away_is_given_again_until_the_meeting_is_opened_and_not_after() -> None:
    made = await ready()
    agenda = made.memory.state.agendas[BOARD_MEETING]
    made.memory.state.agendas[BOARD_MEETING] = replace(agenda, state=AgendaState.DRAFT)
    later(made, 20)
    refused(await start(made), RefusalCode.AGENDA_APPROVAL)
    refused(await did(made, edit_item, EditItem(BOARD_MEETING, ONE, 30, "Anne"), OFFICE), RefusalCode.MEETING_UNFIT)
    await did(made, ask_approval, AskApproval(BOARD_MEETING, agenda.rev), OFFICE)
    assert ("agenda.ready", CHAIR.id) in made.told
    approved = await did(made, approve_agenda, ApproveAgenda(BOARD_MEETING, agenda.rev), CHAIR)
    assert isinstance(approved, AgendaChanged)
    assert isinstance(await start(made), Started)
    told = refused(await did(made, approve_agenda, ApproveAgenda(BOARD_MEETING), CHAIR), RefusalCode.ALREADY)
    assert told.params["what"] is Happened.MEETING_STARTED


async def test_a_cancelled_and_a_closed_one_say_what_happened() -> None:
    made = await ready()
    meeting = made.memory.state.meetings[BOARD_MEETING]
    made.memory.state.meetings[BOARD_MEETING] = meeting.cancel(OFFICE, "Sykdom", STARTS - timedelta(days=1)).meeting  # type: ignore[union-attr]  # it is let through
    assert refused(await start(made), RefusalCode.ALREADY).params["what"] is Happened.MEETING_CANCELLED
    made = await under_way()
    for item in (FIRST, ONE, TWO):
        await record(made, item)
    await record(made, OTHER, Outcome.NOTED)
    await close(made)
    assert refused(await start(made), RefusalCode.ALREADY).params["what"] is Happened.MEETING_CLOSED


async def test_the_office_has_no_run_sheet() -> None:
    made = await ready()
    made.memory.state.meetings["kontor"] = Meeting(MeetingId("kontor"), Body.OFFICE, STARTS)
    refused(await start(made, meeting=MeetingId("kontor")), RefusalCode.NOT_FOUND)


# -- once it is opened nothing of it moves -----------------------------------------------------------------------------

FIXED = {
    "build": (build_agenda, BuildAgenda(BOARD_MEETING), OFFICE),
    "shift": (shift_item, ShiftItem(BOARD_MEETING, TWO, -1), OFFICE),
    "edit": (edit_item, EditItem(BOARD_MEETING, TWO, 20, ""), OFFICE),
    "move": (move_item, MoveItem(BOARD_MEETING, TWO, MeetingId("later")), OFFICE),
    "approve": (approve_agenda, ApproveAgenda(BOARD_MEETING), CHAIR),
    "ask": (ask_approval, AskApproval(BOARD_MEETING), OFFICE),
    "move meeting": (move_meeting, MoveMeeting(BOARD_MEETING, STARTS + timedelta(days=30)), OFFICE),
    "cancel meeting": (cancel_meeting, CancelMeeting(BOARD_MEETING, "Nei"), OFFICE),
}


@pytest.mark.parametrize("act", FIXED)
@pytest.mark.parametrize("minutes", [-10, 10])
async def test_agenda_and_time_are_fixed(act: str, minutes: int) -> None:
    made = await ready()
    made.memory.state.meetings["later"] = Meeting(MeetingId("later"), Body.BOARD, STARTS + timedelta(days=60))
    made.clock.set(STARTS - timedelta(minutes=12))
    await start(made)
    made.clock.set(STARTS + timedelta(minutes=minutes))
    before = standing(made)
    use_case, command, who = FIXED[act]
    told = refused(await did(made, use_case, command, who), RefusalCode.ALREADY).params
    assert (told["what"], told["by"]) == (Happened.MEETING_STARTED, LEAD.id)
    assert standing(made) == before


def standing(made: Desk) -> object:
    state = made.memory.state
    return state.agendas[BOARD_MEETING], state.meetings[BOARD_MEETING], dict(state.cases)


async def test_so_are_the_papers() -> None:
    made = await ready()
    made.clock.set(STARTS - timedelta(minutes=12))
    await start(made)
    assert refused(await sent(made), RefusalCode.ALREADY).params["what"] is Happened.MEETING_STARTED


# -- item by item ------------------------------------------------------------------------------------------------------


async def test_the_next_undecided_one_is_called_and_an_earlier_one_too() -> None:
    made = await under_way()
    await call(made)
    assert sitting(made).current == ONE
    await record(made, TWO)
    await call(made)
    assert sitting(made).current == OTHER, "what is decided is passed over"
    await call(made)
    assert sitting(made).current == FIRST, "round to what was left behind"
    await call(made, TWO)
    assert sitting(made).current == TWO, "a decided one, by its name"
    rev = sitting(made).rev
    result = await call(made, TWO)
    assert not result.events
    assert sitting(made).rev == rev
    refused(await call(made, ItemId("nowhere")), RefusalCode.NOT_FOUND)


async def test_with_nothing_left_it_stays_where_it_is() -> None:
    made = await under_way()
    for item in (FIRST, ONE, TWO):
        await record(made, item)
    await record(made, OTHER, Outcome.NOTED)
    result = await call(made)
    assert not result.events
    assert sitting(made).current == FIRST


async def test_reaching_the_minutes_is_seen_in_the_sitting_that_is_stored() -> None:
    made = await with_kinds(ItemKind.MINUTES)
    await start(made)
    result = await call(made, ItemId("k-minutes"))
    assert result.sitting == sitting(made)


# -- who is there ------------------------------------------------------------------------------------------------------


async def test_come_and_gone_and_the_deputy_takes_the_seat_over() -> None:
    made = await under_way()
    await seat(made, SECOND.id, present=False)
    assert SECOND.id not in sitting(made).present
    await seat(made, MEMBER.id, present=True)
    assert sitting(made).seat_of(DEPUTY.id) is None, "one seat a member"
    await seat(made, DEPUTY.id, present=True)
    assert sitting(made).seat_of(DEPUTY.id) == Seat(DEPUTY.id, MEMBER.id)
    assert sitting(made).seat_of(MEMBER.id) is None
    rev = sitting(made).rev
    await seat(made, DEPUTY.id, present=True)
    assert sitting(made).rev == rev
    refused(await seat(made, OBSERVER.id, present=True), RefusalCode.UNKNOWN_CHOICE)


async def test_who_comes_late_gets_the_card_once() -> None:
    made = await ready()
    async with made.memory.work.write() as work:
        await work.attendance.put(Attendance(BOARD_MEETING, SECOND.id, Coming.NO, SECOND.id, STARTS))
        await work.commit()
    await start(made)
    for present in (True, False, True):
        await seat(made, SECOND.id, present=present)
    rows = [row for row in made.memory.state.outbox.values() if row.kind == "meeting.started"]
    assert [row.person for row in rows].count(SECOND.id) == 1


# -- quorum ------------------------------------------------------------------------------------------------------------


async def test_too_few_settle_nothing_until_the_chair_says_so() -> None:
    made = await under_way()
    await empty(made)
    told = refused(await record(made), RefusalCode.NO_QUORUM).params
    assert (told["coming"], told["needed"]) == (1, 2)
    command = GoOnWithoutQuorum(BOARD_MEETING, "Vi må ta den i dag.")
    refused(await did(made, go_on_without_quorum, command, LEAD), RefusalCode.NOT_ALLOWED)
    refused(await did(made, go_on_without_quorum, replace(command, reason=" "), CHAIR), RefusalCode.REASON_NEEDED)
    await did(made, go_on_without_quorum, command, CHAIR)
    assert sitting(made).without_quorum == "Vi må ta den i dag."
    refused(await did(made, go_on_without_quorum, command, CHAIR), RefusalCode.ALREADY)
    await record(made)
    assert made.case().state is CaseState.DECIDED


async def test_too_few_can_still_put_a_case_off_and_note_an_item() -> None:
    made = await under_way()
    await empty(made)
    await record(made, ONE, Outcome.POSTPONED, "For få til stede.")
    await record(made, FIRST, Outcome.ADOPTED)
    assert made.case().board_outcome is Outcome.POSTPONED


async def test_the_chairs_word_is_not_minuted_where_enough_are_there() -> None:
    made = await under_way()
    result = await did(made, go_on_without_quorum, GoOnWithoutQuorum(BOARD_MEETING, "Av gammel vane."), CHAIR)
    assert not result.events
    assert not sitting(made).without_quorum


# -- closing -----------------------------------------------------------------------------------------------------------


async def test_it_is_not_closed_while_an_item_is_undecided() -> None:
    made = await under_way()
    await record(made, ONE)
    assert refused(await close(made), RefusalCode.UNDECIDED).params["items"] == (FIRST, TWO, OTHER)
    await record(made, FIRST)
    await record(made, TWO, Outcome.REJECTED, "Styret går ikke inn for forslaget.")
    await record(made, OTHER, Outcome.NOTED)
    await close(made, OFFICE)
    closed = sitting(made)
    assert (closed.state, closed.closed_by) == (SittingState.CLOSED, OFFICE.id)
    assert refused(await close(made), RefusalCode.ALREADY).params["what"] is Happened.MEETING_CLOSED
    refused(await call(made, ONE), RefusalCode.ALREADY)


async def test_the_minutes_item_counts() -> None:
    made = await with_kinds(ItemKind.MINUTES)
    await start(made)
    await record(made, FIRST)
    await record(made, ONE)
    await record(made, OTHER, Outcome.NOTED)
    assert refused(await close(made), RefusalCode.UNDECIDED).params["items"] == (ItemId("k-minutes"),)
