"""The office ends a case under an exclusion of the mandate (§ 3)."""

from __future__ import annotations

from board import case_intake
from board.case import Result
from board.commands import RuleOutOfScope
from board.people import Actor
from board.ports import Rules, UnitOfWork
from board.usecases._case import on_case


async def rule_out_of_scope(command: RuleOutOfScope, actor: Actor, work: UnitOfWork, rules: Rules) -> Result:
    now = rules.clock.now()
    return await on_case(
        command.case,
        command.rev,
        actor,
        work,
        rules,
        lambda case: case_intake.rule_out_of_scope(case, actor, command.exclusion, rules.mandate, now),
    )
