"""What the working group said of a case at its meeting (mandatet § 5)."""

from __future__ import annotations

from board.case import Changed, Result
from board.case_course import treat
from board.commands import TreatCase
from board.ids import CaseId
from board.meeting import Meeting
from board.people import Actor
from board.ports import Rules, UnitOfWork
from board.treatment import Treatment
from board.usecases._case import on_case
from board.usecases._sitting import redraw_beside


async def treat_case(command: TreatCase, actor: Actor, work: UnitOfWork, rules: Rules) -> Result:
    now = rules.clock.now()
    meeting = await _meeting_of(command.case, work)
    begins_at = meeting.starts_at if meeting else now
    result = await on_case(
        command.case,
        command.rev,
        actor,
        work,
        rules,
        lambda case: treat(case, actor, command.outcome, command.remarks, begins_at, now),
    )
    if isinstance(result, Changed) and (held := result.case.wg_meeting):
        case = result.case
        made = Treatment(case.id, held, case.wg_number, command.outcome, case.wg_remarks, actor.id, now)
        await work.treatments.add(made)
        await redraw_beside(held, f"treated:{case.id}:{case.rev}", work, rules)
    return result


async def _meeting_of(case_id: CaseId, work: UnitOfWork) -> Meeting | None:
    """Not locked: one that has begun cannot be moved any more."""
    case = await work.cases.get(case_id)
    if case is None or case.wg_meeting is None:
        return None
    return (await work.meetings.named([case.wg_meeting])).get(case.wg_meeting)
