"""The submitter takes the case back, from any state before it is decided."""

from __future__ import annotations

from board.case import Result
from board.commands import WithdrawCase
from board.people import Actor
from board.ports import Rules, UnitOfWork
from board.usecases._case import on_case


async def withdraw_case(command: WithdrawCase, actor: Actor, work: UnitOfWork, rules: Rules) -> Result:
    now = rules.clock.now()
    return await on_case(
        command.case, command.rev, actor, work, rules, lambda case: case.withdraw(actor, command.reason, now)
    )
