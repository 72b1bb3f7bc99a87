"""Every act of the working group and of late cases × state × person: through or refused, and each refusal of a right in
the log. The expectation is written out here, and not taken from the table of transitions.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

import pytest

from board.case import Case
from board.commands import AcceptLate, AskLate, GiveStatement, RefuseLate, ScheduleForGroup, TreatCase
from board.errors import Refusal, RefusalCode
from board.ids import CaseId
from board.late import Late
from board.people import HANDLERS, Actor, Role
from board.ports import Rules, UnitOfWork
from board.states import CaseState
from board.treatment import WgOutcome
from board.usecases.accept_late import accept_late
from board.usecases.ask_late import ask_late
from board.usecases.give_statement import give_statement
from board.usecases.refuse_late import refuse_late
from board.usecases.schedule_for_group import schedule_for_group
from board.usecases.treat_case import treat_case
from tests.board.group_support import CHAIR, LATER_BOARD, LATER_WG, MEMBER, REP, WG, WG_MEMBER, group_desk
from tests.board.support import AFTER, LEAD, NOW, OFFICE, OTHERS, OWNER, STRANGER, SUBMITTER, case_in

S = CaseState
ID: Final = CaseId("case-1")
Do = Callable[[Actor, UnitOfWork, Rules], Awaitable[Any]]
ACTS: Final[dict[str, Do]] = {
    "schedule": lambda who, work, rules: schedule_for_group(ScheduleForGroup(ID, LATER_WG.id), who, work, rules),
    "statement": lambda who, work, rules: give_statement(GiveStatement(ID, "Ingen merknad"), who, work, rules),
    "treat": lambda who, work, rules: treat_case(TreatCase(ID, WgOutcome.RECOMMENDED, ""), who, work, rules),
    "ask": lambda who, work, rules: ask_late(AskLate(ID, LATER_BOARD.id, "Derfor."), who, work, rules),
    "accept": lambda who, work, rules: accept_late(AcceptLate(ID), who, work, rules),
    "refuse": lambda who, work, rules: refuse_late(RefuseLate(ID, "Nei."), who, work, rules),
}
WITH_OFFICE: Final = {S.SUBMITTED, S.READY_FOR_WG, S.ON_WG_AGENDA, S.WG_TREATED, S.ON_BOARD_AGENDA, S.DISPATCHED}
RIGHT: Final[dict[str, frozenset[Role]]] = {
    **dict.fromkeys(("schedule", "treat", "ask"), HANDLERS),
    "statement": frozenset({Role.EMPLOYEE_REP}),
    **dict.fromkeys(("accept", "refuse"), frozenset({Role.PORTFOLIO_LEAD, Role.CHAIR})),
}
IN: Final[dict[str, set[CaseState]]] = {
    "schedule": {S.READY_FOR_WG},
    "treat": {S.ON_WG_AGENDA},
    "statement": {S.ON_WG_AGENDA, S.WG_TREATED},
    **dict.fromkeys(("ask", "accept", "refuse"), WITH_OFFICE),
}
PEOPLE: Final = (SUBMITTER, OWNER, OFFICE, LEAD, STRANGER, *OTHERS)
_AFTER_OWNER: Final = set(CaseState) - {S.DRAFT, S.WITHDRAWN}
_BEFORE_ACCEPTED: Final = {S.DRAFT, S.AWAITING_OWNER, S.SUBMITTED, S.INCOMPLETE, S.WITHDRAWN, S.OUT_OF_SCOPE}


def sees(person: Actor, case: Case) -> bool:
    if person in (SUBMITTER,):
        return True
    if person in (OWNER,):
        return case.state in _AFTER_OWNER
    if person in (OFFICE, LEAD):
        return case.state in _AFTER_OWNER - {S.AWAITING_OWNER}
    if person in (WG_MEMBER, REP):
        return case.state not in _BEFORE_ACCEPTED
    if person is CHAIR:
        return case.late is not None or case.state in {S.ON_BOARD_AGENDA, S.DISPATCHED, *AFTER}
    deputies = {one for one in OTHERS if one.roles & {Role.MEMBER, Role.DEPUTY, Role.OBSERVER}}
    return person in deputies and case.state in {S.DISPATCHED, *AFTER}


def expected(act: str, person: Actor, case: Case) -> RefusalCode | None:
    """Why it is refused; None where it is let through."""
    if not sees(person, case):
        return RefusalCode.NOT_FOUND
    if not person.roles & RIGHT[act]:
        return RefusalCode.NOT_ALLOWED
    if case.state not in IN[act]:
        return RefusalCode.ALREADY
    if act in ("accept", "refuse"):
        if case.late is None:
            return RefusalCode.NOT_FOUND
        return None if case.late.awaits in person.roles else RefusalCode.NOT_ALLOWED
    return RefusalCode.ALREADY if act == "ask" and case.late and case.late.is_open else None


LATE: Final = {
    "in time": None,
    "late": Late(LATER_BOARD.id, "Tilbudet kom i går.", OFFICE.id, NOW),
}


@pytest.mark.parametrize("late", LATE)
@pytest.mark.parametrize("state", list(CaseState))
@pytest.mark.parametrize("act", ACTS)
async def test_each_person_may_do_what_the_process_says(act: str, state: CaseState, late: str) -> None:
    for person in PEOPLE:
        before = replace(case_in(state), wg_meeting=case_in(state).wg_meeting and WG.id, late=LATE[late])
        board = await group_desk(before)
        if act == "treat":
            board.clock.set(WG.starts_at + timedelta(minutes=1))
        async with board.memory.work.write() as work:
            result = await ACTS[act](person, work, board.rules)
            await work.commit()
        wanted = expected(act, person, before)
        if wanted is None:
            assert not isinstance(result, Refusal), (person.id, result)
            assert board.log, "what was done is in the log"
            continue
        assert isinstance(result, Refusal), (person.id, result)
        assert result.code is wanted, (person.id, result)
        assert board.case() == before, "a refusal changes nothing"
        assert not board.told, "a refusal tells nobody"
        of_right = wanted in (RefusalCode.NOT_FOUND, RefusalCode.NOT_ALLOWED)
        assert board.log == ([("act.refused", ID, person.id)] if of_right else [])


@pytest.mark.parametrize("person", [LEAD, OFFICE, REP, WG_MEMBER, CHAIR, MEMBER, SUBMITTER, OWNER], ids=lambda p: p.id)
@pytest.mark.parametrize("act", ACTS)
async def test_one_who_is_inhabil_does_nothing_and_learns_nothing(act: str, person: Actor) -> None:
    for state in IN[act]:
        before = replace(case_in(state), late=LATE["late"], excluded=frozenset({person.id}))
        board = await group_desk(before)
        async with board.memory.work.write() as work:
            result = await ACTS[act](person, work, board.rules)
            await work.commit()
        assert isinstance(result, Refusal)
        assert result.code is RefusalCode.NOT_FOUND, (state, result)
        assert board.case() == before
        assert board.log == [("act.refused", ID, person.id)]
