"""Every act × state × person: let through or refused, a refusal changes nothing, and a refusal of right is in the log.

The expectation is written out here, person by person, and not taken from the table of transitions.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

import pytest

from board.case import Result
from board.commands import (
    AcceptCase,
    AttachDocument,
    ConfirmCase,
    DeclineCase,
    ReturnCase,
    RuleOutOfScope,
    SaveCase,
    SubmitCase,
    WithdrawCase,
)
from board.errors import Refusal, RefusalCode
from board.ids import CaseId, PersonId
from board.people import Actor, Role
from board.ports import Rules, UnitOfWork
from board.states import CaseAct, CaseState
from board.usecases.accept_case import accept_case
from board.usecases.attach_document import attach_document
from board.usecases.confirm_case import confirm_case
from board.usecases.decline_case import decline_case
from board.usecases.return_case import return_case
from board.usecases.rule_out_of_scope import rule_out_of_scope
from board.usecases.save_case import save_case
from board.usecases.submit_case import submit_case
from board.usecases.withdraw_case import withdraw_case
from tests.board.support import (
    AFTER,
    COURSE,
    DEADLINE,
    LEAD,
    OFFICE,
    OTHERS,
    OWNER,
    STRANGER,
    SUBMITTER,
    case_in,
    desk,
    done,
)

Do = Callable[[Actor, UnitOfWork, Rules], Awaitable[Result]]
ID: Final = CaseId("case-1")
A, S = CaseAct, CaseState

ACTS: Final[dict[CaseAct, Do]] = {
    A.SAVE: lambda who, work, rules: save_case(SaveCase(ID, {"title": "Nytt"}), who, work, rules),
    A.ATTACH: lambda who, work, rules: attach_document(
        AttachDocument(ID, "other", "Notat", "https://example.org/notat"), who, work, rules
    ),
    A.SUBMIT: lambda who, work, rules: submit_case(SubmitCase(ID), who, work, rules),
    A.CONFIRM: lambda who, work, rules: confirm_case(ConfirmCase(ID), who, work, rules),
    A.DECLINE: lambda who, work, rules: decline_case(DeclineCase(ID, "Tallene er gamle."), who, work, rules),
    A.ACCEPT: lambda who, work, rules: accept_case(AcceptCase(ID), who, work, rules),
    A.RETURN: lambda who, work, rules: return_case(ReturnCase(ID, "Mangler tall.", DEADLINE), who, work, rules),
    A.OUT_OF_SCOPE: lambda who, work, rules: rule_out_of_scope(RuleOutOfScope(ID, "stim"), who, work, rules),
    A.WITHDRAW: lambda who, work, rules: withdraw_case(WithdrawCase(ID, "Utsatt."), who, work, rules),
}

MINE, OWNS, HANDLES = "submitter", "owner", "handler"
GROUP, CHAIR, BOARD = "group", "chair", "board"
ALLOWED: Final[dict[tuple[CaseAct, CaseState], tuple[str, CaseState]]] = {
    (A.SAVE, S.DRAFT): (MINE, S.DRAFT),
    (A.SAVE, S.INCOMPLETE): (MINE, S.INCOMPLETE),
    (A.ATTACH, S.DRAFT): (MINE, S.DRAFT),
    (A.ATTACH, S.INCOMPLETE): (MINE, S.INCOMPLETE),
    (A.SUBMIT, S.DRAFT): (MINE, S.AWAITING_OWNER),
    (A.SUBMIT, S.INCOMPLETE): (MINE, S.SUBMITTED),
    (A.CONFIRM, S.AWAITING_OWNER): (OWNS, S.SUBMITTED),
    (A.DECLINE, S.AWAITING_OWNER): (OWNS, S.DRAFT),
    (A.ACCEPT, S.SUBMITTED): (HANDLES, S.READY_FOR_WG),
    (A.RETURN, S.SUBMITTED): (HANDLES, S.INCOMPLETE),
    (A.OUT_OF_SCOPE, S.SUBMITTED): (HANDLES, S.OUT_OF_SCOPE),
    (A.OUT_OF_SCOPE, S.DRAFT): (MINE, S.OUT_OF_SCOPE),
    **{
        (A.WITHDRAW, state): (MINE, S.WITHDRAWN)
        for state in (S.DRAFT, S.AWAITING_OWNER, S.SUBMITTED, S.INCOMPLETE, *COURSE)
    },
    (A.SAVE, S.WG_TREATED): (f"{MINE} {HANDLES}", S.WG_TREATED),
    **{(A.ATTACH, state): (f"{MINE} {HANDLES}", state) for state in COURSE},
}
PART: Final = {
    SUBMITTER.id: MINE,
    OWNER.id: OWNS,
    OFFICE.id: HANDLES,
    LEAD.id: HANDLES,
    **{PersonId(f"other-{role}"): GROUP for role in (Role.WG_MEMBER, Role.EMPLOYEE_REP)},
    **{PersonId(f"other-{role}"): BOARD for role in (Role.MEMBER, Role.DEPUTY, Role.OBSERVER)},
    PersonId("other-chair"): CHAIR,
}
PEOPLE: Final = (SUBMITTER, OWNER, OFFICE, LEAD, STRANGER, *OTHERS)
SEEN_BY: Final = {  # a case that was withdrawn as a draft never reached anybody else
    MINE: set(CaseState),
    OWNS: set(CaseState) - {S.DRAFT, S.WITHDRAWN},
    HANDLES: set(CaseState) - {S.DRAFT, S.AWAITING_OWNER, S.WITHDRAWN},
    GROUP: {*COURSE, *AFTER},
    CHAIR: {S.ON_BOARD_AGENDA, S.DISPATCHED, *AFTER},
    BOARD: {S.DISPATCHED, *AFTER},
}


def expected(act: CaseAct, state: CaseState, person: Actor) -> RefusalCode | CaseState:
    """The new state, or why it is refused."""
    part = PART.get(person.id, "")
    if state not in SEEN_BY.get(part, set()):
        return RefusalCode.NOT_FOUND
    if part not in {one for (known, _), (who, _) in ALLOWED.items() if known is act for one in who.split()}:
        return RefusalCode.NOT_ALLOWED
    who, target = ALLOWED.get((act, state), ("", state))
    if not who:
        return RefusalCode.ALREADY
    return target if part in who.split() else RefusalCode.NOT_ALLOWED


@pytest.mark.parametrize("act", list(ACTS))
@pytest.mark.parametrize("state", list(CaseState))
async def test_each_person_may_do_what_the_process_says(act: CaseAct, state: CaseState) -> None:
    for person in PEOPLE:
        board = await desk()
        before = case_in(state)
        await board.keep(before)
        async with board.memory.work.write() as work:
            result = await ACTS[act](person, work, board.rules)
            await work.commit()
        wanted = expected(act, state, person)
        if isinstance(wanted, CaseState):
            assert done(result).case.state is wanted, (person.id, result)
            assert board.case() == done(result).case
            assert board.case().rev == before.rev + 1
        else:
            assert isinstance(result, Refusal), (person.id, result)
            assert result.code is wanted, (person.id, result)
            assert board.case() == before, "a refusal changes nothing"
            assert not board.told, "a refusal tells nobody"
            refused_right = wanted in (RefusalCode.NOT_FOUND, RefusalCode.NOT_ALLOWED)
            assert board.log == ([("act.refused", ID, person.id)] if refused_right else [])


@pytest.mark.parametrize("state", list(CaseState))
def test_the_buttons_are_what_would_be_let_through(state: CaseState) -> None:
    case = case_in(state)
    for person in PEOPLE:
        may = {act for act in ACTS if isinstance(expected(act, state, person), CaseState)}
        assert set(case.allowed_acts(person)) & set(ACTS) == may, person.id


@pytest.mark.parametrize("state", list(CaseState))
def test_who_may_see_a_case(state: CaseState) -> None:
    case = case_in(state)
    for person in PEOPLE:
        assert case.may_be_seen_by(person) == (state in SEEN_BY.get(PART.get(person.id, ""), set())), person.id


async def test_an_old_button_does_not_hide_that_the_right_was_never_there() -> None:
    board = await desk()
    await board.keep(case_in(S.SUBMITTED))
    async with board.memory.work.write() as work:
        result = await accept_case(AcceptCase(ID, rev=1), OWNER, work, board.rules)
        await work.commit()
    assert isinstance(result, Refusal)
    assert result.code is RefusalCode.NOT_ALLOWED
    assert board.log == [("act.refused", ID, OWNER.id)]


async def test_one_who_owns_what_they_submit_needs_nobody_elses_word() -> None:
    board = await desk()
    await board.keep(case_in(S.DRAFT, by=OWNER, owner=OWNER))
    async with board.memory.work.write() as work:
        assert done(await ACTS[A.SUBMIT](OWNER, work, board.rules)).case.state is S.SUBMITTED
