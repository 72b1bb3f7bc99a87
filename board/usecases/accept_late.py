"""Yes to a case that came too late: the portfolio lead's word first, then the chair's (``process.md``)."""

from __future__ import annotations

from board import case_course
from board.case import Result
from board.commands import AcceptLate
from board.people import Actor
from board.ports import Rules, UnitOfWork
from board.usecases._case import on_case


async def accept_late(command: AcceptLate, actor: Actor, work: UnitOfWork, rules: Rules) -> Result:
    now = rules.clock.now()
    return await on_case(
        command.case, command.rev, actor, work, rules, lambda case: case_course.accept_late(case, actor, now)
    )
