"""A case that comes too late: its reason, the portfolio lead, the chair; and minutes from before Saksgang's time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from board.case import Case
from board.commands import AcceptLate, AskLate, RefuseLate, SaveCase, SubmitCase
from board.duty import DutyKind
from board.errors import RefusalCode
from board.ids import CaseId, MeetingId
from board.meeting import MeetingState
from board.meeting_commands import FileMinutes
from board.notices import NoticeKind
from board.people import Actor
from board.states import CaseState
from board.usecases.accept_late import accept_late
from board.usecases.ask_late import ask_late
from board.usecases.file_minutes import file_minutes
from board.usecases.refuse_late import refuse_late
from board.usecases.save_case import save_case
from board.usecases.submit_case import submit_case
from tests.board.group_support import BOARD, CHAIR, LATER_BOARD, REP, WG, group_desk
from tests.board.support import (
    LEAD,
    OFFICE,
    OWNER,
    SUBMITTER,
    Desk,
    case_in,
    done,
    refused,
)

S = CaseState
ID = CaseId("case-1")


def wanting(meeting: str, state: CaseState = S.DRAFT) -> Case:
    case = case_in(state, by=OWNER, owner=OWNER)  # who owns the case sends it past the owner
    return replace(case, content=replace(case.content, wanted_meeting=MeetingId(meeting)))


async def run(board: Desk, act: Any, command: Any, who: Actor) -> Any:
    async with board.memory.work.write() as work:
        result = await act(command, who, work, board.rules)
        await work.commit()
    return result


async def submit(board: Desk, **answers: str) -> Any:
    return await run(board, submit_case, SubmitCase(ID, answers), OWNER)


async def ask(board: Desk, who: Actor = OFFICE, meeting: str = BOARD.id, reason: str = "Tilbudet kom i går.") -> Any:
    return await run(board, ask_late, AskLate(ID, MeetingId(meeting), reason), who)


async def accept(board: Desk, who: Actor, rev: int | None = None) -> Any:
    return await run(board, accept_late, AcceptLate(ID, rev), who)


async def refuse(board: Desk, who: Actor, reason: str = "Vent til mai.") -> Any:
    return await run(board, refuse_late, RefuseLate(ID, reason), who)


def owed(board: Desk) -> list[str]:
    return [d.person for d in board.memory.state.duties.values() if d.kind is DutyKind.LATE and d.is_open]


def told(board: Desk, kind: NoticeKind) -> set[str]:
    return {person for one, person in board.told if one == kind}


# -- at submission -----------------------------------------------------------------------------------------------------


async def test_after_the_intake_a_case_must_say_why_and_then_waits_for_the_lead() -> None:
    board = await group_desk(wanting(BOARD.id))
    lacking = refused(await submit(board), RefusalCode.INCOMPLETE)
    assert lacking.params["fields"] == ("reason_late",)
    case = done(await submit(board, reason_late="Tilbudet kom i går.")).case
    assert case.late is not None
    assert (case.late.meeting, case.late.reason, case.late.awaits) == (
        BOARD.id,
        "Tilbudet kom i går.",
        "portfolio_lead",
    )
    assert told(board, NoticeKind.LATE_REQUESTED) == {LEAD.id}
    assert owed(board) == [LEAD.id]
    assert case.may_be_seen_by(CHAIR), "the chair will be asked"


async def test_a_case_in_time_or_without_a_wish_is_not_late() -> None:
    board = await group_desk(wanting(LATER_BOARD.id))
    assert done(await submit(board)).case.late is None
    board = await group_desk(case_in(S.DRAFT, by=OWNER, owner=OWNER))
    assert done(await submit(board)).case.late is None


@pytest.mark.parametrize(
    "change", [{"state": MeetingState.CANCELLED}, {"starts_at": datetime(2026, 2, 26, tzinfo=UTC)}]
)
async def test_a_meeting_that_will_not_be_makes_nothing_late(change: dict[str, Any]) -> None:
    board = await group_desk(wanting(BOARD.id))
    board.memory.state.meetings[BOARD.id] = replace(BOARD, **change)
    assert done(await submit(board)).case.late is None


async def test_the_last_day_of_the_intake_is_in_time() -> None:
    board = await group_desk(wanting(BOARD.id))
    board.clock.set(datetime(2026, 2, 24, 22, 59, tzinfo=UTC))
    assert done(await submit(board)).case.late is None
    board = await group_desk(wanting(BOARD.id))
    board.clock.set(datetime(2026, 2, 24, 23, 0, tzinfo=UTC))
    refused(await submit(board), RefusalCode.INCOMPLETE)


async def test_a_case_that_was_in_time_and_comes_back_is_still_in_time() -> None:
    in_time = datetime(2026, 2, 20, 9, tzinfo=UTC)
    board = await group_desk(replace(wanting(BOARD.id, S.INCOMPLETE), submitted_at=in_time))
    assert done(await submit(board)).case.late is None


async def test_what_is_asked_already_is_not_asked_anew_by_sending_it_in_again() -> None:
    case = wanting(BOARD.id, S.SUBMITTED)
    board = await group_desk(case)
    done(await ask(board))
    done(await accept(board, LEAD))
    returned = replace(board.case(), state=S.INCOMPLETE)
    board.memory.state.cases[ID] = returned
    assert done(await submit(board)).case.late == returned.late


# -- the two words -----------------------------------------------------------------------------------------------------


async def test_the_lead_then_the_chair_and_everybody_concerned_learns_it() -> None:
    board = await group_desk(case_in(S.READY_FOR_WG))
    done(await ask(board))
    refused(await accept(board, CHAIR), RefusalCode.NOT_ALLOWED)
    refused(await accept(board, OFFICE), RefusalCode.NOT_ALLOWED)
    done(await accept(board, LEAD))
    assert owed(board) == [CHAIR.id]
    assert told(board, NoticeKind.LATE_REQUESTED) == {LEAD.id, CHAIR.id}
    again = refused(await accept(board, LEAD), RefusalCode.ALREADY)
    assert again.params["by"] == LEAD.id
    late = done(await accept(board, CHAIR)).case.late
    assert late is not None
    assert late.is_accepted
    assert owed(board) == []
    assert told(board, NoticeKind.LATE_RULED) >= {SUBMITTER.id, OWNER.id, OFFICE.id}
    refused(await accept(board, CHAIR), RefusalCode.ALREADY)


async def test_the_lead_who_asks_has_said_yes_already() -> None:
    board = await group_desk(case_in(S.READY_FOR_WG))
    case = done(await ask(board, LEAD)).case
    assert case.late is not None
    assert case.late.awaits == "chair"
    assert owed(board) == [CHAIR.id]


@pytest.mark.parametrize("who", [LEAD, CHAIR])
async def test_no_needs_a_reason_and_ends_it(who: Actor) -> None:
    board = await group_desk(case_in(S.READY_FOR_WG))
    done(await ask(board))
    if who is CHAIR:
        done(await accept(board, LEAD))
    refused(await refuse(board, who, "  "), RefusalCode.REASON_NEEDED)
    late = done(await refuse(board, who)).case.late
    assert late is not None
    assert (late.refused_by, late.ruling, late.is_open) == (who.id, "Vent til mai.", False)
    assert owed(board) == []
    assert told(board, NoticeKind.LATE_RULED) >= {SUBMITTER.id, OWNER.id, OFFICE.id}
    done(await ask(board, meeting=LATER_BOARD.id))


async def test_it_is_asked_for_a_board_meeting_ahead_with_a_reason_and_once() -> None:
    board = await group_desk(case_in(S.READY_FOR_WG))
    for unfit in (WG.id, "nothing"):
        refused(await ask(board, meeting=unfit), RefusalCode.MEETING_UNFIT)
    refused(await ask(board, reason=" "), RefusalCode.REASON_NEEDED)
    refused(await ask(board, SUBMITTER), RefusalCode.NOT_ALLOWED)
    done(await ask(board))
    refused(await ask(board), RefusalCode.ALREADY)


async def test_an_old_button_rules_nothing() -> None:
    board = await group_desk(case_in(S.READY_FOR_WG))
    rev = done(await ask(board)).case.rev
    await run(board, save_case, SaveCase(ID, {}), SUBMITTER)
    refused(await accept(board, LEAD, rev - 1), RefusalCode.STALE)
    done(await accept(board, LEAD, rev))


async def test_the_copies_show_how_it_stands() -> None:
    board = await group_desk(case_in(S.READY_FOR_WG))
    done(await ask(board))
    assert {row.person for row in board.memory.state.outbox.values() if row.kind == "case.late_requested"} == {LEAD.id}


# -- minutes from before -----------------------------------------------------------------------------------------------


async def file(
    board: Desk, who: Actor = OFFICE, meeting: str = BOARD.id, name: str = "Referat.PDF", sha: str = "ab"
) -> Any:
    return await run(board, file_minutes, FileMinutes(MeetingId(meeting), name, sha), who)


async def test_the_office_files_the_minutes_of_a_board_meeting_that_has_been_once() -> None:
    board = await group_desk()
    refused(await file(board), RefusalCode.NOT_BEGUN)
    board.clock.set(BOARD.starts_at + timedelta(days=1))
    refused(await file(board, name="Referat.docx"), RefusalCode.UNKNOWN_CHOICE)
    refused(await file(board, sha=""), RefusalCode.UNKNOWN_CHOICE)
    refused(await file(board, meeting=WG.id), RefusalCode.MEETING_UNFIT)
    refused(await file(board, meeting="nothing"), RefusalCode.NOT_FOUND)
    minutes = await file(board)
    assert (minutes.sha256, minutes.name, minutes.version) == ("ab", "Referat.PDF", 1)
    refused(await file(board, LEAD), RefusalCode.ALREADY)
    assert ("minutes.filed", BOARD.id, OFFICE.id) in board.log


@pytest.mark.parametrize("who", [SUBMITTER, REP, CHAIR])
async def test_nobody_else_files_minutes(who: Actor) -> None:
    board = await group_desk()
    board.clock.set(BOARD.starts_at + timedelta(days=1))
    refused(await file(board, who), RefusalCode.NOT_ALLOWED)
    assert board.log == [("act.refused", BOARD.id, who.id)]
