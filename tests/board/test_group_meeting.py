"""The working group: its minutes; what a moved or cancelled meeting does to its cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from board.duty import DutyKind
from board.errors import RefusalCode
from board.ids import CaseId, PersonId
from board.meeting_commands import CancelMeeting, MoveMeeting
from board.notices import NoticeKind
from board.people import Actor
from board.states import CaseState
from board.treatment import WgOutcome
from board.usecases.cancel_meeting import cancel_meeting
from board.usecases.move_meeting import move_meeting
from tests.board.group_support import (
    BOARD,
    CHAIR,
    LATER_WG,
    REP,
    WG,
    WG_MEMBER,
    duties,
    finish,
    group_desk,
    named,
    schedule,
    treat,
)
from tests.board.support import (
    BOARD_MEETING,
    LEAD,
    OFFICE,
    OWNER,
    SUBMITTER,
    case_in,
    done,
    refused,
)

S = CaseState
ID = CaseId("case-1")


# -- the meeting moves, or is not held ---------------------------------------------------------------------------------


async def test_a_cancelled_meetings_cases_can_be_scheduled_again() -> None:
    board = await group_desk(case_in(S.READY_FOR_WG), named(case_in(S.WG_TREATED), "case-2"))
    done(await schedule(board))
    async with board.memory.work.write() as work:
        await cancel_meeting(CancelMeeting(WG.id, "For få saker."), LEAD, work, board.rules)
        await work.commit()
    case = board.case()
    assert (case.state, case.wg_meeting, case.statements_due) == (S.READY_FOR_WG, None, None)
    assert not any(open_ for _person, _due, open_ in duties(board, DutyKind.STATEMENT))
    assert {(NoticeKind.CASE_RELEASED, SUBMITTER.id), (NoticeKind.CASE_RELEASED, OWNER.id)} <= board.told
    assert board.case("case-2").state is S.WG_TREATED, "what was treated stays treated"
    again = done(await schedule(board, meeting=LATER_WG.id)).case
    assert (again.wg_number, again.earlier_numbers) == ("AU 002-2026", ("AU 001-2026",))


@pytest.mark.parametrize("state_before", [S.ON_BOARD_AGENDA, S.DISPATCHED])
async def test_a_cancelled_board_meetings_cases_keep_their_number_and_wait(state_before: CaseState) -> None:
    dispensed = replace(case_in(state_before), id=CaseId("case-2"), wg_outcome=None)
    board = await group_desk(case_in(state_before), dispensed)
    async with board.memory.work.write() as work:
        await cancel_meeting(CancelMeeting(BOARD_MEETING, "Styret er ikke samlet."), OFFICE, work, board.rules)
        await work.commit()
    case = board.case()
    assert (case.state, case.board_meeting, case.board_number) == (S.WG_TREATED, None, "001-2026")
    assert board.case("case-2").state is S.READY_FOR_WG, "the dispensation was for that meeting"
    assert {person for kind, person in board.told if kind == NoticeKind.MEETING_CANCELLED} >= {SUBMITTER.id, OWNER.id}


async def test_statements_follow_a_meeting_that_is_moved() -> None:
    board = await group_desk(case_in(S.READY_FOR_WG))
    done(await schedule(board))
    async with board.memory.work.write() as work:
        await move_meeting(MoveMeeting(WG.id, WG.starts_at + timedelta(days=7)), LEAD, work, board.rules)
        await work.commit()
    assert board.case().statements_due == date(2026, 3, 23)
    assert duties(board, DutyKind.STATEMENT) == [(REP.id, date(2026, 3, 23), True)]
    assert board.case().last.what == "case.scheduled_wg", "an old button does not answer with it"


# -- minutes -----------------------------------------------------------------------------------------------------------


async def test_minutes_are_finished_once_everything_is_treated_and_end_the_task() -> None:
    board = await group_desk(case_in(S.READY_FOR_WG), named(case_in(S.READY_FOR_WG), "case-2"))
    done(await schedule(board))
    done(await schedule(board, case="case-2"))
    refused(await finish(board), RefusalCode.NOT_BEGUN)
    board.clock.set(WG.starts_at)
    done(await treat(board, WgOutcome.RECOMMENDED, ""))
    untreated = refused(await finish(board), RefusalCode.UNTREATED)
    assert untreated.params == {"cases": ("case-2",)}
    done(await treat(board, WgOutcome.NOT_RECOMMENDED, case="case-2"))
    minutes = await finish(board, present=(REP.id, LEAD.id, REP.id))
    assert (minutes.version, minutes.state, minutes.circulated_at) == (1, "circulated", board.clock.now())
    assert board.memory.state.minutes_book[WG.id] == minutes
    told = {person for kind, person in board.told if kind == NoticeKind.WG_MINUTES}
    assert {REP.id, LEAD.id, WG_MEMBER.id} <= told
    assert OFFICE.id not in told, "who finished them knows"
    already = refused(await finish(board, LEAD), RefusalCode.ALREADY)
    assert already.params["by"] == OFFICE.id
    assert ("minutes.wg_finished", WG.id, OFFICE.id) in board.log


async def test_finishing_ends_the_task_of_the_board_meeting_also_where_nobody_was_asked_yet() -> None:
    board = await group_desk()
    async with board.memory.work.write() as work:  # moving it plans its whole back-plan
        starts_at = datetime(2026, 4, 16, 7, tzinfo=UTC)
        await move_meeting(MoveMeeting(BOARD_MEETING, starts_at), LEAD, work, board.rules)
        await work.commit()
    board.clock.set(WG.starts_at)
    await finish(board)
    steps = {key: step.state for key, step in board.memory.state.planned.items() if "wg_minutes" in key}
    assert steps == {f"{BOARD_MEETING}:wg_minutes:ask": "done"}


@pytest.mark.parametrize("who", [SUBMITTER, REP, WG_MEMBER, CHAIR])
async def test_only_those_who_handle_cases_finish_minutes(who: Actor) -> None:
    board = await group_desk()
    board.clock.set(WG.starts_at)
    refused(await finish(board, who), RefusalCode.NOT_ALLOWED)
    assert board.log == [("act.refused", WG.id, who.id)]
    assert not board.memory.state.minutes_book


async def test_minutes_of_what_was_not_the_working_group_and_of_nobody_known_are_refused() -> None:
    board = await group_desk()
    board.clock.set(BOARD.starts_at)
    refused(await finish(board, meeting=BOARD.id), RefusalCode.MEETING_UNFIT)
    refused(await finish(board, meeting="nothing"), RefusalCode.NOT_FOUND)
    refused(await finish(board, present=(PersonId("nobody"),)), RefusalCode.UNKNOWN_CHOICE)
