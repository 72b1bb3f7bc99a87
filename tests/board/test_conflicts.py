"""What people say of their own habilitet: privately, case by case."""

from __future__ import annotations

from datetime import date

import pytest

from board import case_intake
from board.commands import DeclareNone
from board.duty import DutyKind
from board.errors import Refusal, RefusalCode
from board.ids import CaseId
from board.notices import NoticeKind
from board.people import Actor, Role
from board.states import CaseState
from board.usecases.asked_conflicts import Asked, asked_conflicts
from board.usecases.declare_none import declare_none
from tests.board.conflict_support import (
    CHAIR,
    DEPUTY,
    MEMBER,
    ONE,
    WG,
    D,
    S,
    board_with,
    declare,
    numbered,
    ok,
    open_duties,
)
from tests.board.support import (
    BOARD_MEETING,
    LEAD,
    NOW,
    OFFICE,
    OWNER,
    STRANGER,
    SUBMITTER,
    actor,
    case_in,
    refused,
)

# -- declared ----------------------------------------------------------------------------------------------------------


async def test_no_conflict_in_the_only_case_answers_the_question() -> None:
    board = await board_with(case_in(S.DISPATCHED))
    assert open_duties(board, DutyKind.DECLARE) == {MEMBER.id}
    assert ok(await declare(board, MEMBER, D.NONE)).answer is D.NONE
    assert open_duties(board, DutyKind.DECLARE) == set()
    assert not board.told
    assert board.log == [("conflict.declared", ONE, MEMBER.id)]


async def test_a_possible_conflict_asks_the_chair_and_its_note_is_not_in_the_log() -> None:
    board = await board_with(case_in(S.DISPATCHED))
    conflict = ok(await declare(board, MEMBER, D.POSSIBLE, "Søsteren min leder leverandøren."))
    assert conflict.awaits_ruling
    assert board.told == {(NoticeKind.CONFLICT_DECLARED, CHAIR.id)}
    assert open_duties(board, DutyKind.RULE) == {CHAIR.id}
    (duty,) = [d for d in board.memory.state.duties.values() if d.kind is DutyKind.RULE]
    assert (duty.object_id, duty.part, duty.due) == (ONE, MEMBER.id, date(2026, 3, 3))
    assert "Søsteren" not in str(board.memory.state.history)


async def test_the_same_answer_twice_is_one() -> None:
    board = await board_with(case_in(S.DISPATCHED))
    first = ok(await declare(board, MEMBER, D.POSSIBLE, "Slekt."))
    outbox = dict(board.memory.state.outbox)
    assert ok(await declare(board, MEMBER, D.POSSIBLE, "Slekt.")) == first
    assert board.memory.state.outbox == outbox
    assert len(board.log) == 1


async def test_taking_it_back_ends_the_chairs_duty() -> None:
    board = await board_with(case_in(S.DISPATCHED))
    await declare(board, MEMBER, D.POSSIBLE)
    await declare(board, MEMBER, D.NONE)
    assert open_duties(board, DutyKind.RULE) == set()
    assert board.memory.state.conflicts[ONE, MEMBER.id].rev == 2


async def test_the_question_is_open_until_every_case_is_answered_for() -> None:
    board = await board_with(numbered("case-1"), numbered("case-2"))
    await declare(board, MEMBER, D.NONE)
    assert open_duties(board, DutyKind.DECLARE) == {MEMBER.id}
    await declare(board, MEMBER, D.POSSIBLE, case=CaseId("case-2"))
    assert open_duties(board, DutyKind.DECLARE) == set()


async def test_one_press_for_all_leaves_what_was_said_before() -> None:
    board = await board_with(numbered("case-1"), numbered("case-2"), numbered("case-3"))
    await declare(board, MEMBER, D.POSSIBLE, "Slekt.")
    async with board.memory.work.write() as work:
        result = await declare_none(DeclareNone(BOARD_MEETING), MEMBER, work, board.rules)
        await work.commit()
    assert not isinstance(result, Refusal)
    assert set(result) == {"case-2", "case-3"}
    answers = {case: c.answer for (case, person), c in board.memory.state.conflicts.items() if person == MEMBER.id}
    assert answers == {"case-1": D.POSSIBLE, "case-2": D.NONE, "case-3": D.NONE}
    assert open_duties(board, DutyKind.DECLARE) == set()


async def test_a_case_withdrawn_meanwhile_needs_no_answer() -> None:
    board = await board_with(numbered("case-1"), numbered("case-2"))
    await declare(board, MEMBER, D.NONE)
    async with board.memory.work.write() as work:
        case = board.case("case-2")
        changed = case_intake.withdraw(case, SUBMITTER, "Utsatt.", NOW)
        assert not isinstance(changed, Refusal)
        await work.cases.save(changed.case)
        asked = await asked_conflicts(BOARD_MEETING, MEMBER, work, board.rules)
        await work.commit()
    assert isinstance(asked, Asked)
    assert [case.id for case in asked.cases] == ["case-1"]
    assert open_duties(board, DutyKind.DECLARE) == set()


@pytest.mark.parametrize(
    ("who", "state", "code"),
    [
        (MEMBER, S.ON_BOARD_AGENDA, RefusalCode.NOT_FOUND),
        (STRANGER, S.DISPATCHED, RefusalCode.NOT_FOUND),
        (SUBMITTER, S.DISPATCHED, RefusalCode.NOT_ALLOWED),
        (OWNER, S.DISPATCHED, RefusalCode.NOT_ALLOWED),
        (WG, S.SUBMITTED, RefusalCode.NOT_FOUND),
        (MEMBER, S.DISPATCHED, None),
        (CHAIR, S.DISPATCHED, None),
        (DEPUTY, S.DISPATCHED, None),
        (actor("other-observer", Role.OBSERVER), S.DISPATCHED, None),
        (WG, S.READY_FOR_WG, None),
        (actor("other-employee_rep", Role.EMPLOYEE_REP), S.ON_WG_AGENDA, None),
        (OFFICE, S.SUBMITTED, None),
        (LEAD, S.WG_TREATED, None),
    ],
)
async def test_who_may_declare(who: Actor, state: CaseState, code: RefusalCode | None) -> None:
    board = await board_with(case_in(state))
    result = await declare(board, who, D.NONE)
    if code is None:
        assert ok(result).person == who.id
        return
    refused(result, code)
    assert board.log == [("act.refused", ONE, who.id)]
    assert not board.memory.state.conflicts


async def test_an_answer_that_nobody_can_give_is_refused() -> None:
    board = await board_with(case_in(S.DISPATCHED))
    refused(await declare(board, MEMBER, D.SILENT), RefusalCode.UNKNOWN_CHOICE)
    refused(await declare(board, MEMBER, D.POSSIBLE, "x" * 4001), RefusalCode.TOO_LONG)
    assert not board.memory.state.conflicts
