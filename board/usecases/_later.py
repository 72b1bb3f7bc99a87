"""What happens to a case begins what is asked long after: a row each, in the same transaction."""

from __future__ import annotations

from board.case import Changed
from board.clock import local_day
from board.events import Happened
from board.later import anchoring_step, benefit_steps
from board.ports import Rules, UnitOfWork
from board.states import CaseState


async def plan_later(change: Changed, work: UnitOfWork, rules: Rules) -> None:
    """Approved minutes: the members are asked about anchoring. A published decision of an end: about the benefits."""
    case = change.case
    for event in change.events:
        day, anchoring, benefits = local_day(event.at), rules.mandate.anchoring, rules.mandate.benefits
        if event.what is Happened.CASE_MINUTED and anchoring and case.board_meeting:
            await work.later.put([anchoring_step(case.board_meeting, day, anchoring, rules.hours)])
        if event.what is Happened.CASE_PUBLISHED and event.to_state == CaseState.PUBLISHED and benefits:
            steps = benefit_steps(case.id, day, benefits, rules.hours)
            await work.later.put(steps if case.case_type in benefits.case_types else ())
