"""An employee representative's statement on a case (mandatet § 5), printed in the case paper and the minutes.

A new one takes the place of the person's earlier one. The log holds that it was given, never what it says.
"""

from __future__ import annotations

from board import case_course
from board.clock import local_day
from board.commands import GiveStatement
from board.duty import DutyKind
from board.errors import Refusal
from board.events import Event, Happened
from board.people import Actor
from board.ports import Rules, UnitOfWork
from board.treatment import Statement
from board.usecases._case import seen_case
from board.usecases._record import refuse


async def give_statement(command: GiveStatement, actor: Actor, work: UnitOfWork, rules: Rules) -> Statement | Refusal:
    now = rules.clock.now()
    case = await seen_case(command.case, actor, work)
    if isinstance(case, Refusal):
        await refuse(case, actor, command.case, work, rules)
        return case
    given = case_course.give_statement(case, actor, command.text, local_day(now), now)
    if isinstance(given, Refusal):
        await refuse(given, actor, case.id, work, rules)
        return given
    if (before := await _before(given, work)) and before.text == given.text:
        return before
    await work.treatments.state(given)
    about = {"number": case.wg_number, "meeting": case.wg_meeting or ""}
    await work.history.append([Event(Happened.STATEMENT_GIVEN, case.id, now, actor.id, case.rev, details=about)])
    await _no_longer_owed(given, work)
    return given


async def _before(given: Statement, work: UnitOfWork) -> Statement | None:
    statements = (await work.treatments.statements([given.case])).get(given.case, ())
    return next((one for one in statements if one.person == given.person), None)


async def _no_longer_owed(given: Statement, work: UnitOfWork) -> None:
    """Each representative was asked; the others still are."""
    owed = await work.duties.of_object(given.case)
    over = [d for d in owed if d.kind is DutyKind.STATEMENT and d.is_open and d.concerns(given.person)]
    await work.duties.save([duty.ended(given.person, given.at) for duty in over], given.at)
