"""Habilitet: what somebody who gets the papers of a case, or prepares it, says of oneself, privately."""

from __future__ import annotations

from board.case import Case
from board.case_content import MAX_TEXT
from board.commands import DeclareConflict
from board.conflicts import RECIPIENTS, Conflict, Declared
from board.duty import DutyKind
from board.errors import Refusal, RefusalCode
from board.events import Event, Happened
from board.people import Actor
from board.ports import Rules, UnitOfWork
from board.usecases._conflict import ask_rulers, redraw_rulers, settle
from board.usecases._record import refuse

_NONE = frozenset({Declared.SILENT, Declared.NONE})


async def declare_conflict(
    command: DeclareConflict, actor: Actor, work: UnitOfWork, rules: Rules
) -> Conflict | Refusal:
    case = await work.cases.get(command.case)
    refusal = _refusal(command, case, actor)
    if refusal is not None or case is None:
        refusal = refusal or Refusal(RefusalCode.NOT_FOUND)
        await refuse(refusal, actor, command.case, work, rules)
        return refusal
    conflict = await declared(case, actor, command.answer, command.note.strip(), work, rules)
    await settle(actor, case.board_meeting, work, rules)
    await settle(actor, case.wg_meeting, work, rules)
    return conflict


def _refusal(command: DeclareConflict, case: Case | None, actor: Actor) -> Refusal | None:
    act = {"act": "declare"}
    if case is None or not case.may_be_seen_by(actor):
        return Refusal(RefusalCode.NOT_FOUND, act)
    if not case.roles_of(actor) & RECIPIENTS:
        return Refusal(RefusalCode.NOT_ALLOWED, {**act, "roles": tuple(sorted(RECIPIENTS))})
    if command.answer is Declared.SILENT:
        return Refusal(RefusalCode.UNKNOWN_CHOICE, {"fields": ("answer",)})
    if len(command.note.strip()) > MAX_TEXT:
        return Refusal(RefusalCode.TOO_LONG, {"fields": {"note": MAX_TEXT}})
    return None


async def declared(case: Case, actor: Actor, answer: Declared, note: str, work: UnitOfWork, rules: Rules) -> Conflict:
    """Keeps an answer that is allowed, and tells who rules what concerns them. The same once more has no effect."""
    now = rules.clock.now()
    before = await work.conflicts.get(case.id, actor.id)
    if before and (before.answer, before.note) == (answer, note):
        return before
    fresh = Conflict(case.id, actor.id, 1, answer, note, now)
    after = before.declared(answer, note, now) if before else fresh
    await work.conflicts.put(after)
    details = {"answer": str(answer)}
    await work.history.append([Event(Happened.CONFLICT_DECLARED, case.id, now, actor.id, case.rev, details=details)])
    if answer is Declared.POSSIBLE:
        await ask_rulers(case, after, actor.id, work, rules)
    elif before and before.answer not in _NONE:
        await work.duties.end(case.id, [DutyKind.RULE], actor.id, now, actor.id)
    if before and (before.answer not in _NONE or before.ruling):
        await redraw_rulers(case, after, work, rules)
    return after
