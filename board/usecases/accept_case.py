"""The office finds the case ready for the working group."""

from __future__ import annotations

from board import case_intake
from board.case import Result
from board.commands import AcceptCase
from board.people import Actor
from board.ports import Rules, UnitOfWork
from board.usecases._case import on_case


async def accept_case(command: AcceptCase, actor: Actor, work: UnitOfWork, rules: Rules) -> Result:
    now = rules.clock.now()
    return await on_case(
        command.case, command.rev, actor, work, rules, lambda case: case_intake.accept(case, actor, now)
    )
