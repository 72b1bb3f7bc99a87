"""A decided case's benefit checkpoints, past and ahead, for its card."""

from __future__ import annotations

from board.case import Case
from cards.after_views import BenefitCourse
from dialogs.room import Room


async def course_of(room: Room, case: Case) -> BenefitCourse:
    """A decided case's checkpoints; nothing for a case that has none."""
    plan = room.mandate.benefits
    if plan is None or case.published_at is None or case.case_type not in plan.case_types:
        return BenefitCourse((), {})
    reports = await room.work.benefits.of_case(case.id)
    return BenefitCourse(tuple(await room.work.later.of_object(case.id)), {one.months: one for one in reports})
