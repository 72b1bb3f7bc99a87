"""Answers taken into a draft, one or many; nothing is required. Final papers after the working group stay complete."""

from __future__ import annotations

from board import case_intake
from board.case import Case, Changed, Result, completeness
from board.commands import SaveCase, SubmitCase
from board.errors import Refusal, RefusalCode
from board.mandate import Mandate
from board.people import Actor
from board.ports import Rules, UnitOfWork
from board.states import EDITABLE
from board.usecases._case import on_case


async def save_case(command: SaveCase | SubmitCase, actor: Actor, work: UnitOfWork, rules: Rules) -> Result:
    now = rules.clock.now()

    def save(case: Case) -> Result:
        result = case_intake.save(case, actor, command.values, command.unread, now)
        hollow = _hollowed(case, result.case, rules.mandate) if isinstance(result, Changed) else None
        return hollow or result

    return await on_case(command.case, None, actor, work, rules, save)


def _hollowed(before: Case, after: Case, mandate: Mandate) -> Refusal | None:
    """Why papers that the working group has treated may not be left with less than they had."""
    if before.state in EDITABLE:
        return None
    had, has = completeness(before, mandate), completeness(after, mandate)
    fields = tuple(f for f in has.fields if f not in had.fields)
    unread = tuple(f for f in has.unread if f not in had.unread)
    if not fields and not unread:
        return None
    return Refusal(RefusalCode.INCOMPLETE, {"fields": fields, "unread": unread, "documents": ()})
