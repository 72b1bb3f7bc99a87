"""The project owner sends the case back to its submitter."""

from __future__ import annotations

from board import case_intake
from board.case import Result
from board.commands import DeclineCase
from board.people import Actor
from board.ports import Rules, UnitOfWork
from board.usecases._case import on_case


async def decline_case(command: DeclineCase, actor: Actor, work: UnitOfWork, rules: Rules) -> Result:
    now = rules.clock.now()
    return await on_case(
        command.case,
        command.rev,
        actor,
        work,
        rules,
        lambda case: case_intake.decline(case, actor, command.reason, now),
    )
