"""The office returns a case that lacks something, with a reason and a new deadline."""

from __future__ import annotations

from board import case_intake
from board.case import Result
from board.clock import local_day
from board.commands import ReturnCase
from board.people import Actor
from board.ports import Rules, UnitOfWork
from board.usecases._case import on_case


async def return_case(command: ReturnCase, actor: Actor, work: UnitOfWork, rules: Rules) -> Result:
    now = rules.clock.now()
    return await on_case(
        command.case,
        command.rev,
        actor,
        work,
        rules,
        lambda case: case_intake.send_back(case, actor, command.reason, command.deadline, local_day(now), now),
    )
