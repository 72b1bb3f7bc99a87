"""Hands a draft on: to its owner, or past the owner to the office. The answers are kept whatever comes of it."""

from __future__ import annotations

from board.case import Result
from board.clock import local_day
from board.commands import SubmitCase
from board.errors import Refusal
from board.people import Actor
from board.ports import Rules, UnitOfWork
from board.usecases._case import on_case
from board.usecases.save_case import save_case


async def submit_case(command: SubmitCase, actor: Actor, work: UnitOfWork, rules: Rules) -> Result:
    if command.values or command.unread:
        saved = await save_case(command, actor, work, rules)
        if isinstance(saved, Refusal):
            return saved
    now = rules.clock.now()
    owner = await _owner(command, work, rules)
    return await on_case(
        command.case, None, actor, work, rules, lambda case: case.submit(actor, owner, rules.mandate, now)
    )


async def _owner(command: SubmitCase, work: UnitOfWork, rules: Rules) -> Actor | None:
    """The person the form names as project owner, with the roles held today."""
    case = await work.cases.get(command.case)
    named = case.content.project_owner if case else None
    return await work.people.actor_of(named, local_day(rules.clock.now())) if named else None
