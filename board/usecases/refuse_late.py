"""No to a case that came too late, with a reason: it waits for a later meeting."""

from __future__ import annotations

from board import case_course
from board.case import Result
from board.commands import RefuseLate
from board.people import Actor
from board.ports import Rules, UnitOfWork
from board.usecases._case import on_case


async def refuse_late(command: RefuseLate, actor: Actor, work: UnitOfWork, rules: Rules) -> Result:
    now = rules.clock.now()
    return await on_case(
        command.case,
        command.rev,
        actor,
        work,
        rules,
        lambda case: case_course.refuse_late(case, actor, command.reason, now),
    )
