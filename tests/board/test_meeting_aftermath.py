"""What a moved or cancelled meeting, or a postponement, leaves behind: duties, cases, the gate of § 5."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from board.commands import AcceptLate, AskLate
from board.dispensation import GateId
from board.duty import Duty, DutyKind
from board.errors import RefusalCode
from board.gates import refusals
from board.ids import CaseId, MeetingId
from board.meeting_commands import AskDispensation, CancelMeeting, MoveMeeting
from board.notices import NoticeKind
from board.people import Actor
from board.planned import PlannedState
from board.states import CaseState
from board.treatment import WgOutcome
from board.usecases.accept_late import accept_late
from board.usecases.ask_dispensation import ask_dispensation
from board.usecases.ask_late import ask_late
from board.usecases.cancel_meeting import cancel_meeting
from board.usecases.move_meeting import move_meeting
from board.usecases.pack_basis import pack_basis
from tests.board.group_support import WG, duties, group_desk, schedule
from tests.board.pack_support import CHAIR, DAY, FIRST_CASE, MEMBER, at, board_case, exclude, out, pack_desk, sent
from tests.board.support import BOARD_MEETING, LEAD, NOW, OFFICE, OWNER, SUBMITTER, Desk, case_in, done, refused
from tests.contracts.delivery_steps import keep
from tests.contracts.samples import copy

S = CaseState
NEW_DAY = DAY + timedelta(days=14)


async def move(made: Desk, day: date = NEW_DAY, meeting: MeetingId = BOARD_MEETING) -> None:
    async with made.memory.work.write() as work:
        await move_meeting(MoveMeeting(meeting, at(day)), LEAD, work, made.rules)
        await work.commit()


async def cancel(made: Desk, who: Actor = LEAD) -> None:
    async with made.memory.work.write() as work:
        await cancel_meeting(CancelMeeting(BOARD_MEETING, "Ikke samlet."), who, work, made.rules)
        await work.commit()


async def ask_chair(made: Desk) -> None:
    async with made.memory.work.write() as work:
        command = AskDispensation(BOARD_MEETING, GateId.TEN_DAYS, "Referatet kom sent.")
        await ask_dispensation(command, OFFICE, work, made.rules)
        await work.commit()


def owed(made: Desk, kind: DutyKind) -> list[Duty]:
    return [d for d in made.memory.state.duties.values() if d.kind is kind and d.is_open]


# -- duties ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [DutyKind.DECLARE, DutyKind.DISPENSE])
async def test_nobody_owes_anything_for_a_meeting_that_is_cancelled(kind: DutyKind) -> None:
    made = await pack_desk()
    await out(made)
    await ask_chair(made)
    assert owed(made, kind)
    await cancel(made)
    assert owed(made, kind) == []


async def test_who_was_asked_about_habilitet_still_is_after_the_meeting_moved() -> None:
    made = await pack_desk()
    await out(made)
    before = {duty.person for duty in owed(made, DutyKind.DECLARE)}
    await move(made)
    after = owed(made, DutyKind.DECLARE)
    assert {duty.person for duty in after} == before
    assert {duty.due for duty in after} == {date(2026, 4, 24)}, "five days before, earlier where that is a day off"


async def test_the_chair_still_owes_an_answer_about_a_dispensation_after_the_meeting_moved() -> None:
    made = await pack_desk()
    await ask_chair(made)
    before = owed(made, DutyKind.DISPENSE)
    await move(made)
    assert owed(made, DutyKind.DISPENSE) == before


async def test_papers_sent_before_the_office_was_asked_are_not_asked_for() -> None:
    made = await pack_desk()
    await move(made, DAY + timedelta(days=1))  # plans the whole back-plan
    await sent(made)
    assert made.memory.state.planned[f"{BOARD_MEETING}:pack:ask"].state is PlannedState.DONE


async def test_a_version_may_follow_that_says_the_meetings_new_day() -> None:
    made = await pack_desk()
    await out(made)
    await move(made)
    assert (await out(made)).version == 2


async def test_cards_of_agenda_and_papers_say_the_new_day() -> None:
    made = await pack_desk()
    await out(made)
    cards = {copy(MEMBER.id, "m1", f"pack:{BOARD_MEETING}"), copy(CHAIR.id, "m2", f"agenda:{BOARD_MEETING}")}
    await keep(made.memory.work, *cards, copy(MEMBER.id, "m3", "case-2"))
    await move(made)
    redrawn = [(row.person, row.object_id) for row in made.memory.state.outbox.values() if row.copy]
    assert sorted(redrawn) == sorted((card.person, card.object_id) for card in cards)


# -- one who is inhabil arranges the meeting ---------------------------------------------------------------------------


async def test_one_who_is_inhabil_in_a_case_cancels_the_meeting_and_the_case_waits_too() -> None:
    made = await pack_desk()
    await exclude(made, FIRST_CASE, OFFICE.id)
    await cancel(made, OFFICE)
    assert (made.case().state, made.case().board_meeting) == (S.WG_TREATED, None)
    assert not [row for row in made.log if row[0] == "act.refused"]


async def test_statements_follow_a_meeting_moved_by_one_who_is_inhabil() -> None:
    board = await group_desk(case_in(S.READY_FOR_WG))
    done(await schedule(board))
    await exclude(board, CaseId("case-1"), LEAD.id)
    await move(board, WG.day + timedelta(days=7), WG.id)
    assert board.case().statements_due == date(2026, 3, 23)
    assert [due for _who, due, open_ in duties(board, DutyKind.STATEMENT) if open_] == [date(2026, 3, 23)]


# -- postponed is not treated (mandatet § 5) ---------------------------------------------------------------------------


@pytest.mark.parametrize("outcome", [WgOutcome.POSTPONED, WgOutcome.SENT_BACK])
async def test_a_postponed_case_that_was_dispensed_waits_for_the_group_again_when_the_board_does_not_meet(
    outcome: WgOutcome,
) -> None:
    made = await pack_desk(replace(board_case(), wg_outcome=outcome))
    await cancel(made)
    assert made.case().state is S.READY_FOR_WG
    told = {person for kind, person in made.told if kind == NoticeKind.CASE_RELEASED}
    assert told == set(), "the word of the cancelled meeting says it; no meeting of the working group was cancelled"
    assert {SUBMITTER.id, OWNER.id} <= {p for kind, p in made.told if kind == NoticeKind.MEETING_CANCELLED}


async def test_a_postponed_case_does_not_pass_the_packs_gate_without_dispensation() -> None:
    made = await pack_desk(replace(board_case(), wg_outcome=WgOutcome.POSTPONED))
    async with made.memory.work.write() as work:
        meeting = await work.meetings.get(BOARD_MEETING)
        assert meeting is not None
        basis = await pack_basis(meeting, work, made.rules)
    assert [r.code for r in refusals(basis, made.rules.mandate, NOW)] == [RefusalCode.WG_TREATMENT]


# -- late --------------------------------------------------------------------------------------------------------------


async def test_what_the_chair_has_accepted_is_not_asked_for_once_more() -> None:
    made = await pack_desk(case_in(S.WG_TREATED))
    async with made.memory.work.write() as work:
        done(await ask_late(AskLate(FIRST_CASE, BOARD_MEETING, "Kom sent."), LEAD, work, made.rules))
        done(await accept_late(AcceptLate(FIRST_CASE), CHAIR, work, made.rules))
        refusal = refused(
            await ask_late(AskLate(FIRST_CASE, BOARD_MEETING, "Igjen."), OFFICE, work, made.rules), RefusalCode.ALREADY
        )
        await work.commit()
    assert refusal.params["by"] == CHAIR.id
    late = made.case().late
    assert late is not None
    assert late.is_accepted, "the two words stand"
