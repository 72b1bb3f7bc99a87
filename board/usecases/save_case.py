"""Answers taken into a draft, one or many; nothing is required."""

from __future__ import annotations

from board.case import Result
from board.commands import SaveCase, SubmitCase
from board.people import Actor
from board.ports import Rules, UnitOfWork
from board.usecases._case import on_case


async def save_case(command: SaveCase | SubmitCase, actor: Actor, work: UnitOfWork, rules: Rules) -> Result:
    now = rules.clock.now()
    return await on_case(
        command.case,
        None,
        actor,
        work,
        rules,
        lambda case: case.save(actor, command.values, command.unread, now),
    )
