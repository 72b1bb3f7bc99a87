"""The working group: numbers, statements, treatment, final papers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from board.commands import (
    SaveCase,
    StartCase,
)
from board.duty import DutyKind
from board.errors import RefusalCode
from board.ids import CaseId, MeetingId, PersonId
from board.meeting import Meeting, MeetingState
from board.notices import NoticeKind
from board.people import Actor, Body
from board.states import CaseState
from board.treatment import NEEDS_REMARKS, WgOutcome
from board.usecases.save_case import save_case
from board.usecases.start_case import start_case
from tests.board.group_support import (
    BOARD,
    LATER_WG,
    REP,
    WG,
    duties,
    group_desk,
    named,
    schedule,
    state,
    treat,
)
from tests.board.support import (
    OFFICE,
    OWNER,
    SUBMITTER,
    Desk,
    case_in,
    done,
    mandate,
    refused,
)

S = CaseState
ID = CaseId("case-1")


# -- scheduling --------------------------------------------------------------------------------------------------------


async def test_a_case_gets_a_number_of_the_meetings_year_and_its_statements_a_last_day() -> None:
    board = await group_desk(case_in(S.READY_FOR_WG), named(case_in(S.READY_FOR_WG), "case-2"))
    one = done(await schedule(board)).case
    other = done(await schedule(board, OFFICE, "case-2")).case
    assert (one.state, one.wg_number, other.wg_number) == (S.ON_WG_AGENDA, "AU 001-2026", "AU 002-2026")
    assert one.statements_due == date(2026, 3, 16), "four days after 12 March"
    assert duties(board, DutyKind.STATEMENT) == [(REP.id, date(2026, 3, 16), True)] * 2
    assert (NoticeKind.STATEMENT_REQUESTED, REP.id) in board.told
    assert {(NoticeKind.CASE_SCHEDULED_WG, SUBMITTER.id), (NoticeKind.CASE_SCHEDULED_WG, OWNER.id)} <= board.told


@pytest.mark.parametrize(
    "meeting",
    [
        *(BOARD, replace(WG, id=MeetingId("gone"), state=MeetingState.CANCELLED)),
        replace(WG, id=MeetingId("past"), starts_at=datetime(2026, 2, 26, 8, tzinfo=UTC)),
        Meeting(MeetingId("office"), Body.OFFICE, datetime(2026, 3, 5, 8, tzinfo=UTC)),
    ],
)
async def test_a_meeting_that_does_not_fit_is_refused_and_no_number_is_taken(meeting: Meeting) -> None:
    board = await group_desk(case_in(S.READY_FOR_WG))
    board.memory.state.meetings[meeting.id] = meeting
    refused(await schedule(board, meeting=meeting.id), RefusalCode.MEETING_UNFIT)
    refused(await schedule(board, meeting="nowhere"), RefusalCode.MEETING_UNFIT)
    assert done(await schedule(board)).case.wg_number == "AU 001-2026"


async def test_no_refused_press_takes_a_number() -> None:
    board = await group_desk(case_in(S.READY_FOR_WG), named(case_in(S.SUBMITTED), "case-2"))
    refused(await schedule(board, SUBMITTER), RefusalCode.NOT_ALLOWED)
    refused(await schedule(board, rev=1), RefusalCode.STALE)
    refused(await schedule(board, case="case-2"), RefusalCode.ALREADY)
    refused(await schedule(board, case="nothing"), RefusalCode.NOT_FOUND)
    assert done(await schedule(board)).case.wg_number == "AU 001-2026"
    refused(await schedule(board), RefusalCode.ALREADY)
    assert board.memory.state.numbers == {("wg", 2026): 1}


async def test_each_year_counts_for_itself() -> None:
    board = await group_desk(case_in(S.READY_FOR_WG), named(case_in(S.READY_FOR_WG), "case-2"))
    new_year = Meeting(MeetingId("wg-3"), Body.WORKING_GROUP, datetime(2026, 12, 31, 23, 30, tzinfo=UTC))
    board.memory.state.meetings[new_year.id] = new_year
    assert done(await schedule(board)).case.wg_number == "AU 001-2026"
    assert done(await schedule(board, case="case-2", meeting="wg-3")).case.wg_number == "AU 001-2027", "local day"


# -- statements --------------------------------------------------------------------------------------------------------


async def test_a_statement_is_kept_replaced_and_ends_only_ones_own_duty() -> None:
    other = Actor(replace(REP.person, id=PersonId("other-rep")), REP.roles)
    board = await group_desk(case_in(S.READY_FOR_WG))
    done(await schedule(board))
    rev = board.case().rev
    assert (await state(board, "  Vi er bekymret for vaktplanene. ")).text == "Vi er bekymret for vaktplanene."
    await state(board, "Ingen merknad", other)
    await state(board, "Vi er fortsatt bekymret.")
    kept = board.memory.state.statements
    assert {person: one.text for (_case, person), one in kept.items()} == {
        REP.id: "Vi er fortsatt bekymret.",
        other.id: "Ingen merknad",
    }
    assert duties(board, DutyKind.STATEMENT) == [(REP.id, date(2026, 3, 16), False)]
    assert board.case().rev == rev, "it is not the case that changed"
    given = [event for event in board.memory.state.history if event.what == "case.statement_given"]
    assert [event.by for event in given] == [REP.id, other.id, REP.id]
    assert "bekymret" not in repr(board.memory.state.history), "the log does not hold what was said"


async def test_the_same_words_again_are_no_new_statement() -> None:
    board = await group_desk(case_in(S.ON_WG_AGENDA))
    await state(board, "Ingen merknad")
    before = len(board.log)
    await state(board, "Ingen merknad")
    assert len(board.log) == before


async def test_statements_are_taken_until_the_last_day_inclusive() -> None:
    board = await group_desk(case_in(S.ON_WG_AGENDA))
    refused(await state(board, "   "), RefusalCode.REASON_NEEDED)
    refused(await state(board, "x" * 4_001), RefusalCode.TOO_LONG)
    board.clock.set(datetime(2026, 3, 12, 22, 59, tzinfo=UTC))
    assert (await state(board, "Sent, men i tide.")).person == REP.id
    board.clock.set(datetime(2026, 3, 12, 23, 0, tzinfo=UTC))
    closed = refused(await state(board, "For sent."), RefusalCode.STATEMENTS_CLOSED)
    assert closed.params == {"deadline": date(2026, 3, 12)}


async def test_one_who_is_inhabil_states_nothing_and_leaves_a_trace() -> None:
    board = await group_desk(replace(case_in(S.ON_WG_AGENDA), excluded=frozenset({REP.id})))
    refused(await state(board, "Jeg mener noe."), RefusalCode.NOT_FOUND)
    assert board.log == [("act.refused", ID, REP.id)]
    assert not board.memory.state.statements


# -- treatment ---------------------------------------------------------------------------------------------------------

_LEADS_TO = {
    WgOutcome.RECOMMENDED: S.WG_TREATED,
    WgOutcome.WITH_REMARKS: S.WG_TREATED,
    WgOutcome.NOT_RECOMMENDED: S.WG_TREATED,
    WgOutcome.POSTPONED: S.READY_FOR_WG,
    WgOutcome.SENT_BACK: S.INCOMPLETE,
}


@pytest.mark.parametrize("outcome", WgOutcome)
async def test_each_outcome_leads_where_it_should_and_is_kept(outcome: WgOutcome) -> None:
    board = await group_desk(case_in(S.READY_FOR_WG))
    done(await schedule(board))
    refused(await treat(board, outcome), RefusalCode.NOT_BEGUN)
    board.clock.set(WG.starts_at)
    if outcome in NEEDS_REMARKS:
        refused(await treat(board, outcome, " "), RefusalCode.REASON_NEEDED)
    case = done(await treat(board, outcome)).case
    assert (case.state, case.wg_outcome) == (_LEADS_TO[outcome], outcome)
    (kept,) = board.memory.state.treatments
    assert (kept.case, kept.meeting, kept.number, kept.outcome) == (ID, WG.id, "AU 001-2026", outcome)
    assert {(NoticeKind.CASE_TREATED, SUBMITTER.id), (NoticeKind.CASE_TREATED, OWNER.id)} <= board.told
    refused(await treat(board, outcome), RefusalCode.ALREADY)
    assert len(board.memory.state.treatments) == 1


async def test_a_postponed_case_gets_a_new_number_and_keeps_the_old_one() -> None:
    board = await group_desk(case_in(S.READY_FOR_WG))
    done(await schedule(board))
    board.clock.set(WG.starts_at)
    done(await treat(board, WgOutcome.POSTPONED))
    assert duties(board, DutyKind.STATEMENT) == [(REP.id, date(2026, 3, 16), False)]
    again = done(await schedule(board, meeting=LATER_WG.id)).case
    assert (again.wg_number, again.earlier_numbers) == ("AU 002-2026", ("AU 001-2026",))
    assert again.wg_outcome is None
    assert [open_ for _person, _due, open_ in duties(board, DutyKind.STATEMENT)] == [False, True]


async def test_a_case_sent_back_is_the_submitters_to_complete() -> None:
    board = await group_desk(case_in(S.READY_FOR_WG))
    done(await schedule(board))
    board.clock.set(WG.starts_at)
    case = done(await treat(board, WgOutcome.SENT_BACK, "Alternativene mangler.")).case
    assert case.reason == "Alternativene mangler."
    assert [person for person, _due, open_ in duties(board, DutyKind.COMPLETE) if open_] == [SUBMITTER.id]


# -- final papers ------------------------------------------------------------------------------------------------------


async def save(board: Desk, who: Actor, **values: str) -> Any:
    async with board.memory.work.write() as work:
        result = await save_case(SaveCase(ID, values), who, work, board.rules)
        await work.commit()
    return result


async def test_after_the_working_group_the_papers_can_be_changed_but_not_emptied() -> None:
    board = await group_desk(case_in(S.WG_TREATED))
    assert done(await save(board, SUBMITTER, summary="Endelig tekst.")).case.state is S.WG_TREATED
    assert done(await save(board, OFFICE, risks="Endelig risiko.")).case.content.risks == "Endelig risiko."
    hollow = refused(await save(board, SUBMITTER, summary=""), RefusalCode.INCOMPLETE)
    assert hollow.params["fields"] == ("summary",)
    refused(await save(board, SUBMITTER, project_owner="liv"), RefusalCode.UNKNOWN_CHOICE)
    refused(await save(board, OWNER, summary="Nei."), RefusalCode.NOT_ALLOWED)
    assert board.case().content.summary == "Endelig tekst."


async def test_what_kind_of_case_it_is_stays_once_it_is_handed_on() -> None:
    board = await group_desk(case_in(S.WG_TREATED))
    scope = dict.fromkeys((e.id for e in mandate().exclusions), False)
    async with board.memory.work.write() as work:
        command = StartCase("project", "bp1", "concept", scope, ID)
        refused(await start_case(command, SUBMITTER, work, board.rules), RefusalCode.ALREADY)
    assert board.case().case_type == "bp2"
