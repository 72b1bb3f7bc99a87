"""The project owner stands behind the case; from here the office has it."""

from __future__ import annotations

from board import case_intake
from board.case import Result
from board.commands import ConfirmCase
from board.people import Actor
from board.ports import Rules, UnitOfWork
from board.usecases._case import on_case


async def confirm_case(command: ConfirmCase, actor: Actor, work: UnitOfWork, rules: Rules) -> Result:
    now = rules.clock.now()
    return await on_case(
        command.case, command.rev, actor, work, rules, lambda case: case_intake.confirm(case, actor, now)
    )
